import type { Message } from '../../src/schema/thread.ts';
import type { Place, Problem } from '../problems/problem.ts';

/** A message as a source gives it: decoded, without addresses, and not yet threaded. */
export interface Mail {
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
  /** The body, then each attached patch. Stays in memory; nothing of it is written. */
  readonly texts: readonly string[];
  readonly place: Place;
}

/** What a source yields: the messages that can be read, and what is wrong with the others. */
export interface MailSource {
  readonly mails: readonly Mail[];
  readonly problems: readonly Problem[];
}
