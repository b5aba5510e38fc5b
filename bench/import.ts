/**
 * How fast a real archive is imported, what memory it takes, whether a killed import ends with the same bytes, and
 * whether the threads are those of notmuch. Each run is a process of its own; times are of the wall and of the CPU.
 *
 *     npm run bench:import -- --archive REPOSITORY --tree DIR
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'astro/zod';
import { openArchive } from '../scripts/mail/archive-source.ts';
import { readDigests } from '../scripts/mail/archive-store.ts';
import { planThreads } from '../scripts/mail/plan-threads.ts';
import { NODE_ARGUMENTS, ROOT } from './usage.ts';

const USAGE = resolve(import.meta.dirname, 'report-usage.mjs');

const { values } = parseArgs({
  options: { archive: { type: 'string' }, tree: { type: 'string' } },
});
const { archive, tree } = values;
if (archive === undefined || tree === undefined) throw new Error('--archive and --tree are needed');

const say = (text: string) => process.stdout.write(`${text}\n`);

interface Run {
  readonly output: string;
  readonly seconds: number;
  readonly cpu: number;
  readonly rss: number;
}

/** Runs the verb `import`; `killAfter` ms it is killed when that is given. */
function runImport(args: readonly string[], killAfter?: number): Promise<Run> {
  const start = performance.now();
  const node = ['--import', USAGE, ...NODE_ARGUMENTS, 'import'];
  const child = spawn(process.execPath, [...node, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done) => {
    child.on('close', () => {
      const output = Buffer.concat(chunks).toString('utf8');
      const usage = /^usage \{"cpu":([\d.]+),"rss":([\d.]+)\}$/m.exec(output);
      const seconds = (performance.now() - start) / 1000;
      done({ output, seconds, cpu: Number(usage?.[1]), rss: Number(usage?.[2]) });
    });
  });
}

function report(what: string, messages: number, { seconds, cpu, rss }: Run): void {
  const rate = Math.round(messages / seconds);
  say(
    `${what}: ${seconds.toFixed(1)} s, ${rate} messages a second, ${cpu.toFixed(1)} s of CPU, ${Math.round(rss)} MB`,
  );
}

/** One hash of all thread files below a content folder. */
function hashThreads(content: string): string {
  const hash = createHash('sha256');
  for (const name of globSync('threads/*.md', { cwd: content }).sort()) {
    hash.update(name).update(readFileSync(join(content, name)));
  }
  return hash.digest('hex');
}

function newContent(folder: string, name: string): string {
  const content = join(folder, name);
  mkdirSync(content);
  writeFileSync(join(content, 'sources.yml'), readFileSync(join(ROOT, 'content/sources.yml')));
  return content;
}

const summarySchema = z.array(z.object({ query: z.array(z.string().nullable()) }));

/** The threads of notmuch as sorted lists of Message-IDs; null when it is not installed. */
async function notmuchThreads(folder: string): Promise<string[] | null> {
  const box = join(folder, 'mail');
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(box, part), { recursive: true });
  const opened = await openArchive(archive ?? '');
  if (!opened.ok) return null;
  let count = 0;
  for await (const item of opened.archive.read(() => true)) {
    count += 1;
    if (item.kind === 'message') writeFileSync(join(box, `cur/${count}:2,S`), item.bytes);
  }
  const config = join(folder, 'notmuch');
  writeFileSync(config, `[database]\npath=${box}\n[user]\nname=a\nprimary_email=a\n[new]\ntags=\n`);
  const notmuch = (...args: string[]) =>
    execFileSync('notmuch', args, {
      env: { ...process.env, NOTMUCH_CONFIG: config },
      encoding: 'utf8',
      maxBuffer: 1 << 29,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    notmuch('new', '--quiet');
  } catch {
    return null;
  }
  const all = summarySchema.parse(JSON.parse(notmuch('search', '--format=json', '*')));
  return all.map(({ query }) => {
    const words = query.flatMap((part) => part?.split(/ +(?=id:)/) ?? []);
    return words
      .map((word) => word.replace(/^id:/, '').replace(/^"(.*)"$/, '$1'))
      .sort()
      .join(' ');
  });
}

/** The same for the Atlas, from a file of digests. */
async function atlasThreads(file: string): Promise<string[]> {
  const { heads } = await readDigests(file);
  const present = heads.flatMap((head) => ('removed' in head ? [] : [head]));
  const { threads } = planThreads(present, 'list', [], []);
  return threads.map(({ tree: { mails } }) =>
    mails
      .map(({ mail }) => mail.id)
      .sort()
      .join(' '),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
try {
  const digests = join(folder, 'all.jsonl');
  const read = await runImport([archive, '--digests', digests]);
  const messages = Number(/^(\d+) messages read/m.exec(read.output)?.[1] ?? Number.NaN);
  say(`${messages} messages of ${archive}`);
  report('All of them read', messages, read);
  const look = [archive, '--tree', tree, '--dry-run', '--select', 'message=none@none'];
  report('Looked over for a selection', messages, await runImport(look));
  const first = newContent(folder, 'first');
  const whole = [archive, '--tree', tree, '--content', first];
  report('Imported, a file for each thread', messages, await runImport(whole));
  report('Imported again, over these files', messages, await runImport(whole));

  const second = newContent(folder, 'second');
  const args = [archive, '--tree', tree, '--content', second];
  for (const after of [3000, read.seconds * 500, read.seconds * 1000 + 3000]) {
    await runImport(args, after);
    say(
      `Killed after ${(after / 1000).toFixed(1)} s, with ${globSync('threads/*', { cwd: second }).length} files written`,
    );
  }
  report('Started again', messages, await runImport(args));
  say(`The same bytes: ${hashThreads(first) === hashThreads(second) ? 'yes' : 'NO'}`);

  const peer = await notmuchThreads(folder);
  if (peer === null)
    say('notmuch is not installed (Debian: apt-get install notmuch): no comparison.');
  else {
    const own = new Set(await atlasThreads(digests));
    const same = peer.filter((thread) => own.has(thread)).length;
    say(`notmuch: ${peer.length} threads; the Atlas: ${own.size}; with the same messages: ${same}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
