import type { Message } from '../../src/schema/thread.ts';
import type { Place, Problem } from '../problems/problem.ts';
import type { Found } from './references/found.ts';

/** What threads are made of: who wrote when, and in answer to what. */
export interface MailHead {
  /** Message-ID without brackets, or a key of list, date and author when the source has none. */
  readonly id: string;
  readonly idKind: Message['idKind'];
  /** In UTC, to the second; null when the source gives none that can be read. */
  readonly date: string | null;
  /** Name of the sender; never an address. */
  readonly from: string;
  readonly subject: string;
  /** Short name of the list, or null when the source does not say. */
  readonly list: string | null;
  /** Message-IDs of the ancestors, oldest first; the last one is the parent. */
  readonly ancestors: readonly string[];
  readonly place: Place;
}

/** A message as a source gives it: decoded, without addresses, and not yet threaded. */
export interface Mail extends MailHead {
  /** The body, then each attached patch. Stays in memory; nothing of it is written. */
  readonly texts: readonly string[];
}

/**
 * What a message says, read without any tree and without other messages: the same wherever and in whatever order it is
 * read. Holds no sentence of the message.
 */
export interface Digest extends MailHead {
  readonly patch: Message['patch'];
  readonly tags: NonNullable<Message['tags']>;
  readonly guests: Message['guests'];
  /** Rows of the matrix that the lexicon finds, whether they exist or not. */
  readonly features: readonly string[];
  readonly questions: Message['questions'];
  readonly found: readonly Found[];
}

/** What a source yields: the messages that can be read, and what is wrong with the others. */
export interface MailSource {
  readonly mails: readonly Mail[];
  readonly problems: readonly Problem[];
}

/** What an archive holds, one after the other, as bytes. */
export type ArchiveItem =
  | { readonly kind: 'message' | 'page'; readonly bytes: Buffer; readonly place: Place }
  /** A message that the archive removed later; the bytes are those of the message. */
  | { readonly kind: 'removal'; readonly bytes: Buffer; readonly place: Place }
  | { readonly kind: 'problem'; readonly problem: Problem };
