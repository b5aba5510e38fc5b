import { minuteAndSender } from './duplicates.ts';
import type { PublishedThread } from './published-text.ts';
import { parseSubject, slugWords } from './subject.ts';
import type { ThreadTree } from './threads.ts';

/** An id that was given to a thread by hand, in `content/sources.yml`. */
export interface GivenId {
  readonly id: string;
  readonly root: string;
}

/** What tells that a message belongs to a published thread; minute and sender where it has no Message-ID there. */
function keysOf(thread: PublishedThread): string[] {
  const keyed = thread.messages.filter(({ idKind }) => idKind === 'archive-key');
  return [
    ...thread.missing,
    ...thread.messages.map(({ id }) => id),
    ...keyed.flatMap(({ date, from }) => minuteAndSender(date, from) ?? []),
  ];
}

function madeId(tree: ThreadTree, list: string): string {
  const dates = tree.mails.flatMap(({ mail }) => mail.date ?? []).sort();
  const first = tree.mails[0]?.mail;
  const { base } = parseSubject(first?.subject ?? '', list);
  return `${dates[0]?.slice(0, 7) ?? '0000-00'}-${slugWords(base)}`;
}

/**
 * The id of each thread: the one given by hand, else the one under which a message of it was published, else month and
 * words of the subject, numbered when that is taken. A published id stays with its thread whatever is imported later.
 */
export function createThreadIds(
  given: readonly GivenId[],
  published: readonly PublishedThread[],
  list: string,
): (tree: ThreadTree) => string {
  const byMessage = new Map<string, string>();
  for (const thread of published) for (const key of keysOf(thread)) byMessage.set(key, thread.id);
  for (const { id, root } of given) byMessage.set(root, id);
  const givenIds = new Set(given.map(({ root }) => root));
  const taken = new Set<string>();
  const reserved = new Set([...published.map(({ id }) => id), ...given.map(({ id }) => id)]);

  const take = (id: string) => {
    taken.add(id);
    return id;
  };
  return (tree) => {
    const ids = [
      ...tree.mails.map(({ mail }) => mail.id),
      ...tree.missing.map(({ id }) => id),
      ...tree.mails.flatMap(({ mail }) => minuteAndSender(mail.date, mail.from) ?? []),
    ];
    const known = ids.find((id) => givenIds.has(id)) ?? ids.find((id) => byMessage.has(id));
    const kept = known === undefined ? undefined : byMessage.get(known);
    if (kept !== undefined && !taken.has(kept)) return take(kept);
    const made = madeId(tree, list);
    const free = (id: string) => !taken.has(id) && !reserved.has(id);
    let id = made;
    for (let number = 2; !free(id); number += 1) id = `${made}-${number}`;
    return take(id);
  };
}
