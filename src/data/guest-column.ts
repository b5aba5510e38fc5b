import type { FactKind } from '../model/fact-kinds.ts';
import { FACT_KINDS } from '../model/fact-kinds.ts';
import type { GuestType } from '../model/guest-types.ts';
import type { Fact } from '../schema/fact.ts';
import type { FeatureRow } from './atlas.ts';
import { isAlike, likenessOf } from './compare-guests.ts';
import {
  GLANCE_ORDER,
  type Glance,
  glanceOf,
  glanceWords,
  verdictWords,
} from './handling-words.ts';
import { type Share, sharesOf } from './matrix.ts';

/** The rows that a guest type gets in the same way by default. */
export interface ColumnGroup extends Glance {
  readonly rows: readonly FeatureRow[];
}

/** The column of a guest type, grouped by the default handling in the order of the vocabulary. */
export function columnGroups(rows: readonly FeatureRow[], guest: GuestType): ColumnGroup[] {
  return GLANCE_ORDER.map((glance) => ({
    ...glance,
    rows: rows.filter((row) => {
      const [first] = row.guests[guest];
      return first !== undefined && glanceWords(glanceOf(first)) === glanceWords(glance);
    }),
  })).filter((group) => group.rows.length > 0);
}

/** The rows in which two guest types do not get the same, conditions included. */
export function differingRows(
  rows: readonly FeatureRow[],
  guest: GuestType,
  neighbour: GuestType,
): FeatureRow[] {
  return rows.filter((row) => !isAlike(likenessOf(row.guests[guest], row.guests[neighbour])));
}

/** How many of some rows have another verdict by default, in its words, for one guest type than for the other. */
export function countVerdictChanges(
  rows: readonly FeatureRow[],
  guest: GuestType,
  other: GuestType,
): number {
  const verdictOf = ({ guests }: FeatureRow, of: GuestType) =>
    guests[of].slice(0, 1).map(verdictWords).join();
  return rows.filter((row) => verdictOf(row, guest) !== verdictOf(row, other)).length;
}

export interface FactCounts {
  readonly kind: FactKind;
  readonly count: number;
  readonly shares: readonly Share[];
}

/** For each kind of fact, how often a guest type gets what by default; kinds without facts are left out. */
export function factCounts(facts: readonly Fact[], guest: GuestType): FactCounts[] {
  return FACT_KINDS.map((kind) => {
    const own = facts.filter((fact) => fact.kind === kind);
    return { kind, count: own.length, shares: sharesOf(own.map((fact) => fact.guests[guest])) };
  }).filter(({ count }) => count > 0);
}
