import { GUEST_TYPE_WORDS, GUEST_TYPES, type GuestType } from '../../model/guest-types.ts';

/** What the reader asked the matrix to show. It is kept in the address, so that a view can be passed on. */
export interface FilterState {
  readonly how: string;
  readonly by: string;
  readonly area: string;
  /** Words that the row's title, id or summary holds. */
  readonly text: string;
  /** Only rows in which the shown columns do not all say the same. */
  readonly differs: boolean;
  readonly columns: readonly GuestType[];
}

export const DEFAULT_COLUMNS: readonly GuestType[] = GUEST_TYPES.filter(
  (guest) => GUEST_TYPE_WORDS[guest].shownByDefault,
);

function parseColumns(text: string | null): readonly GuestType[] {
  const asked = new Set((text ?? '').split(','));
  if (asked.has('all')) return GUEST_TYPES;
  const columns = GUEST_TYPES.filter((guest) => asked.has(guest));
  return columns.length === 0 ? DEFAULT_COLUMNS : columns;
}

/** Reads `?how=&by=&area=&q=&differs=1&columns=pv,pvh`; `columns=all` shows every one. Unknown columns are ignored. */
export function parseFilterState(search: string): FilterState {
  const query = new URLSearchParams(search);
  return {
    how: query.get('how') ?? '',
    by: query.get('by') ?? '',
    area: query.get('area') ?? '',
    text: query.get('q') ?? '',
    differs: query.get('differs') === '1',
    columns: parseColumns(query.get('columns')),
  };
}

function renderColumns(columns: readonly GuestType[]): string {
  if (columns.length === GUEST_TYPES.length) return 'all';
  return columns.join() === DEFAULT_COLUMNS.join() ? '' : columns.join(',');
}

/** The query of the address for a state, with `?`; `''` for the view at first. */
export function renderFilterState(state: FilterState): string {
  const pairs = [
    ['how', state.how],
    ['by', state.by],
    ['area', state.area],
    ['q', state.text],
    ['differs', state.differs ? '1' : ''],
    ['columns', renderColumns(state.columns)],
  ].filter(([, value]) => value !== '');
  const query = new URLSearchParams(pairs).toString().replaceAll('%2C', ',');
  return query === '' ? '' : `?${query}`;
}

/** A row of the table as the filter sees it. */
export interface FilterRow {
  readonly area: string;
  readonly text: string;
  readonly cells: Readonly<
    Record<
      string,
      {
        readonly hows: readonly string[];
        readonly bys: readonly string[];
        readonly verdict: string;
      }
    >
  >;
}

/** The columns whose cells answer what was asked for; every shown column when nothing was. */
export function matchingColumns(row: FilterRow, state: FilterState): GuestType[] {
  return state.columns.filter((guest) => {
    const cell = row.cells[guest];
    if (cell === undefined) return false;
    return (
      (state.how === '' || cell.hows.includes(state.how)) &&
      (state.by === '' || cell.bys.includes(state.by))
    );
  });
}

export function rowMatches(row: FilterRow, state: FilterState): boolean {
  if (state.area !== '' && row.area !== state.area) return false;
  const text = row.text.toLowerCase();
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return false;
  if (matchingColumns(row, state).length === 0) return false;
  const verdicts = new Set(state.columns.map((guest) => row.cells[guest]?.verdict));
  return !state.differs || verdicts.size > 1;
}
