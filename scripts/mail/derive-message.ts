import type { Message } from '../../src/schema/thread.ts';
import type { Digest } from './mail.ts';
import type { Found } from './references/found.ts';
import { type Lookup, resolveReferences, type Said } from './references/resolve.ts';
import { settleFound } from './references/settle.ts';

/** What messages are read against. */
export interface MessageContext {
  readonly list: string;
  readonly lookup: Lookup;
  /** Ids of the rows of the matrix that may be named. */
  readonly features: ReadonlySet<string>;
}

/** Where a message stands in its thread. */
export interface Position extends Pick<Said, 'named' | 'former'> {
  readonly parent: string | null;
  readonly parentPresent: boolean;
}

/** The references of a message that the pinned tree, or that of the message's day, tells from prose. */
export function settledReferences({ found, date }: Digest, { names, past }: Lookup): Found[] {
  return settleFound(found, {
    has: (name) =>
      names.functions.has(name) || names.others.has(name) || past.hasName(date, name, false),
    isFunction: (name) => names.functions.has(name) || past.hasName(date, name, true),
  });
}

/** What a message says, as facts and pointers; none of its sentences. References are in the order of the text. */
export function deriveMessage(
  digest: Digest,
  settled: readonly Found[],
  { parent, parentPresent, ...said }: Position,
  { lookup, features }: MessageContext,
): Message {
  const { id, idKind, date, from, subject, patch, tags, guests, questions } = digest;
  return {
    id,
    idKind,
    parent,
    parentPresent,
    date,
    from,
    subject,
    patch,
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    guests,
    features: digest.features.filter((feature) => features.has(feature)),
    questions,
    references: resolveReferences(settled, lookup, { ...said, date }),
  };
}
