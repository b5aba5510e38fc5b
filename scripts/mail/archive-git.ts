import { execFile, spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
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
    return Buffer.concat(pieces);
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

async function listCommits(repository: string): Promise<string[]> {
  const log = spawn('git', ['-C', repository, 'rev-list', '--reverse', 'HEAD'], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const commits: string[] = [];
  for await (const line of createInterface({ input: log.stdout })) commits.push(line);
  return commits;
}

async function* readCommits(
  repository: string,
  wanted: readonly string[],
): AsyncGenerator<ArchiveItem> {
  const batch = spawn('git', ['-C', repository, 'cat-file', '--batch', '--buffer'], {
    env: ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  batch.stdin.on('error', () => undefined); // the reader says that the output ended early
  // Both names of a commit are asked for; one of them is missing.
  Readable.from(wanted.map((commit) => `${commit}:m\n${commit}:d\n`)).pipe(batch.stdin);
  const reader = new BatchReader(batch.stdout);
  try {
    for (const commit of wanted) {
      const place = { path: `${repository}@${commit.slice(0, 12)}` };
      const [added, removed] = [await reader.next(), await reader.next()];
      if (added === undefined || removed === undefined) throw new Error('git cat-file ended early');
      const { bytes = undefined, size } = added.bytes === undefined ? removed : added;
      const kind = added.bytes === undefined ? 'removal' : 'message';
      if (size > MAX_MESSAGE) yield tooLarge(place, size);
      // A commit with neither file says something about the archive itself; it takes its number all the same.
      else yield { kind, bytes: bytes ?? Buffer.alloc(0), place };
    }
  } finally {
    batch.kill();
  }
}

/** The messages of an archive, in the order in which it got them; those whose number is not wanted are not read. */
export async function* readInbox(
  epochs: readonly string[],
  wanted: (index: number) => boolean,
): AsyncGenerator<ArchiveItem> {
  let start = 0;
  for (const epoch of epochs) {
    const commits = await listCommits(epoch);
    const first = start;
    yield* readCommits(
      epoch,
      commits.filter((_commit, index) => wanted(first + index)),
    );
    start += commits.length;
  }
}
