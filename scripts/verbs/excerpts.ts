import { basename, dirname, resolve } from 'node:path';
import { here, ROOT } from '../open-tree.ts';
import type { Opened, Tree } from '../xen/tree.ts';
import { onTree } from './on-tree.ts';
import { type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

/** The committed text of a checkout, whatever was edited in it; other trees as they are. */
async function asCommitted(tree: Tree): Promise<Opened> {
  if (tree.root === null || tree.commit === null) return { ok: true, tree };
  const { openGitRevision } = await import('../xen/tree-git.ts');
  return openGitRevision(tree.root, tree.commit);
}

/** What the verb writes, and the build reads. */
const EXCERPTS = '.cache/excerpts.json';

export const declareExcerpts: DeclareVerb = (program) => {
  treeVerb(
    program,
    'excerpts',
    'Write excerpts of the pinned release, for a site that is built beside it.',
  )
    .option('--out <file>', 'the file to write; build with ATLAS_EXCERPTS naming it', EXCERPTS)
    .action(async (options: TreeVerbOptions & { out: string }) => {
      await onTree(options, 'Nothing was written.', async (given, session) => {
        const { runExcerpts } = await import('../commands/excerpts.ts');
        const { readContent } = await import('../markdown/read-content.ts');
        const { indexNames, readTree } = await import('../read-tree.ts');
        const opened = await asCommitted(given);
        if (!opened.ok) return session.end([opened.problem], {}, 'Nothing was written.');
        const { tree } = opened;
        const read = async () => {
          const corpus = await readTree(tree, session);
          return { corpus, names: indexNames(tree, corpus, session) };
        };
        const { content } = await readContent(ROOT);
        const path = options.out === EXCERPTS ? resolve(ROOT, EXCERPTS) : here(options.out);
        const out = { folder: dirname(path), name: basename(path) };
        const { problems, files } = await runExcerpts({ tree, read, content, out });
        if (files.length === 0) return session.end(problems, {}, 'Nothing was written.');
        session.end(
          problems,
          { out: path, release: tree.release, commit: tree.commit, files: files.length },
          `Excerpts of ${files.length} files written; build with ATLAS_EXCERPTS=${path}.`,
        );
      });
    });
};
