import { z } from 'astro/zod';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { REFERENCE_KINDS, REFERENCE_STATES } from '../model/references.ts';
import { REVIEW_TAGS } from '../model/review-tags.ts';

export { REFERENCE_KINDS, REFERENCE_STATES };

export const referenceSchema = z.strictObject({
  kind: z.enum(REFERENCE_KINDS),
  written: z.string().min(1).describe('As written in the message'),
  where: z.enum(['own', 'quoted', 'diff']).describe('The sender’s text, quotation, or a patch'),
  path: z.string().nullable().describe('Path in the pinned tree'),
  symbol: z.string().nullable().describe('Symbol in the pinned tree'),
  state: z.enum(
    Object.keys(REFERENCE_STATES) as [
      keyof typeof REFERENCE_STATES,
      ...(keyof typeof REFERENCE_STATES)[],
    ],
  ),
  now: z.string().nullable().describe('Where it is today, when it moved'),
  was: z
    .strictObject({
      release: z.string(),
      path: z.string().nullable().describe('Null when several files fit'),
    })
    .optional()
    .describe('The release of the message’s day that has it (the one out, else the one in work)'),
  since: z.string().optional().describe('First release without it, when it is gone'),
});

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const messageSchema = z.strictObject({
  id: z.string().min(3).describe('Message-ID without brackets, or a key when there is none'),
  idKind: z
    .enum(['message-id', 'archive-key'])
    .describe('`archive-key`: the source has no Message-ID; list, date and author make the key'),
  parent: z.string().nullable(),
  parentPresent: z.boolean().describe('Whether the parent is among the messages here'),
  date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    .nullable()
    .describe('In UTC; null when the message has none'),
  from: z.string().describe('Name of the sender; never an address'),
  subject: z.string(),
  patch: z
    .strictObject({
      version: z.number().int().positive(),
      number: z.number().int().nonnegative(),
      of: z.number().int().positive(),
    })
    .nullable(),
  tags: z
    .array(z.strictObject({ tag: z.enum(REVIEW_TAGS), by: z.string() }))
    .optional()
    .describe('Tags in its own text, with the name that stands there'),
  guests: z.array(z.enum(GUEST_TYPES)).describe('Guest types that its own text speaks of'),
  features: z.array(z.string()).describe('Rows of the matrix that its own text speaks of'),
  questions: z.array(z.strictObject({ paragraph: z.number().int().positive() })),
  references: z.array(referenceSchema),
});

/** `content/threads/<slug>.md`: a thread, as facts and pointers; no sentence of a mail and no address. */
export const threadSchema = z.strictObject({
  id: z.string().regex(/^\d{4}-\d\d-[a-z0-9-]+$/),
  subject: z.string(),
  list: z.string(),
  first: date.nullable(),
  last: date.nullable(),
  participants: z.array(z.string()),
  release: z.string().describe('Release whose tree the references are resolved against'),
  missing: z.array(z.string()).describe('Message-IDs known from references and not in the source'),
  missingParents: z
    .record(z.string(), z.string())
    .optional()
    .describe('Parents of missing messages, where references tell them'),
  messages: z.array(messageSchema).nonempty(),
});

export type Thread = z.infer<typeof threadSchema>;
export type Message = z.infer<typeof messageSchema>;
export type Reference = z.infer<typeof referenceSchema>;
