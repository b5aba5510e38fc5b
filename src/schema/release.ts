import { z } from 'astro/zod';
import { FACT_KINDS, type FactKind } from '../model/fact-kinds.ts';
import { releaseSchema } from './handling.ts';

/** `content/releases/<branch>.md`: what was read of one release, and what could not be read and why. */
export const releaseEntrySchema = z.strictObject({
  id: z
    .string()
    .regex(/^\d+\.\d+$/)
    .describe('The branch, such as `4.22`'),
  release: releaseSchema,
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable()
    .describe('Of the tag; null for a tree that is no repository'),
  date: z.iso
    .date()
    .nullable()
    .describe('Day of the tag, in UTC; null for a tree that is no repository'),
  kinds: z
    .array(
      z.strictObject({
        kind: z.enum(FACT_KINDS as [FactKind, ...FactKind[]]),
        facts: z.number().int().nonnegative(),
        missing: z
          .string()
          .min(1)
          .nullable()
          .describe('Why the kind was not extracted from the release; null when it was'),
      }),
    )
    .describe('In the order of display; every kind is listed'),
  rewritten: z
    .array(z.strictObject({ path: z.string().min(1), symbol: z.string().min(1) }))
    .describe(
      'Places whose text differs from the release before and on which no cell rests that changed',
    ),
});

export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;
