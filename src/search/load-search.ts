/** What answers a search in the browser: the identifier index and Pagefind, each loaded once a page. */
import { type Answer, answer } from './answer.ts';
import { type IdentifierSearch, identifierSearch } from './identifier-search.ts';
import { loadPagefind } from './pagefind.ts';
import type { SearchState } from './search-state.ts';
import { onSite } from './site-root.ts';

/** Answers a state. */
export type Search = (state: SearchState) => Promise<Answer>;

let loaded: Promise<Search> | undefined;

/** The value of a JSON file of the identifier index; its shape is that of the endpoint that wrote it. */
async function readJson(path: string) {
  const response = await fetch(onSite(path));
  if (!response.ok) throw new Error(`The identifier index answered ${response.status}`);
  return response.json();
}

async function readIndex(): Promise<IdentifierSearch> {
  const packed = await readJson('/search/identifiers.json');
  return identifierSearch(packed, (block) => readJson(`/search/pages/${block}.json`));
}

async function load(): Promise<Search> {
  if (location.protocol === 'file:') throw new Error('it needs a web server');
  const [index, pagefind] = await Promise.all([readIndex(), loadPagefind()]);
  return (state) => answer(state, index, pagefind);
}

/** The search, loaded once; when that failed, loaded again when asked for again. */
export function loadSearch(): Promise<Search> {
  const search = loaded ?? load();
  loaded = search;
  search.catch(() => {
    loaded = undefined;
  });
  return search;
}

/** What is said where the search could not be loaded. */
export function notLoaded(error: unknown): string {
  return `The search did not load: ${error instanceof Error ? error.message : String(error)}`;
}
