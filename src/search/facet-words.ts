import { PAGE_WORDS } from '../data/mention-words.ts';
import { AREA_WORDS } from '../model/areas.ts';
import { GUEST_TYPE_WORDS } from '../model/guest-types.ts';
import type { Facet } from './search-state.ts';

export const FACET_TITLES: Readonly<Record<Facet, string>> = {
  collection: 'Kind of page',
  guest: 'Guest type',
  how: 'Handling',
  by: 'By whom',
  area: 'Area',
  origin: 'Origin',
};

const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  collection: PAGE_WORDS,
  area: AREA_WORDS,
  guest: Object.fromEntries(
    Object.entries(GUEST_TYPE_WORDS).map(([guest, { title }]) => [guest, title]),
  ),
};

/** The value as readers know it; a word of the vocabulary without a title stands for itself. */
export function facetValueTitle(facet: Facet, value: string): string {
  return VALUE_WORDS[facet]?.[value] ?? value;
}
