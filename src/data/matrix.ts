import { AREAS, type Area } from '../model/areas.ts';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { cellsOf, type FeatureRow } from './atlas.ts';
import { GLANCE_ORDER, type Glance, glanceOf, glanceWords } from './handling-words.ts';

export interface AreaRows {
  readonly area: Area;
  readonly rows: readonly FeatureRow[];
}

/** Rows under their areas, in the order of the areas; areas without rows are left out. */
export function rowsByArea(rows: readonly FeatureRow[]): AreaRows[] {
  return AREAS.map((area) => ({
    area,
    rows: rows.filter((row) => row.feature.area === area),
  })).filter((group) => group.rows.length > 0);
}

/**
 * What a cell says, without its evidence and its notes: two cells that say the same have the same text. The default
 * comes first; the order of the other handlings, and a handling listed twice for two notes, make no difference.
 */
export function verdictKey(handlings: readonly Handling[]): string {
  const [first, ...others] = handlings.map(({ how, by, when, effect, access }) =>
    JSON.stringify([how, by, when, effect, access]),
  );
  return [...new Set([first, ...others.sort()])].join('\n');
}

/** For each guest type the number of its verdict within the row: equal numbers, equal verdicts. */
export function verdictNumbers(row: FeatureRow): Readonly<Record<GuestType, number>> {
  const keys = GUEST_TYPES.map((guest) => verdictKey(row.guests[guest]));
  return Object.fromEntries(
    GUEST_TYPES.map((guest, index) => [guest, keys.indexOf(keys[index] ?? '')]),
  ) as Record<GuestType, number>;
}

export interface Share extends Glance {
  readonly count: number;
}

/** How often each verdict is the default one, the most frequent first. */
export function sharesOf(cells: Iterable<readonly Handling[]>): Share[] {
  const words = [...cells].flatMap(([first]) =>
    first === undefined ? [] : [glanceWords(glanceOf(first))],
  );
  return GLANCE_ORDER.map((glance) => ({
    ...glance,
    count: words.filter((own) => own === glanceWords(glance)).length,
  }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (glanceWords(a) < glanceWords(b) ? -1 : 1));
}

/** A count for each pair of two words, for tables of totals. */
export function countPairs<A extends string, B extends string>(
  pairs: Iterable<readonly [A, B]>,
): (a: A, b: B) => number {
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    const key = pair.join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (a, b) => counts.get(`${a} ${b}`) ?? 0;
}

/** Cells of the matrix that are not established, with the row that they are in. */
export function unknownCells(rows: readonly FeatureRow[]): { row: FeatureRow; guest: GuestType }[] {
  return cellsOf(rows).filter(({ handlings }) => handlings.some(({ how }) => how === 'unknown'));
}
