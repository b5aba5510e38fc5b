import type { Lookup } from '../data/lookup.ts';
import { markedWords } from './element.ts';
import type { IdentifierSearch } from './identifier-search.ts';
import { type FilterCounts, type Pagefind, type PageResults, searchPages } from './pagefind.ts';
import { resembles } from './resemblance.ts';
import { FACETS, hasChoices, type SearchState } from './search-state.ts';

/** What the page shows for a state. */
export interface Answer {
  readonly state: SearchState;
  /** Whether anything was asked for: words, or a choice of a facet. */
  readonly asked: boolean;
  readonly identifiers: Lookup;
  /** The query can be nothing but an identifier and there is none: its text is not searched for. */
  readonly unknown: boolean;
  readonly pages: PageResults['results'];
  /** Every value of each facet, and the number of pages that each would leave. */
  readonly values: FilterCounts;
  readonly counts: FilterCounts;
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

/** The pages, unless the best of them does not have the word at all. */
async function pagesWithTheWord(
  { query }: SearchState,
  results: PageResults['results'],
): Promise<PageResults['results']> {
  const [best] = results;
  if (best === undefined || query.trim() === '') return results;
  const { excerpt } = await best.data();
  return resembles(query, markedWords(excerpt)) ? results : [];
}

/** Asks the identifier index first, then the full text. */
export async function answer(
  state: SearchState,
  searchIdentifiers: IdentifierSearch,
  pagefind: Pagefind,
): Promise<Answer> {
  const identifiers = await searchIdentifiers(state.query);
  const unknown = identifiers.identifier && identifiers.hits.length === 0 && !state.anyway;
  const searched = unknown ? { ...state, query: '' } : state;
  const { results, filters } = await searchPages(pagefind, searched);
  return {
    state,
    asked: state.query.trim() !== '' || hasChoices(state),
    identifiers,
    unknown,
    pages: unknown ? [] : await pagesWithTheWord(state, results),
    values: await pagefind.filters(),
    counts: await countFacets(pagefind, searched, filters),
  };
}
