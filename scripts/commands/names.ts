import { writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import { checkListedNames, checkProseNames } from '../names/check-names.ts';
import { deriveNames, NAMES_PATH, renderNames } from '../names/derive-names.ts';
import type { Problem } from '../problems/problem.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export interface NamesOptions {
  /** The project, which holds `content/`. */
  readonly root: string;
  readonly tree: TreeNames;
  /** Writes nothing, and reports what is not known. */
  readonly check?: boolean;
}

/** Writes `content/names.yml` from the authored prose and a tree; what neither knows is a problem. */
export async function runNames({ root, tree, check = false }: NamesOptions): Promise<Problem[]> {
  const { content, names, authored, problems } = await readContent(root);
  const listed = check ? names : deriveNames(content, names, authored, tree);
  if (!check) await writeTextFile(root, { path: NAMES_PATH, text: renderNames(listed) });
  return [
    ...problems,
    ...checkListedNames(listed, tree),
    ...checkProseNames(content, listed, authored),
  ];
}
