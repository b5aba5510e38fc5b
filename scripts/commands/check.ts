import { CHECKS } from '../checks/index.ts';
import { acceptEvidence } from '../markdown/accept-evidence.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export interface CheckOptions {
  /** The project, which holds `content/`. */
  readonly root: string;
  readonly tree: { readonly corpus: Corpus; readonly names: TreeNames } | null;
  /** Writes line and fingerprint of all tree evidence of authored entries, as the tree has them now. */
  readonly accept: boolean;
}

/** Brings the evidence of authored entries up to date with a tree; what does not resolve stays as it is. */
async function accept(root: string, corpus: Corpus): Promise<void> {
  const { authored } = await readContent(root);
  for (const file of authored) {
    const text = acceptEvidence(file, (evidence) => resolveEvidence(corpus, evidence));
    if (text !== file.text) await writeTextFile(root, { path: file.path, text });
  }
}

/** Runs every check over `content/`. */
export async function runCheck({ root, tree, accept: update }: CheckOptions): Promise<Problem[]> {
  if (update && tree !== null) await accept(root, tree.corpus);
  const { content, names, authored, problems } = await readContent(root);
  const files = await readTextFiles(root, 'content', '.md');
  const input = { content, names, authored, files, tree };
  return [...problems, ...CHECKS.flatMap((check) => check.run(input))];
}
