/**
 * The search page: the identifier index answers first, then Pagefind. The address holds the state, so that a search
 * can be shared; what is shown follows from the state alone.
 */
import { type Answer, answer } from './answer.ts';
import { element, required } from './element.ts';
import { type IdentifierSearch, identifierSearch } from './identifier-search.ts';
import { loadPagefind, type Pagefind } from './pagefind.ts';
import { renderFacets } from './render-facets.ts';
import { renderLookup } from './render-identifiers.ts';
import { renderPages } from './render-pages.ts';
import { parseState, renderState, type SearchState } from './search-state.ts';

const TYPING_PAUSE_MS = 150;

const form = required('search-form', HTMLFormElement);
const input = required('search-query', HTMLInputElement);
const facets = required('search-facets', HTMLElement);
const identifiers = required('search-identifiers', HTMLElement);
const pages = required('search-pages', HTMLElement);
const status = required('search-status', HTMLElement);
const browse = required('search-browse', HTMLElement);

/** Searches overlap while someone types; only the last one that was begun may show its results. */
let latest = 0;

function stateOfForm(): SearchState {
  const data = new FormData(form);
  const parameters = new URLSearchParams();
  for (const [key, value] of data) {
    if (typeof value === 'string') parameters.append(key, value);
  }
  return parseState(`?${parameters}`);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function anywayLink(state: SearchState): HTMLElement {
  const href = `/search/${renderState({ ...state, anyway: true })}`;
  return element('p', {}, element('a', { href }, 'Search the text of the pages anyway'));
}

/** Draws the facets anew and gives the keyboard back to the box that had it. */
function drawFacets({ values, counts, state }: Answer): void {
  const focused = document.activeElement;
  const kept = focused instanceof HTMLInputElement && facets.contains(focused) ? focused : null;
  facets.replaceChildren(...renderFacets(values, counts, state.choices));
  const same = [...facets.querySelectorAll('input')].find(
    ({ name, value }) => name === kept?.name && value === kept.value,
  );
  same?.focus();
}

function draw(drawn: Answer, list: readonly Node[]): void {
  const { state, asked, unknown } = drawn;
  const query = state.query.trim();
  drawFacets(drawn);
  identifiers.replaceChildren(...(query === '' ? [] : renderLookup(query, drawn.identifiers)));
  pages.replaceChildren(...list, ...(unknown ? [anywayLink(state)] : []));
  browse.hidden = asked;
  status.textContent = asked
    ? `${plural(drawn.identifiers.hits.length, 'identifier')}, ${plural(drawn.pages.length, 'page')}`
    : '';
}

async function show(
  state: SearchState,
  index: IdentifierSearch,
  pagefind: Pagefind,
): Promise<void> {
  latest += 1;
  const turn = latest;
  const drawn = await answer(state, index, pagefind);
  const list = await renderPages(drawn.asked ? drawn.pages : []);
  if (turn === latest) draw(drawn, list);
}

/** The value of a JSON file of the identifier index; its shape is that of the endpoint that wrote it. */
async function readJson(path: string) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`The identifier index answered ${response.status}`);
  return response.json();
}

async function readIndex(): Promise<IdentifierSearch> {
  const packed = await readJson('/search/identifiers.json');
  return identifierSearch(packed, (block) => readJson(`/search/pages/${block}.json`));
}

function fillForm(state: SearchState): void {
  input.value = state.query;
}

async function start(): Promise<void> {
  const initial = parseState(location.search);
  fillForm(initial);
  const [index, pagefind] = await Promise.all([readIndex(), loadPagefind()]);
  const apply = (state: SearchState) => show(state, index, pagefind);
  const move = (how: 'pushState' | 'replaceState') => {
    const state = stateOfForm();
    history[how](null, '', `${location.pathname}${renderState(state)}`);
    return apply(state);
  };
  let typing: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => move('replaceState'), TYPING_PAUSE_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(typing);
    void move('pushState');
  });
  facets.addEventListener('change', () => void move('pushState'));
  addEventListener('popstate', () => {
    const state = parseState(location.search);
    fillForm(state);
    void apply(state);
  });
  await apply(initial);
}

start().catch((error: unknown) => {
  status.textContent = `The search did not load: ${error instanceof Error ? error.message : String(error)}`;
});
