/** The cell of a guest type: the walks of both accesses on both vendors, and what the bitmap leaves open. */
import type { Place } from '../../../../src/model/evidence.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type BuildOptions, withBuildOptions } from '../../build-options.ts';
import type { Corpus } from '../../corpus.ts';
import type { Environment } from '../../expression.ts';
import { makefileOptions } from '../../makefile-options.ts';
import type { Hole } from './bitmap.ts';
import { conditionOf } from './condition.ts';
import { among, holesOf, monitored, withHoles } from './holes.ts';
import { inOrder, joinAccess, joinVendors } from './join.ts';
import type { Row } from './last-branch.ts';
import { askedMeaning, delegateMeaning, meaningOf, type Vendor } from './meanings.ts';
import { type Conditional, conditionals } from './outcome.ts';
import type { Passed, Path, Token } from './path.ts';
import { placesOf } from './places.ts';
import type { Program } from './program.ts';
import type { FunctionId, Policy, Programs } from './read.ts';
import type { Segment } from './segments.ts';
import { walkPaths } from './walk.ts';

export interface Source {
  readonly corpus: Corpus;
  readonly environment: Environment;
  readonly holes: readonly Hole[];
  readonly lastBranch: readonly Row[];
  readonly options: BuildOptions;
  readonly policy: Policy;
  readonly report: (one: Problem) => void;
}

export interface Cell {
  readonly handlings: readonly {
    readonly handling: Omit<Handling, 'evidence'>;
    /** Where it is decided: cases and the functions behind them, or the calls that open the bitmap. */
    readonly places: readonly Place[];
  }[];
  readonly passed: readonly Passed[];
}

const CONTAINER: Readonly<Record<GuestType, 'pv' | 'hvm' | null>> = {
  pv: 'pv',
  'pv-dom0': 'pv',
  'pv-shim': 'pv',
  pvh: 'hvm',
  hvm: 'hvm',
  'pvh-dom0': 'hvm',
  arm: null,
  'arm-dom0': null,
};

/** Functions that are walked in their turn, by what calls them; the vendor chooses the last one. */
function inlined(access: 'read' | 'write', vendor: Vendor): Readonly<Record<string, FunctionId>> {
  return access === 'read'
    ? {
        guest_rdmsr: 'read',
        guest_rdmsr_xen: 'xenRead',
        nsvm_rdmsr: 'nestedRead',
        guest_rdmsr_viridian: 'viridianRead',
        viridian_synic_rdmsr: 'synicRead',
        viridian_time_rdmsr: 'timeRead',
        msr_read_intercept: vendor === 'intel' ? 'vmxRead' : 'svmRead',
      }
    : {
        guest_wrmsr: 'write',
        guest_wrmsr_xen: 'xenWrite',
        nsvm_wrmsr: 'nestedWrite',
        guest_wrmsr_viridian: 'viridianWrite',
        viridian_synic_wrmsr: 'synicWrite',
        viridian_time_wrmsr: 'timeWrite',
        msr_write_intercept: vendor === 'intel' ? 'vmxWrite' : 'svmWrite',
      };
}

function unknownCondition(program: Program, line: number, text: string): Problem {
  return problem(
    'construct-unknown',
    { path: program.path, line },
    {
      actual: `\`${text}\` on the way to an MSR in \`${program.symbol}\``,
      expected: 'a condition that a rule knows',
      repair: 'Say what it means in `RULES` or `DELEGATES` of the extractor `msr` (meanings.ts).',
    },
  );
}

interface Access {
  readonly guest: GuestType;
  readonly container: 'pv' | 'hvm';
  readonly access: 'read' | 'write';
  readonly vendor: Vendor;
}

function entryOf({ container, access }: Access) {
  if (container === 'pv') return access === 'read' ? 'pvRead' : 'pvWrite';
  return access === 'read' ? 'hvmRead' : 'hvmWrite';
}

/** Build options without which there is no such guest. */
const IMPLIED: Readonly<Record<'pv' | 'hvm', readonly string[]>> = {
  pv: ['CONFIG_PV'],
  hvm: ['CONFIG_HVM'],
};

function pathsOf(
  source: Source,
  programs: Programs,
  segment: Segment,
  of: Access,
  lacks: (feature: string) => void,
): Path[] {
  const functions = inlined(of.access, of.vendor);
  const accessor = {
    guest: of.guest,
    vendor: of.vendor,
    index: segment.first,
    last: segment.last,
    access: of.access,
    lastBranch: among(source, source.lastBranch, segment),
    canHave: (feature: string) => source.policy(feature, of.container),
    lacks,
  };
  return walkPaths(programs[entryOf(of)].program, {
    index: segment.first,
    environment: source.environment,
    inline: (callee) => {
      const id = functions[callee];
      return id === undefined ? null : (programs[id]?.program ?? null);
    },
    judge: (text) => meaningOf(accessor, text),
    answers: (callee) => /^viridian_(?:synic|time)_/.test(callee),
    option: (name) => (IMPLIED[of.container].includes(name) ? true : null),
    delegate: (callee) => delegateMeaning(accessor, callee),
    asked: (callee) => askedMeaning(accessor, callee),
    unknown: (program, line, text) => source.report(unknownCondition(program, line, text)),
  });
}

/** A refusal without a condition says which features of the policy it is for, where they are never there. */
function explained(all: readonly Conditional[], lacked: readonly string[]): Conditional[] {
  const depends = all.some(({ tokens }) => [...tokens].some((token) => /^!?cpuid:/.test(token)));
  if (lacked.length === 0 || depends) return [...all];
  const names = lacked
    .map((name) => `\`${name}\``)
    .sort()
    .join(' or ');
  const note = `Only with ${names} in the CPUID policy, where it never is.`;
  return all.map((one) =>
    one.outcome.effect === '#GP' && one.tokens.size === 0
      ? { ...one, outcome: { ...one.outcome, note } }
      : one,
  );
}

const VPMU: Readonly<Record<'pv' | 'hvm', readonly Token[]>> = {
  pv: ['cmdline:vpmu', 'guest:pmu-registered'],
  hvm: ['cmdline:vpmu'],
};
const VPMU_FILES: Readonly<Record<Vendor, string>> = {
  intel: 'xen/arch/x86/cpu/vpmu_intel.c',
  amd: 'xen/arch/x86/cpu/vpmu_amd.c',
};

/** What makes the virtual PMU answer. */
function vpmuAnswers({ corpus }: Source, { container, vendor }: Access): Token[] {
  const options = makefileOptions(corpus, VPMU_FILES[vendor]);
  return [...VPMU[container], ...options.map((option) => `kconfig:${option}`)];
}

/** One walk: an access on a vendor, with the cases that it came through and the holes of the bitmap. */
interface Walked extends Access {
  readonly passed: readonly Passed[];
  readonly holes: readonly Hole[];
  readonly found: readonly Conditional[];
}

function walked(source: Source, programs: Programs, segment: Segment, of: Access): Walked {
  const lacked = new Set<string>();
  const paths = pathsOf(source, programs, segment, of, (feature) => lacked.add(feature));
  const holes = of.container === 'pv' ? [] : holesOf(source, segment, of.access, of.vendor);
  const found = conditionals(paths, of.access, vpmuAnswers(source, of));
  const seen = of.access === 'write' ? monitored(found, holes, segment) : [];
  return {
    ...of,
    passed: paths.flatMap((path) => path.passed),
    holes,
    found: [...withHoles(explained(found, [...lacked]), holes), ...seen],
  };
}

/** What a guest type gets, or null where it has no MSRs. */
export function cellOf(
  source: Source,
  programs: Programs,
  segment: Segment,
  guest: GuestType,
): Cell | null {
  const container = CONTAINER[guest];
  if (container === null) return null;
  const walk = (access: 'read' | 'write', vendor: Vendor) =>
    walked(source, programs, segment, { guest, container, access, vendor });
  const walks = {
    read: { intel: walk('read', 'intel'), amd: walk('read', 'amd') },
    write: { intel: walk('write', 'intel'), amd: walk('write', 'amd') },
  };
  const side = ({ intel, amd }: (typeof walks)['read']) => joinVendors(intel.found, amd.found);
  const all = [...Object.values(walks.read), ...Object.values(walks.write)];
  const placed = inOrder(joinAccess(side(walks.read), side(walks.write)));
  return {
    handlings: placed.map((handling) => {
      const { tokens, access } = handling;
      const { note, answerer: _, ...outcome } = handling.outcome;
      const when = withBuildOptions(conditionOf(tokens), source.options);
      const behind = all.filter(
        (one) =>
          (access === 'both' || access === one.access) &&
          (when?.vendor === undefined || when.vendor === one.vendor),
      );
      return {
        handling: {
          ...outcome,
          ...(when === undefined ? {} : { when }),
          access,
          ...(note === undefined ? {} : { note }),
        },
        places: behind.flatMap((one) => placesOf(programs, one, handling)),
      };
    }),
    passed: all.flatMap((one) => one.passed),
  };
}
