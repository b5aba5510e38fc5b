/** The real Xen tree of the tests: opened once a worker, with what it yields. A missing tree fails; it never skips. */
import { resolve } from 'node:path';
import { readSources } from '../scripts/markdown/read-sources.ts';
import { CReader } from '../scripts/xen/c-reader.ts';
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
  /** Whether it is the release that `content/` was read from. */
  readonly pinned: boolean;
  /** Folder of the work tree, for the tree's own tools. */
  readonly root: string;
}

/** Opens the tree that `XEN_TREE` names, else the first one of the cache, and extracts every kind. */
export async function openRealTree(): Promise<RealTree> {
  const { xen } = await readSources(ROOT);
  const found = await findTree(
    {},
    { environment: process.env['XEN_TREE'], cache: CACHE, pinnedRelease: xen.release },
  );
  const root = found.ok ? found.tree.root : null;
  if (!found.ok || root === null) {
    throw new Error(
      'No Xen tree for the tests: run `npm test`, or set XEN_TREE, or `npm run atlas -- fetch`',
    );
  }
  const corpus = await readCorpus(found.tree, new CReader(await loadCParser()));
  const pinned = found.tree.release === xen.release;
  return { tree: found.tree, pinned, corpus, root, ...extractFacts(corpus, EXTRACTORS) };
}
