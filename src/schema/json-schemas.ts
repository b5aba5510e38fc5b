import { z } from 'astro/zod';
import { publishedSchema, redirectsSchema } from './addresses.ts';
import { answerSchema } from './answer.ts';
import { factSchema } from './fact.ts';
import { featureSchema } from './feature.ts';
import { glossarySchema } from './glossary.ts';
import { guestSchema } from './guest.ts';
import { guideSchema } from './guide.ts';
import { measurementSchema, readingsSchema } from './measurement.ts';
import { namesSchema } from './names.ts';
import { releaseEntrySchema } from './release.ts';
import { sourcesSchema } from './sources.ts';
import { exceptionsSchema, staleSchema } from './stale.ts';
import { threadSchema } from './thread.ts';
import { witnessSchema } from './witness.ts';

/** The schema of each collection, by the name of its file under `/schema/v1/`. */
export const SCHEMAS = {
  fact: factSchema,
  feature: featureSchema,
  answer: answerSchema,
  guest: guestSchema,
  guide: guideSchema,
  glossary: glossarySchema,
  thread: threadSchema,
  release: releaseEntrySchema,
  witness: witnessSchema,
  measurement: measurementSchema,
  readings: readingsSchema,
  sources: sourcesSchema,
  names: namesSchema,
  published: publishedSchema,
  redirects: redirectsSchema,
  exceptions: exceptionsSchema,
  stale: staleSchema,
} as const;

/** The schemas as JSON Schema (draft 2020-12), for editors and for users of the dataset. */
export function buildJsonSchemas(): { readonly path: string; readonly json: unknown }[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => ({
    path: `${name}.json`,
    json: z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }),
  }));
}
