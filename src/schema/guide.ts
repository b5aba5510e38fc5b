import { z } from 'astro/zod';
import { DIAGRAMS } from '../model/diagrams.ts';
import { factReferenceSchema } from './feature.ts';
import { evidenceListSchema, releaseSchema } from './handling.ts';

/** `content/guides/<id>.md`: how something works, across rows and guest types; the body explains it. */
export const guideSchema = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(20).max(280).describe('What the guide explains, in one sentence'),
  order: z.number().int().positive().describe('Place in the list of guides; no two share one'),
  diagram: z.enum(DIAGRAMS).optional().describe('The diagram that stands before the text'),
  features: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)),
  facts: z.array(factReferenceSchema),
  answers: z.array(z.string()).describe('Ids of answers that go with it'),
  evidence: evidenceListSchema.refine((list) => list.length > 0, 'at least one piece of evidence'),
  reviewed: releaseSchema,
});

export type Guide = z.infer<typeof guideSchema>;
