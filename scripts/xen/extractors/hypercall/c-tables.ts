/**
 * The tables of hypercalls as C has them up to 4.16, one for each kind of caller: entries `MACRO(name)` of an array, in
 * preprocessor arms. The macros of the file say which handlers an entry stands for.
 */
import type { CFile } from '../../c-file.ts';
import type { Macro } from '../../macros.ts';
import type { Misread } from '../../misread.ts';
import { CALLERS, type Caller, type TableRow } from './table.ts';

/** The handlers that a macro gives an entry, in the order of the callers of the array; `#` stands for the name. */
type Pattern = readonly string[];

/** The element of the array that an entry fills: that of the number of a hypercall. */
const ELEMENT = /^\[\s*__HYPERVISOR_\s*##\s*(\w+)\s*\]\s*=\s*(.*)$/s;

/** The handlers in the body of a macro that fills an element of the array, or null for any other macro. */
function patternOf({ parameters, body }: Macro): Pattern | null {
  const [, name, value = ''] = ELEMENT.exec(body) ?? [];
  if (name === undefined || name !== parameters?.[0]) return null;
  const pasted = new RegExp(`(\\w+?)\\s*##\\s*${name}\\b`, 'g');
  const prefixes = [...value.matchAll(pasted)].map(([, prefix = '']) => `${prefix}#`);
  if (prefixes.length > 0) return prefixes;
  const whole = /&\s*(\w+)\s*[,}]/.exec(value)?.[1];
  return whole === undefined ? null : [whole];
}

/** The macros of a file by name. Of two definitions the one with more handlers counts: the other is for a lesser build. */
function patternsIn(file: CFile): ReadonlyMap<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  for (const macro of file.macros) {
    const pattern = patternOf(macro);
    if (pattern !== null && pattern.length > (patterns.get(macro.name)?.length ?? 0)) {
      patterns.set(macro.name, pattern);
    }
  }
  return patterns;
}

/** A handler that the file gives another name before the table, such as that of `arch_1`. */
function renamed(file: CFile, handler: string): string {
  const macro = file.macros.find(({ name, parameters }) => name === handler && parameters === null);
  return macro !== undefined && /^\w+$/.test(macro.body) ? macro.body : handler;
}

/** Lines between those that open and close the array; null when the file has no such array. */
function bodyOf(lines: readonly string[], symbol: string): { first: number; last: number } | null {
  const opens = new RegExp(`\\b${symbol}\\[\\] = \\{$`);
  const first = lines.findIndex((line) => opens.test(line.trimEnd())) + 1;
  if (first === 0) return null;
  const length = lines.slice(first).findIndex((line) => line.startsWith('};'));
  return length === -1 ? null : { first, last: first + length };
}

function handlersOf(
  file: CFile,
  pattern: Pattern,
  name: string,
  callers: readonly Caller[],
): TableRow['handlers'] {
  const handler = (caller: Caller) => {
    const one = pattern[callers.indexOf(caller)];
    return one === undefined ? null : renamed(file, one.replace('#', name));
  };
  return Object.fromEntries(CALLERS.map((caller) => [caller, handler(caller)])) as Record<
    Caller,
    string | null
  >;
}

/** Reads one array; `callers` are those that it serves, native ones first. A line that is no entry is a problem. */
export function parseCTable(
  file: CFile,
  symbol: string,
  callers: readonly Caller[],
): { readonly rows: readonly TableRow[]; readonly problems: readonly Misread[] } {
  const lines = file.plain.split('\n');
  const body = bodyOf(lines, symbol);
  if (body === null) {
    const misread = { line: 1, actual: `no array \`${symbol}\``, expected: 'one of entries' };
    return { rows: [], problems: [misread] };
  }
  const patterns = patternsIn(file);
  const rows: TableRow[] = [];
  const problems: Misread[] = [];
  lines.slice(body.first, body.last).forEach((text, index) => {
    const line = body.first + index + 1;
    if (/^\s*(?:#.*)?$/.test(text)) return;
    const [, macro = '', name] = /^\s*(\w+)\((\w+)(?:,\s*\d+)?\),?\s*$/.exec(text) ?? [];
    const pattern = patterns.get(macro);
    if (name === undefined || pattern === undefined) {
      const expected = `an entry of ${[...patterns.keys()].sort().join(', ')}`;
      problems.push({ line, actual: `\`${text.trim()}\``, expected });
      return;
    }
    const conditions = file.conditions.at(line);
    rows.push({ name, handlers: handlersOf(file, pattern, name, callers), conditions, line });
  });
  return { rows, problems };
}
