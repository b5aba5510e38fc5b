/**
 * The search of every page: a dialog over the page, made when it is asked for first. It answers as `/search/` does and
 * shows the best; its form leads there, to all of them.
 */
import '../styles/search.css';
import '../styles/search-dialog.css';
import type { Answer } from './answer.ts';
import { element } from './element.ts';
import { latestOnly } from './latest.ts';
import { loadSearch, notLoaded } from './load-search.ts';
import { optionList } from './option-list.ts';
import { renderFacets } from './render-facets.ts';
import { renderOptions } from './render-options.ts';
import { countFound, stateOfForm, TYPING_PAUSE_MS } from './search-form.ts';
import { type Facet, hasChoices } from './search-state.ts';

/** What the dialog narrows by; the page of the search has the other facets too. */
const NARROWED_BY: readonly Facet[] = ['collection', 'guest', 'area'];

const field = element('input', {
  id: 'dialog-query',
  name: 'q',
  type: 'text',
  enterkeyhint: 'search',
  placeholder: 'Symbol, file, MSR, port, word',
  autocomplete: 'off',
  autocapitalize: 'off',
  spellcheck: 'false',
  role: 'combobox',
  'aria-label': 'Identifier or words',
  'aria-autocomplete': 'list',
  'aria-expanded': 'false',
  'aria-controls': 'dialog-options',
});
const close = element('button', { type: 'button' }, 'Close');
const facets = element('div', { class: 'search-facets' });
const narrow = element('summary', {}, 'Narrow');
const status = element('p', { class: 'search-status', role: 'status' });
const list = element('div', { id: 'dialog-options', role: 'listbox', 'aria-label': 'Results' });
const options = optionList(field, list);

function key(name: string): HTMLElement {
  return element('kbd', {}, name);
}

const form = element(
  'form',
  { class: 'search-form', role: 'search', 'aria-label': 'Atlas, in a dialog' },
  element(
    'div',
    { class: 'search-line' },
    field,
    element('button', { type: 'submit' }, 'All results'),
    close,
  ),
  element('details', { class: 'search-narrow' }, narrow, facets),
  status,
  list,
  element(
    'p',
    { class: 'search-keys' },
    ...[key('↑'), ' ', key('↓'), ' choose, ', key('Enter'), ' open the choice, or all results, '],
    ...[key('Esc'), ' close; ', key('/'), ' or ', key('Ctrl'), '+', key('K'), ' open the search'],
  ),
);
const dialog = element('dialog', { class: 'search-dialog', 'aria-label': 'Search' }, form);
const showLatest = latestOnly();

function draw(answer: Answer, nodes: readonly Node[]): void {
  renderFacets(facets, NARROWED_BY, answer);
  const chosen = facets.querySelectorAll(':checked').length;
  narrow.textContent = hasChoices(answer.state) ? `Narrow: ${chosen} chosen` : 'Narrow';
  options.replace(nodes);
  status.textContent = countFound(answer);
}

async function find() {
  const search = await loadSearch();
  const answer = await search(stateOfForm(form));
  return { answer, nodes: await renderOptions(answer) };
}

/** What was shown for other words goes at once, so that Enter never opens it. */
function ask(): void {
  const found = showLatest(find(), ({ answer, nodes }) => draw(answer, nodes));
  found.catch((error: unknown) => {
    status.textContent = notLoaded(error);
  });
}

let typing: ReturnType<typeof setTimeout> | undefined;

field.addEventListener('input', () => {
  options.replace([]);
  clearTimeout(typing);
  typing = setTimeout(ask, TYPING_PAUSE_MS);
});
facets.addEventListener('change', ask);
field.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    options.move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter' && options.active() !== undefined) {
    event.preventDefault();
    options.active()?.click();
  }
});
list.addEventListener('click', ({ target }) => {
  // A link to a place on this page leaves the page where it is.
  if (target instanceof Element && target.closest('a') !== null) dialog.close();
});
close.addEventListener('click', () => dialog.close());
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close();
});

/**
 * Opens the dialog with what was typed into another field so far. `action` is the address of the search page. When
 * the dialog is closed, the focus goes back to where it was.
 */
export function openSearch(action: string, typed: string): void {
  if (dialog.open) {
    field.focus();
    return;
  }
  if (!dialog.isConnected) document.body.append(dialog);
  form.action = action;
  if (typed !== '') field.value = typed;
  dialog.showModal();
  field.focus();
  field.select();
  ask();
}
