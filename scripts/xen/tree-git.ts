/** Trees that are read from a repository of git, without a checkout. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { dayOf, type Opened, releaseFromMakefile, type Tree, unusable } from './tree.ts';

const run = promisify(execFile);

/** Reads blobs in one `git cat-file --batch`. */
async function readBlobs(
  repository: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const child = spawn('git', ['-C', repository, 'cat-file', '--batch', '--buffer'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined); // the exit code tells
  child.stdin.end(hashes.map((hash) => `${hash}\n`).join(''));
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const texts = new Map<string, string>();
  let pending = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    pending = takeBlobs(Buffer.concat([pending, chunk as Buffer]), texts);
  }
  const code = await closed;
  if (code !== 0) throw new Error(`git cat-file ended with ${code}`);
  return texts;
}

/** Takes every whole blob from the front of the output; what is left waits for more. */
function takeBlobs(output: Buffer<ArrayBuffer>, texts: Map<string, string>): Buffer<ArrayBuffer> {
  let at = 0;
  for (;;) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [hash = '', type, size] = output.toString('latin1', at, end).split(' ');
    const next = type === 'blob' ? end + 1 + Number(size) + 1 : end + 1;
    if (next > output.length) break;
    if (type === 'blob') texts.set(hash, output.toString('utf8', end + 1, next - 1));
    at = next;
  }
  return output.subarray(at);
}

/** Reads blobs of a repository. Those that it read last it knows: from one release to the next, half are the same. */
export class Blobs {
  readonly repository: string;
  #last: ReadonlyMap<string, string> = new Map();

  constructor(repository: string) {
    this.repository = repository;
  }

  /** Texts of blobs, by their hash. */
  async read(hashes: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const missing = [...hashes].filter((hash) => !this.#last.has(hash));
    const texts = new Map(await readBlobs(this.repository, missing));
    for (const [hash, text] of this.#last) if (hashes.has(hash)) texts.set(hash, text);
    this.#last = texts;
    return texts;
  }
}

/** Files; a symbolic link is a blob of another mode, and its text is a path. */
const LS_TREE_LINE = /^100\d+ blob ([0-9a-f]+)\t([\s\S]+)$/;

/** What git prints in a repository. Rejects where it ends with an error. */
async function gitIn(repository: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', repository, ...args], {
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  return stdout.trim();
}

/** The files of a revision, path by path, and the name of their blob. */
async function listFiles(
  repository: string,
  revision: string,
): Promise<ReadonlyMap<string, string>> {
  const stdout = await gitIn(repository, 'ls-tree', '-r', '-z', '--end-of-options', revision);
  const files = new Map<string, string>();
  for (const line of stdout.split('\0')) {
    const [, hash, path] = LS_TREE_LINE.exec(line) ?? [];
    if (hash !== undefined && path !== undefined) files.set(path, hash);
  }
  return files;
}

/** A commit of a repository, whose files are read when they are asked for; undefined when there is none of that name. */
async function openCommit(
  blobs: Blobs,
  revision: string,
): Promise<Pick<Tree, 'commit' | 'date' | 'paths' | 'read' | 'state'> | undefined> {
  const { repository } = blobs;
  const named = ['--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const day = ['--format=%(creatordate:unix)', `refs/tags/${revision}`];
  const asked = await Promise.all([
    gitIn(repository, 'rev-parse', ...named),
    gitIn(repository, 'for-each-ref', ...day),
    listFiles(repository, revision),
  ]).catch(() => undefined);
  if (asked === undefined) return undefined;
  const [commit, tagged, files] = asked;
  const seconds =
    tagged === '' ? await gitIn(repository, 'log', '-1', '--format=%ct', commit) : tagged;
  const read = async (wanted: readonly string[]) => {
    const present = wanted.flatMap((path): [path: string, hash: string][] => {
      const hash = files.get(path);
      return hash === undefined ? [] : [[path, hash]];
    });
    const texts = await blobs.read(new Set(present.map(([, hash]) => hash)));
    return new Map(present.map(([path, hash]) => [path, texts.get(hash) ?? '']));
  };
  const paths = [...files.keys()].sort();
  return { commit, date: dayOf(seconds), paths, read, state: () => Promise.resolve(commit) };
}

/** Opens the tag `RELEASE-<release>` of a repository, bare or not, without a checkout. */
export async function openGitRelease(
  repository: string,
  release: string,
  blobs: Blobs = new Blobs(repository),
): Promise<Opened> {
  const tag = `RELEASE-${release}`;
  const opened = await openCommit(blobs, tag);
  if (opened === undefined) {
    return unusable(repository, `no tag \`${tag}\``, 'a clone of Xen with its release tags');
  }
  return { ok: true, tree: { label: `Xen ${release}`, release, root: null, ...opened } };
}

/** Opens whatever a branch, a tag or a hash of a repository means; the tree says which release it is of. */
export async function openGitRevision(repository: string, revision: string): Promise<Opened> {
  const opened = await openCommit(new Blobs(repository), revision);
  if (opened === undefined) {
    return unusable(
      repository,
      `no revision \`${revision}\``,
      'a branch, a tag or a commit of Xen',
    );
  }
  const texts = await opened.read(['xen/Makefile']);
  const release = releaseFromMakefile(texts.get('xen/Makefile') ?? '');
  if (release === undefined) {
    return unusable(repository, 'no release in `xen/Makefile`', 'a revision of Xen');
  }
  const label = `Xen ${release} (${revision}, ${opened.commit?.slice(0, 12)})`;
  return { ok: true, tree: { label, release, root: null, ...opened } };
}
