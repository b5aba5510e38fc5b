import { Feed } from 'feed';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { v5 as uuid } from 'uuid';
import { type AtlasFeed, type FeedEntry, type FeedLink, feedRoute } from './feeds.ts';
import { publicAddress, type SitePlace } from './placed.ts';

/** The ids of the Atlas are made in this name space, wherever the site stands. */
const ATLAS = 'b8f3c3f6-52d4-5f0e-9d0a-6a4cf2f4e1d7';

/** Names listed in an entry; the page that it leads to has all. */
const LISTED = 40;

/** The library takes absolute addresses only; without an origin they are written relative to the feed’s own. */
const NO_SITE = 'https://site.invalid';

function urn(key: string): string {
  return `urn:uuid:${uuid(key, ATLAS)}`;
}

function item({ title, href, note }: FeedLink, absolute: (path: string) => string) {
  return h('li', [h('a', { href: absolute(href) }, title), note === undefined ? '' : `: ${note}`]);
}

function contentOf({ lists }: FeedEntry, absolute: (path: string) => string): string {
  return toHtml(
    lists.flatMap(({ heading, links }) => [
      h('h2', heading),
      h('ul', [
        ...links.slice(0, LISTED).map((link) => item(link, absolute)),
        ...(links.length > LISTED ? [h('li', `${links.length - LISTED} more`)] : []),
      ]),
    ]),
  );
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** A feed as Atom, of the site that stands at `place`. */
export function renderAtom({ id, title, home, entries }: AtlasFeed, place: SitePlace): string {
  const { origin = NO_SITE, root } = place;
  const absolute = (address: string) => publicAddress(address, { origin, root });
  const [newest] = entries
    .map(({ date }) => date)
    .sort()
    .reverse();
  const feed = new Feed({
    id: urn(id),
    title,
    link: absolute(home),
    feedLinks: { atom: absolute(feedRoute(id)) },
    updated: dateOf(newest ?? '1970-01-01'),
    author: { name: 'Xen Emulation Atlas' },
    copyright: 'CC BY 4.0',
    generator: false,
  });
  for (const entry of entries) {
    feed.addItem({
      id: urn(entry.key),
      title: toHtml({ type: 'text', value: entry.title }),
      link: absolute(entry.href),
      date: dateOf(entry.date),
      content: contentOf(entry, absolute),
    });
  }
  const xml = feed.atom1();
  return place.origin === undefined ? xml.replaceAll(`${NO_SITE}/`, '/') : xml;
}
