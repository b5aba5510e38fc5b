/**
 * The source mask: makes Xen's C digestible for a C parser without moving a character.
 *
 * Every edit keeps length and newlines, so offsets and lines of the masked text are those of the original; facts are
 * always sliced from the original. Directives are blanked: both arms of a conditional stay (`conditions.ts` says under
 * which condition a line stands) and macros are read by `macros.ts`.
 */
import {
  ASSEMBLY_MACROS,
  ATTRIBUTE_MACROS,
  ATTRIBUTE_WORDS,
  CASE_MACROS,
  CLAUSE_MACROS,
  DECLARING_MACROS,
  TYPE_MACROS,
} from './source-mask-words.ts';

/** The text as spaces, newlines kept. */
export function blank(text: string): string {
  const end = text.indexOf('\n');
  if (end === -1) return ' '.repeat(text.length);
  return text
    .split('\n')
    .map((line) => ' '.repeat(line.length))
    .join('\n');
}

/** A word in place of a text that is at least as long, padded to its length. */
function inPlace(word: string, text: string): string {
  return word + blank(text.slice(word.length));
}

/** Blanks comments and, when asked, the inside of literals; keeps length and newlines. */
export function blankComments(text: string, literals = false): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g,
    (match) => {
      if (match.startsWith('/')) return blank(match);
      return literals ? `${match[0]}${blank(match.slice(1, -1))}${match.at(-1)}` : match;
    },
  );
}

/** Whether nothing but white space stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  let at = offset - 1;
  while (text[at] === ' ' || text[at] === '\t') at -= 1;
  return at < 0 || text[at] === '\n';
}

/** Blanks directives, with the lines on which they go on. Comments and literals must be blanked. */
export function blankDirectives(text: string): string {
  return text.replace(/#[^\n\\]*(?:\\(?:\r?\n|.)[^\n\\]*)*/g, (match, offset: number) =>
    beginsLine(text, offset) ? blank(match) : match,
  );
}

/** Offset just behind the parenthesis that closes the one at `open`, or -1. Literals must be blanked. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Splits at commas outside parentheses, brackets and braces. Offsets are those of the text. */
function splitArguments(text: string): { readonly start: number; readonly text: string }[] {
  const parts: { start: number; text: string }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const c = text[at];
    if (at === text.length || (c === ',' && depth === 0)) {
      parts.push({ start, text: text.slice(start, at) });
      start = at + 1;
    } else if (c === '(' || c === '[' || c === '{') depth += 1;
    else if (c === ')' || c === ']' || c === '}') depth -= 1;
  }
  return parts;
}

function anyOf(words: Iterable<string>): string {
  return `\\b(?:${[...words].join('|')})\\b`;
}

const WORDS = new RegExp(anyOf(ATTRIBUTE_WORDS), 'g');
const ATTRIBUTES = new RegExp(`${anyOf(ATTRIBUTE_MACROS)}\\s*(?=\\()`, 'g');
const TYPED = new RegExp(`${anyOf(TYPE_MACROS)}\\s*(?=\\()`, 'g');
const DECLARING = new RegExp(`${anyOf(DECLARING_MACROS.keys())}\\s*(?=\\()`, 'g');
const CLAUSES = new RegExp(`${anyOf(CLAUSE_MACROS)}(?=\\()`, 'g');
const CASES = new RegExp(`\\b(?:${CASE_MACROS.join('|')})\\w*(?=\\()`, 'g');
const ASSEMBLY = new RegExp(
  `\\b(?:asm|__asm__|asm_inline|${ASSEMBLY_MACROS.join('|')})\\b(?:\\s*(?:volatile|__volatile__|goto|inline)\\b)*\\s*(?=\\()`,
  'g',
);
const TYPEOF = /\b(?:typeof|__typeof__)\s*(?=\()/g;

/** Replaces each match of `pattern` together with the parenthesized group that follows it. */
function replaceCalls(
  text: string,
  pattern: RegExp,
  replace: (head: string, group: string) => string,
): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const open = match.index + match[0].length;
    const end = match.index < from ? -1 : closingParenthesis(text, open);
    if (end === -1) continue;
    result += text.slice(from, match.index) + replace(match[0], text.slice(open, end));
    from = end;
  }
  return result + text.slice(from);
}

const TYPE_WORDS =
  /\b(?:(?:const\s+)?(?:struct|union|enum)\s+\w+|(?:const|volatile|unsigned|signed|long|short|int|char|void|bool|float|double)(?:\s+(?:const|unsigned|signed|long|short|int|char|void))*)\b|\*+(?=\s*[,)])/g;

/** The arguments of a macro that takes types, with each type as one name. */
function typesAsNames(group: string): string {
  return group.replace(TYPE_WORDS, (type) =>
    type.startsWith('*')
      ? blank(type)
      : inPlace('_'.repeat(type.split(/\s/)[0]?.length ?? 1), type),
  );
}

/** `DEFINE_PER_CPU(type, name)` as `int name`, with the name where it stands. */
function asDeclaration(head: string, group: string): string {
  const position = DECLARING_MACROS.get(head.trim()) ?? 0;
  const name = splitArguments(group.slice(1, -1))[position];
  if (name === undefined) return blank(head + group);
  const before = head.length + 1 + name.start;
  const whole = head + group;
  return (
    inPlace('int', whole.slice(0, before)) +
    name.text +
    blank(whole.slice(before + name.text.length))
  );
}

function maskLabels(text: string): string {
  return text
    .replace(
      /(\bcase\b[^:;{}?]*?)(\.\.\.[^:;{}]*?)(?=:)/g,
      (_all, label: string, rest: string) => label + blank(rest),
    )
    .replace(CASES, (word) => inPlace('case', word))
    .replace(/(\bcase\s*\()\s*,/g, (match) => match.replace(',', ' '));
}

/** Loops by macro as `while`; those that take their body as an argument as well. */
function maskLoops(text: string): string {
  // Few sources have one, and to look for the whole name takes long.
  if (!/for_each|FOREACH|FOR_EACH/.test(text)) return text;
  return text
    .replace(/\b\w*FOREACH_\w*\([^{};]*?,(?=\s*\(?\{)/g, (head) => `${head.slice(0, -1)})`)
    .replace(/\b\w*(?:for_each|FOREACH|FOR_EACH)\w*(?=\s*\()/g, (word) => inPlace('while', word))
    .replace(
      /^([ \t]*\})\)+;/gm,
      (match, brace: string) => `${brace}${blank(match.slice(brace.length, -1))};`,
    );
}

/** A name that begins with a digit, as an argument that a macro pastes: `3dnow`, or `0a` for a number. */
const PASTED = /(?<![\w.])\d(?=[acdg-kmo-twyz]\w*\s*[,)])/g;

function maskDeclarations(text: string): string {
  return text
    .replace(PASTED, '_')
    .replace(/^static(?=\s+[A-Z][A-Z_]+\()/gm, blank)
    .replace(/,\s*:\s*\d+(?=\s*[;,])/g, blank)
    .replace(
      /\b((?:u?int\d*_t|unsigned(?: int)?|int|bool)\s*)(:\s*\d+\s*)(?=;)/g,
      (_all, type: string, width: string) => type + inPlace('_', width),
    )
    .replace(/\b[A-Z_]{2,}[A-Z0-9_]*\s+(?=[A-Z_][A-Z0-9_]*\s*")/g, blank)
    .replace(
      /\b(?:XENLOG_\w+|KERN_\w+|__stringify\([^()]*\)|STR\([^()]*\)|PRI\w+)(?=\s*")/g,
      blank,
    );
}

/** Masks a C source or header. The result has the same length and the same newlines. */
export function maskSource(text: string): string {
  const plain = blankDirectives(blankComments(text, true));
  const noAttributes = replaceCalls(plain.replace(WORDS, blank), ATTRIBUTES, (head, group) =>
    blank(head + group),
  );
  const noClauses = replaceCalls(noAttributes, CLAUSES, (head, group) => blank(head + group));
  const noAssembly = replaceCalls(noClauses, ASSEMBLY, (head, group) =>
    inPlace('(0)', head + group),
  );
  const noTypeof = replaceCalls(noAssembly, TYPEOF, (head, group) => inPlace('int', head + group));
  const declared = replaceCalls(noTypeof, DECLARING, asDeclaration);
  const typed = replaceCalls(declared, TYPED, (head, group) => head + typesAsNames(group));
  return maskDeclarations(maskLoops(maskLabels(typed)));
}
