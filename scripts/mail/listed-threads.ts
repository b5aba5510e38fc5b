import { isMap, isSeq, parseDocument } from 'yaml';

/** A thread as `content/sources.yml` lists it. */
export interface ListedThread {
  readonly id: string;
  /** Message-ID of the first message known. */
  readonly root: string;
  /** Why a rule took it. */
  readonly chosen: readonly string[];
}

/**
 * The text of `content/sources.yml` with some threads listed: those that are there get the new reasons, others are
 * added, in the order of their ids. Everything else stays, comments too.
 */
export function listThreads(text: string, threads: readonly ListedThread[]): string {
  const document = parseDocument(text);
  const before = document.get('threads', true);
  const byId = new Map<unknown, unknown>(
    isSeq(before)
      ? before.items.flatMap((item) => (isMap(item) ? [[item.get('id'), item]] : []))
      : [],
  );
  for (const { id, root, chosen } of threads) {
    const known = byId.get(id);
    if (isMap(known)) known.set('chosen', document.createNode(chosen));
    else byId.set(id, document.createNode({ id, root, chosen }));
  }
  const items = [...byId]
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .map(([, item]) => item);
  document.set('threads', document.createNode(items));
  return document.toString({ lineWidth: 0 });
}
