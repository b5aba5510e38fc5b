/** Reads the emulation flags of a tree into plain values; no verdicts yet. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError } from '../../expression.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import {
  applyAssignments,
  type Option,
  optionField,
  readAssignments,
  readOption,
} from './chosen.ts';
import type { constructs } from './constructs.ts';
import { type Configuration, readConfigurations } from './permitted.ts';

export type FoundConstructs = Readonly<Record<keyof typeof constructs, Found>>;
type X86Guest = Exclude<GuestType, 'arm' | 'arm-dom0'>;

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
  readonly chosen: Readonly<Record<X86Guest, bigint>>;
  /** Flags that a libxl option adds or removes, by guest type. */
  readonly options: readonly {
    readonly guest: X86Guest;
    readonly bits: bigint;
    readonly option: Option;
  }[];
}

/** What each guest type is to Xen: whether it is PV, and whether it is the hardware domain. */
const KINDS: Readonly<
  Record<X86Guest, { pv: boolean; hardwareDomain: boolean; libxl: string | null }>
> = {
  pv: { pv: true, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_PV' },
  pvh: { pv: false, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_PVH' },
  hvm: { pv: false, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_HVM' },
  'pv-dom0': { pv: true, hardwareDomain: true, libxl: null },
  'pvh-dom0': { pv: false, hardwareDomain: true, libxl: null },
  // The shim creates its guest without CDF_hardware, so that nothing is forced.
  'pv-shim': { pv: true, hardwareDomain: false, libxl: null },
};

export const X86_GUESTS = Object.keys(KINDS) as X86Guest[];

function perX86<T>(value: (guest: X86Guest) => T): Record<X86Guest, T> {
  return Object.fromEntries(X86_GUESTS.map((guest) => [guest, value(guest)])) as Record<
    X86Guest,
    T
  >;
}

/** Flags by name; the internal `X86_EMU_*` names have the value of the public ones, as in a build with CONFIG_HVM. */
function flagEnvironment(corpus: Corpus, found: FoundConstructs): Environment {
  const header = corpus.file(found.flags.path);
  const macros = macroEnvironment(header?.macros ?? []);
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

/** Reads all that the source says about the flags. A shape that is not understood is a problem, never an empty list. */
export function readFlagSource(
  corpus: Corpus,
  found: FoundConstructs,
): { readonly source: FlagSource | null; readonly problems: readonly Problem[] } {
  const unread = (where: Found, error: unknown): Problem =>
    problem(
      'construct-unread',
      { path: where.path },
      {
        actual: error instanceof Error ? error.message : String(error),
        expected: `${where.construct.what}, readable by \`${where.construct.id}\``,
      },
    );
  const environment = flagEnvironment(corpus, found);
  const all = environment.name('XEN_X86_EMU_ALL') ?? 0n;
  const file = (where: Found) => where.files[0] ?? corpus.file(where.path);
  const assignments = (where: Found, target: string) => {
    const source = file(where);
    return source === undefined
      ? []
      : readAssignments(corpus.reader, source, where.candidate.name, target, environment);
  };
  try {
    const libxl = assignments(found.chosen, 'emulation_flags');
    const dom0 = assignments(found.dom0, 'emulation_flags');
    const force = assignments(found.forced, 'emflags');
    const optionOf = (field: string) => readOption(corpus, field);
    const fields = [
      ...new Set(libxl.flatMap(({ guards }) => guards.flatMap((g) => optionField(g) ?? []))),
    ];
    const choose = (guest: X86Guest, enabled: (field: string) => boolean): bigint => {
      const { libxl: label } = KINDS[guest];
      if (guest === 'pvh-dom0') return applyAssignments(dom0, () => true);
      if (label === null) return 0n;
      return applyAssignments(
        libxl.filter((assignment) => assignment.label === label),
        (guard) => {
          const field = optionField(guard);
          return field === null || enabled(field) === guard.holds;
        },
      );
    };
    const byDefault = (field: string) => optionOf(field).enabledByDefault;
    const chosenWithout = perX86((guest) => choose(guest, byDefault));
    const forced = perX86((guest) => {
      const { pv, hardwareDomain } = KINDS[guest];
      return applyAssignments(force, ({ text, holds }) => {
        if (/^is_hardware_domain\(/.test(text)) return hardwareDomain === holds;
        return /^is_pv_domain\(/.test(text) ? pv === holds : true;
      });
    });
    const source = file(found.permitted);
    const configurations =
      source === undefined ? [] : readConfigurations(corpus.reader, source, environment, all);
    const problems: Problem[] = [];
    const permitted = perX86((guest) => {
      const chosen = chosenWithout[guest] | forced[guest];
      const configuration = configurationFor(configurations, guest, chosen);
      if (configuration !== undefined) return configuration;
      problems.push(
        unread(
          found.permitted,
          new Error(`no configuration for ${guest}, which has flags 0x${chosen.toString(16)}`),
        ),
      );
      return { pv: false, hardwareDomain: false, min: 0n, opt: 0n };
    });
    if (libxl.length === 0)
      problems.push(unread(found.chosen, new Error('no assignment of flags')));
    if (dom0.length === 0) problems.push(unread(found.dom0, new Error('no assignment of flags')));
    if (force.length === 0) problems.push(unread(found.forced, new Error('no forced flag')));
    const options = X86_GUESTS.flatMap((guest) =>
      fields.flatMap((field) => {
        const bits =
          choose(guest, (f) => (f === field ? true : byDefault(f))) ^
          choose(guest, (f) => (f === field ? false : byDefault(f)));
        return bits === 0n ? [] : [{ guest, bits, option: optionOf(field) }];
      }),
    );
    const flags = readFlags(corpus, found);
    return {
      source:
        problems.length > 0
          ? null
          : {
              flags,
              permitted,
              forced,
              chosen: perX86((guest) => chosenWithout[guest] | forced[guest]),
              options,
            },
      problems,
    };
  } catch (error) {
    if (error instanceof ExpressionError)
      return { source: null, problems: [unread(found.permitted, error)] };
    throw error;
  }
}
