import { ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, release, verb } from './verb.ts';

export const declareDiff: DeclareVerb = (program) => {
  verb(
    program,
    'diff',
    'Say what changed between two releases, by kind of fact, and what rests on it.',
  )
    .argument('<from>', 'a release, such as 4.20', release)
    .argument('<to>', 'another release', release)
    .option('--evidence', 'name the places of each fact in both releases', false)
    .action(async (from: string, to: string, options: SessionOptions & { evidence: boolean }) => {
      const session = new Session(options);
      const { renderDiff, runDiff } = await import('../commands/diff.ts');
      const result = await runDiff(ROOT, [from, to]);
      const { problems, ...differences } = result;
      const unknown = differences.kinds.length === 0;
      const sentence = unknown ? 'Nothing was compared.' : renderDiff(result, options.evidence);
      session.end(problems, differences, sentence);
    });
};
