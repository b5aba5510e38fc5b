import { getCollection, getEntry } from 'astro:content';
import { compareReleases } from '../model/release.ts';
import type { Bodies } from '../schema/bodies.ts';
import { type Atlas, joinContent } from './atlas.ts';
import type { Content } from './content.ts';
import { deriveMentions } from './content-mentions.ts';
import { type Discussions, indexDiscussions } from './discussions.ts';
import {
  type DefinedIn,
  definedIn,
  type ExcerptsByPath,
  type TouchesByLine,
  touchesByLine,
} from './excerpt-places.ts';
import { type AtlasFeed, feedsOf } from './feeds.ts';
import type { IdentifierIndex } from './identifier-index.ts';
import { deriveIdentifiers } from './identifiers.ts';
import { type RowRelease, rowReleases } from './matrix-releases.ts';
import { type ComparedMeasurement, compareAll } from './measured.ts';
import { type PreviewCard, previewCards } from './preview-cards.ts';
import { deriveReverseIndex, type ReverseIndex } from './reverse-index.ts';

function byId<T extends { readonly id: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads once: a build reads everything once, and the development server loads this module anew when content changes. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => {
    value ??= read();
    return value;
  };
}

/** Everything under `content/`, as the site reads it. */
export const loadContent: () => Promise<Content> = once(async () => {
  const pins = await getEntry('sources', 'sources');
  if (pins === undefined) throw new Error('`content/sources.yml` is missing');
  const glossary = await getEntry('glossary', 'glossary');
  if (glossary === undefined) throw new Error('`content/glossary.yml` is missing');
  const readings = await getEntry('readings', 'readings');
  if (readings === undefined) throw new Error('`content/readings.yml` is missing');
  const [facts, features, answers, guests, guides, threads, releases, witnesses, measurements] =
    await Promise.all([
      getCollection('facts'),
      getCollection('features'),
      getCollection('answers'),
      getCollection('guests'),
      getCollection('guides'),
      getCollection('threads'),
      getCollection('releases'),
      getCollection('witnesses'),
      getCollection('measurements'),
    ]);
  return {
    sources: pins.data,
    facts: byId(facts.map((entry) => entry.data)),
    features: byId(features.map(({ id, data }) => ({ ...data, id }))),
    answers: byId(answers.map(({ id, data }) => ({ ...data, id }))),
    guests: byId(guests.map(({ id, data }) => ({ ...data, id }))),
    guides: byId(guides.map(({ id, data }) => ({ ...data, id }))),
    glossary: glossary.data.terms,
    threads: byId(threads.map((entry) => entry.data)),
    releases: releases
      .map((entry) => entry.data)
      .sort((a, b) => compareReleases(a.release, b.release)),
    witnesses: byId(witnesses.map((entry) => entry.data)),
    measurements: byId(measurements.map((entry) => entry.data)),
    readings: readings.data.readings,
  };
});

/** The content and what rests on what in it. */
export const loadAtlas: () => Promise<Atlas> = once(async () => joinContent(await loadContent()));

/** What the messages of a thread say; nothing unless the site is built beside an archive and asked to show it. */
export async function loadBodies(
  thread: string,
): Promise<ReadonlyMap<string, Bodies['messages'][number]['blocks']>> {
  const known = await getCollection('bodies', ({ id }) => id === thread);
  return new Map(
    known.flatMap(({ data }) => data.messages.map(({ id, blocks }) => [id, blocks] as const)),
  );
}

/** Excerpts of Xen by path; none unless the site is built beside a tree. Throws when they are of another release. */
export const loadExcerpts: () => Promise<ExcerptsByPath> = once(async () => {
  const { xen } = (await loadContent()).sources;
  const all = (await getCollection('excerpts')).map(({ data }) => data);
  for (const { release, commit } of all) {
    if (release === xen.release && (commit === null || commit === xen.commit)) continue;
    throw new Error(
      `The excerpts of ATLAS_EXCERPTS are of Xen ${release}${commit === null ? '' : ` at ${commit}`}, and the content is of Xen ${xen.release} at ${xen.commit}: run \`npm run atlas -- excerpts\` on a tree of that release`,
    );
  }
  return new Map(all.map((excerpts) => [excerpts.id, excerpts]));
});

/** The files of the excerpts in which each symbol is defined. */
export const loadDefinedIn: () => Promise<DefinedIn> = once(async () =>
  definedIn(await loadExcerpts()),
);

/** Who rests on which line of which file. */
export const loadTouchesByLine: () => Promise<TouchesByLine> = once(async () =>
  touchesByLine(deriveMentions(await loadContent())),
);

/** The cards by which other sites preview links, by the address of their page. */
export const loadPreviews: () => Promise<ReadonlyMap<string, PreviewCard>> = once(async () =>
  previewCards(await loadAtlas()),
);

/** What the messages of the threads name. */
export const loadDiscussions: () => Promise<Discussions> = once(async () =>
  indexDiscussions((await loadContent()).threads),
);

/** What changed from release to release, for readers of feeds. */
export const loadFeeds: () => Promise<readonly AtlasFeed[]> = once(async () =>
  feedsOf(await loadAtlas()),
);

/** What was measured, against the facts of the release that was run. */
export const loadMeasured: () => Promise<readonly ComparedMeasurement[]> = once(async () =>
  compareAll(await loadContent()),
);

/** For each row of the matrix, the releases that it has to do with. */
export const loadRowReleases: () => Promise<ReadonlyMap<string, readonly RowRelease[]>> = once(
  async () => rowReleases(await loadAtlas()),
);

/** The symbols and files that have a page. */
export const loadReverseIndex: () => Promise<ReverseIndex> = once(async () =>
  deriveReverseIndex(await loadContent()),
);

/** Every name by which a reader may look for something, with its pages. */
export const loadIdentifiers: () => Promise<IdentifierIndex> = once(async () =>
  deriveIdentifiers(await loadContent()),
);
