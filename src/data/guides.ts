import type { GuideEntry } from './atlas.ts';

/** The guides in the order in which they are read, by id where two have the same place. */
export function guidesInOrder(guides: readonly GuideEntry[]): GuideEntry[] {
  return [...guides].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}
