/** The cell of a guest type: the walks of both accesses on both vendors, and what the bitmap leaves open. */
import type { TreeEvidence } from '../../../../src/model/evidence.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import type { Environment } from '../../expression.ts';
import type { Hole } from './bitmap.ts';
import { delegateMeaning, meaningOf, type Vendor } from './meanings.ts';
import {
  type Conditional,
  conditionals,
  conditionOf,
  inOrder,
  joinAccess,
  joinVendors,
} from './outcome.ts';
import type { Program } from './program.ts';
import { type FunctionId, type Policy, type Programs, valueIn } from './read.ts';
import type { Segment } from './segments.ts';
import { negate, type Passed, type Path, type Token, walkPaths } from './walk.ts';

export interface Source {
  readonly corpus: Corpus;
  readonly environment: Environment;
  readonly holes: readonly Hole[];
  readonly policy: Policy;
  readonly report: (one: Problem) => void;
}

type Place = Omit<TreeEvidence, 'line' | 'fingerprint'>;

export interface Cell {
  readonly handlings: readonly {
    readonly handling: Omit<Handling, 'evidence'>;
    /** The cases that its accesses came through, or the calls that open the bitmap. */
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
        guest_rdmsr_viridian: 'viridianRead',
        msr_read_intercept: vendor === 'intel' ? 'vmxRead' : 'svmRead',
      }
    : {
        guest_wrmsr: 'write',
        guest_wrmsr_xen: 'xenWrite',
        guest_wrmsr_viridian: 'viridianWrite',
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

function entryOf({ container, access }: Access): FunctionId {
  if (container === 'pv') return access === 'read' ? 'pvRead' : 'pvWrite';
  return access === 'read' ? 'hvmRead' : 'hvmWrite';
}

/** Names of MSRs that record branches; which of them a CPU has depends on its model. */
const LAST_BRANCH = /LAST(?:BRANCH|INT)/;

function pathsOf(source: Source, programs: Programs, segment: Segment, of: Access): Path[] {
  const functions = inlined(of.access, of.vendor);
  const accessor = {
    guest: of.guest,
    vendor: of.vendor,
    lastBranch: segment.names.length === 0 || segment.names.some((name) => LAST_BRANCH.test(name)),
    canHave: (feature: string) => source.policy(feature, of.container),
  };
  return walkPaths(programs[entryOf(of)].program, {
    index: segment.first,
    environment: source.environment,
    inline: (callee) => {
      const id = functions[callee];
      return id === undefined ? null : programs[id].program;
    },
    judge: (text) => meaningOf(accessor, text),
    delegate: delegateMeaning,
    unknown: (program, line, text) => source.report(unknownCondition(program, line, text)),
  });
}

function covers(source: Source, { msrs, except }: Hole, { first, last }: Segment): boolean {
  const value = (name: string) => valueIn(source.environment, name);
  if (except.some((name) => value(name) === first)) return false;
  return msrs.some(([from, to]) => {
    const [low, high] = [value(from), value(to)];
    return low !== null && high !== null && low <= first && last <= high;
  });
}

function holesOf(source: Source, segment: Segment, { container, access, vendor }: Access): Hole[] {
  if (container === 'pv') return [];
  return source.holes.filter(
    (hole) =>
      hole.vendor === vendor &&
      (hole.access === 'both' || hole.access === access) &&
      covers(source, hole, segment),
  );
}

/** What a path still needs so that no hole of the bitmap comes before it, where one feature decides each hole. */
function beside(open: readonly Conditional[]): Token[] {
  const alone = open.map(({ tokens }) => [...tokens]).filter(({ length }) => length === 1);
  const features = alone.flat().filter((token) => token.startsWith('cpuid:'));
  return features.length === open.length ? features.map(negate) : [];
}

/** The open bitmap, and of the code what the bitmap leaves to it. */
function withHoles(software: readonly Conditional[], holes: readonly Hole[]): Conditional[] {
  const open = holes.flatMap(({ when, note }) =>
    when.map((tokens) => ({
      outcome: {
        how: 'hardware' as const,
        by: 'cpu' as const,
        ...(note === undefined ? {} : { note }),
      },
      tokens: new Set(tokens),
    })),
  );
  const left = software.filter(
    (one) => !open.some(({ tokens }) => [...tokens].every((token) => one.tokens.has(token))),
  );
  const needed = beside(open);
  return [
    ...open,
    ...left.map(({ outcome, tokens }) => ({ outcome, tokens: new Set([...tokens, ...needed]) })),
  ];
}

/** One walk: an access on a vendor, with the cases that it came through and the holes of the bitmap. */
interface Walked extends Access {
  readonly passed: readonly Passed[];
  readonly holes: readonly Hole[];
  readonly found: readonly Conditional[];
}

function walked(source: Source, programs: Programs, segment: Segment, of: Access): Walked {
  const paths = pathsOf(source, programs, segment, of);
  const holes = holesOf(source, segment, of);
  return {
    ...of,
    passed: paths.flatMap((path) => path.passed),
    holes,
    found: withHoles(conditionals(paths, of.access), holes),
  };
}

function placesOf(programs: Programs, of: Walked, how: Handling['how']): Place[] {
  if (how === 'hardware') {
    return of.holes.map(({ path, symbol, anchor }) => ({ path, symbol, anchor }));
  }
  const entry = programs[entryOf(of)].program;
  const cases = of.passed.map(({ program, label }) => ({
    path: program.path,
    symbol: program.symbol,
    anchor: label,
  }));
  return cases.length > 0 ? cases : [{ path: entry.path, symbol: entry.symbol }];
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
    handlings: placed.map(({ outcome: { note, ...outcome }, tokens, access }) => {
      const when = conditionOf(tokens);
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
        places: behind.flatMap((one) => placesOf(programs, one, outcome.how)),
      };
    }),
    passed: all.flatMap((one) => one.passed),
  };
}
