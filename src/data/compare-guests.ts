/** Two guest types, row by row: what is alike, what differs, what only one of them has. Pure. */
import type { Area } from '../model/areas.ts';
import type { Handling, How } from '../model/handling.ts';
import type { FeatureRow } from './atlas.ts';
import type { GuestPair } from './guest-pairs.ts';
import { rowsByArea, verdictKey } from './matrix.ts';

/** What a row says of two guest types. Closed; the order is the order of display. */
export const LIKENESS_WORDS = {
  different: 'different',
  'only-a': 'only the first',
  'only-b': 'only the second',
  unknown: 'not established',
  same: 'the same',
  neither: 'neither',
} as const;

export type Likeness = keyof typeof LIKENESS_WORDS;
export const LIKENESSES = Object.keys(LIKENESS_WORDS) as readonly Likeness[];

export interface ComparedRow {
  readonly row: FeatureRow;
  readonly likeness: Likeness;
}

export interface ComparedArea {
  readonly area: Area;
  readonly rows: readonly ComparedRow[];
}

type Cell = readonly Handling[];

const LACKING: ReadonlySet<How> = new Set(['absent', 'hidden']);

/** Whether nothing of it is there for the guest type, under any condition. */
function lacks(cell: Cell): boolean {
  return cell.every(({ how }) => LACKING.has(how));
}

/** Whether something of it works for the guest type, under some condition at least. */
function has(cell: Cell): boolean {
  return cell.some(({ how }) => !LACKING.has(how) && how !== 'refused');
}

/** A cell with anything that is not established is neither like nor unlike another one. */
export function likenessOf(a: Cell, b: Cell): Likeness {
  if ([...a, ...b].some(({ how }) => how === 'unknown')) return 'unknown';
  if (lacks(a) && lacks(b)) return 'neither';
  if (verdictKey(a) === verdictKey(b)) return 'same';
  if (lacks(b) && has(a)) return 'only-a';
  return lacks(a) && has(b) ? 'only-b' : 'different';
}

/** Whether a reader need not tell the two guest types apart. */
export function isAlike(likeness: Likeness): boolean {
  return likeness === 'same' || likeness === 'neither';
}

/** The rows of two guest types by area, in the order of the matrix. */
export function compareGuests(rows: readonly FeatureRow[], { a, b }: GuestPair): ComparedArea[] {
  return rowsByArea(rows).map(({ area, rows }) => ({
    area,
    rows: rows.map((row) => ({ row, likeness: likenessOf(row.guests[a], row.guests[b]) })),
  }));
}

/** How many rows there are of each likeness. */
export function countLikeness(rows: readonly ComparedRow[]): Readonly<Record<Likeness, number>> {
  const count = (likeness: Likeness) => rows.filter((row) => row.likeness === likeness).length;
  return Object.fromEntries(LIKENESSES.map((likeness) => [likeness, count(likeness)])) as Record<
    Likeness,
    number
  >;
}
