/**
 * Preprocessor conditions, by line: under which `#if` arms a line stands.
 *
 * A condition is written as in the source, normalized: `CONFIG_PV` for `#ifdef CONFIG_PV` and `defined(CONFIG_PV)`,
 * `!CONFIG_PV` for the other arm. Conditions that do not speak of a build option are kept as they are, so that a reader
 * of facts can tell an include guard from a Kconfig option.
 */
import { lineAt, lineStarts } from './lines.ts';
import { beginsLine } from './source-mask.ts';

interface ConditionProblem {
  readonly line: number;
  readonly message: string;
}

export interface Conditions {
  /** Conditions that hold on a 1-based line, outermost first. */
  readonly at: (line: number) => readonly string[];
  readonly problems: readonly ConditionProblem[];
}

interface Arm {
  readonly line: number;
  /** Conditions of the earlier arms of the same `#if`. */
  readonly earlier: readonly string[];
  readonly current: string;
}

/** `defined(X)` and `IS_ENABLED(X)` as `X`; white space folded. */
function normalizeCondition(text: string): string {
  return text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\b(?:defined|IS_ENABLED)\s*\(\s*(\w+)\s*\)/g, '$1')
    .replace(/\bdefined\s+(\w+)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function negate(condition: string): string {
  if (/^!\w+$/.test(condition)) return condition.slice(1);
  return /^\w+$/.test(condition) ? `!${condition}` : `!(${condition})`;
}

function armsOf(arm: Arm): string[] {
  return [...arm.earlier.map(negate), arm.current].filter((condition) => condition !== '');
}

const DIRECTIVE = /#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b([^\n\\]*(?:\\(?:\r?\n|.)[^\n\\]*)*)/g;

/** Conditions that hold from a line on. */
interface Change {
  readonly from: number;
  readonly conditions: readonly string[];
}

/** The conditions of a line, out of all changes, in order. */
function conditionsAt(changes: readonly Change[], line: number): readonly string[] {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.from ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.conditions ?? [];
}

/** Scans a source whose comments are blanked for conditionals. Lines are 1-based; a directive's own line has the conditions around it. */
export function scanConditions(plain: string): Conditions {
  const starts = lineStarts(plain);
  const changes: Change[] = [];
  const problems: ConditionProblem[] = [];
  const stack: Arm[] = [];
  for (const match of plain.matchAll(DIRECTIVE)) {
    if (!beginsLine(plain, match.index)) continue;
    const line = lineAt(starts, match.index);
    const word = match[1] ?? '';
    const condition = normalizeCondition(match[2] ?? '');
    if (word === 'if' || word === 'ifdef') {
      stack.push({ line, earlier: [], current: condition });
    } else if (word === 'ifndef') {
      stack.push({ line, earlier: [], current: negate(condition) });
    } else {
      const arm = stack.pop();
      if (arm === undefined) {
        problems.push({ line, message: `\`#${word}\` without \`#if\`` });
      } else if (word !== 'endif') {
        stack.push({
          line: arm.line,
          earlier: [...arm.earlier, arm.current],
          current: word === 'elif' ? condition : '',
        });
      }
    }
    const last = lineAt(starts, match.index + match[0].length);
    changes.push({ from: last + 1, conditions: stack.flatMap(armsOf) });
  }
  problems.push(...stack.map(({ line }) => ({ line, message: '`#if` without `#endif`' })));
  return { at: (line) => conditionsAt(changes, line), problems };
}

/** The build options among conditions, such as `CONFIG_PV` or `!CONFIG_PV_SHIM_EXCLUSIVE`. */
export function buildOptions(conditions: readonly string[]): string[] {
  return conditions.filter((condition) => condition.includes('CONFIG_'));
}
