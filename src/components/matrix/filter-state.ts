import { GUEST_TYPE_WORDS, GUEST_TYPES, type GuestType } from '../../model/guest-types.ts';
import { differingColumns, type MatrixRow } from './matrix-row.ts';
import { parseSort, type Sort } from './sort-rows.ts';

/** What the reader asked the matrix to show. It is kept in the address, so that a view can be passed on. */
export interface FilterState {
  readonly how: string;
  readonly by: string;
  /** What the cell depends on: a claim, a kind of claim, `any` or `none`; see `condition-claims.ts`. */
  readonly when: string;
  /** Where the cell comes from: an origin, `taken-over` or `measured`. */
  readonly origin: string;
  readonly area: string;
  /** A release that the row has to do with: `changed-4.18`. */
  readonly release: string;
  /** Words that the row's title, id or summary holds. */
  readonly text: string;
  /** Only rows in which the shown columns do not all say the same. */
  readonly differs: boolean;
  readonly columns: readonly GuestType[];
  readonly sort: Sort;
  /** Ids of the rows whose facts are shown below them. */
  readonly open: readonly string[];
}

export const DEFAULT_COLUMNS: readonly GuestType[] = GUEST_TYPES.filter(
  (guest) => GUEST_TYPE_WORDS[guest].shownByDefault,
);

function listOf(text: string | null): string[] {
  return (text ?? '').split(',').filter(Boolean);
}

function parseColumns(text: string | null): readonly GuestType[] {
  const asked = new Set(listOf(text));
  if (asked.has('all')) return GUEST_TYPES;
  const columns = GUEST_TYPES.filter((guest) => asked.has(guest));
  return columns.length === 0 ? DEFAULT_COLUMNS : columns;
}

/**
 * Reads `?how=&by=&when=&origin=&area=&release=&q=&differs=1&columns=pv,pvh&sort=title&open=time/pit`; `columns=all` shows
 * every column. What does not exist is ignored.
 */
export function parseFilterState(search: string): FilterState {
  const query = new URLSearchParams(search);
  return {
    how: query.get('how') ?? '',
    by: query.get('by') ?? '',
    when: query.get('when') ?? '',
    origin: query.get('origin') ?? '',
    area: query.get('area') ?? '',
    release: query.get('release') ?? '',
    text: query.get('q') ?? '',
    differs: query.get('differs') === '1',
    columns: parseColumns(query.get('columns')),
    sort: parseSort(query.get('sort') ?? ''),
    open: listOf(query.get('open')),
  };
}

function renderColumns(columns: readonly GuestType[]): string {
  if (columns.length === GUEST_TYPES.length) return 'all';
  return columns.join() === DEFAULT_COLUMNS.join() ? '' : columns.join(',');
}

/** The fields of the form, by name, but for the columns and the rows that are open. */
export function fieldsOf(state: FilterState): Readonly<Record<string, string>> {
  return {
    how: state.how,
    by: state.by,
    when: state.when,
    origin: state.origin,
    area: state.area,
    release: state.release,
    q: state.text,
    differs: state.differs ? '1' : '',
    sort: state.sort,
  };
}

/** The query of the address for a state, with `?`; `''` for the view at first. */
export function renderFilterState(state: FilterState): string {
  const fields = {
    ...fieldsOf(state),
    columns: renderColumns(state.columns),
    open: state.open.join(','),
  };
  const pairs = Object.entries(fields).filter(([, value]) => value !== '');
  const query = new URLSearchParams(pairs)
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':');
  return query === '' ? '' : `?${query}`;
}

/** Whether what a cell depends on answers what was asked for: the claim, a claim of the kind, any one or none. */
function dependsOn(claims: readonly string[], asked: string): boolean {
  if (asked === '') return true;
  if (asked === 'none') return claims.length === 0;
  if (asked === 'any') return claims.length > 0;
  return claims.some((claim) => claim === asked || claim.startsWith(`${asked}:`));
}

/** Whether the reader asked for cells, so that those that answer are to be told from the others. */
export function asksForCells({ how, by, when, origin }: FilterState): boolean {
  return how !== '' || by !== '' || when !== '' || origin !== '';
}

/** The columns whose cells answer what was asked for; every shown column when nothing was. */
export function matchingColumns(row: MatrixRow, state: FilterState): GuestType[] {
  return state.columns.filter((guest) => {
    const cell = row.cells[guest];
    return (
      cell !== undefined &&
      (state.how === '' || cell.hows.includes(state.how)) &&
      (state.by === '' || cell.bys.includes(state.by)) &&
      (state.origin === '' || cell.origins.includes(state.origin)) &&
      dependsOn(cell.claims, state.when)
    );
  });
}

export function rowMatches(row: MatrixRow, state: FilterState): boolean {
  if (state.area !== '' && row.area !== state.area) return false;
  if (state.release !== '' && !row.releases.includes(state.release)) return false;
  const text = row.text.toLowerCase();
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return false;
  if (matchingColumns(row, state).length === 0) return false;
  return !state.differs || differingColumns(row, state.columns) > 1;
}
