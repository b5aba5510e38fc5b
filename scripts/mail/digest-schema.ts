import { z } from 'astro/zod';
import { messageSchema, referenceSchema } from '../../src/schema/thread.ts';
import type { DigestLine } from './archive-store.ts';

const message = messageSchema.shape;
const reference = referenceSchema.shape;

const foundSchema = z.strictObject({
  kind: reference.kind,
  written: reference.written,
  where: reference.where,
  names: z.array(z.string()).optional(),
  existed: z.literal(true).optional(),
  when: z.enum(['name', 'function']).optional(),
  unglued: z.string().optional(),
});

/** A digest, as files of digests hold it: what one job made and another one reads. */
export const digestSchema = z.strictObject({
  id: message.id,
  idKind: message.idKind,
  date: message.date,
  from: message.from,
  subject: message.subject,
  list: z.string().nullable(),
  ancestors: z.array(z.string()),
  place: z.strictObject({ path: z.string(), line: z.number().optional() }),
  patch: message.patch,
  tags: message.tags.unwrap(),
  guests: message.guests,
  features: message.features,
  questions: message.questions,
  found: z.array(foundSchema),
});

/** A line that another job wrote, or another machine. */
export function checkedLine(value: unknown): DigestLine {
  return z
    .union([z.strictObject({ removed: z.string() }), digestSchema])
    .parse(value) as DigestLine;
}
