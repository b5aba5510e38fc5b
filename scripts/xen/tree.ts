import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Problem, problem } from '../problems/problem.ts';
import { isSource } from './tree-paths.ts';

const run = promisify(execFile);

/** A Xen tree at one release, wherever it is kept. Paths have `/` and no leading `./`. */
export interface Tree {
  /** How problems name the tree. */
  readonly label: string;
  readonly release: string;
  /** Null for a tree that is no git checkout, such as an unpacked source package. */
  readonly commit: string | null;
  /** Day of the release tag, else of the commit, in UTC as `2026-07-29`; null where there is no commit. */
  readonly date: string | null;
  /** Folder of a work tree; null for a tree that is read from a repository. */
  readonly root: string | null;
  /** Every file, sorted. */
  readonly paths: readonly string[];
  /** Texts of files; a path that does not exist is left out. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What tells one state of the sources from another: the commit of a repository, or a hash of all sources. */
  readonly state: () => Promise<string>;
}

export type Opened =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly problem: Problem };

function unusable(label: string, actual: string, expected: string): Opened {
  return { ok: false, problem: problem('tree-unusable', { path: label }, { actual, expected }) };
}

function sorted(paths: Iterable<string>): string[] {
  return [...paths].sort();
}

/** Directories of a work tree that hold no source of Xen. */
const SKIPPED = new Set(['.git', '.pc', 'node_modules']);

async function list(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(root, path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

/** The release that `xen/Makefile` states, such as `4.22.0`. */
export function releaseFromMakefile(makefile: string): string | undefined {
  const value = (name: string) =>
    new RegExp(`^\\s*(?:export\\s+)?${name}\\s*[:?]?=\\s*(\\S*)`, 'm').exec(makefile)?.[1];
  const version = value('XEN_VERSION');
  const subversion = value('XEN_SUBVERSION');
  const extra = /^\.(\d+)/.exec(value('XEN_EXTRAVERSION') ?? '')?.[1];
  if (version === undefined || subversion === undefined) return undefined;
  return [version, subversion, extra].filter((part) => part !== undefined).join('.');
}

/** The day of a time in seconds since 1970 as git prints it, in UTC. */
function dayOf(seconds: string): string {
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}

/** Opens an unpacked tree or a checkout. */
export async function openWorkTree(root: string): Promise<Opened> {
  const makefile = await readFile(join(root, 'xen/Makefile'), 'utf8').catch(() => undefined);
  if (makefile === undefined) {
    return unusable(root, 'a folder without `xen/Makefile`', 'the root of a Xen source tree');
  }
  const release = releaseFromMakefile(makefile);
  if (release === undefined) {
    return unusable(root, 'no release in `xen/Makefile`', '`XEN_VERSION` and `XEN_SUBVERSION`');
  }
  const git = (...args: string[]) => run('git', ['-C', root, ...args]);
  const commit = await git('rev-parse', '--show-prefix', 'HEAD').then(
    ({ stdout }) => {
      const [prefix, hash] = stdout.split('\n');
      return prefix === '' && hash !== undefined ? hash : null;
    },
    () => null,
  );
  const seconds = commit === null ? null : (await git('log', '-1', '--format=%ct', commit)).stdout;
  const paths = sorted(await list(root, ''));
  const known = new Set(paths);
  const read = async (wanted: readonly string[]) => {
    const present = wanted.filter((path) => known.has(path));
    const texts = new Map<string, string>();
    // One after the other: thousands of open files at once are more than some systems allow.
    for (const path of present) texts.set(path, await readFile(join(root, path), 'utf8'));
    return texts;
  };
  const state = async () => {
    const hash = createHash('sha256');
    for (const path of paths.filter(isSource)) {
      const content = await readFile(join(root, path));
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
    return hash.digest('hex');
  };
  const label = `Xen ${release}`;
  const date = seconds === null ? null : dayOf(seconds);
  return { ok: true, tree: { label, release, commit, date, root, paths, read, state } };
}

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
async function listBlobs(
  repository: string,
  revision: string,
): Promise<ReadonlyMap<string, string>> {
  const stdout = await gitIn(repository, 'ls-tree', '-r', '-z', '--end-of-options', revision);
  const blobs = new Map<string, string>();
  for (const line of stdout.split('\0')) {
    const [, hash, path] = LS_TREE_LINE.exec(line) ?? [];
    if (hash !== undefined && path !== undefined) blobs.set(path, hash);
  }
  return blobs;
}

/** A commit of a repository, whose files are read when they are asked for; undefined when there is none of that name. */
async function openCommit(
  repository: string,
  revision: string,
): Promise<Pick<Tree, 'commit' | 'date' | 'paths' | 'read' | 'state'> | undefined> {
  const named = ['--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const day = ['--format=%(creatordate:unix)', `refs/tags/${revision}`];
  const asked = await Promise.all([
    gitIn(repository, 'rev-parse', ...named),
    gitIn(repository, 'for-each-ref', ...day),
    listBlobs(repository, revision),
  ]).catch(() => undefined);
  if (asked === undefined) return undefined;
  const [commit, tagged, blobs] = asked;
  const seconds =
    tagged === '' ? await gitIn(repository, 'log', '-1', '--format=%ct', commit) : tagged;
  const read = async (wanted: readonly string[]) => {
    const present = wanted.flatMap((path): [path: string, hash: string][] => {
      const hash = blobs.get(path);
      return hash === undefined ? [] : [[path, hash]];
    });
    const texts = await readBlobs(repository, [...new Set(present.map(([, hash]) => hash))]);
    return new Map(present.map(([path, hash]) => [path, texts.get(hash) ?? '']));
  };
  const paths = sorted(blobs.keys());
  return { commit, date: dayOf(seconds), paths, read, state: () => Promise.resolve(commit) };
}

/** Opens the tag `RELEASE-<release>` of a repository, bare or not, without a checkout. */
export async function openGitRelease(repository: string, release: string): Promise<Opened> {
  const tag = `RELEASE-${release}`;
  const opened = await openCommit(repository, tag);
  if (opened === undefined) {
    return unusable(repository, `no tag \`${tag}\``, 'a clone of Xen with its release tags');
  }
  return { ok: true, tree: { label: `Xen ${release}`, release, root: null, ...opened } };
}

/** Opens whatever a branch, a tag or a hash of a repository means; the tree says which release it is of. */
export async function openGitRevision(repository: string, revision: string): Promise<Opened> {
  const opened = await openCommit(repository, revision);
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
