/** Reads the emulation flags of a tree into plain values; no verdicts yet. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError } from '../../expression.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { type Option, readAssignments, readOption } from './chosen.ts';
import type { constructs } from './constructs.ts';
import {
  type Assignments,
  chosenFlags,
  forcedFlags,
  type OptionEffect,
  optionEffects,
  optionFields,
} from './decisions.ts';
import { KINDS, perX86, type X86Guest } from './guests.ts';
import { type Configuration, readConfigurations } from './permitted.ts';

export type FoundConstructs = Readonly<Record<keyof typeof constructs, Found>>;

export interface Flag {
  /** `LAPIC` for `XEN_X86_EMU_LAPIC`. */
  readonly name: string;
  readonly bit: number;
  readonly gate: string | null;
}

export interface FlagSource {
  readonly flags: readonly Flag[];
  readonly permitted: Readonly<Record<X86Guest, Configuration>>;
  readonly forced: Readonly<Record<X86Guest, bigint>>;
  /** What the guest type has by default: what is asked for, and what Xen forces. */
  readonly chosen: Readonly<Record<X86Guest, bigint>>;
  readonly options: readonly OptionEffect[];
}

/** A place of the source that is not understood; becomes a problem. */
class Unread extends Error {
  readonly where: Found;

  constructor(where: Found, message: string) {
    super(message);
    this.where = where;
  }
}

/** Runs a reader of one construct, so that an expression that it does not understand is told with the construct. */
function reading<T>(where: Found, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpressionError) throw new Unread(where, error.message);
    throw error;
  }
}

/** Flags by name; the internal `X86_EMU_*` names have the value of the public ones, as in a build with CONFIG_HVM. */
function flagEnvironment(corpus: Corpus, found: FoundConstructs): Environment {
  const macros = macroEnvironment(corpus.file(found.flags.path)?.macros ?? []);
  return {
    name: (name) => macros.name(name.startsWith('X86_EMU_') ? `XEN_${name}` : name),
    ...(macros.call === undefined ? {} : { call: macros.call }),
  };
}

function readFlags(corpus: Corpus, found: FoundConstructs): Flag[] {
  const gates = corpus.file(found.gates.path)?.macros ?? [];
  return (corpus.file(found.flags.path)?.macros ?? []).flatMap(({ name, body }) => {
    const [, flag] = /^_XEN_X86_EMU_(\w+)$/.exec(name) ?? [];
    if (flag === undefined || !/^\d+$/.test(body)) return [];
    const reads = new RegExp(`\\bX86_EMU_${flag}\\b`);
    const gate = gates.find(
      (macro) =>
        macro.name.startsWith('has_') && macro.parameters !== null && reads.test(macro.body),
    );
    return [{ name: flag, bit: Number(body), gate: gate?.name ?? null }];
  });
}

function readAllAssignments(
  corpus: Corpus,
  found: FoundConstructs,
  environment: Environment,
): Assignments {
  const read = (where: Found, target: string) => {
    const [file] = where.files;
    const { name } = where.candidate;
    const assignments =
      file === undefined
        ? []
        : reading(where, () => readAssignments(corpus.reader, file, name, target, environment));
    if (assignments.length === 0) throw new Unread(where, 'no assignment of flags');
    return assignments;
  };
  return {
    libxl: read(found.chosen, 'emulation_flags'),
    dom0: read(found.dom0, 'emulation_flags'),
    forced: read(found.forced, 'emflags'),
  };
}

/** Options that guard a choice of libxl; one without a default or a key of xl.cfg is not understood. */
function readOptions(corpus: Corpus, found: FoundConstructs, assignments: Assignments): Option[] {
  return optionFields(assignments).map((field) => {
    const option = readOption(corpus, found.defaults.path, field);
    if (option === null)
      throw new Unread(found.chosen, `no default or no xl.cfg key of \`${field}\``);
    return option;
  });
}

/** The configuration for a guest type: of those for its kind of domain, the one that holds what is chosen. */
function configurationFor(
  configurations: readonly Configuration[],
  guest: X86Guest,
  chosen: bigint,
): Configuration | undefined {
  const kind = KINDS[guest];
  return configurations.find(
    ({ pv, hardwareDomain, min, opt }) =>
      pv === kind.pv && hardwareDomain === kind.hardwareDomain && (chosen & ~opt) === min,
  );
}

function readPermitted(
  corpus: Corpus,
  { permitted: where }: FoundConstructs,
  environment: Environment,
  chosen: Readonly<Record<X86Guest, bigint>>,
): Record<X86Guest, Configuration> {
  const [file] = where.files;
  const all = environment.name('XEN_X86_EMU_ALL');
  if (file === undefined || all === undefined) throw new Unread(where, 'no `XEN_X86_EMU_ALL`');
  const configurations = readConfigurations(corpus.reader, file, environment, all);
  return perX86((guest) => {
    const configuration = configurationFor(configurations, guest, chosen[guest]);
    if (configuration !== undefined) return configuration;
    const flags = `0x${chosen[guest].toString(16)}`;
    throw new Unread(where, `no configuration for ${guest}, which has flags ${flags}`);
  });
}

function readSource(corpus: Corpus, found: FoundConstructs): FlagSource {
  const environment = flagEnvironment(corpus, found);
  const assignments = readAllAssignments(corpus, found, environment);
  const options = readOptions(corpus, found, assignments);
  const byDefault = (field: string) =>
    options.some((option) => option.field === field && option.enabledByDefault);
  const forced = reading(found.forced, () => perX86((guest) => forcedFlags(assignments, guest)));
  const chosen = perX86((guest) => {
    const where = guest === 'pvh-dom0' ? found.dom0 : found.chosen;
    return reading(where, () => chosenFlags(assignments, guest, byDefault)) | forced[guest];
  });
  return {
    flags: readFlags(corpus, found),
    permitted: reading(found.permitted, () => readPermitted(corpus, found, environment, chosen)),
    forced,
    chosen,
    options: optionEffects(assignments, options),
  };
}

/** Reads all that the source says about the flags. A shape that is not understood is a problem, never an empty list. */
export function readFlagSource(
  corpus: Corpus,
  found: FoundConstructs,
): { readonly source: FlagSource | null; readonly problems: readonly Problem[] } {
  try {
    return { source: readSource(corpus, found), problems: [] };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const { where, message } = error;
    const expected = `${where.construct.what}, readable by \`${where.construct.id}\``;
    const unread = problem('construct-unread', { path: where.path }, { actual: message, expected });
    return { source: null, problems: [unread] };
  }
}
