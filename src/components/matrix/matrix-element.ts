/** The element around the matrix: ties the form above the table to its rows and to the address of the page. */
import { GUEST_TYPES } from '../../model/guest-types.ts';
import { offerLinks } from './copy-link.ts';
import { download } from './download.ts';
import { type FilterState, fieldsOf, parseFilterState, renderFilterState } from './filter-state.ts';
import { type Shown, tableRows } from './shown-rows.ts';
import { type MatrixView, viewAsCsv, viewAsJson } from './view-export.ts';

function readForm(form: HTMLFormElement, open: readonly string[]): FilterState {
  const query = new URLSearchParams();
  const data = new FormData(form);
  for (const [name, value] of data) {
    if (typeof value === 'string') query.set(name, value);
  }
  query.set('columns', data.getAll('columns').join(','));
  query.set('open', open.join(','));
  return parseFilterState(query.toString());
}

function fillForm(form: HTMLFormElement, state: FilterState): void {
  const values = fieldsOf(state);
  const columns: readonly string[] = state.columns;
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
    if (field.name === 'columns' && field instanceof HTMLInputElement) {
      field.checked = columns.includes(field.value);
    } else if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      field.checked = values[field.name] === field.value;
    } else {
      field.value = values[field.name] ?? '';
    }
    // What narrows the view is never folded away.
    const folded = field.closest('details');
    if (folded !== null && field.value !== '') folded.open = true;
  }
}

/** The same view of another release is one click away. */
function passOn(view: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.release-picker a')) {
    link.search = view;
  }
}

function countWords({ rows, total, cells }: Shown): string {
  const shown = `${rows.length} of ${total} features shown`;
  return cells === null ? shown : `${shown}, ${cells} cell${cells === 1 ? '' : 's'} as asked for`;
}

/** The row or cell that the address leads to, if any. */
function targetOfAddress(): HTMLElement | null {
  return document.getElementById(location.hash.slice(1));
}

/** The state with the column of the cell that the address leads to. */
function withTarget(state: FilterState): FilterState {
  const guest = targetOfAddress()?.getAttribute('data-column');
  const columns = GUEST_TYPES.filter((one) => one === guest || state.columns.includes(one));
  return { ...state, columns };
}

/** Gives the reader the view as a file. */
function takeAlong(kind: string, view: MatrixView): void {
  if (kind === 'csv') download('emulation-matrix.csv', 'text/csv', viewAsCsv(view));
  else download('emulation-matrix.json', 'application/json', viewAsJson(view));
}

function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

function start(form: HTMLFormElement, table: HTMLTableElement): void {
  const showRows = tableRows(table);
  const count = form.querySelector('output');
  let state = parseFilterState('');
  let shown: Shown = { rows: [], total: 0, cells: null };
  const address = () => `${location.pathname}${renderFilterState(state)}`;
  const show = (next: FilterState) => {
    state = next;
    shown = showRows(state);
    passOn(renderFilterState(state));
    if (count !== null) count.value = countWords(shown);
  };
  const move = (next: FilterState) => {
    show(next);
    history.replaceState(null, '', address());
  };
  const fromAddress = () => {
    show(withTarget(parseFilterState(location.search)));
    fillForm(form, state);
    targetOfAddress()?.scrollIntoView();
  };

  form.addEventListener('input', () => move(readForm(form, state.open)));
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    move(parseFilterState(''));
    fillForm(form, state);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', ({ target }) => {
    const kind = target instanceof Element ? target.getAttribute('data-download') : null;
    if (kind === null) return;
    const title = table.caption?.textContent ?? '';
    takeAlong(kind, { ...shown, title, address: location.href, columns: state.columns });
  });
  table.addEventListener('click', ({ target }) => {
    const id = target instanceof HTMLElement ? target.dataset['controls'] : undefined;
    if (id === undefined) return;
    move({ ...state, open: toggled(state.open, id) });
  });
  addEventListener('popstate', fromAddress);
  fromAddress();
  offerLinks(table, address);
}

class EmulationMatrix extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const table = this.querySelector<HTMLTableElement>('#matrix');
    if (form !== null && table !== null) start(form, table);
  }
}

customElements.define('emulation-matrix', EmulationMatrix);
