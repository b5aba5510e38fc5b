import { lineAt, lineStarts } from './lines.ts';
import { beginsLine } from './source-mask.ts';

/** Macro definitions of C sources, read by lines; the C parser never sees directives. */
export interface Macro {
  readonly name: string;
  /** Names of the parameters; null for an object-like macro. */
  readonly parameters: readonly string[] | null;
  /** Replacement text with comments and line continuations removed. */
  readonly body: string;
  /** 1-based. */
  readonly line: number;
  readonly endLine: number;
}

const DEFINE = /#[ \t]*define[ \t]+(\w+)(\([^()\n]*\))?([^\n\\]*(?:\\(?:\r?\n|.)[^\n\\]*)*)/g;

/**
 * Reads every `#define` of a source whose comments are blanked, in order. A macro defined twice (in two arms) is there
 * twice.
 */
export function readMacros(plain: string): Macro[] {
  const starts = lineStarts(plain);
  const defines = [...plain.matchAll(DEFINE)].filter(({ index }) => beginsLine(plain, index));
  return defines.map((match) => {
    const line = lineAt(starts, match.index);
    return {
      name: match[1] ?? '',
      parameters:
        match[2] === undefined
          ? null
          : match[2]
              .slice(1, -1)
              .split(',')
              .map((name) => name.trim())
              .filter((name) => name !== ''),
      body: (match[3] ?? '')
        .replace(/\\\r?\n/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
      line,
      endLine: line + (match[0].match(/\n/g)?.length ?? 0),
    };
  });
}
