/**
 * The table of `hypercall-defs.c`, a mini-language of its own: after `table:` and the names of the callers, a row is a
 * hypercall and the prefix of its handler for each caller, `-` for none. Rows stand in preprocessor arms.
 */
import { scanConditions } from '../../conditions.ts';
import type { Misread } from '../../misread.ts';
import { blankComments } from '../../source-mask.ts';

export const CALLERS = ['pv32', 'pv64', 'hvm32', 'hvm64', 'arm'] as const;
export type Caller = (typeof CALLERS)[number];

export interface TableRow {
  readonly name: string;
  /** Handler per caller, such as `compat_mmuext_op`; null when the caller has none. */
  readonly handlers: Readonly<Record<Caller, string | null>>;
  /** Conditions of the row's arm, outermost first, as in `conditions.ts`. */
  readonly conditions: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** Conditions around the whole file that are no build option of Xen. */
const ALWAYS = new Set(['!CPPCHECK']);

/** Reads the table. Rows that are not understood are problems; a caller that is not known is one too. */
export function parseHypercallTable(text: string): {
  readonly rows: readonly TableRow[];
  readonly problems: readonly Misread[];
} {
  const conditions = scanConditions(blankComments(text));
  const rows: TableRow[] = [];
  const problems: Misread[] = conditions.problems.map(({ line, message }) => ({
    line,
    actual: message,
    expected: 'balanced conditionals',
  }));
  let columns: readonly string[] | undefined;
  text.split('\n').forEach((source, index) => {
    const line = index + 1;
    const [first = '', ...rest] = source.trim().split(/\s+/);
    if (first === 'table:') {
      columns = rest;
      const unknown = rest.filter((caller) => !(CALLERS as readonly string[]).includes(caller));
      if (unknown.length > 0) {
        problems.push({
          line,
          actual: `caller \`${unknown.join('`, `')}\``,
          expected: CALLERS.join(', '),
        });
      }
      return;
    }
    if (columns === undefined || first === '' || /^(?:#|\/\*|\*)/.test(first)) return;
    if (rest.length !== columns.length) {
      problems.push({ line, actual: `${rest.length} columns`, expected: `${columns.length}` });
      return;
    }
    const prefixes = new Map(columns.map((caller, column) => [caller, rest[column] ?? '-']));
    const handler = (caller: Caller): string | null => {
      const [prefix = '-'] = (prefixes.get(caller) ?? '-').split(':');
      return prefix === '-' ? null : `${prefix}_${first}`;
    };
    rows.push({
      name: first,
      handlers: Object.fromEntries(CALLERS.map((c) => [c, handler(c)])) as TableRow['handlers'],
      conditions: conditions.at(line).filter((condition) => !ALWAYS.has(condition)),
      line,
    });
  });
  if (columns === undefined) {
    problems.push({
      line: 1,
      actual: 'no line `table:`',
      expected: 'one, with the names of the callers',
    });
  }
  return { rows, problems };
}

/** The build options of a conjunction such as `CONFIG_X86 && !CONFIG_PV_SHIM_EXCLUSIVE`, or null for anything else. */
export function optionsOf(conditions: readonly string[]): string[] | null {
  const parts = conditions.flatMap((condition) => condition.split(/\s*&&\s*/));
  return parts.every((part) => /^!?CONFIG_\w+$/.test(part)) ? parts : null;
}

/** The condition under which any of the arms of a row exists, or null when one arm is unconditional. */
export function anyArm(arms: readonly (readonly string[])[]): string | null {
  const written = arms.map((conditions) => conditions.join(' && '));
  if (written.includes('')) return null;
  if (written.length === 1) return written[0] ?? null;
  return written.map((arm) => (arm.includes('&&') ? `(${arm})` : arm)).join(' || ');
}
