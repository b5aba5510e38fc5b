import { resolve } from 'node:path';
import { readSources } from './markdown/read-sources.ts';
import type { Problem } from './problems/problem.ts';
import type { Session } from './session.ts';
import type { Tree } from './xen/tree.ts';
import { findTree, type TreeOptions } from './xen/tree-source.ts';

/** The project. */
export const ROOT = resolve(import.meta.dirname, '..');
/** Fetched trees, a folder for each release. */
export const CACHE = resolve(ROOT, '.cache/xen');
/** What trees yield. */
export const EXTRACTIONS = resolve(ROOT, '.cache/extractions');

/** Paths on the command line are those of the folder in which the user called npm. */
export function here(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/**
 * Opens what is extracted: all releases that `content/sources.yml` covers, oldest first, when a repository is named and
 * no release of it, else one tree.
 */
export async function openTrees(
  options: TreeOptions,
  session: Session,
): Promise<{ readonly trees: readonly [Tree, ...Tree[]] } | { readonly problem: Problem }> {
  const { xen } = await readSources(ROOT);
  const all = options.git !== undefined && options.release === undefined;
  const wanted = all ? xen.releases.map((release) => ({ ...options, release })) : [options];
  session.say('Opening the Xen tree');
  const opened = await Promise.all(wanted.map((one) => find(one, xen.release)));
  const trees: Tree[] = [];
  for (const found of opened) {
    if (!found.ok) return { problem: found.problem };
    trees.push(found.tree);
  }
  const [first, ...others] = trees;
  if (first === undefined) throw new Error('`content/sources.yml` covers no release');
  return { trees: [first, ...others] };
}

function find({ tree, git, release, revision }: TreeOptions, pinnedRelease: string) {
  return findTree(
    {
      tree: tree === undefined ? undefined : here(tree),
      git: git === undefined ? undefined : here(git),
      release,
      revision,
    },
    { environment: process.env['XEN_TREE'], cache: CACHE, pinnedRelease },
  );
}

/** Opens the tree that the options name or that is there; a problem when there is none. */
export async function openTree(
  options: TreeOptions,
  session: Session,
): Promise<{ readonly tree: Tree } | { readonly problem: Problem }> {
  const { xen } = await readSources(ROOT);
  session.say('Opening the Xen tree');
  const found = await find(options, xen.release);
  return found.ok ? { tree: found.tree } : { problem: found.problem };
}
