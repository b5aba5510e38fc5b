/**
 * The functions of a masked source, found by a scan of its top level: what stands in a body is not looked at.
 *
 * Both arms of an `#if` are kept by the mask, so braces need not balance. A body ends with its own brace; where it opens
 * in column 0 and that brace is not the end of it, as with an arm that closes more than it opens, with the next one there.
 */
export interface FunctionPlace {
  readonly name: string;
  /** Offset of the name. */
  readonly nameAt: number;
  /** Offsets of the whole definition. */
  readonly start: number;
  readonly end: number;
  /** Whether the body has no statement: a stub for builds without the feature. */
  readonly isEmpty: boolean;
}

export interface Functions {
  readonly functions: readonly FunctionPlace[];
  /** Offsets of bodies that open in column 0 after a parenthesis, and belong to no function that has a name. */
  readonly unnamed: readonly number[];
}

/** What follows a body that is whole: another line in column 0, or nothing. */
const NEXT_OF_TOP_LEVEL = /^[ \t]*(?:\s*$|\n(?:[ \t]*\n)*[^\s}])/;
const BREAK = /[;{}]/g;
const OPEN = '{'.charCodeAt(0);
const CLOSE = '}'.charCodeAt(0);

/** Finds the functions of a masked source, in order. */
export function scanFunctions(masked: string): Functions {
  const functions: FunctionPlace[] = [];
  const unnamed: number[] = [];
  let start = 0;
  BREAK.lastIndex = 0;
  for (let found = BREAK.exec(masked); found !== null; found = BREAK.exec(masked)) {
    const open = found.index;
    const header = found[0] === '{' ? masked.slice(start, open).trimEnd() : '';
    // `extern "C" {` holds definitions like the top level; every other brace is one piece with what it holds.
    const isOpened = found[0] === '{' && !header.endsWith('"');
    const end = isOpened ? endOfBraces(masked, open) : open + 1;
    if (header.endsWith(')')) {
      const declared = declaratorOf(header);
      if (declared !== null) {
        const isEmpty = masked.slice(open + 1, end - 1).trim() === '';
        const { name, at, from } = declared;
        functions.push({ name, nameAt: start + at, start: start + from, end, isEmpty });
      } else if (isInColumnZero(masked, open)) unnamed.push(open);
    }
    BREAK.lastIndex = end;
    start = end;
  }
  return { functions, unnamed };
}

function isInColumnZero(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

/** Offset behind the brace that closes the one at `open`. */
function endOfBraces(text: string, open: number): number {
  const next = text.indexOf('\n}', open);
  const last = next === -1 ? text.length : next + 2;
  const matching = matchingBrace(text, open, last);
  if (matching === -1) return last;
  const isWhole =
    !isInColumnZero(text, open) ||
    !text.slice(open, matching).includes('\n') ||
    NEXT_OF_TOP_LEVEL.test(text.slice(matching, last));
  return isWhole ? matching : last;
}

/** Offset behind the brace that closes the one at `open`, or -1 when there is none before `last`. */
function matchingBrace(text: string, open: number, last: number): number {
  let depth = 0;
  for (let at = open; at < last; at += 1) {
    const c = text.charCodeAt(at);
    if (c === OPEN) depth += 1;
    else if (c === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

interface Declarator {
  readonly name: string;
  /** Offset of the name in the header. */
  readonly at: number;
  /** Offset of the first word of the declaration in the header. */
  readonly from: number;
}

/** `name`, `(name)`, `name(LEVELS)` or `MACRO(name)` at the end of what stands before the parameters. */
const DECLARED = /(?:(\w+)|\(\s*(\w+)\s*\)|(\w+\(\s*(\w+)\s*\)))\s*$/;

/** What a header declares; null when that is no function. */
function declaratorOf(header: string): Declarator | null {
  const open = openingParenthesis(header, header.length - 1);
  const match = DECLARED.exec(header.slice(0, Math.max(open, 0)));
  if (match === null) return null;
  // A macro that stands before without a semicolon ends with its parenthesis.
  const macro = /^[\s\S]*\)[ \t]*\n/.exec(header.slice(0, match.index))?.[0].length ?? 0;
  const from = macro + header.slice(macro).search(/\S/);
  const [, plain, inParentheses, pasted, argument] = match;
  // Without a type before it, a name is that of a macro, which makes the whole header of what it is given.
  const isTyped = from < match.index;
  const name = isTyped ? (plain ?? inParentheses ?? pasted) : argument;
  if (name === undefined || /=\s*$/.test(header.slice(0, match.index))) return null;
  return { name, at: header.indexOf(name, match.index), from };
}

function openingParenthesis(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
