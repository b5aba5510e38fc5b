/**
 * The switches over the exit reason in a VM exit handler, read from its text: a handler has one for what must be done
 * before interrupts are enabled, one for guests in emulated real mode, and the main one.
 */
import { blankComments } from '../../source-mask.ts';

export interface Label {
  readonly first: string;
  /** End of a range `A ... B`; the first name again where it is no range. */
  readonly last: string;
}

export interface Group {
  readonly labels: readonly Label[];
  /** Whether the group holds `default:`. */
  readonly isDefault: boolean;
  /** Text up to the next group, with the groups that it falls through to. */
  readonly body: string;
}

const LABEL = /\b(?:case\s+(\w+)(?:\s*\.\.\.\s*(\w+))?|(default))\s*:/y;

/** Offset behind the brace that closes the block whose inside starts at `from`. */
function endOfBlock(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

interface Part {
  readonly label: Label | null;
  readonly start: number;
  readonly bodyStart: number;
}

/** The labels that stand directly in a block. */
function partsOf(text: string, from: number, to: number): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth !== 0) continue;
    LABEL.lastIndex = at;
    const match = LABEL.exec(text);
    if (match === null) continue;
    const [whole, first, last = first] = match;
    const label = first === undefined || last === undefined ? null : { first, last };
    parts.push({ label, start: at, bodyStart: at + whole.length });
    at += whole.length - 1;
  }
  return parts;
}

const LEAVES = /\b(?:break|goto\s+\w+|return\b[^;]*)\s*;$/;

/** Whether control never reaches the end of a case: its last statement leaves, in its own block where it has one. */
function leaves(body: string): boolean {
  const text = body.trim();
  const isBlock = text.startsWith('{') && endOfBlock(text, 1) === text.length;
  return isBlock ? leaves(text.slice(1, -1)) : LEAVES.test(text);
}

function groupsOf(text: string, from: number, to: number): Group[] {
  const groups: { labels: Label[]; isDefault: boolean; own: string }[] = [];
  const parts = partsOf(text, from, to);
  let open: { labels: Label[]; isDefault: boolean } = { labels: [], isDefault: false };
  parts.forEach(({ label, bodyStart }, index) => {
    if (label === null) open.isDefault = true;
    else open.labels.push(label);
    const own = text.slice(bodyStart, parts[index + 1]?.start ?? to - 1);
    if (own.trim() === '') return;
    groups.push({ ...open, own });
    open = { labels: [], isDefault: false };
  });
  return groups.map(({ labels, isDefault, own }, index) => {
    let body = own;
    for (let next = index + 1; !leaves(body) && next < groups.length; next += 1) {
      body += groups[next]?.own ?? '';
    }
    return { labels, isDefault, body };
  });
}

const SWITCH = /\bswitch\s*\(\s*(?:\(\w+\)\s*)?exit_reason\s*\)\s*\{/g;

/** Every switch over the exit reason in the text of a function, in order. */
export function parseExitSwitches(definition: string): Group[][] {
  const text = blankComments(definition);
  return [...text.matchAll(SWITCH)].map((match) => {
    const from = match.index + match[0].length;
    return groupsOf(text, from, endOfBlock(text, from));
  });
}

/** What is done with an exit that is compared with before the first switch, by name. */
export function parseComparedExits(definition: string): ReadonlyMap<string, string> {
  const text = blankComments(definition);
  const compared = [...text.matchAll(/\bexit_reason\s*==\s*([A-Z]\w+)\s*(?:\)\s*)+\{/g)];
  return new Map(
    compared.map((match) => {
      const from = match.index + match[0].length;
      return [match[1] ?? '', text.slice(from, endOfBlock(text, from) - 1)];
    }),
  );
}
