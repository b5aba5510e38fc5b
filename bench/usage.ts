/** What a command costs: CPU is user and system time of the whole process, its start included. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

export const ROOT = resolve(import.meta.dirname, '..');
const RUNS = 3;

export interface Usage {
  /** Seconds. */
  readonly cpu: number;
  readonly wall: number;
  /** MB, where it is known. */
  readonly rss: number | null;
}

/** The best of a few runs: the one that the machine disturbed least. */
export function best(run: () => Usage, times = RUNS): Usage {
  const runs = Array.from({ length: times }, run);
  return runs.reduce((a, b) => (b.cpu < a.cpu ? b : a));
}

/** Times a command by the shell that starts it. */
export function timed(command: string, cwd: string): Usage {
  const script = `TIMEFORMAT='usage %U %S %R'; time { ${command} >/dev/null; }`;
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  const [, user, system, wall] = /usage (\S+) (\S+) (\S+)/.exec(stderr) ?? [];
  if (status !== 0 || user === undefined) throw new Error(`\`${command}\` ended with ${status}`);
  return { cpu: Number(user) + Number(system), wall: Number(wall), rss: null };
}

/** What `npm run atlas` gives Node in the folder of the project: its options and the script. */
export const NODE_ARGUMENTS = packageJson.scripts.atlas.split(' ').slice(1);

/** Runs a verb of the Atlas. */
export function atlas(args: readonly string[]): Usage {
  const hook = join(import.meta.dirname, 'report-usage.mjs');
  const command = ['--import', hook, ...NODE_ARGUMENTS, ...args];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  const wall = (performance.now() - start) / 1000;
  const usage = /^usage (.*)$/m.exec(stderr)?.[1];
  if (status !== 0 || usage === undefined)
    throw new Error(`${args[0]} ended with ${status}\n${stderr}`);
  return { wall, ...(JSON.parse(usage) as Pick<Usage, 'cpu' | 'rss'>) };
}

/** Runs `atlas extract`. */
export function extract(args: readonly string[]): Usage {
  return atlas(['extract', ...args]);
}

/** Rows of a table: a name and what it cost. */
export function renderUsage(rows: readonly (readonly [name: string, usage: Usage])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, { cpu, wall, rss }]) =>
      [
        name.padEnd(width),
        `${cpu.toFixed(2)} s CPU`,
        `${wall.toFixed(2)} s`,
        ...(rss === null ? [] : [`${rss.toFixed(0)} MB`]),
      ].join('  '),
    )
    .join('\n');
}
