/** Lines of a source, 1-based. */

/** Offsets at which lines start. */
export function lineStarts(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  const starts = new Uint32Array(count);
  for (let line = 1; line < count; line += 1) {
    starts[line] = text.indexOf('\n', starts[line - 1]) + 1;
  }
  return starts;
}

/** Line of an offset. */
export function lineAt(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** A stretch of lines, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The lines of a source as they are and with comments blanked, cut out when they are asked for. */
export class Lines {
  readonly #text: string;
  readonly #plain: string;
  readonly #starts: Uint32Array;

  /** `plain` has the same length and the same line ends as `text`. */
  constructor(text: string, plain: string) {
    this.#text = text;
    this.#plain = plain;
    this.#starts = lineStarts(text);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** A line as it is, without its end; empty where there is none. */
  at(line: number): string {
    return this.cut({ from: line, to: line });
  }

  /** Lines as they are, without the end of the last one. */
  cut(stretch: Stretch): string {
    return this.#text.slice(this.#startOf(stretch.from), this.#endOf(stretch.to));
  }

  /** Every line as it is, without its end. */
  all(): string[] {
    return this.#text.split('\n');
  }

  /** The first line of a stretch in which a pattern stands, in code before comments. It must fit on one line. */
  find(stretch: Stretch, pattern: RegExp): number | undefined {
    const start = this.#startOf(stretch.from);
    for (const source of [this.#plain, this.#text]) {
      const found = pattern.exec(source.slice(start, this.#endOf(stretch.to)));
      if (found !== null) return lineAt(this.#starts, start + found.index);
    }
    return undefined;
  }

  #startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  #endOf(line: number): number {
    const next = this.#starts[line];
    return next === undefined ? this.#text.length : next - 1;
  }
}
