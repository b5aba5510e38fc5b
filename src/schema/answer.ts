import { z } from 'astro/zod';
import { factReferenceSchema } from './feature.ts';
import { evidenceListSchema, releaseSchema } from './handling.ts';

export const STILL_HOLDS = {
  'still-true': 'What the thread said is true for the release',
  'true-then': 'It was true for the release of its day and is not any more',
  superseded: 'A later change replaced it',
  disputed: 'The thread did not agree',
  unanswered: 'The thread did not answer',
} as const;

/** `content/answers/<id>.md`: a question that was asked, and its answer for the release. */
export const answerSchema = z.strictObject({
  title: z.string().min(1).describe('Short form of the question'),
  question: z.string().min(1).describe('The question in our words'),
  short: z.string().min(20).describe('The answer in two sentences'),
  askedIn: z.string().min(3).describe('Message-ID of the message that asks'),
  answeredIn: z.array(z.string().min(3)).describe('Message-IDs of the messages that answer'),
  stillHolds: z.enum(
    Object.keys(STILL_HOLDS) as [keyof typeof STILL_HOLDS, ...(keyof typeof STILL_HOLDS)[]],
  ),
  features: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)),
  facts: z.array(factReferenceSchema),
  evidence: evidenceListSchema.refine((list) => list.length > 0, 'at least one piece of evidence'),
  reviewed: releaseSchema,
});

export type Answer = z.infer<typeof answerSchema>;
