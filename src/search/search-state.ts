/** What the search is narrowed by; the keys are the filters of the pages and the parameters of the address. */
export const FACETS = ['collection', 'guest', 'how', 'by', 'area', 'origin'] as const;
export type Facet = (typeof FACETS)[number];

export type Choices = Readonly<Record<Facet, readonly string[]>>;

/** The state of the search page; its address says all of it. */
export interface SearchState {
  readonly query: string;
  readonly choices: Choices;
  /** Whether the text is searched for an identifier that the Atlas does not know. */
  readonly anyway: boolean;
}

/** The state in the query part of an address. What it does not know, it leaves out. */
export function parseState(search: string): SearchState {
  const parameters = new URLSearchParams(search);
  const chosen = (facet: Facet) => [...new Set(parameters.getAll(facet))].filter(Boolean).sort();
  return {
    query: parameters.get('q') ?? '',
    choices: {
      collection: chosen('collection'),
      guest: chosen('guest'),
      how: chosen('how'),
      by: chosen('by'),
      area: chosen('area'),
      origin: chosen('origin'),
    },
    anyway: parameters.get('text') === 'anyway',
  };
}

/** The query part of the address of a state, `''` or with a leading `?`; the same state has the same address. */
export function renderState({ query, choices, anyway }: SearchState): string {
  const parameters = new URLSearchParams();
  if (query.trim() !== '') parameters.set('q', query.trim());
  for (const facet of FACETS) {
    for (const value of choices[facet]) parameters.append(facet, value);
  }
  if (anyway) parameters.set('text', 'anyway');
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

export function hasChoices({ choices }: SearchState): boolean {
  return FACETS.some((facet) => choices[facet].length > 0);
}
