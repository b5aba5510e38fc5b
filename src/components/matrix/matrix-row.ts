/** A row of the matrix as its scripts see it: read from the table, of which there is no second copy. */
import { GUEST_TYPES, type GuestType } from '../../model/guest-types.ts';

export interface MatrixCell {
  readonly hows: readonly string[];
  readonly bys: readonly string[];
  /** Equal numbers in a row mean equal verdicts. */
  readonly verdict: string;
  /** What the cell depends on; see `condition-claims.ts`. */
  readonly claims: readonly string[];
  /** Where it comes from: its origin, `taken-over` from a fact, `measured`. */
  readonly origins: readonly string[];
  /** The default verdict in words. */
  readonly says: string;
  readonly conditions: number;
  /** What it rests on, in words. */
  readonly rests: string;
  /** Where its conditions are said. */
  readonly address: string;
}

export interface MatrixRow {
  readonly id: string;
  readonly title: string;
  readonly area: string;
  readonly address: string;
  /** Releases that the row has to do with: `changed-4.18`. */
  readonly releases: readonly string[];
  /** What a filter by words looks at. */
  readonly text: string;
  readonly cells: Readonly<Partial<Record<GuestType, MatrixCell>>>;
}

/** How many different verdicts the shown columns of a row have. */
export function differingColumns(row: MatrixRow, columns: readonly GuestType[]): number {
  return new Set(columns.map((guest) => row.cells[guest]?.verdict)).size;
}

function words(text: string | null): string[] {
  return (text ?? '').split(' ').filter(Boolean);
}

function textIn(element: Element, selector: string): string {
  return element.querySelector(selector)?.textContent.trim().replaceAll(/\s+/g, ' ') ?? '';
}

function readCell(cell: HTMLTableCellElement): MatrixCell {
  const measured = cell.hasAttribute('data-measured');
  const [rests = ''] = textIn(cell, '.cell-rests').split(' (');
  return {
    hows: words(cell.getAttribute('data-hows')),
    bys: words(cell.getAttribute('data-bys')),
    verdict: cell.getAttribute('data-verdict') ?? '',
    claims: words(cell.getAttribute('data-when')),
    origins: [...words(cell.getAttribute('data-origins')), ...(measured ? ['measured'] : [])],
    says: textIn(cell, '.verdict'),
    conditions: Number.parseInt(textIn(cell, '.cell-conditional'), 10) || 0,
    rests,
    address: cell.querySelector('a')?.href ?? '',
  };
}

/** The cells of a row by guest type. */
export function cellsOfRow(row: HTMLTableRowElement): Map<GuestType, HTMLTableCellElement> {
  return new Map(
    GUEST_TYPES.flatMap((guest) => {
      const cell = row.querySelector<HTMLTableCellElement>(`td[data-column="${guest}"]`);
      return cell === null ? [] : [[guest, cell] as const];
    }),
  );
}

export function readRow(row: HTMLTableRowElement): MatrixRow {
  const cells = [...cellsOfRow(row)].map(([guest, cell]) => [guest, readCell(cell)] as const);
  return {
    id: row.id,
    title: textIn(row, 'th a'),
    area: row.getAttribute('data-area') ?? '',
    address: row.querySelector('a')?.href ?? '',
    releases: words(row.getAttribute('data-releases')),
    text: row.getAttribute('data-text') ?? '',
    cells: Object.fromEntries(cells),
  };
}
