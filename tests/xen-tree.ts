/** The real Xen tree of the tests: opened once a worker, with what it yields. A missing tree fails; it never skips. */
import { resolve } from 'node:path';
import { CReader } from '../scripts/xen/c-file.ts';
import { type Corpus, readCorpus } from '../scripts/xen/corpus.ts';
import type { Extracted } from '../scripts/xen/extract.ts';
import { extractFacts } from '../scripts/xen/extract.ts';
import { EXTRACTORS } from '../scripts/xen/extractors/index.ts';
import type { Tree } from '../scripts/xen/tree.ts';
import { loadCParser } from '../scripts/xen/tree-sitter.ts';
import { findTree } from '../scripts/xen/tree-source.ts';

export const ROOT = resolve(import.meta.dirname, '..');
export const CACHE = resolve(ROOT, '.cache/xen');

export interface RealTree extends Extracted {
  readonly tree: Tree;
  readonly corpus: Corpus;
  /** Folder of the work tree, for the tree's own tools. */
  readonly root: string;
}

/** Opens the tree that `XEN_TREE` names, else the first one of the cache, and extracts every kind. */
export async function openRealTree(): Promise<RealTree> {
  const environment = process.env['XEN_TREE'];
  const found = await findTree({}, { environment, cache: CACHE, pinnedRelease: '4.22.0' });
  if (!found.ok) {
    throw new Error(
      'No Xen tree for the tests: run `npm test`, or set XEN_TREE, or `npm run atlas -- fetch`',
    );
  }
  const corpus = await readCorpus(found.tree, new CReader(await loadCParser()));
  const root = environment ?? resolve(CACHE, found.tree.release);
  return { tree: found.tree, corpus, root, ...extractFacts(corpus, EXTRACTORS) };
}
