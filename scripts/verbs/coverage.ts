import { ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

export const declareCoverage: DeclareVerb = (program) => {
  verb(
    program,
    'coverage',
    'Count the cells of content/ by kind and origin, and what is unknown.',
  ).action(async (options: SessionOptions) => {
    const session = new Session(options);
    const { renderCoverage, runCoverage } = await import('../commands/coverage.ts');
    const { coverage, problems } = await runCoverage(ROOT);
    session.end(problems, { coverage }, renderCoverage(coverage));
  });
};
