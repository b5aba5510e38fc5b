import type { Message, Thread } from '../../src/schema/thread.ts';
import type { Problem } from '../problems/problem.ts';
import { deriveMessage, type MessageContext, settledReferences } from './derive-message.ts';
import type { Digest } from './mail.ts';
import { type PlannedThread, planThreads } from './plan-threads.ts';
import { renewReferences } from './published.ts';
import type { Found } from './references/found.ts';
import { compareReferences, namesInPatches, pathsNamed } from './references/resolve.ts';
import { renderThread } from './render-thread.ts';
import { parseSubject } from './subject.ts';
import type { GivenId } from './thread-id.ts';

/** What the messages of a thread were read as: those of the import, and those published before as they were read then. */
export interface ThreadMessages {
  readonly digests: ReadonlyMap<string, Digest>;
  readonly kept: ReadonlyMap<string, Message>;
}

function deriveMessages(
  { tree }: PlannedThread,
  { digests, kept }: ThreadMessages,
  context: MessageContext,
): Message[] {
  const { lookup } = context;
  const present = new Set(tree.mails.map(({ mail }) => mail.id));
  const settled = new Map<string, Found[]>();
  for (const [id, digest] of digests) settled.set(id, settledReferences(digest, lookup));
  const former = namesInPatches([...settled.values()].flat());
  const named: string[] = [];
  return tree.mails.flatMap(({ mail, parent }) => {
    const parentPresent = parent !== null && present.has(parent);
    const digest = digests.get(mail.id);
    const stored = kept.get(mail.id);
    const message =
      digest === undefined
        ? stored && {
            ...stored,
            references: renewReferences(stored.references, lookup, {
              former,
              named,
              date: stored.date,
            }),
          }
        : deriveMessage(
            digest,
            settled.get(mail.id) ?? [],
            { parent, parentPresent, former, named },
            context,
          );
    if (message === undefined) return [];
    named.push(...pathsNamed(message.references));
    const references = [...message.references].sort(compareReferences);
    return [{ ...message, parent, parentPresent, references }];
  });
}

/** A thread out of its plan and its messages; undefined when it has none. Pure. */
export function deriveThread(
  planned: PlannedThread,
  messagesOf: ThreadMessages,
  context: MessageContext,
): Thread | undefined {
  const [first, ...others] = deriveMessages(planned, messagesOf, context);
  if (first === undefined) return undefined;
  const { id, tree } = planned;
  const messages: Thread['messages'] = [first, ...others];
  const days = messages.flatMap(({ date }) => date?.slice(0, 10) ?? []).sort();
  const list = tree.mails.find(({ mail }) => mail.list !== null)?.mail.list ?? context.list;
  const parents = tree.missing.flatMap(({ id: missing, parent }) =>
    parent === null ? [] : [[missing, parent] as const],
  );
  return {
    id,
    subject: parseSubject(first.subject, list).title,
    list,
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
    participants: [...new Set(messages.map(({ from }) => from))],
    release: context.lookup.names.release,
    missing: tree.missing.map(({ id: missing }) => missing),
    ...(parents.length === 0 ? {} : { missingParents: Object.fromEntries(parents) }),
    messages,
  };
}

export interface ImportInput extends MessageContext {
  readonly digests: readonly Digest[];
  readonly given: readonly GivenId[];
  /** The threads under `content/threads/` before the import. */
  readonly published: readonly Thread[];
}

export interface ImportResult {
  /** Files below `content/`, sorted by path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/**
 * Digests in, files of threads out, all in memory. Pure: the same messages, tree and published threads give the same bytes. Messages
 * that are published already stay.
 */
export function importThreads(input: ImportInput): ImportResult {
  const { digests, list, given, published } = input;
  const { threads, brought, problems } = planThreads(digests, list, given, published);
  const kept = new Map(
    published.flatMap(({ messages }) => messages).map((message) => [message.id, message]),
  );
  const files = threads.flatMap((planned) => {
    const own = planned.tree.mails.flatMap(({ mail }) => brought.get(mail.id) ?? []);
    const messages = { digests: new Map(own.map((digest) => [digest.id, digest])), kept };
    const thread = deriveThread(planned, messages, input);
    return thread === undefined ? [] : [renderThread(thread)];
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems };
}
