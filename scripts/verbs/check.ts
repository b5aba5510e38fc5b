import type { Accepted } from '../commands/check.ts';
import { ROOT } from '../open-tree.ts';
import { hasErrors } from '../problems/problem.ts';
import { Session } from '../session.ts';
import { type NamedTree, onNames } from './on-tree.ts';
import { type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

async function check(opened: NamedTree | null, accept: Accepted, session: Session): Promise<void> {
  const { runCheck } = await import('../commands/check.ts');
  session.say('Checking');
  const problems = await runCheck({ root: ROOT, tree: opened, accept });
  const against = opened === null ? 'without a tree' : `against ${opened.tree.label}`;
  session.end(
    problems,
    { tree: opened?.tree.release ?? null },
    `Checked ${against}: ${hasErrors(problems) ? 'problems found' : 'fine'}.`,
  );
}

export const declareCheck: DeclareVerb = (program) => {
  treeVerb(
    program,
    'check',
    'Check content/; with --tree or --git its evidence and names against Xen too.',
  )
    .option(
      '--accept [entries...]',
      'take over line and fingerprint of authored evidence from a tree: of the entries given, else of all',
    )
    .action(async (options: TreeVerbOptions & { accept?: true | string[] }) => {
      const { tree, git, accept } = options;
      if (tree === undefined && git === undefined && accept === undefined) {
        return check(null, 'none', new Session(options));
      }
      const accepted = accept === true ? 'all' : (accept ?? 'none');
      return onNames(options, 'Nothing was checked.', (opened, session) =>
        check(opened, accepted, session),
      );
    });
};
