import { execFile } from 'node:child_process';
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

/** A tree that cannot be opened. */
export function unusable(label: string, actual: string, expected: string): Opened {
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
export function dayOf(seconds: string): string {
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
