import type { z } from 'astro/zod';
import { factsTakenOver } from '../../src/data/atlas.ts';
import type { Content } from '../../src/data/content.ts';
import { compareReleases } from '../../src/model/release.ts';
import { publishedSchema, type Redirect, redirectsSchema } from '../../src/schema/addresses.ts';
import { answerSchema } from '../../src/schema/answer.ts';
import { type Fact, factSchema } from '../../src/schema/fact.ts';
import { featureSchema } from '../../src/schema/feature.ts';
import { glossarySchema } from '../../src/schema/glossary.ts';
import { guestSchema } from '../../src/schema/guest.ts';
import { guideSchema } from '../../src/schema/guide.ts';
import { measurementSchema, readingsSchema } from '../../src/schema/measurement.ts';
import { type Names, namesSchema } from '../../src/schema/names.ts';
import { releaseEntrySchema } from '../../src/schema/release.ts';
import { type Exception, exceptionsSchema } from '../../src/schema/stale.ts';
import { threadSchema } from '../../src/schema/thread.ts';
import { witnessSchema } from '../../src/schema/witness.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { readTextFile, readTextFiles, type TextFile } from './content-files.ts';
import { parseEntry, parseYamlFile } from './entry.ts';
import { readSources } from './read-sources.ts';

/** Ids that readers may have linked to, and where those that are no entries any more stand now. */
export interface Addresses {
  readonly published: readonly string[];
  readonly redirects: readonly Redirect[];
}

/** Everything under `content/`. What cannot be read is left out, and is a problem. */
export interface ContentRead {
  readonly content: Content;
  readonly names: Names;
  readonly addresses: Addresses;
  readonly exceptions: readonly Exception[];
  /** The entries that people write, as they are, for checks of their prose. */
  readonly authored: readonly TextFile[];
  readonly problems: readonly Problem[];
}

const AUTHORED = ['features', 'answers', 'guests', 'guides'] as const;

interface Identified<T> {
  /** Path below the folder of the collection, without extension. */
  readonly id: string;
  readonly data: T;
}

class Reader {
  readonly problems: Problem[] = [];
  readonly authored: TextFile[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async collection<S extends z.ZodType>(
    name: string,
    schema: S,
  ): Promise<Identified<z.infer<S>>[]> {
    const folder = `content/${name}`;
    const files = await readTextFiles(this.#root, folder, '.md');
    if (AUTHORED.some((collection) => collection === name)) this.authored.push(...files);
    const entries = files.flatMap(({ path, text }) => {
      const read = parseEntry(path, text, schema);
      if (!read.ok) {
        this.problems.push(...read.problems);
        return [];
      }
      return [{ id: path.slice(folder.length + 1).replace(/\.md$/, ''), data: read.value.data }];
    });
    return entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** One entry; nothing, without a problem, when there is no such file. */
  async entry<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | undefined> {
    const text = await readTextFile(this.#root, path);
    if (text === undefined) return undefined;
    const read = parseEntry(path, text, schema);
    if (read.ok) return read.value.data;
    this.problems.push(...read.problems);
    return undefined;
  }

  async yaml<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | undefined> {
    const text = await readTextFile(this.#root, path);
    if (text === undefined) {
      const words = { actual: 'nothing', expected: 'a YAML file of this name' };
      this.problems.push(problem('entry-unreadable', { path }, words));
      return undefined;
    }
    const read = parseYamlFile(path, text, schema);
    if (read.ok) return read.value;
    this.problems.push(...read.problems);
    return undefined;
  }
}

/** What the matrix is made of: its rows, the facts that they take over, and the guest types. */
export type MatrixContent = Pick<Content, 'sources' | 'features' | 'guests' | 'facts'>;

/** Reads only what the matrix is made of, which takes a fraction of the time of the whole. */
export async function readMatrix(
  root: string,
): Promise<{ readonly content: MatrixContent; readonly problems: readonly Problem[] }> {
  const reader = new Reader(root);
  const sources = await readSources(root);
  const features = await reader.collection('features', featureSchema);
  const guests = await reader.collection('guests', guestSchema);
  const taken = features.flatMap(({ data }) => factsTakenOver(data));
  const facts: Fact[] = [];
  for (const id of [...new Set(taken)].sort()) {
    const fact = await reader.entry(`content/facts/${id}.md`, factSchema);
    if (fact !== undefined) facts.push(fact);
  }
  return {
    content: {
      sources,
      facts,
      features: features.map(({ id, data }) => ({ ...data, id })),
      guests: guests.map(({ id, data }) => ({ ...data, id })),
    },
    problems: reader.problems,
  };
}

/**
 * Reads `content/` below the root of the project. Throws when `sources.yml` is not readable: nothing can be said
 * without it.
 */
export async function readContent(root: string): Promise<ContentRead> {
  const reader = new Reader(root);
  const sources = await readSources(root);
  const names = await reader.yaml('content/names.yml', namesSchema);
  const published = await reader.yaml('content/published.yml', publishedSchema);
  const redirected = await reader.yaml('content/redirects.yml', redirectsSchema);
  const excepted = await reader.yaml('content/exceptions.yml', exceptionsSchema);
  const facts = await reader.collection('facts', factSchema);
  const features = await reader.collection('features', featureSchema);
  const answers = await reader.collection('answers', answerSchema);
  const guests = await reader.collection('guests', guestSchema);
  const guides = await reader.collection('guides', guideSchema);
  const glossary = await reader.yaml('content/glossary.yml', glossarySchema);
  const threads = await reader.collection('threads', threadSchema);
  const releases = await reader.collection('releases', releaseEntrySchema);
  const witnesses = await reader.collection('witnesses', witnessSchema);
  const measurements = await reader.collection('measurements', measurementSchema);
  const read = await reader.yaml('content/readings.yml', readingsSchema);
  return {
    content: {
      sources,
      facts: facts.map(({ data }) => data),
      features: features.map(({ id, data }) => ({ ...data, id })),
      answers: answers.map(({ id, data }) => ({ ...data, id })),
      guests: guests.map(({ id, data }) => ({ ...data, id })),
      guides: guides.map(({ id, data }) => ({ ...data, id })),
      glossary: glossary?.terms ?? [],
      threads: threads.map(({ data }) => data),
      releases: releases
        .map(({ data }) => data)
        .sort((a, b) => compareReleases(a.release, b.release)),
      witnesses: witnesses.map(({ data }) => data),
      measurements: measurements.map(({ data }) => data),
      readings: read?.readings ?? [],
    },
    names: names ?? { release: sources.xen.release, symbols: [], paths: [], others: {} },
    addresses: { published: published?.ids ?? [], redirects: redirected?.redirects ?? [] },
    exceptions: excepted?.exceptions ?? [],
    authored: reader.authored,
    problems: reader.problems,
  };
}
