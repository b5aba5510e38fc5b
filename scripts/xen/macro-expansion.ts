/**
 * Macros expanded as text, with `##`: for labels and tables that macros write. Values of expressions are the business
 * of `macro-environment.ts`.
 */
import type { Macro } from './macros.ts';

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\d\w*|\.\.\.|##|\s+|[\s\S]/g;

interface Arguments {
  readonly texts: readonly string[];
  /** Position of the token behind the closing parenthesis. */
  readonly next: number;
}

/** Splits the arguments of a call whose opening parenthesis stands at `open`; null when it never closes. */
function readArguments(tokens: readonly string[], open: number): Arguments | null {
  const texts = [''];
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token === ')' || token === '}') depth -= 1;
    if (depth === 0 && token === ')') return { texts: texts.map((t) => t.trim()), next: at + 1 };
    if (depth === 1 && token === ',') texts.push('');
    else if (depth > 0) texts[texts.length - 1] += token;
    if (token === '(' || token === '{') depth += 1;
  }
  return null;
}

/** Arguments by the name of their parameter; the last one of `name...` takes what is left. */
function bind(parameters: readonly string[], texts: readonly string[]): Map<string, string> {
  return new Map(
    parameters.map((parameter, index) =>
      parameter.endsWith('...')
        ? [parameter.slice(0, -3) || '__VA_ARGS__', texts.slice(index).join(', ')]
        : [parameter, texts[index] ?? ''],
    ),
  );
}

function substitute(body: string, bound: ReadonlyMap<string, string>): string {
  return (body.match(TOKEN) ?? [])
    .map((token) => bound.get(token) ?? token)
    .join('')
    .replace(/\s*##\s*/g, '');
}

/** Offset of the next token that is no white space. */
function skipSpace(tokens: readonly string[], from: number): number {
  let at = from;
  while (/^\s+$/.test(tokens[at] ?? '')) at += 1;
  return at;
}

/**
 * The text with every macro of `macros` replaced by its body, again and again; a macro is not expanded inside itself.
 * The operator `#` is not known, for no table or label needs it.
 */
export function expandMacros(
  text: string,
  macros: ReadonlyMap<string, Macro>,
  hidden: ReadonlySet<string> = new Set(),
): string {
  const tokens = text.match(TOKEN) ?? [];
  let result = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const macro = hidden.has(token) ? undefined : macros.get(token);
    if (macro === undefined) {
      result += token;
      continue;
    }
    const open = skipSpace(tokens, at + 1);
    const given =
      macro.parameters !== null && tokens[open] === '(' ? readArguments(tokens, open) : null;
    if (macro.parameters !== null && given === null) {
      result += token;
      continue;
    }
    const bound = bind(macro.parameters ?? [], given?.texts ?? []);
    result += expandMacros(substitute(macro.body, bound), macros, new Set([...hidden, token]));
    if (given !== null) at = given.next - 1;
  }
  return result;
}
