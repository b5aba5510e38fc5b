import { resolve } from 'node:path';
import { readSources } from './markdown/read-content.ts';
import type { Problem } from './problems/problem.ts';
import type { Session } from './session.ts';
import { CReader } from './xen/c-file.ts';
import { type Corpus, readCorpus } from './xen/corpus.ts';
import type { Tree } from './xen/tree.ts';
import { indexTree } from './xen/tree-index.ts';
import type { TreeNames } from './xen/tree-names.ts';
import { loadCParser } from './xen/tree-sitter.ts';
import { findTree, type TreeOptions } from './xen/tree-source.ts';

/** The project. */
export const ROOT = resolve(import.meta.dirname, '..');
/** Fetched trees, a folder for each release. */
export const CACHE = resolve(ROOT, '.cache/xen');

/** Paths on the command line are those of the folder in which the user called npm. */
export function here(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

export interface OpenTree {
  readonly tree: Tree;
  readonly corpus: Corpus;
}

/** Opens the tree that the options name or that is there, and reads its sources; a problem when there is none. */
export async function openTree(
  { tree, git, release }: TreeOptions,
  session: Session,
): Promise<OpenTree | { readonly problem: Problem }> {
  const { xen } = await readSources(ROOT);
  session.say('Opening the Xen tree');
  const found = await findTree(
    {
      tree: tree === undefined ? undefined : here(tree),
      git: git === undefined ? undefined : here(git),
      release,
    },
    { environment: process.env['XEN_TREE'], cache: CACHE, pinnedRelease: xen.release },
  );
  if (!found.ok) return { problem: found.problem };
  session.say(`Reading ${found.tree.label}`);
  const corpus = await readCorpus(found.tree, new CReader(await loadCParser()));
  return { tree: found.tree, corpus };
}

/** Indexes the names of a tree, saying how far it is. */
export function indexNames({ tree, corpus }: OpenTree, session: Session): TreeNames {
  return indexTree(tree, corpus, (done, of) => {
    if (done % 100 === 0) session.say(`Reading names: ${done} of ${of} files`);
  });
}
