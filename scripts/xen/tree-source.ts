import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compareReleases } from '../../src/model/release.ts';
import { problem } from '../problems/problem.ts';
import { type Opened, openWorkTree } from './tree.ts';
import { openGitRelease, openGitRevision } from './tree-git.ts';

const run = promisify(execFile);

/** Where a tree may come from, in the order in which it is looked for. */
export interface TreeOptions {
  /** A work tree. */
  readonly tree?: string | undefined;
  /** A repository, bare or not. */
  readonly git?: string | undefined;
  /** Release of the repository; the pinned one by default. */
  readonly release?: string | undefined;
  /** Another revision of the repository: a branch, a tag or a hash. */
  readonly revision?: string | undefined;
}

export interface TreePlaces {
  /** Value of `XEN_TREE`. */
  readonly environment: string | undefined;
  /** Folder of fetched trees, one per release. */
  readonly cache: string;
  readonly pinnedRelease: string;
}

/** Releases in the cache, the pinned one first, then the newest. */
async function cached(cache: string, pinned: string): Promise<string[]> {
  const names = await readdir(cache).catch(() => []);
  return names
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    .sort((a, b) => Number(b === pinned) - Number(a === pinned) || compareReleases(b, a));
}

/** Opens the first tree that is named or there; what to do when there is none is part of the problem. */
export async function findTree(options: TreeOptions, places: TreePlaces): Promise<Opened> {
  const { tree, git, release, revision } = options;
  if (tree !== undefined) return openWorkTree(tree);
  if (git !== undefined && revision !== undefined) return openGitRevision(git, revision);
  if (git !== undefined) return openGitRelease(git, release ?? places.pinnedRelease);
  if (places.environment !== undefined && places.environment !== '') {
    return openWorkTree(places.environment);
  }
  const [first] = await cached(places.cache, places.pinnedRelease);
  if (first !== undefined) return openWorkTree(join(places.cache, first));
  return {
    ok: false,
    problem: problem(
      'tree-unusable',
      { path: places.cache },
      {
        actual: 'no Xen tree',
        expected: 'one named by --tree, by --git and --release, by XEN_TREE, or in the cache',
        repair: 'npm run atlas -- fetch',
      },
    ),
  };
}

/** Clones one release without its history into the cache. Throws when the repository does not answer. */
export async function cloneRelease(
  repository: string,
  release: string,
  cache: string,
): Promise<string> {
  const target = join(cache, release);
  await mkdir(cache, { recursive: true });
  const args = [
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--branch',
    `RELEASE-${release}`,
    repository,
    target,
  ];
  await run('git', args, { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  return target;
}
