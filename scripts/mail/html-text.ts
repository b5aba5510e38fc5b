import { Parser } from 'htmlparser2';

const SILENT = new Set(['script', 'style', 'head', 'title']);
const BLOCKS = new Set(['p', 'div', 'pre', 'tr', 'li', 'ul', 'ol', 'table', 'blockquote', 'hr']);
const MAX_DEPTH = 100;

/** Collects text as lines; a line begins with one `>` for each block quote around it. */
class Lines {
  private readonly lines: string[] = [];
  private line = '';

  add(text: string, depth: number): void {
    const [first = '', ...others] = text.split('\n');
    this.line += first;
    for (const other of others) {
      this.end(depth);
      this.line = other;
    }
  }

  end(depth: number): void {
    const mark = '>'.repeat(Math.min(depth, MAX_DEPTH));
    this.lines.push(mark === '' ? this.line : `${mark} ${this.line}`.trimEnd());
    this.line = '';
  }

  /** Ends a line that has text. */
  breakLine(depth: number): void {
    if (this.line.trim() !== '') this.end(depth);
    this.line = '';
  }

  text(depth: number): string {
    this.breakLine(depth);
    return this.lines.join('\n');
  }
}

/** The text of an HTML fragment: block elements and `<br>` end lines, block quotes become `>`, scripts are left out. */
export function htmlText(html: string): string {
  const lines = new Lines();
  let quotes = 0;
  let preformatted = 0;
  let silent = 0;
  let atPreStart = false;
  const parser = new Parser(
    {
      onopentag(name) {
        if (SILENT.has(name)) silent += 1;
        if (BLOCKS.has(name)) lines.breakLine(quotes);
        if (name === 'br') lines.end(quotes);
        if (name === 'blockquote') quotes += 1;
        if (name === 'pre') preformatted += 1;
        atPreStart = name === 'pre';
      },
      ontext(text) {
        if (silent > 0) return;
        const content = atPreStart ? text.replace(/^\n/, '') : text;
        atPreStart = false;
        lines.add(preformatted > 0 ? content : content.replace(/\s+/g, ' '), quotes);
      },
      onclosetag(name) {
        if (BLOCKS.has(name)) lines.breakLine(quotes);
        if (SILENT.has(name)) silent -= 1;
        if (name === 'blockquote') quotes -= 1;
        if (name === 'pre') preformatted -= 1;
        atPreStart = false;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return lines.text(quotes);
}
