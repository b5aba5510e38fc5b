import type { Place } from '../../../../src/model/evidence.ts';
import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { EvidenceList, presentIn, seenBy } from '../../extractor.ts';
import type { FlagSource } from '../emulation-flag/read.ts';
import type { ProvidedList } from './sites/provided.ts';

export type PortFact = FactOf<'io-port'>;

/** What the collectors share: the tree, what flags each guest type has, and the values of port macros. */
export interface Source {
  readonly corpus: Corpus;
  readonly flags: FlagSource;
  readonly ports: Environment;
}

/** A fact before evidence is resolved. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly attributes: PortFact['attributes'];
  /** Evidence, the place that makes the fact first. */
  readonly places: readonly Place[];
  /** What a guest type gets, or null when the place serves no guest of this type. */
  readonly cell: (guest: GuestType) => ProvidedList | null;
  /** Why a guest type without a cell has none. */
  readonly absence: (guest: GuestType) => string | undefined;
}

export interface Collected {
  readonly drafts: readonly Draft[];
  readonly problems: readonly Problem[];
}

/** The value of what is computed, or null where an expression is not understood. */
function understood<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

/**
 * Ports for which a condition holds, sorted; null when the condition is not understood. Names and calls are those of
 * an environment that is asked for one port after the other.
 */
export function portsWhere(
  condition: string,
  environmentFor: (port: () => bigint) => Environment,
): number[] | null {
  let port = 0n;
  const environment = environmentFor(() => port);
  return understood(() => {
    const expression = parseExpression(condition);
    const ports: number[] = [];
    for (; port < 0x10000n; port += 1n) {
      if (evaluate(expression, environment) !== 0n) ports.push(Number(port));
    }
    return ports;
  });
}

/** Value of a port expression; null for a port that is known only at run time, such as a field or a variable. */
export function portOf(text: string, ports: Environment): number | null {
  return understood(() => Number(evaluate(parseExpression(text), ports)));
}

export function hex(port: number): string {
  return `0x${port.toString(16)}`;
}

/** `0x40-0x43`, `0x61`, or nothing for ports known only at run time. */
function rangeText({ first, last }: { first: number | null; last: number | null }): string {
  if (first === null) return '';
  return last === null || last === first ? hex(first) : `${hex(first)}-${hex(last)}`;
}

/** A place of the source that no table names. */
export function unlisted(path: string, line: number, what: string, table: string): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual: what,
      expected: `an entry of \`${table}\``,
      repair: `Say what stands behind it in \`${table}\` of the extractor \`io-port\`.`,
    },
  );
}

export function factOf(
  { corpus }: Source,
  draft: Draft,
): { fact: PortFact; problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const cited = draft.places.map((place) => evidence.cite(place));
  const range = rangeText(draft.attributes);
  const fact: PortFact = {
    id: `io-port/${draft.id}`,
    kind: 'io-port',
    title: range === '' ? draft.title : `${draft.title} (${range})`,
    guests: perGuest((guest) => {
      const cell = draft.cell(guest);
      if (cell === null) {
        const note = draft.absence(guest);
        return [
          { how: 'absent', ...(note === undefined ? {} : { note }), evidence: cited.slice(0, 1) },
        ];
      }
      const [first, ...rest] = cell
        .filter((provided) => isInSpan(provided, corpus.release))
        .map(({ since: _since, until: _until, ...handling }) => ({
          ...seenBy(guest, handling),
          evidence: cited,
        }));
      if (first === undefined) {
        throw new Error(`No cell of ${draft.id} for ${guest} in ${corpus.release}`);
      }
      return [first, ...rest];
    }),
    attributes: draft.attributes,
    evidence: evidence.items,
    origin: 'derived',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

const IS_ARM = new Set<GuestType>(['arm', 'arm-dom0']);
const IS_PV = new Set<GuestType>(['pv', 'pv-dom0', 'pv-shim']);

/** Why guest types without a handler for HVM domains have none. */
export function absentFromHvmHandlers(guest: GuestType): string | undefined {
  if (IS_ARM.has(guest)) return 'Arm has no port I/O.';
  return IS_PV.has(guest)
    ? 'Handlers of HVM domains serve no PV domain; the pv- facts say what a PV domain gets on a port.'
    : undefined;
}

/** Why guest types have none of the handlers that are registered for some. */
export function absentWithoutHandler(guest: GuestType): string {
  const other = absentFromHvmHandlers(guest);
  if (other !== undefined) return other;
  return guest === 'pvh-dom0'
    ? 'It has no such handler: pvh-dom0-permitted, the dom0-denied- facts and rtc-physical say what PVH dom0 gets on a port of the host.'
    : 'The guest type has no such handler.';
}

/** Why guest types without a PV branch have none. */
export function absentFromPv(guest: GuestType): string | undefined {
  return IS_ARM.has(guest) ? 'Arm has no port I/O.' : 'This code serves PV domains only.';
}

/** Why guest types that are not dom0 have no denied port. */
export function absentFromDom0(guest: GuestType): string | undefined {
  return IS_ARM.has(guest) ? 'Arm has no port I/O.' : 'The rule is about dom0.';
}
