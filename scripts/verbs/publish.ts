import { ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

export const declarePublish: DeclareVerb = (program) => {
  verb(
    program,
    'publish',
    'Add the ids of all entries to content/published.yml: they are kept for ever.',
  ).action(async (options: SessionOptions) => {
    const session = new Session(options);
    const { runPublish } = await import('../commands/publish.ts');
    const { problems, added, total } = await runPublish(ROOT);
    session.end(problems, { added, total }, `${added.length} ids added, ${total} in all.`);
  });
};
