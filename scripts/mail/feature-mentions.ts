import { FEATURE_LEXICON } from './feature-lexicon.ts';

/** A pattern between borders of words; `#PF` and `%cr0` begin with what is no letter. */
function bordered(source: string): string {
  return `(?<![\\w#%-])(?:${source})(?![\\w])`;
}

const PATTERNS: readonly (readonly [string, RegExp])[] = Object.entries(FEATURE_LEXICON)
  .map(([id, source]) => [id, new RegExp(bordered(source))] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1));

/** Ids of the rows that the lexicon knows, sorted. */
export const FEATURES_OF_LEXICON: readonly string[] = PATTERNS.map(([id]) => id);

/** Every word of the lexicon, for one pass over a text. */
const ANY = new RegExp(bordered(Object.values(FEATURE_LEXICON).join('|')), 'g');

/** The lines of a text that have words of the lexicon; no word reaches over the end of a line. */
function linesWithWords(text: string): string {
  const lines: string[] = [];
  ANY.lastIndex = 0;
  for (let match = ANY.exec(text); match !== null; match = ANY.exec(text)) {
    const start = text.lastIndexOf('\n', match.index) + 1;
    const end = text.indexOf('\n', match.index);
    lines.push(text.slice(start, end < 0 ? undefined : end));
    ANY.lastIndex = end < 0 ? text.length : end;
  }
  return lines.join('\n');
}

/** Rows of the matrix that a text speaks of, whether they exist or not; sorted. */
export function findFeatures(text: string): string[] {
  const lines = linesWithWords(text);
  if (lines === '') return [];
  return PATTERNS.filter(([, pattern]) => pattern.test(lines)).map(([id]) => id);
}

const rowsOfWord = new Map<string, readonly string[]>();

/** How often a text has words of each row, in one pass. Where words overlap, the first one counts. */
export function countFeatures(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(ANY)) {
    const rows = rowsOfWord.get(word) ?? findFeatures(word);
    if (rowsOfWord.size < 10_000) rowsOfWord.set(word, rows);
    for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return counts;
}
