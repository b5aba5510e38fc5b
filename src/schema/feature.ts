import { z } from 'astro/zod';
import { AREAS, type Area } from '../model/areas.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { evidenceListSchema, handlingsSchema, perGuestSchema, releaseSchema } from './handling.ts';

export const factReferenceSchema = z
  .string()
  .regex(/^facts\/[a-z0-9-]+\/[a-z0-9.-]+$/)
  .describe('Path of a fact under content/, such as `facts/emulation-flag/lapic`');

/** A cell: taken over from a fact, written by a person, or the same as that of another guest type. */
export const cellSchema = z.union([
  z.strictObject({
    from: factReferenceSchema.describe('The fact whose cell for the same guest type is taken over'),
  }),
  z.strictObject({
    like: z.enum(GUEST_TYPES).describe('The guest type whose cell, written out, is the same'),
  }),
  handlingsSchema,
]);

/** `content/features/<area>/<id>.md`: a row of the emulation matrix. */
export const featureSchema = z.strictObject({
  title: z.string().min(1).describe('The name readers search for'),
  area: z.enum(AREAS as [Area, ...Area[]]),
  summary: z.string().min(20).max(280).describe('What it is, in one sentence'),
  guests: perGuestSchema(cellSchema),
  facts: z
    .array(factReferenceSchema)
    .describe('Facts that the row rests on, beyond those taken over'),
  answers: z.array(z.string()).describe('Ids of answers that discuss the row'),
  evidence: evidenceListSchema,
  reviewed: releaseSchema.describe('Release against which a person last read the row'),
  alsoReviewed: z
    .array(releaseSchema)
    .optional()
    .describe('Further releases for which a person found the row to hold as it stands'),
});

export type Feature = z.infer<typeof featureSchema>;
export type Cell = z.infer<typeof cellSchema>;
