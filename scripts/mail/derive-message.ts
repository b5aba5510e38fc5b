import type { Message } from '../../src/schema/thread.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { type BodyLine, ownParagraphs, parseBody } from './body.ts';
import { findFeatures } from './feature-mentions.ts';
import { findGuestTypes } from './guest-mentions.ts';
import type { Mail } from './mail.ts';
import { findQuestions } from './questions.ts';
import { findReferences } from './references/find-references.ts';
import type { Found } from './references/found.ts';
import { type Lookup, resolveReferences, type Said } from './references/resolve.ts';
import { parseSubject } from './subject.ts';

/** What messages are read against. */
export interface MessageContext {
  readonly list: string;
  readonly lookup: Lookup;
  /** Ids of the rows of the matrix that may be named. */
  readonly features: ReadonlySet<string>;
}

/** A message with what its text was read as. */
export interface ReadMail {
  readonly mail: Mail;
  readonly lines: readonly BodyLine[];
  readonly found: readonly Found[];
}

export function readMail(mail: Mail, names: TreeNames): ReadMail {
  const lines = mail.texts.flatMap(parseBody);
  return { mail, lines, found: findReferences(lines, names) };
}

/** Where a message stands in its thread. */
export interface Position extends Said {
  readonly parent: string | null;
  readonly parentPresent: boolean;
}

/** What a message says, as facts and pointers; none of its sentences. References are in the order of the text. */
export function deriveMessage(
  { mail, lines, found }: ReadMail,
  { parent, parentPresent, ...said }: Position,
  { list, lookup, features }: MessageContext,
): Message {
  const paragraphs = ownParagraphs(lines);
  const { title, isReply, patch } = parseSubject(mail.subject, mail.list ?? list);
  // A subject is the sender's own words only where the sender chose it.
  const own = [isReply ? '' : title, ...paragraphs].join('\n\n');
  return {
    id: mail.id,
    idKind: mail.idKind,
    parent,
    parentPresent,
    date: mail.date,
    from: mail.from,
    subject: mail.subject,
    patch,
    guests: findGuestTypes(own),
    features: findFeatures(own, features),
    questions: findQuestions(paragraphs),
    references: resolveReferences(found, lookup, said),
  };
}
