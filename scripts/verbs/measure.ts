import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { here, ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

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

export const declareMeasure: DeclareVerb = (program) => {
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
      const { SUITES } = await import('../measure/machine-packages.ts');
      const { MEASURED_GUESTS } = await import('../measure/guests.ts');
      const { suite, cross } = options;
      const suites = named('suites', SUITES, ({ name }) => name, cross ? undefined : [suite]);
      const guests = named('guests', MEASURED_GUESTS, ({ id }) => id, options.only);
      const interrupted = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.once(name, () => interrupted.abort(new Error(`stopped by ${name}`)));
      const { runMeasure } = await import('../commands/measure.ts');
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
