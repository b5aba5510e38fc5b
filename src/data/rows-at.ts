/** The rows of the matrix as at an older release: what is known of each cell there, and why. Pure. */
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import { branchOf } from '../model/release.ts';
import type { Fact } from '../schema/fact.ts';
import type { Cell } from '../schema/feature.ts';
import { type FeatureEntry, type FeatureRow, rowOf } from './atlas.ts';
import { factIdOf, isTakenOver, statedCell } from './cells.ts';
import { factAt } from './fact-at.ts';
import { changesBetween } from './fact-changes.ts';

/** What a cell as at a release rests on. */
export const BASIS_WORDS = {
  extracted: 'taken over from facts, as the source of this release states them',
  reviewed: 'written by a person, and reviewed for this release',
  unchanged:
    'written for a newer release; all facts that the row cites say the same in both releases',
  unreviewed: 'unknown: written for a newer release, and not reviewed for this one',
  missing: 'unknown: this release does not have the fact that the cell is taken over from',
} as const;

export type Basis = keyof typeof BASIS_WORDS;
export const BASES = Object.keys(BASIS_WORDS) as readonly Basis[];

export interface RowAt extends FeatureRow {
  readonly bases: Readonly<Record<GuestType, Basis>>;
}

/** Facts by id as a release, given as a branch, had them; those that it did not have are left out. */
export function factsAt(
  factById: ReadonlyMap<string, Fact>,
  release: string,
): ReadonlyMap<string, Fact> {
  return new Map(
    [...factById].flatMap(([id, fact]) => {
      const state = factAt(fact, release);
      return typeof state === 'object' ? [[id, state] as const] : [];
    }),
  );
}

/** Releases for which a person read the row, as branches; the one that it is written for first. */
export function reviewedFor({ reviewed, alsoReviewed = [] }: FeatureEntry): string[] {
  return [...new Set([reviewed, ...alsoReviewed].map(branchOf))];
}

/** Whether every fact that a row names says the same of a guest type, and of itself, in two releases. */
function factsAgree(
  { facts }: FeatureEntry,
  guest: GuestType,
  before: ReadonlyMap<string, Fact>,
  after: ReadonlyMap<string, Fact>,
): boolean {
  return (
    facts.length > 0 &&
    facts.map(factIdOf).every((id) => {
      const [then, now] = [before.get(id), after.get(id)];
      if (then === undefined || now === undefined) return false;
      const { guests, attributes } = changesBetween(then, now);
      return !guests.includes(guest) && attributes.length === 0;
    })
  );
}

function unknown(note: string): Cell {
  return [{ how: 'unknown', note, evidence: [] }];
}

/**
 * A function from a feature to its row as at a release. A cell taken over is what its fact says there. A cell that a
 * person wrote stands where a review for the release says so, or where the row cites facts and all of them are the same
 * as in the release that it was written for; elsewhere it is `unknown`.
 */
export function rowsAt(
  factById: ReadonlyMap<string, Fact>,
  release: string,
): (feature: FeatureEntry) => RowAt {
  const branch = branchOf(release);
  const then = factsAt(factById, branch);
  const states = new Map<string, ReadonlyMap<string, Fact>>();
  const factsOf = (reviewed: string) => {
    const known = states.get(reviewed) ?? factsAt(factById, reviewed);
    states.set(reviewed, known);
    return known;
  };
  return (feature) => {
    const [written = branch, ...others] = reviewedFor(feature);
    const basisOf = (guest: GuestType): Basis => {
      const cell = statedCell(feature, guest);
      if (isTakenOver(cell)) return then.has(factIdOf(cell.from)) ? 'extracted' : 'missing';
      if ([written, ...others].includes(branch)) return 'reviewed';
      return factsAgree(feature, guest, then, factsOf(written)) ? 'unchanged' : 'unreviewed';
    };
    const cellOf = (guest: GuestType, basis: Basis): Cell => {
      if (basis === 'unreviewed') return unknown(`Not reviewed for Xen ${branch}.`);
      if (basis === 'missing') return unknown(`Xen ${branch} has no such fact.`);
      return statedCell(feature, guest);
    };
    const bases = Object.fromEntries(GUEST_TYPES.map((guest) => [guest, basisOf(guest)])) as Record<
      GuestType,
      Basis
    >;
    const guests = Object.fromEntries(
      GUEST_TYPES.map((guest) => [guest, cellOf(guest, bases[guest])]),
    ) as Record<GuestType, Cell>;
    return { ...rowOf({ ...feature, guests }, then), feature, bases };
  };
}

/** How many cells of some rows have each basis. */
export function countBases(rows: readonly RowAt[]): Readonly<Record<Basis, number>> {
  const all = rows.flatMap(({ bases }) => Object.values(bases));
  return Object.fromEntries(
    BASES.map((name) => [name, all.filter((basis) => basis === name).length]),
  ) as Record<Basis, number>;
}
