import { z } from 'astro/zod';
import { evidenceListSchema, releaseSchema } from './handling.ts';

const statementSchema = z.strictObject({
  says: z.string().min(1).describe('What the source states about the subject, in our words'),
  evidence: z
    .array(z.number().int().nonnegative())
    .nonempty()
    .readonly()
    .describe('Indexes into the entry’s evidence list'),
});

/** Two statements about one subject that do not agree. */
export const disagreementSchema = z.strictObject({
  subject: z.string().min(1).describe('What both speak of, such as an xl.cfg key'),
  facts: z.array(z.string()).describe('Ids of the facts that are about the subject'),
  first: statementSchema,
  second: statementSchema,
  reading: z
    .string()
    .min(1)
    .optional()
    .describe('What a person found who read both; absent while nobody has'),
});

/**
 * `content/witnesses/<id>.md`: two sources that state the same thing, compared subject by subject. It says how much was
 * compared, so that an empty list of disagreements is a result and no silence.
 */
export const witnessSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1).describe('What both sources state'),
  first: z.string().min(1).describe('The first source, in words'),
  second: z.string().min(1).describe('The second source, in words'),
  compared: z.number().int().positive().describe('Subjects about which both speak'),
  disagreements: z.array(disagreementSchema).describe('Sorted by subject'),
  evidence: evidenceListSchema.refine((list) => list.length > 0, 'at least one piece of evidence'),
  release: releaseSchema,
});

export type Witness = z.infer<typeof witnessSchema>;
export type Disagreement = z.infer<typeof disagreementSchema>;
