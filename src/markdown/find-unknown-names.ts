import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { type KnownNames, resolveName } from './known-names.ts';

/** A name in prose that neither the index nor `content/names.yml` knows. Line and column are 1-based. */
export interface UnknownName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Front matter is no prose; its lines stay, so that places stay true. */
function withoutFrontMatter(markdown: string): string {
  const [front] = /^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/.exec(markdown) ?? [''];
  return front.replaceAll(/[^\n]/g, '') + markdown.slice(front.length);
}

/** The names that Markdown uses between backticks and nothing knows, in the order of the text. */
export function findUnknownNames(markdown: string, names: KnownNames): UnknownName[] {
  const unknown: UnknownName[] = [];
  visit(fromMarkdown(withoutFrontMatter(markdown)), 'inlineCode', ({ value, position }) => {
    const resolved = resolveName(value, names);
    if (resolved.is !== 'unknown' || position === undefined) return;
    const { line, column } = position.start;
    unknown.push({ name: resolved.name, line, column });
  });
  return unknown;
}
