/** Macros that stand for a `case`, replaced by it, so that the switch around them can be read. Lines stay what they are. */
import type { CFile } from '../../c-file.ts';
import type { Macro } from '../../macros.ts';
import { blankComments } from '../../source-mask.ts';

/** A body with the arguments in place of the parameters, names pasted together. */
function substitute({ parameters, body }: Macro, args: readonly string[]): string {
  return (parameters ?? [])
    .reduce(
      (text, parameter, index) =>
        text.replace(new RegExp(`\\b${parameter}\\b`, 'g'), args[index] ?? ''),
      body.replace(/\s*##\s*/g, '##'),
    )
    .replaceAll('##', '');
}

/** `##` hides the ends of a parameter from `\b` no more than a blank does: it is no word character. */
function isClause({ parameters, body }: Macro): boolean {
  return parameters !== null && /\bcase\b/.test(body);
}

/**
 * The text of a file with each use of a macro that contains `case` replaced by its body; of two definitions the first
 * counts. Comments are blanked, and the definitions themselves too.
 */
export function expandCases(file: CFile, macros: readonly Macro[]): string {
  const plain = blankComments(file.text).split('\n');
  for (const { line, endLine } of file.macros) {
    for (let at = line; at <= endLine; at += 1) plain[at - 1] = '';
  }
  const clauses = new Map<string, Macro>();
  for (const macro of macros) {
    if (isClause(macro) && !clauses.has(macro.name)) clauses.set(macro.name, macro);
  }
  if (clauses.size === 0) return plain.join('\n');
  const use = new RegExp(`\\b(${[...clauses.keys()].join('|')})\\(([^()\\n]*)\\)`, 'g');
  return plain.join('\n').replace(use, (whole: string, name: string, list: string) => {
    const macro = clauses.get(name);
    return macro === undefined
      ? whole
      : substitute(
          macro,
          list.split(',').map((argument) => argument.trim()),
        );
  });
}
