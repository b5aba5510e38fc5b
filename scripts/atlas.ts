/** The command line: parses arguments, calls the verbs, reports, sets the exit code (0 fine, 1 problems, 2 misuse). */
import { Command, CommanderError } from 'commander';
import { PROBLEM_PAGES } from './problems/report.ts';
import { declareBodies } from './verbs/bodies.ts';
import { declareCheck } from './verbs/check.ts';
import { declareCoverage } from './verbs/coverage.ts';
import { declareDiff } from './verbs/diff.ts';
import { declareExcerpts } from './verbs/excerpts.ts';
import { declareExplain } from './verbs/explain.ts';
import { declareExport } from './verbs/export.ts';
import { declareExtract } from './verbs/extract.ts';
import { declareFetch } from './verbs/fetch.ts';
import { declareImport } from './verbs/import.ts';
import { declareMeasure } from './verbs/measure.ts';
import { declareNames } from './verbs/names.ts';
import { declareNew } from './verbs/new.ts';
import { declarePublish } from './verbs/publish.ts';
import { declareSchemas } from './verbs/schemas.ts';
import { declareStale } from './verbs/stale.ts';
import type { DeclareVerb } from './verbs/verb.ts';

// A verb imports what it needs when it runs: what is quick to do is not kept waiting by the rest.

const program = new Command('atlas')
  .description('Extracts facts about Xen, imports threads, and checks and exports the content.')
  .showHelpAfterError('(atlas <verb> --help says what a verb takes)')
  .addHelpText('afterAll', `\n${PROBLEM_PAGES} explains every problem that is reported.`)
  .exitOverride();

/** The verbs, in the order in which the help lists them. */
const VERBS: readonly DeclareVerb[] = [
  declareExtract,
  declareImport,
  declareBodies,
  declareExcerpts,
  declareCheck,
  declareNew,
  declareMeasure,
  declareNames,
  declareStale,
  declarePublish,
  declareCoverage,
  declareDiff,
  declareExplain,
  declareExport,
  declareSchemas,
  declareFetch,
];
for (const declare of VERBS) declare(program);

// Who reads the output may stop early, as `head` does: the work goes on, and its exit code stands.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
