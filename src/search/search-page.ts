/**
 * The search page: the identifier index answers first, then Pagefind. The address holds the state, so that a search
 * can be shared; what is shown follows from the state alone.
 */
import type { Answer } from './answer.ts';
import { element, required } from './element.ts';
import { latestOnly } from './latest.ts';
import { loadSearch, notLoaded, type Search } from './load-search.ts';
import { renderFacets } from './render-facets.ts';
import { renderLookup } from './render-identifiers.ts';
import { renderPages } from './render-pages.ts';
import { countFound, stateOfForm, TYPING_PAUSE_MS } from './search-form.ts';
import { FACETS, parseState, renderState, type SearchState } from './search-state.ts';

const form = required('search-form', HTMLFormElement);
const input = required('search-query', HTMLInputElement);
const facets = required('search-facets', HTMLElement);
const identifiers = required('search-identifiers', HTMLElement);
const pages = required('search-pages', HTMLElement);
const status = required('search-status', HTMLElement);
const browse = required('search-browse', HTMLElement);

const showLatest = latestOnly();

function anywayLink(state: SearchState): HTMLElement {
  const href = `/search/${renderState({ ...state, anyway: true })}`;
  return element('p', {}, element('a', { href }, 'Search the text of the pages anyway'));
}

function draw(drawn: Answer, list: readonly Node[]): void {
  const { state, asked, unknown } = drawn;
  const query = state.query.trim();
  renderFacets(facets, FACETS, drawn);
  identifiers.replaceChildren(...(query === '' ? [] : renderLookup(query, drawn.identifiers)));
  pages.replaceChildren(...list, ...(unknown ? [anywayLink(state)] : []));
  browse.hidden = asked;
  status.textContent = countFound(drawn);
}

async function find(state: SearchState, search: Search) {
  const drawn = await search(state);
  return { drawn, list: await renderPages(drawn.asked ? drawn.pages : []) };
}

function fillForm(state: SearchState): void {
  input.value = state.query;
}

async function start(): Promise<void> {
  const initial = parseState(location.search);
  fillForm(initial);
  const search = await loadSearch();
  const apply = (state: SearchState) =>
    showLatest(find(state, search), ({ drawn, list }) => draw(drawn, list));
  const move = (how: 'pushState' | 'replaceState') => {
    const state = stateOfForm(form);
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
  status.textContent = notLoaded(error);
});
