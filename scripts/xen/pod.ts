/** Manual pages in POD, read by lines: headings, and the items of their lists with what stands below them. */

export interface PodItem {
  /** What follows `=item`, without formatting codes. */
  readonly label: string;
  /** 1-based. */
  readonly line: number;
  /** Headings around it, outermost first. */
  readonly headings: readonly string[];
  /** 1 for an item of an outermost list. */
  readonly depth: number;
  /** Paragraphs of the item itself, without formatting codes, white space folded. */
  readonly text: string;
  /** Items of the lists inside of it. */
  readonly items: readonly PodItem[];
}

interface Draft extends Omit<PodItem, 'text' | 'items'> {
  readonly words: string[];
  readonly items: Draft[];
}

/** Formatting codes such as `B<…>`, also inside of each other, and escapes. */
function plain(text: string): string {
  let before = '';
  let after = text;
  while (after !== before) {
    before = after;
    after = before.replace(/\b[BCFILSX]<([^<>]*)>/g, '$1');
  }
  return after.replace(/E<lt>/g, '<').replace(/E<gt>/g, '>');
}

function finished({ words, items, ...draft }: Draft): PodItem {
  const text = plain(words.join(' ')).replace(/\s+/g, ' ').trim();
  return { ...draft, text, items: items.map(finished) };
}

/** The items of the outermost lists, in order. A text without items yields none. */
export function readPodItems(text: string): PodItem[] {
  const outermost: Draft[] = [];
  const open: (Draft | undefined)[] = [];
  const headings: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, command = '', rest = ''] = /^=(\w+)\s*(.*)$/.exec(line) ?? [];
    const heading = /^head(\d)$/.exec(command)?.[1];
    if (heading !== undefined) {
      headings.splice(Number(heading) - 1);
      headings[Number(heading) - 1] = plain(rest).trim();
      open.length = 0;
    } else if (command === 'over') {
      open.push(undefined);
    } else if (command === 'back') {
      open.pop();
    } else if (command === 'item' && open.length > 0) {
      const item: Draft = {
        label: plain(rest).trim(),
        line: index + 1,
        headings: headings.filter((name) => name !== undefined),
        depth: open.length,
        words: [],
        items: [],
      };
      const parent = open.slice(0, -1).findLast((draft) => draft !== undefined);
      (parent?.items ?? outermost).push(item);
      open[open.length - 1] = item;
    } else if (command === '') {
      open.at(-1)?.words.push(line);
    }
  }
  return outermost.map(finished);
}
