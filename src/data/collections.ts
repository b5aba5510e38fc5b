import { getCollection, getEntry } from 'astro:content';
import { type Atlas, joinContent } from './atlas.ts';
import type { Content } from './content.ts';

function byId<T extends { readonly id: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function load(): Promise<Content> {
  const pins = await getEntry('sources', 'sources');
  if (pins === undefined) throw new Error('`content/sources.yml` is missing');
  const [facts, features, answers, guests, threads] = await Promise.all([
    getCollection('facts'),
    getCollection('features'),
    getCollection('answers'),
    getCollection('guests'),
    getCollection('threads'),
  ]);
  return {
    sources: pins.data,
    facts: byId(facts.map((entry) => entry.data)),
    features: byId(features.map(({ id, data }) => ({ ...data, id }))),
    answers: byId(answers.map(({ id, data }) => ({ ...data, id }))),
    guests: byId(guests.map(({ id, data }) => ({ ...data, id }))),
    threads: byId(threads.map((entry) => entry.data)),
  };
}

let loaded: Promise<Content> | undefined;

/** Everything under `content/`, as the site reads it; read once a build, each time anew while developing. */
export function loadContent(): Promise<Content> {
  if (!import.meta.env.PROD) return load();
  loaded ??= load();
  return loaded;
}

let joined: Promise<Atlas> | undefined;

/** The content and what rests on what in it. */
export function loadAtlas(): Promise<Atlas> {
  if (!import.meta.env.PROD) return load().then(joinContent);
  joined ??= loadContent().then(joinContent);
  return joined;
}
