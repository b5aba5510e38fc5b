import { type Problem, problem } from '../problems/problem.ts';
import { mergeDuplicates } from './duplicates.ts';
import type { MailHead } from './mail.ts';
import { keptHeads, withoutPublished } from './published.ts';
import type { PublishedThread } from './published-text.ts';
import { createThreadIds, type GivenId } from './thread-id.ts';
import { buildThreads, type ThreadTree } from './threads.ts';

/** A thread of which an import brings a message, before its messages are read. */
export interface PlannedThread {
  readonly id: string;
  readonly tree: ThreadTree;
  /** Ids of published threads that have messages of it. */
  readonly published: readonly string[];
}

export interface ThreadPlan<T extends MailHead> {
  readonly threads: readonly PlannedThread[];
  /** The messages that the import brings, each once, by id. */
  readonly brought: ReadonlyMap<string, T>;
  readonly problems: readonly Problem[];
}

function joined(id: string, other: string): Problem {
  return problem(
    'thread-joined',
    { path: `threads/${other}.md` },
    { actual: `messages that belong to \`${id}\``, expected: 'each message in one thread' },
  );
}

/**
 * Which threads some messages form, together with those that are published. Pure, and the same in any order of the
 * messages. Only threads of which a message is brought are planned.
 */
export function planThreads<T extends MailHead>(
  heads: readonly T[],
  list: string,
  given: readonly GivenId[],
  published: readonly PublishedThread[],
): ThreadPlan<T> {
  const merged = mergeDuplicates(heads);
  const mails = withoutPublished(merged.mails, published);
  const brought = new Map(mails.map((mail) => [mail.id, mail]));
  const built = buildThreads([...mails, ...keptHeads(published, mails)], list);
  const idOf = createThreadIds(given, published, list);
  const threadOf = new Map(
    published.flatMap(({ id, messages }) => messages.map((message) => [message.id, id] as const)),
  );
  const threads = built.threads
    .filter((tree) => tree.mails.some(({ mail }) => brought.get(mail.id) === mail))
    .map((tree): PlannedThread => {
      const known = tree.mails.flatMap(({ mail }) => threadOf.get(mail.id) ?? []);
      return { id: idOf(tree), tree, published: [...new Set(known)] };
    });
  return {
    threads,
    brought,
    problems: [
      ...merged.problems,
      ...built.problems,
      ...threads.flatMap(({ id, published: others }) =>
        others.filter((other) => other !== id).map((other) => joined(id, other)),
      ),
    ],
  };
}
