import { execFile, spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { type Place, problem } from '../problems/problem.ts';
import { MAX_MESSAGE } from './archive-limits.ts';
import { tooLarge } from './archive-mbox.ts';
import type { ArchiveItem } from './mail.ts';

/**
 * A public-inbox archive (version 2): a git repository in which each commit adds one message as the file `m`; a commit
 * with a file `d` instead takes that message away. A large archive has several repositories, its epochs: `git/0.git`,
 * `git/1.git` and so on, the oldest first.
 */
const run = promisify(execFile);
/** A repository of strangers is read without what its own configuration or the user's may add. */
const ENVIRONMENT = {
  ...process.env,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
};

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isRepository(folder: string): Promise<boolean> {
  if (await exists(join(folder, '.git'))) return true;
  return (await exists(join(folder, 'objects'))) && (await exists(join(folder, 'HEAD')));
}

/** The repositories of an archive, oldest epoch first; none when the folder is no such archive. */
export async function findEpochs(folder: string): Promise<string[]> {
  for (const base of [join(folder, 'git'), folder]) {
    const names = await readdir(base).catch(() => []);
    const epochs = names.filter((name) => /^\d+\.git$/.test(name));
    if (epochs.length > 0) {
      return epochs
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
        .map((name) => join(base, name));
    }
  }
  return (await isRepository(folder)) ? [folder] : [];
}

/** The newest commit of an epoch, which tells one state of it from another. */
export async function readHead(repository: string): Promise<string> {
  const { stdout } = await run('git', ['-C', repository, 'rev-parse', '--verify', 'HEAD'], {
    env: ENVIRONMENT,
  });
  return stdout.trim();
}

/** How many commits an epoch has. */
export async function countCommits(repository: string): Promise<number> {
  const { stdout } = await run('git', ['-C', repository, 'rev-list', '--count', 'HEAD'], {
    env: ENVIRONMENT,
  });
  return Number(stdout);
}

/** Takes objects out of the output of `git cat-file --batch`. A large one is passed over without being kept. */
class BatchReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(output: AsyncIterable<Buffer>) {
    this.#chunks = output[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value]);
    return true;
  }

  async #line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(0x0a);
      if (end >= 0) {
        const line = this.#buffer.toString('latin1', 0, end);
        this.#buffer = this.#buffer.subarray(end + 1);
        return line;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  async #bytes(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const piece = this.#buffer.subarray(0, left);
      this.#buffer = this.#buffer.subarray(piece.length);
      left -= piece.length;
      if (size <= MAX_MESSAGE + 1) pieces.push(piece);
      if (left > 0 && !(await this.#more())) throw new Error('git cat-file ended early');
    }
    const [first, ...others] = pieces;
    return first !== undefined && others.length === 0 ? first : Buffer.concat(pieces);
  }

  /** The next object; `bytes` is undefined when it is missing, and empty when it is too large to be kept. */
  async next(): Promise<{ readonly bytes: Buffer | undefined; readonly size: number } | undefined> {
    const line = await this.#line();
    if (line === undefined) return undefined;
    const size = Number(/ blob (\d+)$/.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) return { bytes: undefined, size: 0 };
    const bytes = await this.#bytes(size + 1);
    return { bytes: bytes.subarray(0, Math.max(bytes.length - 1, 0)), size };
  }
}

/** What a commit adds: a message, or the message that it takes away; null for one that does neither. */
interface Change {
  readonly commit: string;
  readonly kind: 'message' | 'removal';
  readonly blob: string | null;
}

/** The files of a commit stay in those after it, so what counts is what the commit changes. */
const CHANGED = /^:\d+ 100\d+ [0-9a-f]+ ([0-9a-f]+) [AM]\t([md])$/;

/** The lines of an output of ASCII. */
async function* linesOf(output: Readable): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of output.setEncoding('latin1')) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/** What the commits of a repository add, the oldest first, some hundred at a time. */
async function* listChanges(repository: string): AsyncGenerator<Change[]> {
  const options = ['--reverse', '--format=%H', '--raw', '--no-abbrev', '--no-renames', '-m'];
  const log = spawn('git', ['-C', repository, 'log', ...options, 'HEAD'], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let last: Change | undefined;
  for await (const lines of linesOf(log.stdout)) {
    const changes: Change[] = [];
    for (const line of lines) {
      const [, blob, name] = CHANGED.exec(line) ?? [];
      if (/^[0-9a-f]{40,64}$/.test(line)) {
        if (last !== undefined) changes.push(last);
        last = { commit: line, kind: 'message', blob: null };
      } else if (blob !== undefined && last !== undefined) {
        last = { ...last, kind: name === 'd' ? 'removal' : 'message', blob };
      }
    }
    yield changes;
  }
  if (last !== undefined) yield [last];
}

/** Reads what changes add. Git is asked for those that come next before these are read, and never waits. */
async function* readChanges(
  repository: string,
  wanted: AsyncIterable<readonly Change[]>,
): AsyncGenerator<ArchiveItem> {
  const batch = spawn('git', ['-C', repository, 'cat-file', '--batch'], {
    env: ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  batch.stdin.on('error', () => undefined); // the reader says that the output ended early
  const reader = new BatchReader(batch.stdout);
  const readOne = async ({ commit, kind, blob }: Change): Promise<ArchiveItem> => {
    const place = { path: `${repository}@${commit.slice(0, 12)}` };
    const read = blob === null ? { bytes: undefined, size: 0 } : await reader.next();
    if (read === undefined) throw new Error('git cat-file ended early');
    if (read.size > MAX_MESSAGE) return tooLarge(place, read.size);
    return read.bytes === undefined ? noMessage(place) : { kind, bytes: read.bytes, place };
  };
  try {
    let asked: readonly Change[] = [];
    for await (const changes of wanted) {
      batch.stdin.write(changes.map(({ blob }) => (blob === null ? '' : `${blob}\n`)).join(''));
      for (const change of asked) yield await readOne(change);
      asked = changes;
    }
    for (const change of asked) yield await readOne(change);
  } finally {
    batch.kill();
  }
}

function noMessage(place: Place): ArchiveItem {
  const words = { actual: 'a commit without a message', expected: 'a file `m` or `d`' };
  return { kind: 'problem', problem: problem('mail-unreadable', place, words, 'warning') };
}

/** The messages of an archive, in the order in which it got them; those whose number is not wanted are not read. */
export async function* readInbox(
  epochs: readonly string[],
  wanted: (index: number) => boolean,
): AsyncGenerator<ArchiveItem> {
  let index = 0;
  const choose = async function* (epoch: string) {
    for await (const changes of listChanges(epoch)) {
      yield changes.filter(() => {
        index += 1;
        return wanted(index - 1);
      });
    }
  };
  for (const epoch of epochs) yield* readChanges(epoch, choose(epoch));
}
