import type { Reference } from '../../src/schema/thread.ts';
import { fileOfName } from '../xen/name-table.ts';
import { minuteAndSender } from './duplicates.ts';
import type { MailHead } from './mail.ts';
import type { PublishedMessage, PublishedThread } from './published-text.ts';
import { expandAlternatives } from './references/alternatives.ts';
import type { Found } from './references/found.ts';
import { type Lookup, namesInPatches, resolveReferences, type Said } from './references/resolve.ts';

/**
 * Messages that are published already. An import adds to them: a source that holds a part of a thread takes nothing
 * away from what another source gave. Their text is not kept, so they count as they were read then; references that
 * were not found are looked up again.
 */

/** Ancestors of a published message, oldest first, through parents that are missing. */
function ancestorsOf(
  message: PublishedMessage,
  parents: Readonly<Record<string, string>>,
): string[] {
  const ancestors: string[] = [];
  let at: string | undefined = message.parent ?? undefined;
  while (at !== undefined && !ancestors.includes(at)) {
    ancestors.unshift(at);
    at = parents[at];
  }
  return ancestors;
}

function toHead(message: PublishedMessage, thread: PublishedThread): MailHead {
  const { id, idKind, date, from, subject } = message;
  return {
    id,
    idKind,
    date,
    from,
    subject,
    list: thread.list,
    ancestors: ancestorsOf(message, thread.missingParents ?? {}),
    place: { path: `threads/${thread.id}.md` },
  };
}

/** Published messages that the import does not bring again. */
export function keptHeads(
  published: readonly PublishedThread[],
  mails: readonly MailHead[],
): MailHead[] {
  const ids = new Set(mails.map(({ id }) => id));
  const sent = new Set(mails.map(({ date, from }) => minuteAndSender(date, from)));
  return published.flatMap((thread) =>
    thread.messages
      .filter(({ id, idKind, date, from }) => {
        const replaced = idKind === 'archive-key' && sent.has(minuteAndSender(date, from));
        return !ids.has(id) && !replaced;
      })
      .map((message) => toHead(message, thread)),
  );
}

/** Messages but those without Message-ID that a published thread has with it. */
export function withoutPublished<T extends MailHead>(
  mails: readonly T[],
  published: readonly PublishedThread[],
): T[] {
  const known = new Set(
    published.flatMap(({ messages }) =>
      messages
        .filter(({ idKind }) => idKind === 'message-id')
        .map(({ date, from }) => minuteAndSender(date, from)),
    ),
  );
  return mails.filter(
    ({ idKind, date, from }) => idKind === 'message-id' || !known.has(minuteAndSender(date, from)),
  );
}

function stillHolds({ path, symbol }: Reference, { names, paths }: Lookup): boolean {
  if (symbol !== null) return fileOfName(names, symbol) === path;
  return path !== null && paths.paths.has(path);
}

/** The references of a published message against today's tree. */
export function renewReferences(
  references: readonly Reference[],
  lookup: Lookup,
  said: Said,
): Reference[] {
  const lost = references.filter((reference) => !stillHolds(reference, lookup));
  const found = new Map(
    lost.map(({ where, kind, written, state }): [string, Found] => {
      const names = expandAlternatives(written);
      const existed = state === 'gone' ? ({ existed: true } as const) : {};
      return [`${where} ${kind} ${written}`, { where, kind, written, names, ...existed }];
    }),
  );
  const former = new Set([...said.former, ...namesInPatches([...found.values()])]);
  const renewed = resolveReferences([...found.values()], lookup, { ...said, former });
  const kept = references.filter(
    ({ where, kind, written }) => !found.has(`${where} ${kind} ${written}`),
  );
  return [...kept, ...renewed];
}
