import { z } from 'astro/zod';
import { EVIDENCE_VERDICTS, type EvidenceVerdict } from '../model/evidence.ts';
import { entryReferenceSchema } from './addresses.ts';
import { releaseSchema } from './handling.ts';

const VERDICTS = Object.keys(EVIDENCE_VERDICTS) as [EvidenceVerdict, ...EvidenceVerdict[]];
const fingerprintSchema = z.string().regex(/^[0-9a-f]{16}$/);

const place = {
  path: z.string().min(1).describe('Path from the root of the Xen tree'),
  symbol: z.string().optional(),
  anchor: z.string().optional(),
};

/** `content/exceptions.yml`: places that changed and were read again, and the statements hold as they stand. */
export const exceptionsSchema = z.strictObject({
  exceptions: z.array(
    z.strictObject({
      ...place,
      read: fingerprintSchema.describe('Of the text that the entries rest on'),
      now: fingerprintSchema.nullable().describe('Of the text that was reviewed; null for gone'),
      entries: z.array(entryReferenceSchema).nonempty().describe('Whose statements were reviewed'),
      why: z.string().min(10).describe('Why they hold, in one sentence'),
    }),
  ),
});

/** `content/stale.yml`: what the last run of `stale --write` found. */
export const staleSchema = z.strictObject({
  tree: z.strictObject({
    label: z.string(),
    release: releaseSchema,
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .nullable(),
    date: z.iso.date().nullable().describe('Day of the commit, in UTC'),
  }),
  read: releaseSchema.describe('Release that the statements were written against'),
  counts: z.record(z.enum(VERDICTS), z.number().int().nonnegative()),
  findings: z
    .array(
      z.strictObject({
        ...place,
        line: z.number().int().positive().optional().describe('Where it stood when it was read'),
        verdict: z.enum(VERDICTS),
        now: z
          .strictObject({ path: z.string(), line: z.number().int().positive() })
          .nullable()
          .describe('Where it stands in the newer tree'),
        entries: z.array(entryReferenceSchema).describe('Entries that rest on it'),
        excepted: z.array(entryReferenceSchema).describe('Those that were reviewed and hold'),
      }),
    )
    .describe('Places that do not stand as they did; of those that moved, only to another file'),
});

export type Exception = z.infer<typeof exceptionsSchema>['exceptions'][number];
export type Stale = z.infer<typeof staleSchema>;
export type StaleFinding = Stale['findings'][number];
