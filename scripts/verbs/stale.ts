import { basename, dirname } from 'node:path';
import { here, ROOT } from '../open-tree.ts';
import { onNames } from './on-tree.ts';
import { type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

type StaleOptions = TreeVerbOptions & { write: boolean; issue?: string };

export const declareStale: DeclareVerb = (program) => {
  treeVerb(program, 'stale', 'Say which statements of people a newer tree calls into question.')
    .option('--revision <name>', 'with --git: a branch, a tag or a commit, such as staging')
    .option('--write', 'write content/stale.yml, which the page /stale/ shows', false)
    .option('--issue <file>', 'write what has to be read again as Markdown')
    .action((options: StaleOptions) =>
      onNames(options, 'Nothing was compared.', async ({ tree, corpus, names }, session) => {
        const { renderStale, runStale } = await import('../commands/stale.ts');
        const { write, issue } = options;
        const { problems, ...result } = await runStale({ root: ROOT, tree, corpus, names, write });
        if (issue !== undefined) {
          const { writeTextFile } = await import('../markdown/content-files.ts');
          await writeTextFile(dirname(here(issue)), {
            path: basename(issue),
            text: renderStale(tree, { problems, ...result }),
          });
        }
        const counts = Object.entries(result.counts).map(
          ([verdict, count]) => `${count} ${verdict}`,
        );
        session.end(
          problems,
          { tree: tree.label, ...result },
          `${tree.label}: ${counts.join(', ')}.`,
        );
      }),
    );
};
