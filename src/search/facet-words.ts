import { PAGE_WORDS } from '../data/mention-words.ts';
import { AREA_WORDS } from '../model/areas.ts';
import { GUEST_TYPE_WORDS } from '../model/guest-types.ts';
import { BY_WORDS, HOW_WORDS } from '../model/handling.ts';
import { ORIGIN_WORDS } from '../model/origin.ts';
import type { Facet } from './search-state.ts';

export const FACET_TITLES: Readonly<Record<Facet, string>> = {
  collection: 'Kind of page',
  guest: 'Guest type',
  how: 'Handling',
  by: 'By whom',
  area: 'Area',
  origin: 'Origin',
};

const COLLECTION_WORDS = {
  feature: PAGE_WORDS.feature,
  answer: PAGE_WORDS.answer,
  fact: PAGE_WORDS.fact,
  guest: PAGE_WORDS.guest,
  thread: 'Thread',
  guide: PAGE_WORDS.guide,
  glossary: 'Glossary',
};

const GUEST_TITLES = Object.fromEntries(
  Object.entries(GUEST_TYPE_WORDS).map(([guest, { title }]) => [guest, title]),
);

/** The values of each facet in the order of the vocabulary, with what readers know them by. */
const VALUES: Readonly<Record<Facet, Readonly<Record<string, string>>>> = {
  collection: COLLECTION_WORDS,
  guest: GUEST_TITLES,
  how: Object.fromEntries(Object.keys(HOW_WORDS).map((how) => [how, how])),
  by: BY_WORDS,
  area: AREA_WORDS,
  origin: Object.fromEntries(Object.keys(ORIGIN_WORDS).map((origin) => [origin, origin])),
};

/** The value as readers know it; what the vocabulary does not have stands for itself. */
export function facetValueTitle(facet: Facet, value: string): string {
  return VALUES[facet][value] ?? value;
}

/** The values in the order of the vocabulary, and what it does not have after them. */
export function sortFacetValues(facet: Facet, values: Iterable<string>): string[] {
  const order = Object.keys(VALUES[facet]);
  const rank = (value: string) => (order.includes(value) ? order.indexOf(value) : order.length);
  return [...new Set(values)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
