import type { LineRange } from '../data/excerpt-ranges.ts';

export interface RenderedLines {
  readonly range: LineRange;
  /** Lines that evidence names. */
  readonly marks: ReadonlySet<number>;
  /** Whether a line is an anchor, `#L12`; once a page for each line. */
  readonly anchors: boolean;
}

/**
 * The lines of a range as HTML, those that are there: each in an element that ends with the line break, so that a copy
 * has the lines as they are. Numbers are an attribute, which the style sheet shows and a selection leaves out.
 */
export function renderLines(
  lines: ReadonlyMap<number, string>,
  { range, marks, anchors }: RenderedLines,
): string {
  const rendered: string[] = [];
  for (let line = range.first; line <= range.last; line += 1) {
    const html = lines.get(line);
    if (html === undefined) continue;
    const tag = marks.has(line) ? 'mark' : 'span';
    const id = anchors ? ` id="L${line}"` : '';
    rendered.push(`<${tag} class="line"${id} data-line="${line}">${html}\n</${tag}>`);
  }
  return rendered.join('');
}
