/**
 * A real run, in seconds: a PV dom0 and a PVH dom0 do what the committed measurements say, and an interrupted run leaves
 * no machine behind. Needs Debian’s archive; without it the run fails and says so.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../xen-tree.ts';

const CACHE = resolve(ROOT, '.cache/measure');
const PATIENCE = 600_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

function measure(...guests: string[]) {
  const args = ['scripts/atlas.ts', 'measure', '--check', '--cache', CACHE, '--only', ...guests];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (part: Buffer) => {
    complaints += part.toString('utf8');
    process.stderr.write(part);
  });
  const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
  return { child, ended, complaints: () => complaints };
}

/** Processes that work in the folder of an image: the machines. */
function machines(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(join('/proc', pid, 'cwd')).startsWith(`${CACHE}/`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function until(holds: () => boolean): Promise<boolean> {
  const end = Date.now() + PATIENCE;
  while (!holds() && Date.now() < end) await sleep(100);
  return holds();
}

async function agrees(): Promise<string | null> {
  const code = await measure('pv-dom0', 'pvh-dom0').ended;
  return code === 0 ? null : `the measurement ended with ${code}, not with 0`;
}

async function leavesNothingBehind(): Promise<string | null> {
  const run = measure('pv-dom0');
  if (!(await until(() => machines().length > 0))) return 'no machine was started';
  run.child.kill('SIGINT');
  const code = await run.ended;
  if (code !== 1) return `the interrupted measurement ended with ${code}, not with 1`;
  if (!run.complaints().includes('stopped by SIGINT')) return 'nothing says why it ended';
  if (!(await until(() => machines().length === 0))) return `still there: ${machines().join(', ')}`;
  return null;
}

let failed = 0;
for (const [name, test] of [
  ['a PV dom0 and a PVH dom0 do what is committed', agrees],
  ['an interrupted run leaves no machine behind', leavesNothingBehind],
] as const) {
  const problem = await test();
  say(problem === null ? `ok: ${name}` : `FAILED: ${name}: ${problem}`);
  if (problem !== null) failed += 1;
}
say(`${2 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
