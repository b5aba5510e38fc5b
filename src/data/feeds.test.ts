import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import { joinContent } from './atlas.ts';
import type { Content } from './content.ts';
import { type AtlasFeed, feedsOf } from './feeds.ts';
import { renderAtom } from './render-feed.ts';

const DATES: Readonly<Record<string, string>> = {
  '4.20': '2025-03-05',
  '4.21': '2025-11-18',
  '4.22': '2026-07-29',
};
const releases = Object.entries(DATES).map(
  ([id, date]): ReleaseEntry => ({
    id,
    release: `${id}.0`,
    commit: null,
    date,
    kinds: [],
    rewritten: [],
  }),
);
const HISTORIES: Readonly<Record<string, readonly unknown[]>> = {
  'io-port/pit': [
    { release: '4.20', change: 'present' },
    {
      release: '4.21',
      change: 'changed',
      guests: ['hvm'],
      was: { guests: { hvm: [{ how: 'absent', evidence: [0] }] } },
    },
  ],
  'cpuid-feature/avx2': [{ release: '4.22', change: 'added' }],
  'hypercall/mmu-update': [
    { release: '4.20', change: 'present' },
    { release: '4.22', change: 'removed' },
  ],
};
const content: Content = {
  ...SAMPLE,
  releases,
  facts: SAMPLE.facts.map(
    (fact) =>
      ({
        ...fact,
        title: fact.id === 'cpuid-feature/avx2' ? 'AVX2 <i>&' : fact.title,
        history: HISTORIES[fact.id] ?? [{ release: '4.20', change: 'present' }],
      }) as Fact,
  ),
};
const feeds = feedsOf(joinContent(content));
const feed = (id: string) => feeds.find((one) => one.id === id) as AtlasFeed;
const titles = (id: string) => feed(id).entries.map(({ date, title }) => `${date} ${title}`);

describe('feedsOf', () => {
  it('tells what changed in the whole Atlas, the newest release first', () => {
    expect(titles('atlas')).toEqual([
      '2026-07-29 Xen 4.22: 1 feature reviewed',
      '2026-07-29 Xen 4.22: Hypercalls: 1 removed',
      '2026-07-29 Xen 4.22: CPUID features: 1 added',
      '2025-11-18 Xen 4.21: I/O ports: 1 changed',
    ]);
    expect(feed('atlas').entries.at(-1)).toMatchObject({
      href: '/releases/4.20..4.21/#io-port',
      lists: [{ heading: 'Changed', links: [{ href: '/facts/io-port/pit/', note: 'HVM domU' }] }],
    });
  });

  it('tells an area what its features rest on, and a guest type what it gets', () => {
    expect(titles('areas/time')).toEqual([
      '2026-07-29 Xen 4.22: 1 feature reviewed',
      '2025-11-18 Xen 4.21: I/O ports: 1 changed',
    ]);
    expect(titles('areas/cpu')).toEqual([]);
    expect(titles('guests/hvm')).toContain('2025-11-18 Xen 4.21: I/O ports: 1 changed');
    expect(titles('guests/pv')).toEqual([
      '2026-07-29 Xen 4.22: Hypercalls: 1 removed',
      '2026-07-29 Xen 4.22: CPUID features: 1 added',
    ]);
  });

  it('has each key once, and says nothing of a release without a date', () => {
    const keys = feeds.flatMap(({ entries }) => entries.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    const undated = releases.map((entry) => ({ ...entry, date: null }));
    const silent = feedsOf(joinContent({ ...content, releases: undated }));
    expect(silent.flatMap(({ entries }) => entries)).toEqual([]);
  });
});

/** Without an origin, at the root. */
const HERE = { origin: undefined, root: '/' };

describe('renderAtom', () => {
  it('escapes what it says, and is the same each time', () => {
    const xml = renderAtom(feed('atlas'), HERE);
    expect(xml).toContain('AVX2 &#x3C;i>&#x26;</a>');
    expect(xml).not.toContain('<i>');
    expect(renderAtom(feed('atlas'), HERE)).toBe(xml);
    expect(xml).toContain('<updated>2026-07-29T00:00:00.000Z</updated>');
  });

  it('has ids that do not depend on where the site stands, and addresses that do', () => {
    const ids = (xml: string) => [...xml.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
    const here = renderAtom(feed('atlas'), HERE);
    const there = renderAtom(feed('atlas'), {
      origin: 'https://atlas.example',
      root: '/xen-atlas/',
    });
    expect(ids(here)).toEqual(ids(there));
    expect(new Set(ids(here)).size).toBe(feed('atlas').entries.length + 1);
    expect(here).toContain('href="/feeds/atlas.xml"');
    expect(there).toContain('href="https://atlas.example/xen-atlas/feeds/atlas.xml"');
    expect(here).not.toContain('invalid');
  });

  it('lists only the first of many names', () => {
    const links = Array.from({ length: 45 }, (_value, index) => ({
      title: `F${index}`,
      href: `/facts/msr/f${index}/`,
    }));
    const entry = { key: 'x', title: 'X', href: '/', date: '2026-07-29' };
    const many = {
      ...feed('atlas'),
      entries: [{ ...entry, lists: [{ heading: 'Added', links }] }],
    };
    expect(renderAtom(many, HERE)).toContain('<li>5 more</li>');
  });
});
