import { nearestHint } from '../../src/data/nearest.ts';
import { CHECKS } from '../checks/index.ts';
import { acceptEvidence } from '../markdown/accept-evidence.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';

/** The authored entries whose evidence is taken over from the tree; paths such as `content/features/cpu/hlt.md`. */
export type Accepted = 'none' | 'all' | readonly string[];

export interface CheckOptions {
  /** The project, which holds `content/`. */
  readonly root: string;
  readonly tree: { readonly corpus: Corpus; readonly names: TreeNames } | null;
  /** Writes line and fingerprint of all tree evidence of authored entries, as the tree has them now. */
  readonly accept: Accepted;
}

/** Brings the evidence of authored entries up to date with a tree; what does not resolve stays as it is. */
async function accept(
  root: string,
  corpus: Corpus,
  entries: Exclude<Accepted, 'none'>,
): Promise<Problem[]> {
  const { authored } = await readContent(root);
  const paths = authored.map(({ path }) => path);
  for (const file of authored) {
    if (entries !== 'all' && !entries.includes(file.path)) continue;
    const text = acceptEvidence(file, (evidence) => resolveEvidence(corpus, evidence));
    if (text !== file.text) await writeTextFile(root, { path: file.path, text });
  }
  return (entries === 'all' ? [] : entries)
    .filter((path) => !paths.includes(path))
    .map((path) =>
      problem(
        'reference-unknown',
        { path },
        {
          actual: 'no authored entry of that path, so no evidence was accepted',
          expected: `a path such as content/features/cpu/hlt.md${nearestHint(path, paths)}`,
        },
      ),
    );
}

/** Runs every check over `content/`. */
export async function runCheck({ root, tree, accept: accepted }: CheckOptions): Promise<Problem[]> {
  const unaccepted =
    accepted === 'none' || tree === null ? [] : await accept(root, tree.corpus, accepted);
  const { content, names, addresses, exceptions, authored, problems } = await readContent(root);
  const files = await readTextFiles(root, 'content', '.md');
  const input = { content, names, addresses, exceptions, authored, files, tree };
  return [...unaccepted, ...problems, ...CHECKS.flatMap((check) => check.run(input))];
}
