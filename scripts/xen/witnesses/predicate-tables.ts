/** The tables of instructions with which Xen tests the decoder of its emulator, `predicates.c`. */
import { ExpressionError, evaluate, parseExpression } from '../expression.ts';
import { lineAt, lineStarts } from '../lines.ts';
import { expandMacros } from '../macro-expansion.ts';
import { readMacros } from '../macros.ts';
import type { Misread } from '../misread.ts';
import { blankComments } from '../source-mask.ts';

export interface PredicateRow {
  readonly table: string;
  /** First byte behind the prefixes. */
  readonly byte: number;
  readonly prefix: 'none' | '66' | 'F3' | 'F2';
  /** 1-based. */
  readonly line: number;
}

export interface PredicateTables {
  readonly names: readonly string[];
  readonly rows: readonly PredicateRow[];
  readonly misread: readonly Misread[];
}

const PREFIXES: Readonly<Record<string, PredicateRow['prefix']>> = {
  pfx_no: 'none',
  pfx_66: '66',
  pfx_f3: 'F3',
  pfx_f2: 'F2',
};

/** A table begins with its name and ends in column 0; several may follow each other in one declaration. */
const TABLE = /^(?:static .*[ *]|\} |\}, )(\w+)\[\] = \{\n([\s\S]*?)(?=^\})/gm;

function splitElements(text: string): { readonly text: string; readonly offset: number }[] {
  const elements: { text: string; offset: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at] ?? ',';
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (character !== ',' || depth !== 0) continue;
    const element = text.slice(start, at);
    const space = element.search(/\S/);
    if (space !== -1) elements.push({ text: element.trim(), offset: start + space });
    start = at + 1;
  }
  return elements;
}

/** The first number of a row, through the braces before it. */
function firstNumber(row: string): number | null {
  const [, first] = /^[{\s]+([^,}]+)/.exec(row) ?? [];
  if (first === undefined) return null;
  try {
    return Number(evaluate(parseExpression(first), { name: () => undefined }));
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

/** Reads every table of rows; a row without a byte is misread. Tables of tables have no rows of their own. */
export function readPredicateTables(text: string): PredicateTables {
  const plain = blankComments(text);
  const starts = lineStarts(plain);
  const macros = new Map(
    readMacros(plain)
      .filter(({ parameters }) => parameters !== null)
      .map((macro) => [macro.name, macro]),
  );
  const names: string[] = [];
  const rows: PredicateRow[] = [];
  const misread: Misread[] = [];
  for (const match of plain.matchAll(TABLE)) {
    const [whole, table = '', body = ''] = match;
    if (/\bARRAY_SIZE\b/.test(body)) continue;
    names.push(table);
    const from = match.index + whole.length - body.length;
    for (const written of splitElements(body)) {
      const line = lineAt(starts, from + written.offset);
      for (const { text: row } of splitElements(expandMacros(written.text, macros))) {
        const byte = firstNumber(row);
        const [word = 'pfx_no'] = /\bpfx_\w+/.exec(row) ?? [];
        const prefix = PREFIXES[word];
        if (byte === null || prefix === undefined) {
          misread.push({ line, actual: `\`${row}\` in \`${table}\``, expected: 'a row of bytes' });
        } else rows.push({ table, byte, prefix, line });
      }
    }
  }
  return { names, rows, misread };
}
