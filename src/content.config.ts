import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import type { z } from 'astro/zod';
import { excerptsLoader } from './excerpts/loader.ts';
import { answerSchema } from './schema/answer.ts';
import { bodiesSchema } from './schema/bodies.ts';
import { excerptsSchema } from './schema/excerpts.ts';
import { factSchema } from './schema/fact.ts';
import { featureSchema } from './schema/feature.ts';
import { glossarySchema } from './schema/glossary.ts';
import { guestSchema } from './schema/guest.ts';
import { guideSchema } from './schema/guide.ts';
import { measurementSchema, readingsSchema } from './schema/measurement.ts';
import { releaseEntrySchema } from './schema/release.ts';
import { sourcesSchema } from './schema/sources.ts';
import { staleSchema } from './schema/stale.ts';
import { threadSchema } from './schema/thread.ts';
import { witnessSchema } from './schema/witness.ts';

/** Ids are paths under the collection's folder without the extension, letter for letter. */
function entries<S extends z.ZodType>(base: string, pattern: string, schema: S) {
  const loader = glob({
    base,
    pattern,
    generateId: ({ entry }) => entry.replace(/\.[^./]+$/, ''),
  });
  return defineCollection({ loader, schema });
}

/** The folder that `atlas bodies` wrote, when the site is to show what messages say; nothing otherwise. */
const bodiesFolder = process.env['ATLAS_BODIES'] ?? '';

/** The file that `atlas excerpts` wrote, when the site is to show source text of Xen; nothing otherwise. */
const excerptsFile = process.env['ATLAS_EXCERPTS'] ?? '';

export const collections = {
  sources: entries('./content', 'sources.yml', sourcesSchema),
  facts: entries('./content/facts', '**/*.md', factSchema),
  features: entries('./content/features', '**/*.md', featureSchema),
  answers: entries('./content/answers', '*.md', answerSchema),
  guests: entries('./content/guests', '*.md', guestSchema),
  guides: entries('./content/guides', '*.md', guideSchema),
  glossary: entries('./content', 'glossary.yml', glossarySchema),
  threads: entries('./content/threads', '*.md', threadSchema),
  bodies:
    bodiesFolder === ''
      ? defineCollection({ loader: () => [], schema: bodiesSchema })
      : entries(bodiesFolder, '*.json', bodiesSchema),
  excerpts: defineCollection({
    loader: excerptsFile === '' ? () => [] : excerptsLoader(excerptsFile),
    schema: excerptsSchema,
  }),
  stale: entries('./content', 'stale.yml', staleSchema),
  releases: entries('./content/releases', '*.md', releaseEntrySchema),
  measurements: entries('./content/measurements', '**/*.md', measurementSchema),
  readings: entries('./content', 'readings.yml', readingsSchema),
  witnesses: entries('./content/witnesses', '*.md', witnessSchema),
};
