import type { Message, Thread } from '../../src/schema/thread.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { deriveMessage, type MessageContext, readMail } from './derive-message.ts';
import { mergeDuplicates } from './duplicates.ts';
import type { Mail } from './mail.ts';
import { keptMails, renewReferences, withoutPublished } from './published.ts';
import { compareReferences, namesInPatches, pathsNamed } from './references/resolve.ts';
import { renderThread } from './render-thread.ts';
import { parseSubject } from './subject.ts';
import { createThreadIds, type GivenId } from './thread-id.ts';
import { buildThreads, type ThreadTree } from './threads.ts';

export interface ImportInput extends MessageContext {
  readonly mails: readonly Mail[];
  readonly given: readonly GivenId[];
  /** The threads under `content/threads/` before the import. */
  readonly published: readonly Thread[];
}

export interface ImportResult {
  /** Files below `content/`, sorted by path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/** Published messages that the import does not bring again, by id. */
type Kept = ReadonlyMap<string, Message>;

/** The messages of a tree: those of the import as they read, those published before as they were read then. */
function deriveMessages(tree: ThreadTree, kept: Kept, input: ImportInput): Message[] {
  const { lookup } = input;
  const present = new Set(tree.mails.map(({ mail }) => mail.id));
  const read = tree.mails.map(({ mail, parent }) => ({ ...readMail(mail, lookup.names), parent }));
  const patched = namesInPatches(read.flatMap(({ found }) => found));
  const former = new Set([...patched, ...lookup.formerNames]);
  const named: string[] = [];
  return read.map(({ parent, ...one }) => {
    const parentPresent = parent !== null && present.has(parent);
    const stored = kept.get(one.mail.id);
    const message =
      stored === undefined
        ? deriveMessage(one, { parent, parentPresent, former, named }, input)
        : { ...stored, references: renewReferences(stored.references, lookup, { former, named }) };
    named.push(...pathsNamed(message.references));
    const references = [...message.references].sort(compareReferences);
    return { ...message, parent, parentPresent, references };
  });
}

function deriveThread(
  id: string,
  tree: ThreadTree,
  kept: Kept,
  input: ImportInput,
): Thread | undefined {
  const [first, ...others] = deriveMessages(tree, kept, input);
  if (first === undefined) return undefined;
  const messages: Thread['messages'] = [first, ...others];
  const days = messages.flatMap(({ date }) => date?.slice(0, 10) ?? []).sort();
  const list = tree.mails.find(({ mail }) => mail.list !== null)?.mail.list ?? input.list;
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
    release: input.lookup.names.release,
    missing: tree.missing.map(({ id: missing }) => missing),
    ...(parents.length === 0 ? {} : { missingParents: Object.fromEntries(parents) }),
    messages,
  };
}

/** Published threads of which this one has messages, beside itself. */
function joinedThreads(thread: Thread, published: readonly Thread[]): string[] {
  const ids = new Set(thread.messages.map(({ id }) => id));
  return published
    .filter(
      ({ id, messages }) => id !== thread.id && messages.some((message) => ids.has(message.id)),
    )
    .map(({ id }) => id);
}

function joined(thread: Thread, other: string): Problem {
  return problem(
    'thread-joined',
    { path: `threads/${other}.md` },
    {
      actual: `messages that belong to \`${thread.id}\``,
      expected: 'each message in one thread',
    },
  );
}

/**
 * Messages in, files of threads out. Pure: the same messages, tree and published threads give the same bytes. Only
 * threads of which the import brings a message are written; messages of them that are published already stay.
 */
export function importThreads(input: ImportInput): ImportResult {
  const merged = mergeDuplicates(input.mails);
  const mails = withoutPublished(merged.mails, input.published);
  const built = buildThreads([...mails, ...keptMails(input.published, mails)], input.list);
  const idOf = createThreadIds(input.given, input.published, input.list);
  const fresh = new Set(mails);
  const brought = new Set(mails.map(({ id }) => id));
  const kept = new Map(
    input.published
      .flatMap(({ messages }) => messages)
      .filter(({ id }) => !brought.has(id))
      .map((message) => [message.id, message]),
  );
  const threads = built.threads
    .filter((tree) => tree.mails.some(({ mail }) => fresh.has(mail)))
    .flatMap((tree) => deriveThread(idOf(tree), tree, kept, input) ?? []);
  return {
    files: threads.map(renderThread).sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: [
      ...merged.problems,
      ...built.problems,
      ...threads.flatMap((thread) =>
        joinedThreads(thread, input.published).map((other) => joined(thread, other)),
      ),
    ],
  };
}
