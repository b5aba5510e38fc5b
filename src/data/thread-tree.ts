import { type Message, REFERENCE_KINDS, type Reference, type Thread } from '../schema/thread.ts';

/** A message and the answers to it, or the place of a message that is known only by its id. */
export interface ThreadNode {
  readonly id: string;
  /** `undefined`: the message is missing. */
  readonly message: Message | undefined;
  readonly children: readonly ThreadNode[];
}

/** By date, messages without one last; then by id. */
function compareMessages(a: Message, b: Message): number {
  const [left, right] = [a.date ?? '9999', b.date ?? '9999'];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** When something first happened below a node; orders the roots. */
function firstDate(node: ThreadNode): string {
  const dates = [node.message?.date ?? '9999', ...node.children.map(firstDate)];
  return dates.reduce((a, b) => (a < b ? a : b));
}

/**
 * The tree of a thread. A parent that is not in the source stands as a node without a message, so that its answers
 * stay together. A message that would be its own ancestor becomes a root.
 */
export function threadTree({ messages }: Pick<Thread, 'messages'>): ThreadNode[] {
  const known = new Map(messages.map((message) => [message.id, message]));
  const childrenOf = new Map<string, Message[]>();
  const roots: Message[] = [];
  for (const message of [...messages].sort(compareMessages)) {
    if (message.parent === null || isOwnAncestor(message, known)) roots.push(message);
    else childrenOf.set(message.parent, [...(childrenOf.get(message.parent) ?? []), message]);
  }
  const nodeOf = (id: string, message: Message | undefined): ThreadNode => ({
    id,
    message,
    children: (childrenOf.get(id) ?? []).map((child) => nodeOf(child.id, child)),
  });
  const missing = [...childrenOf.keys()].filter((id) => !known.has(id));
  return [
    ...roots.map((message) => nodeOf(message.id, message)),
    ...missing.map((id) => nodeOf(id, undefined)),
  ].sort((a, b) => {
    const [left, right] = [firstDate(a), firstDate(b)];
    return left === right ? (a.id < b.id ? -1 : 1) : left < right ? -1 : 1;
  });
}

function isOwnAncestor(message: Message, known: ReadonlyMap<string, Message>): boolean {
  const seen = new Set<string>();
  let current: Message | undefined = message;
  while (current !== undefined && current.parent !== null) {
    if (current.parent === message.id) return true;
    if (seen.has(current.id)) return false;
    seen.add(current.id);
    current = known.get(current.parent);
  }
  return false;
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
