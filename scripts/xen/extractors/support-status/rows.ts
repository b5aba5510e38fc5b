/**
 * The rows of SUPPORT.md, as its own text defines them: a code block below a heading holds lines `Status: …` or
 * `Status, qualifier: …`; paragraphs after them are caveats. One section writes `Supported, …` instead. The first part
 * holds keys about the release; the last part defines the words and has no rows.
 */
import type { Code, Heading } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Misread } from '../../misread.ts';
import { STATUS_LINE } from './constructs.ts';

export interface StatusRow {
  /** Headings around the row from the second level on, the outermost first. */
  readonly path: readonly string[];
  /** The innermost heading as its line is written, such as `### IOMMU`. */
  readonly heading: string;
  readonly qualifier: string | null;
  readonly status: string;
  readonly about: 'release' | 'status' | 'formats';
  /** Whether a paragraph follows the rows of the section. */
  readonly caveat: boolean;
  /** Start of the line, up to the colon; the whole line when words behind the status narrow it. */
  readonly anchor: string;
  /** 1-based. */
  readonly line: number;
}

type Row = { -readonly [K in keyof StatusRow]: StatusRow[K] };

/** Words behind a status that narrow its row, as Xen 4.15 and 4.16 write them; later they stand before the colon. */
const NARROWED = /^(?<status>[^(]*\S) \((?:in )?(?<words>[^()]+)\)$/;

/** Keys of the part that defines the words. */
const DEFINITION =
  /^(?:Functional completeness|Functional stability|Interface stability|Security supported):/;
const PARTS = { release: 'Release Support', features: 'Feature Support' } as const;

class RowReader {
  readonly rows: Row[] = [];
  readonly misread: Misread[] = [];
  readonly #lines: readonly string[];
  #headings: { readonly depth: number; readonly text: string; readonly line: number }[] = [];
  #section: Row[] = [];

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  heading({ depth, position }: Heading): void {
    const line = position?.start.line ?? 1;
    const text = (this.#lines[line - 1] ?? '').replace(/^#+\s*/, '').trim();
    this.#headings = [
      ...this.#headings.filter((outer) => outer.depth < depth),
      { depth, text, line },
    ];
    this.#section = [];
  }

  paragraph(): void {
    // Where some rows say that they have caveats, the text after all of them is about those.
    const named = this.#section.filter(({ status }) => /\bcaveats\b/.test(status));
    for (const row of named.length === 0 ? this.#section : named) {
      row.caveat = row.about !== 'release';
    }
  }

  code({ value, position }: Code): void {
    const first = position?.start.line ?? 1;
    value.split('\n').forEach((text, index) => {
      if (text.trim() !== '') this.#line(text.trim(), first + index);
    });
  }

  #line(text: string, line: number): void {
    const [part] = this.#headings;
    const release = part?.text === PARTS.release;
    const pattern = release
      ? /^(?<key>[A-Z][-A-Z0-9a-z]+):\s+(?<status>\S.*)$/
      : /^(?<key>Status|Supported)(?:,\s*(?<qualifier>[^:]+))?:\s+(?<status>\S.*)$/;
    const { key, qualifier, status } = pattern.exec(text)?.groups ?? {};
    const within = release || part?.text === PARTS.features;
    if (within && key !== undefined && status !== undefined) {
      const narrowed = key === 'Status' ? NARROWED.exec(status)?.groups : undefined;
      const words = [qualifier, narrowed?.['words']].filter((part) => part !== undefined);
      this.#add({
        qualifier: release ? key : words.length === 0 ? null : words.join(', '),
        status: narrowed?.['status'] ?? status,
        about: release ? 'release' : key === 'Status' ? 'status' : 'formats',
        anchor: narrowed === undefined ? text.slice(0, text.indexOf(':') + 1) : text,
        line,
      });
    } else if (within || !DEFINITION.test(text)) {
      const expected = '`Status: …` or `Status, qualifier: …` below `# Feature Support`';
      this.misread.push({ line, actual: `\`${text}\` below \`${part?.text ?? ''}\``, expected });
    }
  }

  #add(row: Omit<Row, 'path' | 'heading' | 'caveat'>): void {
    const innermost = this.#headings.at(-1);
    const added: Row = {
      ...row,
      path: this.#headings.slice(1).map(({ text }) => text),
      heading: (this.#lines[(innermost?.line ?? 1) - 1] ?? '').trim(),
      caveat: false,
    };
    this.#section.push(added);
    this.rows.push(added);
  }
}

/** Reads the rows in the order of the text. What looks like a row and is none is misread, never left out. */
export function readStatusRows(text: string): {
  readonly rows: readonly StatusRow[];
  readonly misread: readonly Misread[];
} {
  const reader = new RowReader(text);
  for (const node of fromMarkdown(text).children) {
    if (node.type === 'heading') reader.heading(node);
    else if (node.type === 'paragraph') reader.paragraph();
    else if (node.type === 'code') reader.code(node);
  }
  const { rows, misread } = reader;
  const read = new Set([...rows, ...misread].map(({ line }) => line));
  const lost = text.split('\n').flatMap((source, index): Misread[] => {
    const expected = 'a code block below a heading';
    return STATUS_LINE.test(source) && !read.has(index + 1)
      ? [{ line: index + 1, actual: `\`${source.trim()}\` outside of a code block`, expected }]
      : [];
  });
  return { rows, misread: [...misread, ...lost] };
}
