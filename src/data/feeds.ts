/**
 * What changed from release to release, as feeds: of the whole Atlas, of an area, of a guest type. An entry is a kind of
 * fact in a release, or the review of features for it; it is dated by the release, so that no build adds to a feed. Pure.
 */
import { AREA_WORDS, AREAS, type Area } from '../model/areas.ts';
import { FACT_KIND_WORDS } from '../model/fact-kinds.ts';
import { GUEST_TYPE_WORDS, GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Fact } from '../schema/fact.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import type { Atlas, FeatureRow } from './atlas.ts';
import { counted } from './counted.ts';
import { type ChangedFact, diffReleases, type KindDiff } from './release-diff.ts';
import { areaRoute, factRoute, featureRoute, guestRoute, releaseDiffRoute } from './routes.ts';
import { reviewedFor } from './rows-at.ts';

export interface FeedLink {
  readonly title: string;
  readonly href: string;
  readonly note?: string | undefined;
}

export interface FeedEntry {
  /** Never used for anything else, whatever the feed. */
  readonly key: string;
  readonly title: string;
  readonly href: string;
  /** Day of the release. */
  readonly date: string;
  readonly lists: readonly { readonly heading: string; readonly links: readonly FeedLink[] }[];
}

export interface AtlasFeed {
  /** Path below `/feeds/` without the extension: `atlas`, `areas/time`, `guests/pvh`. */
  readonly id: string;
  readonly title: string;
  /** The page that the feed is about. */
  readonly home: string;
  /** The newest first. */
  readonly entries: readonly FeedEntry[];
}

export const ATLAS_FEED = 'atlas';

export function areaFeed(area: Area): string {
  return `areas/${area}`;
}

export function guestFeed(guest: GuestType): string {
  return `guests/${guest}`;
}

export function feedRoute(id: string): string {
  return `/feeds/${id}.xml`;
}

/** Releases that a feed speaks of: about three years. */
const KEPT = 4;

/** What a feed is about. */
interface Scope {
  readonly id: string;
  readonly title: string;
  readonly home: string;
  readonly takes: (fact: Fact) => boolean;
  /** Whether a change concerns the feed beyond its fact. */
  readonly concerns: (change: ChangedFact) => boolean;
  readonly features: (row: FeatureRow) => boolean;
}

interface DatedRelease extends ReleaseEntry {
  readonly date: string;
}

function isDated(entry: ReleaseEntry): entry is DatedRelease {
  return entry.date !== null;
}

function link(fact: Fact, note?: string): FeedLink {
  return { title: fact.title, href: factRoute(fact.id), note };
}

function changeNote({ guests, attributes }: ChangedFact): string {
  return [...guests.map((guest) => GUEST_TYPE_WORDS[guest].title), ...attributes].join(', ');
}

function kindEntry(
  scope: Scope,
  { kind, ...diff }: KindDiff,
  from: string,
  to: DatedRelease,
): FeedEntry[] {
  const lists = [
    { word: 'added', links: diff.added.filter(scope.takes).map((fact) => link(fact)) },
    { word: 'removed', links: diff.removed.filter(scope.takes).map((fact) => link(fact)) },
    {
      word: 'changed',
      links: diff.changed
        .filter((change) => scope.takes(change.fact) && scope.concerns(change))
        .map((change) => link(change.fact, changeNote(change))),
    },
  ].filter(({ links }) => links.length > 0);
  if (lists.length === 0) return [];
  const counts = lists.map(({ word, links }) => `${links.length} ${word}`).join(', ');
  return [
    {
      key: `${scope.id}/${to.id}/${kind}`,
      title: `Xen ${to.id}: ${FACT_KIND_WORDS[kind].title}: ${counts}`,
      href: `${releaseDiffRoute(from, to.id)}#${kind}`,
      date: to.date,
      lists: lists.map(({ word, links }) => ({
        heading: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
        links,
      })),
    },
  ];
}

function reviewEntry(
  scope: Scope,
  rows: readonly FeatureRow[],
  release: DatedRelease,
): FeedEntry[] {
  const reviewed = rows.filter(
    (row) => scope.features(row) && reviewedFor(row.feature).includes(release.id),
  );
  if (reviewed.length === 0) return [];
  const links = reviewed.map(({ feature }) => ({
    title: feature.title,
    href: featureRoute(feature.id),
    note: AREA_WORDS[feature.area],
  }));
  return [
    {
      key: `${scope.id}/${release.id}/reviewed`,
      title: `Xen ${release.id}: ${counted(links.length, 'feature')} reviewed`,
      href: scope.home,
      date: release.date,
      lists: [{ heading: 'Reviewed', links }],
    },
  ];
}

function scopesOf({ featuresOfFact }: Atlas): Scope[] {
  const always = () => true;
  return [
    {
      id: ATLAS_FEED,
      title: 'Xen Emulation Atlas',
      home: '/',
      takes: always,
      concerns: always,
      features: always,
    },
    ...AREAS.map((area) => ({
      id: areaFeed(area),
      title: `Xen Emulation Atlas: ${AREA_WORDS[area]}`,
      home: areaRoute(area),
      takes: ({ id }: Fact) =>
        (featuresOfFact.get(id) ?? []).some((feature) => feature.area === area),
      concerns: always,
      features: (row: FeatureRow) => row.feature.area === area,
    })),
    ...GUEST_TYPES.map((guest) => ({
      id: guestFeed(guest),
      title: `Xen Emulation Atlas: ${GUEST_TYPE_WORDS[guest].title}`,
      home: guestRoute(guest),
      takes: (fact: Fact) => fact.guests[guest].some(({ how }) => how !== 'absent'),
      concerns: ({ guests }: ChangedFact) => guests.includes(guest),
      features: (row: FeatureRow) => row.guests[guest].some(({ how }) => how !== 'absent'),
    })),
  ];
}

/** Every feed, that of the whole Atlas first. */
export function feedsOf(atlas: Atlas): AtlasFeed[] {
  const { facts, releases } = atlas.content;
  const kept = releases.slice(-KEPT - 1).reverse();
  const steps = kept.flatMap((to, index) => {
    const from = kept[index + 1];
    if (from === undefined || !isDated(to)) return [];
    return [{ from: from.id, to, kinds: diffReleases(facts, from.id, to.id) }];
  });
  return scopesOf(atlas).map((scope) => ({
    id: scope.id,
    title: scope.title,
    home: scope.home,
    entries: steps.flatMap(({ from, to, kinds }) => [
      ...reviewEntry(scope, atlas.rows, to),
      ...kinds.flatMap((kind) => kindEntry(scope, kind, from, to)),
    ]),
  }));
}
