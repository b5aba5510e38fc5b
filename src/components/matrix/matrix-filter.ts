/** Ties the form above the matrix to its rows and to the address of the page. */
import { showColumns } from '../table-columns.ts';
import {
  type FilterRow,
  type FilterState,
  matchingColumns,
  parseFilterState,
  renderFilterState,
  rowMatches,
} from './filter-state.ts';

interface ReadRow {
  readonly element: HTMLTableRowElement;
  readonly cells: ReadonlyMap<string, HTMLTableCellElement>;
  readonly row: FilterRow;
}

function words(text: string | null): string[] {
  return (text ?? '').split(' ').filter(Boolean);
}

function readRow(element: HTMLTableRowElement): ReadRow {
  const cells = new Map(
    [...element.querySelectorAll<HTMLTableCellElement>('td[data-column]')].map((cell) => [
      cell.getAttribute('data-column') ?? '',
      cell,
    ]),
  );
  const filterCells = [...cells].map(([guest, cell]) => [
    guest,
    {
      hows: words(cell.getAttribute('data-hows')),
      bys: words(cell.getAttribute('data-bys')),
      verdict: cell.getAttribute('data-verdict') ?? '',
    },
  ]);
  return {
    element,
    cells,
    row: {
      area: element.getAttribute('data-area') ?? '',
      text: element.getAttribute('data-text') ?? '',
      cells: Object.fromEntries(filterCells),
    },
  };
}

function readForm(form: HTMLFormElement): FilterState {
  const data = new FormData(form);
  const query = new URLSearchParams();
  for (const key of ['how', 'by', 'area', 'q', 'differs'])
    query.set(key, String(data.get(key) ?? ''));
  query.set('columns', data.getAll('columns').join(','));
  return parseFilterState(query.toString());
}

function fillForm(form: HTMLFormElement, state: FilterState): void {
  const values: Record<string, string> = {
    how: state.how,
    by: state.by,
    area: state.area,
    q: state.text,
  };
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      const columns: readonly string[] = state.columns;
      field.checked = field.name === 'differs' ? state.differs : columns.includes(field.value);
    } else {
      field.value = values[field.name] ?? '';
    }
  }
}

function showRow({ element, cells, row }: ReadRow, state: FilterState): boolean {
  const shown = rowMatches(row, state);
  element.hidden = !shown;
  const asked = state.how !== '' || state.by !== '';
  const matching: readonly string[] = matchingColumns(row, state);
  for (const [guest, cell] of cells) {
    cell.classList.toggle('answers', asked && matching.includes(guest));
  }
  return shown;
}

function showState(table: HTMLTableElement, rows: readonly ReadRow[], state: FilterState): number {
  showColumns(table, new Set<string>(state.columns));
  const shown = rows.filter((row) => showRow(row, state)).length;
  for (const body of table.tBodies) {
    const left = [...body.rows].some((row) => row.hasAttribute('data-area') && !row.hidden);
    body.hidden = !left;
  }
  return shown;
}

/** The same view of another release is one click away. */
function passOn(view: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.release-picker a')) {
    link.search = view;
  }
}

function start(form: HTMLFormElement, table: HTMLTableElement): void {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tr[data-area]')].map(readRow);
  const count = form.querySelector('output');
  const show = (state: FilterState) => {
    const shown = showState(table, rows, state);
    passOn(renderFilterState(state));
    if (count !== null) count.value = `${shown} of ${rows.length} features shown`;
  };
  const fromAddress = () => {
    const state = parseFilterState(location.search);
    fillForm(form, state);
    show(state);
  };
  form.addEventListener('input', () => {
    const state = readForm(form);
    history.replaceState(null, '', `${location.pathname}${renderFilterState(state)}`);
    show(state);
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    history.replaceState(null, '', location.pathname);
    fromAddress();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('popstate', fromAddress);
  fromAddress();
}

const form = document.querySelector<HTMLFormElement>('#matrix-filter');
const table = document.querySelector<HTMLTableElement>('#matrix');
if (form !== null && table !== null) start(form, table);
