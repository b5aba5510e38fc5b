/** What the pictures say by which other sites preview a link. Pure. */

import { AREA_WORDS } from '../model/areas.ts';
import { isUnconditional } from '../model/condition.ts';
import { GUEST_TYPE_WORDS, GUEST_TYPES } from '../model/guest-types.ts';
import type { Atlas, FeatureRow } from './atlas.ts';
import { type HandlingSymbolName, symbolOf, verdictWords } from './handling-words.ts';
import { answerRoute, featureRoute, guestRoute, guideRoute } from './routes.ts';

/** The verdict of a guest type that holds by default. */
export interface PreviewVerdict {
  readonly guest: string;
  readonly words: string;
  readonly symbol: HandlingSymbolName;
  /** Whether there are conditions under which something else holds. */
  readonly conditional: boolean;
}

export interface PreviewCard {
  /** Address of the page, from the root of the site. */
  readonly route: string;
  /** What the page is one of. */
  readonly section: string;
  readonly title: string;
  /** Release of Xen that the page speaks of. */
  readonly release: string;
  readonly verdicts: readonly PreviewVerdict[];
}

const SHOWN = GUEST_TYPES.filter((guest) => GUEST_TYPE_WORDS[guest].shownByDefault);

function verdictsOf({ guests }: FeatureRow): PreviewVerdict[] {
  return SHOWN.flatMap((guest) => {
    const [first, ...others] = guests[guest];
    if (first === undefined) return [];
    return {
      guest: GUEST_TYPE_WORDS[guest].title,
      words: verdictWords(first),
      symbol: symbolOf(first),
      conditional: others.length > 0 || !isUnconditional(first.when),
    };
  });
}

/** The card of every page that no card of its own has: that of the Atlas. */
function cardOfAtlas(release: string): PreviewCard {
  return {
    route: '/',
    section: 'Xen Emulation Atlas',
    title: 'What Xen emulates for each guest type, and which lines of its source say so',
    release,
    verdicts: [],
  };
}

/** One card for the Atlas, and one for each row, answer, guide and guest type, by the address of its page. */
export function previewCards({ content, rows }: Atlas): ReadonlyMap<string, PreviewCard> {
  const { release } = content.sources.xen;
  const plain = (route: string, section: string, title: string): PreviewCard => ({
    route,
    section,
    title,
    release,
    verdicts: [],
  });
  const cards = [
    cardOfAtlas(release),
    ...rows.map((row) => ({
      ...plain(featureRoute(row.feature.id), AREA_WORDS[row.feature.area], row.feature.title),
      release: row.feature.reviewed,
      verdicts: verdictsOf(row),
    })),
    ...content.answers.map(({ id, question }) => plain(answerRoute(id), 'Answer', question)),
    ...content.guides.map(({ id, title }) => plain(guideRoute(id), 'Guide', title)),
    ...GUEST_TYPES.map((guest) =>
      plain(guestRoute(guest), 'Guest type', GUEST_TYPE_WORDS[guest].title),
    ),
  ];
  return new Map(cards.map((card) => [card.route, card]));
}

/** Address of the picture of a card: `/previews/features/time/pit.png`, `/previews/atlas.png`. */
export function previewRoute({ route }: PreviewCard): string {
  return `/previews/${route === '/' ? 'atlas' : route.slice(1, -1)}.png`;
}

/** What the picture says, in words. */
export function previewAlt({ title, verdicts }: PreviewCard): string {
  const sentences = verdicts.map(
    ({ guest, words, conditional }) =>
      `${guest}: ${words}${conditional ? ', with conditions' : ''}.`,
  );
  return [`${title}${/[.?!]$/.test(title) ? '' : '.'}`, ...sentences].join(' ');
}
