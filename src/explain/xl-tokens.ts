/** The words of an xl.cfg, as the lexer of libxlu reads them. */

import type { XlProblem } from './xl-problem.ts';
import { unquote } from './xl-strings.ts';

export type TokenKind =
  | 'identifier'
  | 'string'
  | 'number'
  | 'newline'
  | ','
  | '['
  | ']'
  | '+='
  | '='
  | ';'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written, without quotes. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Offsets in the text, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Each rule of the lexer; the first that matches is the longest, because no two begin alike. */
const RULES: readonly (readonly [kind: TokenKind | 'space', rule: RegExp])[] = [
  ['identifier', /[a-z][._0-9a-z]*/y],
  ['number', /[0-9][0-9a-fx]*/y],
  ['space', /[ \t]+/y],
  ['newline', /\n|#[^\n]*\n/y],
  ['+=', /\+=/y],
  [',', /,/y],
  ['[', /\[/y],
  [']', /\]/y],
  ['=', /=/y],
  [';', /;/y],
];

/** The end of the quoted string that begins at an offset; undefined when its line ends first. */
function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === quote) return at + 1;
    if (text[at] === '\\') {
      at += 1;
      if (text[at] === '\n') return undefined;
    }
  }
  return undefined;
}

const MAXIMUM_SHOWN = 40;

/** Text of the file as it can be shown in a sentence: in backticks, short, and without characters that do not show. */
export function shown(text: string): string {
  const short = text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}…` : text;
  const visible = [...short].map((character) =>
    /[\p{Cc}\p{Cf}`]/u.test(character)
      ? `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
      : character,
  );
  return `\`${visible.join('')}\``;
}

/** Why the lexer has no rule for what stands there, for the mistakes that are made most. */
function lexicalProblem(text: string, line: number, last: boolean): XlProblem {
  const error = (actual: string, expected: string): XlProblem => ({
    kind: 'xl-syntax',
    severity: 'error',
    line,
    actual,
    expected,
  });
  if (text.startsWith('#') && last) {
    return error('the end of the file in a comment', 'a line end after the last comment');
  }
  if (text.startsWith('\r')) return error('a carriage return', 'lines that end in LF alone');
  if (text.startsWith('\uFEFF')) return error('a byte order mark', 'a file without one');
  if (/^['"]/.test(text)) return error(`${shown(text)} without an end`, 'a quote on the same line');
  if (text.includes('\0')) return error('a NUL byte', 'text');
  if (/^[A-Z]/.test(text)) return error(shown(text), 'names in lower case and quoted strings');
  if (text.startsWith('-')) return error(shown(text), 'a number below zero in quotes');
  return error(shown(text), 'a setting `key = value`, with strings in quotes');
}

/** Splits a text into tokens. What the lexer cannot read is a problem and yields no token, as in xl. */
export function readTokens(text: string): { tokens: Token[]; problems: XlProblem[] } {
  const tokens: Token[] = [];
  const problems: XlProblem[] = [];
  let at = 0;
  let line = 1;
  const match = (rule: RegExp): string | undefined => {
    rule.lastIndex = at;
    return rule.exec(text)?.[0];
  };
  const readString = (): boolean => {
    const quoted = text[at] === '"' || text[at] === "'";
    const end = quoted ? endOfString(text, at) : undefined;
    if (end === undefined) return false;
    const { value, problem } = unquote(text.slice(at, end));
    if (problem !== undefined) problems.push({ ...problem, line });
    tokens.push({ kind: 'string', text: value, line, start: at, end });
    at = end;
    return true;
  };
  const readOne = (): void => {
    for (const [kind, rule] of RULES) {
      const found = match(rule);
      if (found === undefined) continue;
      const place = { line, start: at, end: at + found.length };
      at = place.end;
      if (kind === 'newline') line += 1;
      if (kind === 'space') return;
      tokens.push({ kind, text: found, ...place });
      return;
    }
    if (readString()) return;
    const unread = match(/[^\n][^ \t\n]*/y) ?? '';
    at += unread.length;
    problems.push(lexicalProblem(unread, line, text.indexOf('\n', at) < 0));
  };
  while (at < text.length) readOne();
  tokens.push({ kind: 'end', text: '', line, start: at, end: at });
  return { tokens, problems };
}
