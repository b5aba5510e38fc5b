/**
 * The search page: the identifier index answers first, then Pagefind. The address holds the state, so that a search
 * can be shared; what is shown follows from the state alone.
 */
import type { IdentifierIndex } from '../data/identifiers.ts';
import { type Lookup, lookup } from '../data/lookup.ts';
import { element, required } from './element.ts';
import { type FilterCounts, loadPagefind, type Pagefind, searchPages } from './pagefind.ts';
import { renderFacets } from './render-facets.ts';
import { renderLookup } from './render-identifiers.ts';
import { renderPages } from './render-pages.ts';
import { FACETS, hasChoices, parseState, renderState, type SearchState } from './search-state.ts';

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

/** Counts as if the facet itself were not chosen from, so that its other values stay choosable. */
async function countFacets(
  pagefind: Pagefind,
  state: SearchState,
  narrowed: FilterCounts,
): Promise<FilterCounts> {
  const counts = await Promise.all(
    FACETS.map(async (facet) => {
      if (state.choices[facet].length === 0) return [facet, narrowed[facet] ?? {}] as const;
      const choices = { ...state.choices, [facet]: [] };
      const { filters } = await searchPages(pagefind, { ...state, choices });
      return [facet, filters[facet] ?? {}] as const;
    }),
  );
  return Object.fromEntries(counts);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function anywayLink(state: SearchState): HTMLElement {
  const href = `/search/${renderState({ ...state, anyway: true })}`;
  return element('p', {}, element('a', { href }, 'Search the text of the pages anyway'));
}

/** Whether the answer is that there is no such identifier: pages that resemble it would be a wrong answer. */
function isUnknown(state: SearchState, found: Lookup): boolean {
  return found.identifier && found.hits.length === 0 && !state.anyway;
}

async function show(state: SearchState, index: IdentifierIndex, pagefind: Pagefind): Promise<void> {
  latest += 1;
  const turn = latest;
  const asked = state.query.trim() !== '';
  const found = lookup(index, state.query);
  const unknown = isUnknown(state, found);
  const searched = await searchPages(pagefind, unknown ? { ...state, query: '' } : state);
  const counts = await countFacets(
    pagefind,
    unknown ? { ...state, query: '' } : state,
    searched.filters,
  );
  const all = await pagefind.filters();
  const listed = (asked || hasChoices(state)) && !unknown ? searched.results : [];
  const list = await renderPages({ results: listed });
  if (turn !== latest) return;
  const focused = document.activeElement;
  const keep = focused instanceof HTMLInputElement && facets.contains(focused) ? focused : null;
  facets.replaceChildren(...renderFacets(all, counts, state.choices));
  if (keep !== null) {
    facets
      .querySelector<HTMLInputElement>(
        `input[name="${keep.name}"][value="${CSS.escape(keep.value)}"]`,
      )
      ?.focus();
  }
  identifiers.replaceChildren(...(asked ? renderLookup(state.query.trim(), found) : []));
  pages.replaceChildren(...list, ...(unknown ? [anywayLink(state)] : []));
  browse.hidden = asked || hasChoices(state);
  status.textContent =
    asked || hasChoices(state)
      ? `${plural(found.hits.length, 'identifier')}, ${plural(listed.length, 'page')}`
      : '';
}

async function readIndex(): Promise<IdentifierIndex> {
  const response = await fetch('/search/identifiers.json');
  if (!response.ok) throw new Error(`The identifier index answered ${response.status}`);
  return response.json();
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
