import { openTree } from '../open-tree.ts';
import { Session } from '../session.ts';
import type { Corpus } from '../xen/corpus.ts';
import type { Tree } from '../xen/tree.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import type { TreeVerbOptions } from './verb.ts';

/** The sources of a tree and an index of their names. */
export interface NamedTree {
  readonly tree: Tree;
  readonly corpus: Corpus;
  readonly names: TreeNames;
}

/** Runs a verb on a tree, or ends with the reason why there is none. */
export async function onTree(
  options: TreeVerbOptions,
  undone: string,
  run: (tree: Tree, session: Session) => Promise<void>,
): Promise<void> {
  const session = new Session(options);
  const opened = await openTree(options, session);
  if ('problem' in opened) session.end([opened.problem], {}, undone);
  else await run(opened.tree, session);
}

/** Runs a verb on the sources of a tree and an index of their names. */
export async function onNames(
  options: TreeVerbOptions,
  undone: string,
  run: (opened: NamedTree, session: Session) => Promise<void>,
): Promise<void> {
  await onTree(options, undone, async (tree, session) => {
    const { indexNames, readTree } = await import('../read-tree.ts');
    const corpus = await readTree(tree, session);
    await run({ tree, corpus, names: indexNames(tree, corpus, session) }, session);
  });
}
