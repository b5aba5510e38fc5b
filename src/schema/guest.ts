import { z } from 'astro/zod';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { evidenceListSchema, releaseSchema } from './handling.ts';

/** `content/guests/<guest>.md`: one guest type; the body explains it. */
export const guestSchema = z.strictObject({
  title: z.string().min(1),
  guest: z.enum(GUEST_TYPES),
  sentences: z
    .array(z.string().min(10))
    .length(3)
    .describe('The guest type in three sentences, for the home page'),
  neighbours: z.array(z.enum(GUEST_TYPES)).describe('Guest types that it is compared with'),
  leastEmulation: z
    .array(z.strictObject({ setting: z.string().min(1), why: z.string().min(1) }))
    .describe('Settings that reduce emulation, with the reason'),
  evidence: evidenceListSchema,
  reviewed: releaseSchema,
});

export type Guest = z.infer<typeof guestSchema>;
