import { type Problem, problem } from '../problems/problem.ts';
import type { MailHead } from './mail.ts';
import { parseSubject } from './subject.ts';

/** A message that is known from references only. */
export interface MissingMail {
  readonly id: string;
  readonly parent: string | null;
}

/** A thread: its messages with parents before children, siblings by date. */
export interface ThreadTree {
  /** Message-ID of the oldest message known, whether it is there or missing. */
  readonly root: string;
  readonly mails: readonly { readonly mail: MailHead; readonly parent: string | null }[];
  readonly missing: readonly MissingMail[];
}

/** A place in the tree: a message, or what is known of one that is missing. */
interface Node {
  readonly id: string;
  readonly mail: MailHead | undefined;
  parent: Node | undefined;
  /** Most messages have no answer. */
  children: Set<Node> | undefined;
  /** Towards the one that stands for all nodes which were ever linked with this one. */
  group: Node | undefined;
}

function createNode(id: string, mail?: MailHead): Node {
  return { id, mail, parent: undefined, children: undefined, group: undefined };
}

/** The node that stands for the group of a node; the way there is made short for the next time. */
function groupOf(node: Node): Node {
  let top = node;
  while (top.group !== undefined) top = top.group;
  for (let at: Node | undefined = node; at !== undefined && at !== top; ) {
    const next: Node | undefined = at.group;
    at.group = top;
    at = next;
  }
  return top;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isAncestor(node: Node, of: Node): boolean {
  for (let at: Node | undefined = of; at !== undefined; at = at.parent)
    if (at === node) return true;
  return false;
}

/** Makes `parent` the parent of `child`, in place of another one; refused when that would close a circle. */
function link(child: Node, parent: Node): boolean {
  if (child.parent === parent) return true;
  // Nodes that were never linked form no circle; asking that first keeps a long thread in any order cheap.
  const [below, above] = [groupOf(child), groupOf(parent)];
  if (below === above && isAncestor(child, parent)) return false;
  if (below !== above) below.group = above;
  child.parent?.children?.delete(child);
  child.parent = parent;
  parent.children ??= new Set();
  parent.children.add(child);
  return true;
}

function createNodes(mails: readonly MailHead[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const mail of mails) {
    nodes.set(mail.id, createNode(mail.id, mail));
  }
  for (const { ancestors } of mails) {
    for (const id of ancestors) if (!nodes.has(id)) nodes.set(id, createNode(id));
  }
  return nodes;
}

function loop(mail: MailHead, parent: string): Problem {
  return problem(
    'mail-loop',
    mail.place,
    {
      actual: `\`${parent}\` as parent of its own ancestor`,
      expected: 'references without a circle',
    },
    'warning',
  );
}

/** Links every chain of references; a message's own parent wins over what others say of it. */
function linkNodes(mails: readonly MailHead[], nodes: ReadonlyMap<string, Node>): Problem[] {
  const node = (id: string | undefined) => (id === undefined ? undefined : nodes.get(id));
  for (const { ancestors } of mails) {
    for (const [index, id] of ancestors.entries()) {
      const child = node(id);
      const parent = node(ancestors[index - 1]);
      if (child !== undefined && parent !== undefined && child.parent === undefined) {
        link(child, parent);
      }
    }
  }
  return mails.flatMap((mail) => {
    const child = node(mail.id);
    const parent = node(mail.ancestors.at(-1));
    if (child === undefined || parent === undefined || link(child, parent)) return [];
    return [loop(mail, parent.id)];
  });
}

/** The earliest date at or below each node; `~` sorts a branch without any date last. */
function earliestDates(roots: readonly Node[]): ReadonlyMap<Node, string> {
  const order: Node[] = [...roots];
  for (let i = 0; i < order.length; i += 1) order.push(...(order[i]?.children ?? []));
  const dates = new Map<Node, string>();
  for (const node of order.reverse()) {
    const below = [...(node.children ?? [])].map((child) => dates.get(child) ?? '~');
    dates.set(node, [node.mail?.date ?? '~', ...below].sort(compareText)[0] ?? '~');
  }
  return dates;
}

/** All nodes below a root, parents first, siblings by date and id; without recursion, for threads of any depth. */
function flatten(root: Node, dates: ReadonlyMap<Node, string>): Node[] {
  const order: Node[] = [];
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    order.push(node);
    const children = [...(node.children ?? [])].sort(
      (a, b) => compareText(dates.get(a) ?? '', dates.get(b) ?? '') || compareText(a.id, b.id),
    );
    stack.push(...children.reverse());
  }
  return order;
}

function toTree(root: Node, dates: ReadonlyMap<Node, string>): ThreadTree {
  const order = flatten(root, dates);
  return {
    root: root.id,
    mails: order.flatMap(({ mail, parent }) =>
      mail === undefined ? [] : [{ mail, parent: parent?.id ?? null }],
    ),
    missing: order.flatMap(({ id, mail, parent }) =>
      mail === undefined ? [{ id, parent: parent?.id ?? null }] : [],
    ),
  };
}

/** Puts messages without Message-ID into the one thread of their subject; the only use of subjects here. */
function addKeyedMails(trees: readonly ThreadTree[], list: string): ThreadTree[] {
  const base = (tree: ThreadTree) => parseSubject(tree.mails[0]?.mail.subject ?? '', list).base;
  const isKeyed = (tree: ThreadTree) =>
    tree.missing.length === 0 &&
    tree.mails.every(({ mail }) => mail.idKind === 'archive-key' && mail.ancestors.length === 0);
  const [keyed, others] = [trees.filter(isKeyed), trees.filter((tree) => !isKeyed(tree))];
  const homes = Map.groupBy(keyed.length === 0 ? [] : others, base);
  const added = new Map<ThreadTree, ThreadTree['mails'][number][]>();
  const alone: ThreadTree[] = [];
  for (const tree of keyed) {
    const subject = base(tree);
    const [home, ...more] = subject === '' ? [] : (homes.get(subject) ?? []);
    if (home === undefined || more.length > 0) alone.push(tree);
    else added.set(home, [...(added.get(home) ?? []), ...tree.mails]);
  }
  const joined = others.map((tree) => {
    const more = added.get(tree);
    return more === undefined ? tree : { ...tree, mails: [...tree.mails, ...more] };
  });
  return [...joined, ...alone];
}

/**
 * Threads of a set of messages, after J. Zawinski's algorithm: by `References`, then `In-Reply-To`, never by subject. A
 * parent that is not there keeps its place. Ids must be unique. Sorted by the date of the first message.
 */
export function buildThreads(
  mails: readonly MailHead[],
  list: string,
): { readonly threads: ThreadTree[]; readonly problems: Problem[] } {
  const sorted = [...mails].sort(
    (a, b) => compareText(a.date ?? '~', b.date ?? '~') || compareText(a.id, b.id),
  );
  const nodes = createNodes(sorted);
  const problems = linkNodes(sorted, nodes);
  const roots = [...nodes.values()].filter(({ parent }) => parent === undefined);
  const dates = earliestDates(roots);
  roots.sort(
    (a, b) => compareText(dates.get(a) ?? '', dates.get(b) ?? '') || compareText(a.id, b.id),
  );
  return {
    threads: addKeyedMails(
      roots.map((root) => toTree(root, dates)),
      list,
    ),
    problems,
  };
}
