/**
 * What the extraction of one release costs, cold and from the cache, against universal-ctags and cat over the same files
 * in the same run. CPU is user and system time of the whole process, its start included.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { writeTextFile } from '../scripts/markdown/content-files.ts';
import { readSources } from '../scripts/markdown/read-content.ts';
import { isSource } from '../scripts/xen/tree-paths.ts';
import { findTree } from '../scripts/xen/tree-source.ts';

const ROOT = resolve(import.meta.dirname, '..');
const RUNS = 3;

interface Usage {
  /** Seconds. */
  readonly cpu: number;
  readonly wall: number;
  /** MB, where it is known. */
  readonly rss: number | null;
}

/** The best of a few runs: the one that the machine disturbed least. */
function best(run: () => Usage): Usage {
  const runs = Array.from({ length: RUNS }, run);
  return runs.reduce((a, b) => (b.cpu < a.cpu ? b : a));
}

/** Times a command by the shell that starts it. */
function timed(command: string, cwd: string): Usage {
  const script = `TIMEFORMAT='usage %U %S %R'; time { ${command} >/dev/null; }`;
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  const [, user, system, wall] = /usage (\S+) (\S+) (\S+)/.exec(stderr) ?? [];
  if (status !== 0 || user === undefined) throw new Error(`\`${command}\` ended with ${status}`);
  return { cpu: Number(user) + Number(system), wall: Number(wall), rss: null };
}

/** What `npm run atlas` gives Node: its options and the script. */
const NODE_ARGUMENTS = packageJson.scripts.atlas.split(' ').slice(1);

function atlas(args: readonly string[]): Usage {
  const hook = join(import.meta.dirname, 'report-usage.mjs');
  const command = ['--import', hook, ...NODE_ARGUMENTS, 'extract', ...args];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  const wall = (performance.now() - start) / 1000;
  const usage = /^usage (.*)$/m.exec(stderr)?.[1];
  if (status !== 0 || usage === undefined)
    throw new Error(`extract ended with ${status}\n${stderr}`);
  return { wall, ...(JSON.parse(usage) as Pick<Usage, 'cpu' | 'rss'>) };
}

const { values } = parseArgs({
  options: { tree: { type: 'string' }, git: { type: 'string' }, release: { type: 'string' } },
});
const { xen } = await readSources(ROOT);
const found = await findTree(values, {
  environment: process.env['XEN_TREE'],
  cache: resolve(ROOT, '.cache/xen'),
  pinnedRelease: xen.release,
});
if (!found.ok) throw new Error(`${found.problem.actual}, expected ${found.problem.expected}`);
const { tree } = found;
const texts = await tree.read(tree.paths.filter(isSource));
const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
try {
  const content = join(folder, 'content');
  const sources = join(folder, 'sources');
  for (const [path, text] of texts) await writeTextFile(sources, { path, text });
  const paths = [...texts.keys()];
  writeFileSync(join(folder, 'all'), paths.join('\n'));
  writeFileSync(join(folder, 'c'), paths.filter((path) => /\.[ch]$/.test(path)).join('\n'));
  const from = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const args = [...from, '--content', content];
  const cold = best(() => atlas([...args, '--no-cache']));
  atlas(args);
  const rows: [string, Usage][] = [
    ['cat', best(() => timed('xargs -d "\\n" cat < ../all', sources))],
    [
      'universal-ctags',
      best(() => timed('ctags -f - --languages=C --langmap=C:.c.h -L ../c', sources)),
    ],
    ['extract, cold', cold],
    ['extract, warm', best(() => atlas([...args, '--check']))],
  ];
  const megabytes = [...texts.values()].reduce((sum, text) => sum + text.length, 0) / 1e6;
  const lines = rows.map(([name, { cpu, wall, rss }]) =>
    [
      name.padEnd(16),
      `${cpu.toFixed(2)} s CPU`,
      `${wall.toFixed(2)} s`,
      rss === null ? '' : `${rss.toFixed(0)} MB`,
    ].join('  '),
  );
  const peer = rows.find(([name]) => name === 'universal-ctags')?.[1].cpu ?? 0;
  process.stdout.write(
    `${tree.label}: ${texts.size} files, ${megabytes.toFixed(1)} MB, best of ${RUNS} runs\n` +
      `${lines.join('\n')}\nCPU of a cold run against universal-ctags: ${(cold.cpu / peer).toFixed(1)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
