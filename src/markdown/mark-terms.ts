import type { Link, Root, Text } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { termRoute } from '../data/routes.ts';
import type { Term } from '../schema/glossary.ts';

interface NamedFile {
  readonly path?: string | undefined;
}

/** Only what people wrote is explained; the texts of facts are generated, and short. */
const EXPLAINED = /(?:^|\/)content\/(?:features|answers|guests|guides)\//;
const LETTERS = String.raw`\p{L}\p{N}_`;

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/** A word of prose may begin a sentence; an abbreviation is written in one way. */
function pattern(spelling: string): string {
  const escaped = literally(spelling);
  const [first = ''] = spelling;
  return /^[a-z]/.test(spelling) && !/[A-Z0-9]/.test(spelling)
    ? `[${first}${first.toUpperCase()}]${literally(spelling.slice(1))}`
    : escaped;
}

interface Matcher {
  readonly words: RegExp;
  readonly termOf: (written: string) => Term | undefined;
}

function matcherOf(terms: readonly Term[]): Matcher {
  const bySpelling = new Map(
    terms.flatMap((term) =>
      [term.term, ...(term.also ?? [])].map((spelling) => [spelling, term] as const),
    ),
  );
  // The longest first: `IO-APIC` is not an `APIC`.
  const spellings = [...bySpelling.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const words = spellings.map(pattern).join('|');
  const lowered = new Map([...bySpelling].map(([key, term]) => [key.toLowerCase(), term]));
  return {
    words: new RegExp(`(?<![${LETTERS}-])(${words})s?(?![${LETTERS}])`, 'gu'),
    termOf: (written) => bySpelling.get(written) ?? lowered.get(written.toLowerCase()),
  };
}

/** What shows while the pointer rests on it: what the abbreviation stands for, else how the explanation begins. */
function hintOf({ name, meaning }: Term): string {
  return name ?? meaning.replace(/[.:;] .*$/s, '.').replaceAll('`', '');
}

function linkTo(term: Term, written: string): Link {
  return {
    type: 'link',
    url: termRoute(term.id),
    title: hintOf(term),
    data: { hProperties: { className: ['term-link'] } },
    children: [{ type: 'text', value: written }],
  };
}

/** The text with a link at each term that `seen` does not have; the terms are added to it. */
function markText(value: string, { words, termOf }: Matcher, seen: Set<string>): (Text | Link)[] {
  const pieces: (Text | Link)[] = [];
  let end = 0;
  for (const match of value.matchAll(words)) {
    const [written, spelling = ''] = match;
    const term = termOf(spelling);
    if (term === undefined || seen.has(term.id)) continue;
    seen.add(term.id);
    if (match.index > end) pieces.push({ type: 'text', value: value.slice(end, match.index) });
    pieces.push(linkTo(term, written));
    end = match.index + written.length;
  }
  if (end < value.length) pieces.push({ type: 'text', value: value.slice(end) });
  return pieces;
}

/**
 * remark plugin: the first use of each term of the glossary on a page leads to its explanation. Headings, code and
 * links stay as they are.
 */
export function markTerms({ terms }: { terms: readonly Term[] }) {
  const matcher = matcherOf(terms);
  return (tree: Root, { path = '' }: NamedFile): void => {
    if (terms.length === 0 || !EXPLAINED.test(path)) return;
    const seen = new Set<string>();
    visit(tree, (node, index, parent) => {
      if (node.type === 'heading' || node.type === 'link' || node.type === 'linkReference') {
        return SKIP;
      }
      if (node.type !== 'text' || parent === undefined || index === undefined) return undefined;
      const pieces = markText(node.value, matcher, seen);
      if (!pieces.some(({ type }) => type === 'link')) return undefined;
      parent.children.splice(index, 1, ...pieces);
      return [SKIP, index + pieces.length];
    });
  };
}
