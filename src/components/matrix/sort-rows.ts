import type { GuestType } from '../../model/guest-types.ts';
import { differingColumns, type MatrixRow } from './matrix-row.ts';

/** The orders of the rows; `''` is that of the table: by area, then by title. */
const SORTS = ['', 'title', 'differing', 'conditions'] as const;
export type Sort = (typeof SORTS)[number];

export function parseSort(text: string): Sort {
  return SORTS.find((sort) => sort === text) ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function conditionsOf({ cells }: MatrixRow, columns: readonly GuestType[]): number {
  return columns.reduce((sum, guest) => sum + (cells[guest]?.conditions ?? 0), 0);
}

/** What the rows are sorted by, most of it first; rows that have as much stay by title. */
function weightOf(row: MatrixRow, sort: Sort, columns: readonly GuestType[]): number {
  if (sort === 'differing') return differingColumns(row, columns);
  return sort === 'conditions' ? conditionsOf(row, columns) : 0;
}

/** The order of the rows for the shown columns; rows in the order of the table stay as they are. */
export function sortRows<T extends { readonly row: MatrixRow }>(
  rows: readonly T[],
  sort: Sort,
  columns: readonly GuestType[],
): readonly T[] {
  if (sort === '') return rows;
  return rows
    .map((entry) => ({ entry, weight: weightOf(entry.row, sort, columns) }))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        compareText(a.entry.row.title.toLowerCase(), b.entry.row.title.toLowerCase()),
    )
    .map(({ entry }) => entry);
}
