import type { FactKind } from '../model/fact-kinds.ts';
import { FACT_KINDS } from '../model/fact-kinds.ts';
import type { GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
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

/** Rows whose verdict by default differs between two guest types in the same way. */
export interface VerdictChange {
  readonly own: Handling;
  readonly other: Handling;
  readonly rows: readonly FeatureRow[];
}

/** The rows whose default verdict differs in its words, by what it is for each of the two; the most frequent first. */
export function verdictChanges(
  rows: readonly FeatureRow[],
  guest: GuestType,
  neighbour: GuestType,
): VerdictChange[] {
  const changes = new Map<string, { own: Handling; other: Handling; rows: FeatureRow[] }>();
  for (const row of rows) {
    const [own] = row.guests[guest];
    const [other] = row.guests[neighbour];
    if (own === undefined || other === undefined) continue;
    const words = [verdictWords(own), verdictWords(other)];
    if (words[0] === words[1]) continue;
    const known = changes.get(words.join('\n'));
    if (known === undefined) changes.set(words.join('\n'), { own, other, rows: [row] });
    else known.rows.push(row);
  }
  return [...changes]
    .sort(
      ([a, { rows: some }], [b, { rows: others }]) =>
        others.length - some.length || (a < b ? -1 : 1),
    )
    .map(([, change]) => change);
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
