import type { Message, Reference, Thread } from '../schema/thread.ts';
import { isSymbol, isTreePath, type Mention, type Spot, type Subject } from './mentions.ts';
import { messageRoute } from './routes.ts';

/** A path or a symbol as a message wrote it, without what the pinned tree does not have. */
function asWritten(written: string): string {
  return written
    .replace(/\(\)$/, '')
    .replace(/^[ab]\//, '')
    .replace(/:\d+$/, '');
}

/** `0xcf8`, `cf8`, `92h`, `0x40-0x43`; what is no port of 16 bits is nothing. */
function portsOf(written: string): Subject[] {
  const match = /^(?:0x)?([0-9a-f]+)(?:h|-(?:0x)?([0-9a-f]+))?$/i.exec(written);
  const [first, last] = [match?.[1], match?.[2] ?? match?.[1]].map((text) =>
    Number.parseInt(text ?? '', 16),
  );
  if (first === undefined || last === undefined || !(first <= last && last <= 0xffff)) return [];
  return [{ kind: 'ports', first, last }];
}

function symbolOrFile(reference: Reference): Subject[] {
  const written = asWritten(reference.written);
  const file = reference.path ?? reference.now ?? written;
  const name = reference.symbol ?? written;
  return [
    ...(isTreePath(file) && file.includes('.') ? [{ kind: 'file', name: file } as const] : []),
    ...(reference.kind !== 'file' && isSymbol(name) ? [{ kind: 'symbol', name } as const] : []),
  ];
}

/** What a reference points at; a name that is none of Xen's points at nothing. */
export function subjectsOfReference(reference: Reference): Subject[] {
  const { kind, state, written } = reference;
  if (state === 'not-xen') return [];
  switch (kind) {
    case 'port':
      return portsOf(written);
    case 'xl-option':
      return [{ kind: 'option', name: written.replace(/\s*=.*$/, '') }];
    case 'commit':
    case 'xsa':
      return [{ kind: 'revision', name: written }];
    default:
      return symbolOrFile(reference);
  }
}

function spotOf({ path, symbol }: Reference): Spot | undefined {
  return path === null ? undefined : { path, symbol: symbol ?? undefined };
}

function mentionsOfMessage(thread: Thread, message: Message): Mention[] {
  const source = {
    collection: 'thread',
    url: messageRoute(thread.id, message.id),
    title: `${message.subject} (${message.from}${message.date === null ? '' : `, ${message.date.slice(0, 10)}`})`,
    guests: [],
  } as const;
  return [
    { ...source, role: 'names', subject: { kind: 'message', name: message.id } },
    ...message.references.flatMap((reference) =>
      subjectsOfReference(reference).map((subject) => ({
        ...source,
        role: reference.where,
        subject,
        spot: spotOf(reference),
        state: reference.state,
      })),
    ),
  ];
}

/** A message that the source lacks has its place on the page of the thread too. */
function mentionOfMissing(thread: Thread, id: string): Mention {
  return {
    collection: 'thread',
    url: messageRoute(thread.id, id),
    title: `${thread.subject} (missing message)`,
    guests: [],
    role: 'names',
    subject: { kind: 'message', name: id },
  };
}

/** The messages of a thread, those that it lacks, and every name of Xen that they reference. */
export function mentionsOfThread(thread: Thread): Mention[] {
  return [
    ...thread.messages.flatMap((message) => mentionsOfMessage(thread, message)),
    ...thread.missing.map((id) => mentionOfMissing(thread, id)),
  ];
}
