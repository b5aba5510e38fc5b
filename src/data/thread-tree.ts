import { REFERENCE_KINDS } from '../model/references.ts';
import type { Message, Reference, Thread } from '../schema/thread.ts';

/** A message and the answers to it, or the place of a message that is known only by its id. */
export interface ThreadNode {
  readonly id: string;
  /** `undefined`: the message is missing. */
  readonly message: Message | undefined;
  readonly children: readonly ThreadNode[];
}

/** When something first happened at a node or below it. */
function firstDate(node: ThreadNode): string {
  if (node.message?.date) return node.message.date;
  return node.children.map(firstDate).reduce((a, b) => (a < b ? a : b), '9999');
}

/** By date, what has none last; then by id. */
function compareNodes(a: ThreadNode, b: ThreadNode): number {
  const [left, right] = [firstDate(a), firstDate(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Levels that are shown one inside the other; what answers deeper stands on the last of them. */
const MAX_LEVELS = 40;

/**
 * The tree of a thread. A parent that is not in the source stands as a node without a message, so that its answers
 * stay together. A message that would be its own ancestor becomes a root.
 */
export function threadTree(thread: Pick<Thread, 'messages' | 'missingParents'>): ThreadNode[] {
  const parents = parentsOf(thread);
  const messages = new Map(thread.messages.map((message) => [message.id, message]));
  const ids = [...new Set([...parents].flat().filter((id) => id !== undefined))];
  const circular = inCircles(parents);
  const roots = ids.filter((id) => parents.get(id) === undefined || circular.has(id));
  const children = shownChildren(ids, roots, parents);
  const nodeOf = (id: string): ThreadNode => ({
    id,
    message: messages.get(id),
    children: (children.get(id) ?? []).map(nodeOf).sort(compareNodes),
  });
  return roots.map(nodeOf).sort(compareNodes);
}

/** The answers below each message, none deeper than the last level. */
function shownChildren(
  ids: readonly string[],
  roots: readonly string[],
  parents: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, readonly string[]> {
  const isRoot = new Set(roots);
  const answers = Map.groupBy(
    ids.filter((id) => !isRoot.has(id)),
    (id) => parents.get(id) ?? '',
  );
  const shown = new Map<string, string[]>();
  const show = (home: string, child: string) => {
    const below = shown.get(home);
    if (below === undefined) shown.set(home, [child]);
    else below.push(child);
  };
  const queue = roots.map((id) => ({ id, level: 1, under: id }));
  for (let at = 0; at < queue.length; at += 1) {
    const { id, level, under } = queue[at] ?? { id: '', level: 0, under: '' };
    const isLast = level >= MAX_LEVELS;
    const home = isLast ? under : id;
    for (const child of answers.get(id) ?? []) {
      show(home, child);
      queue.push({ id: child, level: isLast ? level : level + 1, under: home });
    }
  }
  return shown;
}

/** What a message itself names, in the order of the kinds: the first few, and how many more. */
export function namedBy(
  { references }: Pick<Message, 'references'>,
  most: number,
): { readonly names: readonly string[]; readonly more: number } {
  const own = references.filter(({ where, state }) => where !== 'quoted' && state !== 'not-xen');
  const names = new Set(own.filter(({ where }) => where === 'own').map(({ written }) => written));
  for (const { written, kind } of own) if (kind === 'file') names.add(written);
  return { names: [...names].slice(0, most), more: Math.max(0, names.size - most) };
}

/** How many answers stand below a node. */
export function countAnswers({ children }: ThreadNode): number {
  return children.reduce((sum, child) => sum + 1 + countAnswers(child), 0);
}

/** The parent of every message, and of every missing one where it is known. */
function parentsOf({
  messages,
  missingParents,
}: Pick<Thread, 'messages' | 'missingParents'>): Map<string, string | undefined> {
  return new Map([
    ...Object.entries(missingParents ?? {}),
    ...messages.map(({ id, parent }) => [id, parent ?? undefined] as const),
  ]);
}

/** Messages that are their own ancestors. Every message is visited once. */
function inCircles(parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const circular = new Set<string>();
  const done = new Set<string>();
  for (const start of parents.keys()) {
    const way = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !way.has(at)) {
      way.set(at, way.size);
      at = parents.get(at);
    }
    const from = at === undefined ? undefined : way.get(at);
    for (const [id, place] of way) {
      done.add(id);
      if (from !== undefined && place >= from) circular.add(id);
    }
  }
  return circular;
}

/** Messages in the order in which the tree shows them. */
export function messagesInTree(nodes: readonly ThreadNode[]): Message[] {
  return nodes.flatMap(({ message, children }) => [
    ...(message === undefined ? [] : [message]),
    ...messagesInTree(children),
  ]);
}

/** A reference with the messages that make it. */
export interface ThreadReference extends Omit<Reference, 'where'> {
  /** Numbers of the messages, from 1, in the order of the tree; with where in the message it stands. */
  readonly places: readonly { readonly message: Message; readonly where: Reference['where'] }[];
}

/** The references of messages, each once, by kind and then as written. */
export function referencesOf(messages: readonly Message[]): ThreadReference[] {
  const found = new Map<
    string,
    { reference: Reference; places: ThreadReference['places'][number][] }
  >();
  for (const message of messages) {
    for (const reference of message.references) {
      const key = JSON.stringify([reference.kind, reference.written]);
      const entry = found.get(key) ?? { reference, places: [] };
      if (!entry.places.some((place) => place.message === message)) {
        entry.places.push({ message, where: reference.where });
      }
      found.set(key, entry);
    }
  }
  return [...found.values()]
    .map(({ reference: { where: _where, ...rest }, places }) => ({ ...rest, places }))
    .sort(
      (a, b) =>
        REFERENCE_KINDS.indexOf(a.kind) - REFERENCE_KINDS.indexOf(b.kind) ||
        (a.written < b.written ? -1 : a.written > b.written ? 1 : 0),
    );
}
