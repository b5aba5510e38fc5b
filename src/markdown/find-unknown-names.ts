import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { type KnownNames, resolveName } from './known-names.ts';

/** A name in prose that neither the index nor `content/names.yml` knows. Line and column are 1-based. */
export interface UnknownName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

interface Written {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/;

/** The sentences of front matter name things between backticks too; they are not Markdown otherwise. */
function namesOfFrontMatter(front: string): Written[] {
  return front.split('\n').flatMap((text, index) =>
    [...text.matchAll(/`([^`]+)`/g)].map((match) => ({
      text: match[1] ?? '',
      line: index + 1,
      column: match.index + 1,
    })),
  );
}

/** `markdown` has empty lines in place of the front matter, so that places are those of the file. */
function namesOfBody(markdown: string): Written[] {
  const written: Written[] = [];
  visit(fromMarkdown(markdown), 'inlineCode', ({ value, position }) => {
    if (position === undefined) return;
    const { line, column } = position.start;
    written.push({ text: value, line, column });
  });
  return written;
}

/** The names that an entry uses between backticks and nothing knows, in the order of the text. */
export function findUnknownNames(entry: string, names: KnownNames): UnknownName[] {
  const [front] = FRONT_MATTER.exec(entry) ?? [''];
  const body = front.replaceAll(/[^\n]/g, '') + entry.slice(front.length);
  return [...namesOfFrontMatter(front), ...namesOfBody(body)].flatMap(({ text, line, column }) => {
    const resolved = resolveName(text, names);
    return resolved.is === 'unknown' ? [{ name: resolved.name, line, column }] : [];
  });
}
