import { GUEST_TYPE_WORDS } from '../model/guest-types.ts';
import { REFERENCE_STATES } from '../model/references.ts';
import { MENTION_ROLES, type MentionCollection } from './mentions.ts';
import type { NamePage, Touch } from './reverse-index.ts';

/** Headings of what touches a name, in the order of display. */
export const TOUCH_HEADINGS: Readonly<Record<MentionCollection, string>> = {
  fact: 'Facts',
  feature: 'Rows of the matrix',
  answer: 'Answers',
  guest: 'Guest types',
  guide: 'Guides',
  thread: 'Messages',
};

export const PAGE_WORDS: Readonly<Record<MentionCollection | 'symbol' | 'file', string>> = {
  fact: 'Fact',
  feature: 'Feature',
  answer: 'Answer',
  guest: 'Guest type',
  guide: 'Guide',
  thread: 'Message',
  symbol: 'Symbol',
  file: 'File',
};

/** What the entry has to do with the name, completing "the entry …", and for which columns. */
export function describeTouch({ roles, guests, states }: Touch): string {
  const what = roles.map((role) => MENTION_ROLES[role]).join(', ');
  const where = guests.map((guest) => GUEST_TYPE_WORDS[guest].title).join(', ');
  const state = states.map((word) => REFERENCE_STATES[word]).join('; ');
  return [what, where === '' ? '' : `for ${where}`, state === '' ? '' : `(${state})`]
    .filter((part) => part !== '')
    .join(' ');
}

/** The touches of each collection that has some. */
export function touchesByCollection({ touches }: NamePage) {
  return (Object.keys(TOUCH_HEADINGS) as MentionCollection[])
    .map((collection) => ({
      collection,
      heading: TOUCH_HEADINGS[collection],
      touches: touches.filter((touch) => touch.collection === collection),
    }))
    .filter((group) => group.touches.length > 0);
}

/** How many entries touch the name, such as `3 facts and 1 message`. */
export function countTouches(page: NamePage): string {
  const counts = touchesByCollection(page).map(({ heading, touches }) => {
    const words = heading.toLowerCase();
    return `${touches.length} ${touches.length === 1 ? words.replace(/s\b/, '') : words}`;
  });
  return counts.length < 2
    ? counts.join('')
    : `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}`;
}
