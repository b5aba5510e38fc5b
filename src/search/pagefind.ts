/**
 * Pagefind in the browser, as far as the search page uses it. The build of the site does not know it: `build-search`
 * writes it beside the pages.
 */
import { FACETS, hasChoices, type SearchState } from './search-state.ts';
import { onSite } from './site-root.ts';

export type FilterCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface PageResult {
  readonly url: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** HTML: text and `mark`. */
  readonly excerpt: string;
}

export interface PageResults {
  readonly results: readonly { readonly id: string; readonly data: () => Promise<PageResult> }[];
  readonly filters: FilterCounts;
}

type Filters = Readonly<Record<string, { readonly any: readonly string[] }>>;

interface Pagefind {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<FilterCounts>;
  search(query: string | null, options: { readonly filters: Filters }): Promise<PageResults>;
}

const ADDRESS = '/pagefind/pagefind.js';

/**
 * Loads Pagefind. An exact word must come before words that resemble it, and a page is not better for being short:
 * else the small facts would hide the row that explains them.
 */
export async function loadPagefind(): Promise<Pagefind> {
  const pagefind: Pagefind = await import(/* @vite-ignore */ onSite(ADDRESS));
  await pagefind.options({
    baseUrl: '/',
    ranking: { termSimilarity: 10, pageLength: 0 },
    excerptLength: 24,
  });
  await pagefind.init();
  // Results count by filter only when the filters were there before the search.
  await pagefind.filters();
  return pagefind;
}

/** Values of one facet widen the choice, facets narrow it. */
function filtersOf({ choices }: SearchState): Filters {
  return Object.fromEntries(
    FACETS.filter((facet) => choices[facet].length > 0).map((facet) => [
      facet,
      { any: choices[facet] },
    ]),
  );
}

/**
 * Pages that hold the words and fit the choices; without words, all that fit the choices. Without both there are no
 * results, and the counts are those of all pages (Pagefind would count none).
 */
export async function searchPages(
  pagefind: Pagefind,
  state: SearchState,
): Promise<Pick<PageResults, 'results' | 'filters'>> {
  const query = state.query.trim();
  if (query === '' && !hasChoices(state)) {
    return { results: [], filters: await pagefind.filters() };
  }
  return pagefind.search(query === '' ? null : query, { filters: filtersOf(state) });
}

export type { Pagefind };
