import { type Message, type Thread, threadSchema } from '../../src/schema/thread.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { parseEntry, type Read } from '../markdown/entry.ts';
import type { Problem } from '../problems/problem.ts';

/** What a later import has to know of a message that is published. */
export type PublishedMessage = Pick<
  Message,
  'id' | 'idKind' | 'parent' | 'date' | 'from' | 'subject'
>;

/** What a later import has to know of a thread that is published. */
export interface PublishedThread
  extends Pick<Thread, 'id' | 'list' | 'missing' | 'missingParents'> {
  readonly messages: readonly PublishedMessage[];
}

/** The published threads as far as an import has to know them, and what is wrong with files that cannot be read. */
export interface Published {
  readonly threads: readonly PublishedThread[];
  readonly problems: readonly Problem[];
}

/** The references of a message, as its file has them: nine tenths of it. */
const REFERENCES = /^ {4}references:\n(?: {6}.*\n)+/gm;

function headOf({ id, idKind, parent, date, from, subject }: Message): PublishedMessage {
  return { id, idKind, parent, date, from, subject };
}

/** The whole of a published thread. */
export function parsePublished(path: string, text: string): Read<Thread> {
  const read = parseEntry(path, text, threadSchema);
  return read.ok ? { ok: true, value: read.value.data } : read;
}

/** A published thread without its references, which are not read. What is wrong with a file, a reading of all of it says. */
export function parsePublishedHeads({ path, text }: TextFile): Read<PublishedThread> {
  const short = parsePublished(path, text.replace(REFERENCES, '    references: []\n'));
  const read = short.ok ? short : parsePublished(path, text);
  if (!read.ok) return read;
  const { id, list, missing, missingParents, messages } = read.value;
  return {
    ok: true,
    value: {
      id,
      list,
      missing,
      ...(missingParents === undefined ? {} : { missingParents }),
      messages: messages.map(headOf),
    },
  };
}
