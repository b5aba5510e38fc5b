import { ROOT } from '../open-tree.ts';
import { onNames } from './on-tree.ts';
import { type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

export const declareNames: DeclareVerb = (program) => {
  treeVerb(
    program,
    'names',
    'Write content/names.yml: the names of Xen that authored prose uses.',
  ).action((options: TreeVerbOptions) =>
    onNames(options, 'Nothing was written.', async ({ names }, session) => {
      const { runNames } = await import('../commands/names.ts');
      const problems = await runNames({ root: ROOT, tree: names });
      session.end(problems, {}, 'content/names.yml is up to date.');
    }),
  );
};
