/**
 * Excerpts of a tree: the lines that evidence names, with what stands around them, cut file by file. Takes values and
 * returns values; what the pages show of the lines is `src/data/excerpt-ranges.ts`.
 */
import { type LineRange, mergeRanges, shownOf } from '../../src/data/excerpt-ranges.ts';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import type { ExcerptPiece, ExcerptPlace, Excerpts } from '../../src/schema/excerpts.ts';
import type { Corpus } from './corpus.ts';
import { resolveEvidence } from './evidence.ts';
import { licenceOf } from './licence.ts';
import { blankComments } from './source-mask.ts';

/** Characters of a line that are shown; a longer one ends with the sign of a cut. */
const LONGEST = 240;
const CUT = ' … (cut)';

/** A line as it is shown: without a carriage return, bounded, and with signs in place of characters that HTML forbids. */
function shownLine(line: string): string {
  const bounded = line.replace(/\r$/, '');
  const characters = [...bounded.slice(0, 2 * LONGEST)];
  const cut =
    characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}${CUT}` : bounded;
  // Control characters have a picture each, from U+2400 on; a lone surrogate has none.
  return cut
    .replace(/\p{Cc}/gu, (one) =>
      one === '\t' ? one : String.fromCodePoint(one < ' ' ? 0x2400 + one.charCodeAt(0) : 0xfffd),
    )
    .toWellFormed();
}

/** Whether a line of C begins inside a comment: what is put in its place disappears with the comment. */
function isInsideComment(path: string, text: string, line: number): boolean {
  if (!/\.[chS]$/.test(path)) return false;
  const before = text.split('\n', line - 1).map((one) => `${one}\n`);
  return !blankComments(`${before.join('')}@`).endsWith('@');
}

function pieceOf(path: string, text: string, lines: readonly string[], range: LineRange) {
  const [head, ...rest] = lines.slice(range.first - 1, range.last).map(shownLine);
  if (head === undefined) return [];
  const insideComment = isInsideComment(path, text, range.first);
  return [{ first: range.first, insideComment, lines: [head, ...rest] } satisfies ExcerptPiece];
}

/** The place of evidence that stands in the tree as the content says; null for any other. */
function placeOf(corpus: Corpus, evidence: TreeEvidence): ExcerptPlace | null {
  const { verdict, line, last, fingerprint } = resolveEvidence(corpus, evidence);
  if (verdict !== 'holds' || line === undefined || fingerprint === undefined) return null;
  const { symbol, anchor } = evidence;
  return {
    ...(symbol === undefined ? {} : { symbol }),
    ...(anchor === undefined ? {} : { anchor }),
    fingerprint,
    first: line,
    last: last ?? line,
  };
}

/** The place of the evidence and, of an anchor, of the definition that it stands in. */
function placesOf(corpus: Corpus, evidence: TreeEvidence): readonly ExcerptPlace[] | null {
  const place = placeOf(corpus, evidence);
  if (place === null) return null;
  const { path, symbol, anchor } = evidence;
  if (symbol === undefined || anchor === undefined) return [place];
  return [place, placeOf(corpus, { path, symbol }) ?? []].flat();
}

function sortPlaces(places: readonly ExcerptPlace[]): ExcerptPlace[] {
  const unique = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...unique]
    .sort(([a, { first }], [b, other]) => first - other.first || (a < b ? -1 : 1))
    .map(([, place]) => place);
}

export interface CutExcerpts {
  /** Sorted by path. */
  readonly files: readonly Excerpts[];
  /** Evidence that does not stand in the tree as the content says: nothing is shown of it. */
  readonly missing: readonly TreeEvidence[];
}

/** A file and a symbol that it may define. */
export type Definition = Required<Pick<TreeEvidence, 'path' | 'symbol'>>;

/** The tree that is read: what it says of itself, and its paths. */
export interface ReadTree {
  readonly release: string;
  readonly commit: string | null;
  readonly paths: readonly string[];
}

/**
 * Cuts what evidence names out of the sources of a tree, and the definitions of other symbols: places where a symbol
 * may be defined, of which those are taken that are found.
 */
export function cutExcerpts(
  { release, commit, paths }: ReadTree,
  corpus: Corpus,
  evidence: readonly TreeEvidence[],
  definitions: readonly Definition[],
): CutExcerpts {
  const known = new Set(paths);
  const missing: TreeEvidence[] = [];
  const named = Map.groupBy(evidence, ({ path }) => path);
  const defined = Map.groupBy(definitions, ({ path }) => path);
  const all = [...new Set([...named.keys(), ...defined.keys()])].sort();
  const files = all.flatMap((path): Excerpts[] => {
    const text = corpus.texts.get(path);
    const found = (named.get(path) ?? []).map((item) => [item, placesOf(corpus, item)] as const);
    missing.push(...found.flatMap(([item, places]) => (places === null ? [item] : [])));
    const others = (defined.get(path) ?? []).flatMap((item) => placeOf(corpus, item) ?? []);
    const places = sortPlaces([...found.flatMap(([, some]) => some ?? []), ...others]);
    if (text === undefined || places.length === 0) return [];
    const lines = text.split('\n');
    const unreadable = text.includes('\0');
    const ranges = unreadable ? [] : mergeRanges(places.flatMap(shownOf));
    return [
      {
        id: path,
        release,
        commit,
        licence: licenceOf(path, lines, known),
        unreadable,
        pieces: ranges.flatMap((range) => pieceOf(path, text, lines, range)),
        places,
      },
    ];
  });
  return { files, missing };
}
