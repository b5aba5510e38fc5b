import { basename, dirname } from 'node:path';
import { Option } from 'commander';
import {
  choicesOf,
  HOST_OPTION_NAMES,
  HOST_OPTIONS,
  type HostChoices,
} from '../../src/explain/host-options.ts';
import { here, ROOT } from '../open-tree.ts';
import { problem } from '../problems/problem.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

type ExplainVerbOptions = SessionOptions & { minimise: boolean };

/** What a configuration does not say, each as an option of the command line. */
const HOST_FLAGS = HOST_OPTION_NAMES.map((name) => ({
  name,
  flag: new Option(
    `--${name} <choice>`,
    `${HOST_OPTIONS[name].words}, where the file does not say it`,
  ).choices(choicesOf(name)),
}));

function hostChoices(options: object): HostChoices {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    HOST_FLAGS.flatMap(({ name, flag }) => {
      const choice = given.get(flag.attributeName());
      return typeof choice === 'string' ? [[name, choice]] : [];
    }),
  );
}

/** The text of a file, or of the standard input for `-`; undefined when there is none. */
async function readGiven(file: string): Promise<string | undefined> {
  if (file === '-') {
    const { text } = await import('node:stream/consumers');
    return text(process.stdin);
  }
  const { readTextFile } = await import('../markdown/content-files.ts');
  return readTextFile(dirname(here(file)), basename(file)).catch(() => undefined);
}

async function explain(file: string, { minimise, ...options }: ExplainVerbOptions): Promise<void> {
  const session = new Session(options);
  const text = await readGiven(file);
  if (text === undefined) {
    const missing = problem(
      'xl-syntax',
      { path: file },
      { actual: 'no file that can be read', expected: 'an xl.cfg, or `-` for the standard input' },
    );
    session.end([missing], {}, 'Nothing was explained.');
    return;
  }
  session.say('Reading content');
  const { explainSummary, renderExplanation, runExplain } = await import('../commands/explain.ts');
  const choices = hostChoices(options);
  const path = file === '-' ? 'standard input' : file;
  const result = await runExplain({ root: ROOT, path, text, choices });
  session.end(
    result.problems,
    explainSummary(result, minimise),
    renderExplanation(result, path, minimise),
  );
}

export const declareExplain: DeclareVerb = (program) => {
  const explainVerb = verb(
    program,
    'explain',
    'Say who handles what for the guest of an xl.cfg, and why.',
  )
    .argument('<file>', 'an xl.cfg, or `-` for the standard input')
    .option(
      '--minimise',
      'propose settings that leave less to emulate, and print the changed file',
      false,
    );
  for (const { flag } of HOST_FLAGS) explainVerb.addOption(flag);
  explainVerb.action(explain);
};
