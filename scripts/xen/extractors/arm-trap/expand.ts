/** Macros that stand for a `case`, replaced by it, so that the switch around them can be read. Lines stay what they are. */
import type { CFile } from '../../c-file.ts';
import { expandMacros } from '../../macro-expansion.ts';
import type { Macro } from '../../macros.ts';
import { blankComments } from '../../source-mask.ts';

/**
 * The text of a file with each use of a macro that contains `case` replaced by its body; of two definitions the first
 * counts. Comments are blanked, and the definitions themselves too.
 */
export function expandCases(file: CFile, macros: readonly Macro[]): string {
  const lines = blankComments(file.text).split('\n');
  for (const { line, endLine } of file.macros) {
    for (let at = line; at <= endLine; at += 1) lines[at - 1] = '';
  }
  const clauses = new Map<string, Macro>();
  for (const macro of macros) {
    const isClause = macro.parameters !== null && /\bcase\b/.test(macro.body);
    if (isClause && !clauses.has(macro.name)) clauses.set(macro.name, macro);
  }
  return expandMacros(lines.join('\n'), clauses);
}
