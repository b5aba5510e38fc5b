import type { Thread } from '../../src/schema/thread.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { deriveMessage, type MessageContext, readMail } from './derive-message.ts';
import { mergeDuplicates, minuteAndSender } from './duplicates.ts';
import type { Mail } from './mail.ts';
import { namesInPatches } from './references/resolve.ts';
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

/** Messages but those without Message-ID that a published thread has with it. */
function withoutPublished(mails: readonly Mail[], published: readonly Thread[]): Mail[] {
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

function deriveThread(id: string, tree: ThreadTree, input: ImportInput): Thread | undefined {
  const present = new Set(tree.mails.map(({ mail }) => mail.id));
  const read = tree.mails.map(({ mail, parent }) => ({
    ...readMail(mail, input.lookup.names),
    parent,
  }));
  const patched = namesInPatches(read.flatMap(({ found }) => found));
  const former = new Set([...patched, ...input.lookup.formerNames]);
  const [first, ...others] = read.map(({ parent, ...one }) => {
    const parentPresent = parent !== null && present.has(parent);
    return deriveMessage(one, { parent, parentPresent, former }, input);
  });
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

/** Published messages that a new state of their thread no longer has. */
function lostMessages(before: Thread | undefined, after: Thread): string[] {
  const ids = new Set(after.messages.map(({ id }) => id));
  const sent = new Set(after.messages.map(({ date, from }) => minuteAndSender(date, from)));
  return (before?.messages ?? [])
    .filter(({ id, idKind, date, from }) => {
      const replaced = idKind === 'archive-key' && sent.has(minuteAndSender(date, from));
      return !ids.has(id) && !replaced;
    })
    .map(({ id }) => id);
}

function shrinks(thread: Thread, lost: readonly string[]): Problem {
  return problem(
    'thread-shrinks',
    { path: renderThread(thread).path },
    {
      actual: `a source without ${lost.length} of the published messages`,
      expected: 'at least the messages that are published',
      details: lost,
    },
  );
}

/**
 * Messages in, files of threads out. Pure: the same messages, tree and published threads give the same bytes. A thread
 * that would lose a published message is left as it is, with a problem.
 */
export function importThreads(input: ImportInput): ImportResult {
  const merged = mergeDuplicates(input.mails);
  const built = buildThreads(withoutPublished(merged.mails, input.published), input.list);
  const idOf = createThreadIds(input.given, input.published, input.list);
  const before = new Map(input.published.map((thread) => [thread.id, thread]));
  const problems = [...merged.problems, ...built.problems];
  const files = built.threads.flatMap((tree) => {
    const thread = deriveThread(idOf(tree), tree, input);
    if (thread === undefined) return [];
    const lost = lostMessages(before.get(thread.id), thread);
    if (lost.length === 0) return [renderThread(thread)];
    problems.push(shrinks(thread, lost));
    return [];
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems };
}
