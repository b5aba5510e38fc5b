/** The command line: parses arguments, calls the verbs, reports, sets the exit code (0 fine, 1 problems, 2 misuse). */
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { here, ROOT } from './open-tree.ts';
import { PROBLEM_PAGES } from './problems/report.ts';
import { Session, type SessionOptions } from './session.ts';
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
import { declareNames } from './verbs/names.ts';
import { declareNew } from './verbs/new.ts';
import { declarePublish } from './verbs/publish.ts';
import { declareSchemas } from './verbs/schemas.ts';
import { declareStale } from './verbs/stale.ts';
import { type DeclareVerb, verb } from './verbs/verb.ts';

// A verb imports what it needs when it runs: what is quick to do is not kept waiting by the rest.

/** What names on the command line stand for, each of which must be known; everything when there are none. */
function named<T>(
  what: string,
  all: readonly T[],
  nameOf: (item: T) => string,
  asked: readonly string[] | undefined,
): readonly T[] {
  const known = all.map(nameOf);
  const wrong = asked?.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`No ${wrong}: the ${what} are ${known.join(', ')}.`);
  return all.filter((item) => asked === undefined || asked.includes(nameOf(item)));
}

type MeasureVerbOptions = SessionOptions & {
  suite: string;
  cross: boolean;
  only?: string[];
  cache: string;
  check: boolean;
};

const declareMeasure: DeclareVerb = (program) => {
  verb(
    program,
    'measure',
    'Run guests under an emulated machine, and measure what they do (Debian only).',
  )
    .option('--suite <name>', 'the release of Debian whose packages are run', 'bookworm')
    .option('--cross', 'a newer release of Debian as well, and each Xen under both QEMUs', false)
    .option('--only <guests...>', 'only these guests, such as pv-dom0 pvh-dom0')
    .option('--cache <dir>', 'where packages and images are kept', '.cache/measure')
    .option('--check', 'write nothing; a difference is a problem', false)
    .action(async (options: MeasureVerbOptions) => {
      const { SUITES } = await import('./measure/machine-packages.ts');
      const { MEASURED_GUESTS } = await import('./measure/guests.ts');
      const { suite, cross } = options;
      const suites = named('suites', SUITES, ({ name }) => name, cross ? undefined : [suite]);
      const guests = named('guests', MEASURED_GUESTS, ({ id }) => id, options.only);
      const interrupted = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.once(name, () => interrupted.abort(new Error(`stopped by ${name}`)));
      const { runMeasure } = await import('./commands/measure.ts');
      const session = new Session(options);
      const own = options.cache === '.cache/measure';
      const { problems, ...counts } = await runMeasure({
        root: ROOT,
        cache: own ? resolve(ROOT, options.cache) : here(options.cache),
        suites,
        guests,
        cross,
        isWhole: cross && options.only === undefined,
        check: options.check,
        signal: interrupted.signal,
        say: session.say,
      });
      session.end(
        problems,
        counts,
        `${counts.agrees} results agree with the facts, ${counts.disagrees} do not, on ${counts.disputed} the emulators differ; ${counts.written} files written.`,
      );
    });
};

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

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
