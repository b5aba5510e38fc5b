/** Shows the rows of the table that a state asks for, in its order, with the facts of those that are open. */
import type { GuestType } from '../../model/guest-types.ts';
import { showColumns } from '../table-columns.ts';
import { asksForCells, type FilterState, matchingColumns, rowMatches } from './filter-state.ts';
import { cellsOfRow, type MatrixRow, readRow } from './matrix-row.ts';
import { factsButton, factsRow } from './row-facts.ts';
import { sortRows } from './sort-rows.ts';

/** A row of the table, what it says, and where it stands in the order of the table. */
interface TableRow {
  readonly element: HTMLTableRowElement;
  readonly cells: ReadonlyMap<GuestType, HTMLTableCellElement>;
  readonly row: MatrixRow;
  readonly home: ParentNode;
  readonly button: HTMLButtonElement;
  facts: HTMLTableRowElement | undefined;
}

/** What is shown. */
export interface Shown {
  /** In the order in which they stand. */
  readonly rows: readonly MatrixRow[];
  readonly total: number;
  /** Cells that answer; null when the reader did not ask for cells. */
  readonly cells: number | null;
}

function tableRow(element: HTMLTableRowElement): TableRow {
  const row = readRow(element);
  const button = factsButton(row.title, row.id);
  element.querySelector('th')?.append(button);
  const home = element.parentElement ?? element;
  return { element, cells: cellsOfRow(element), row, home, button, facts: undefined };
}

function markCells({ cells, row }: TableRow, state: FilterState): number {
  const asked = asksForCells(state);
  const matching = matchingColumns(row, state);
  for (const [guest, cell] of cells) {
    cell.classList.toggle('answers', asked && matching.includes(guest));
  }
  return matching.length;
}

function showFacts(entry: TableRow, open: boolean): void {
  const { element, button, row } = entry;
  button.setAttribute('aria-expanded', String(open));
  const link = element.querySelector('a');
  if (open && entry.facts === undefined && link !== null) {
    entry.facts = factsRow(`${row.id}/facts`, link);
    button.setAttribute('aria-controls', entry.facts.id);
    element.after(entry.facts);
  }
  if (entry.facts !== undefined) entry.facts.hidden = !open || element.hidden;
}

/** Gives a function that shows a state and says what is shown then. */
export function tableRows(table: HTMLTableElement): (state: FilterState) => Shown {
  const all = [...table.querySelectorAll<HTMLTableRowElement>('tr[data-area]')].map(tableRow);
  const sorted = document.createElement('tbody');
  const bodies = [...table.tBodies];
  let stands: readonly TableRow[] = all;

  /** Moves rows only when they stand otherwise than they shall. */
  const arrange = (rows: readonly TableRow[], byArea: boolean) => {
    if (byArea === !sorted.isConnected && rows.every((row, i) => row === stands[i])) return;
    for (const { element, facts, home } of rows) {
      (byArea ? home : sorted).append(element, ...(facts === undefined ? [] : [facts]));
    }
    if (byArea) sorted.remove();
    else table.append(sorted);
    stands = rows;
  };

  return (state) => {
    showColumns(table, new Set<string>(state.columns));
    let cells = 0;
    for (const entry of all) {
      const shown = rowMatches(entry.row, state);
      entry.element.hidden = !shown;
      const marked = markCells(entry, state);
      if (shown) cells += marked;
      showFacts(entry, state.open.includes(entry.row.id));
    }
    arrange(sortRows(all, state.sort, state.columns), state.sort === '');
    for (const body of bodies) {
      body.hidden = ![...body.rows].some((row) => row.hasAttribute('data-area') && !row.hidden);
    }
    const rows = stands.filter(({ element }) => !element.hidden).map(({ row }) => row);
    return { rows, total: all.length, cells: asksForCells(state) ? cells : null };
  };
}
