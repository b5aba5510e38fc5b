/** The tables of the decoder: for how many bytes each has an entry. */
import { ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { blankComments } from '../../source-mask.ts';

export interface DecodeTable {
  readonly name: string;
  /** Bytes with an entry, explicit zeros among them. */
  readonly entries: number;
  /** 1-based. */
  readonly line: number;
}

const HEAD = /\b(\w*_table)\[\d*\]\s*=\s*\{/g;

function splitElements(text: string): string[] {
  const elements = [''];
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) elements.push('');
    else elements[elements.length - 1] += character;
  }
  return elements.map((element) => element.trim()).filter((element) => element !== '');
}

function numberOf(text: string): number {
  return Number(evaluate(parseExpression(text), { name: () => undefined }));
}

/** The bytes of an initialiser: those of designators and ranges, and the next one for an element without. */
function bytesOf(elements: readonly string[]): Set<number> {
  const bytes = new Set<number>();
  let next = 0;
  for (const element of elements) {
    const [, from, to] = /^\[(.*?)(?:\.\.\.(.*?))?\]\s*=/.exec(element) ?? [];
    const first = from === undefined ? next : numberOf(from);
    const last = to === undefined ? first : numberOf(to);
    for (let byte = first; byte <= last; byte += 1) bytes.add(byte);
    next = last + 1;
  }
  return bytes;
}

/** Reads every table whose name ends in `_table`. Throws an `ExpressionError` for a designator that is no number. */
export function readDecodeTables(text: string): DecodeTable[] {
  const plain = blankComments(text);
  return [...plain.matchAll(HEAD)].map((match) => {
    const start = match.index + match[0].length;
    const end = plain.indexOf('\n}', start);
    if (end === -1) throw new ExpressionError(`the open table \`${match[1]}\``);
    return {
      name: match[1] ?? '',
      entries: bytesOf(splitElements(plain.slice(start, end))).size,
      line: plain.slice(0, match.index).split('\n').length,
    };
  });
}
