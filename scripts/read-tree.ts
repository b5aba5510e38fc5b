import type { Session } from './session.ts';
import { CReader } from './xen/c-reader.ts';
import { type Corpus, readCorpus } from './xen/corpus.ts';
import type { Tree } from './xen/tree.ts';
import { indexTree } from './xen/tree-index.ts';
import type { TreeNames } from './xen/tree-names.ts';
import { loadCParser } from './xen/tree-sitter.ts';

/** Reads the sources of a tree. */
export async function readTree(tree: Tree, session: Session): Promise<Corpus> {
  session.say(`Reading ${tree.label}`);
  return readCorpus(tree, new CReader(await loadCParser()));
}

/** Indexes the names of a tree, saying how far it is. */
export function indexNames(tree: Tree, corpus: Corpus, session: Session): TreeNames {
  return indexTree(tree, corpus, (done, of) => {
    if (done % 100 === 0) session.say(`Reading names: ${done} of ${of} files`);
  });
}
