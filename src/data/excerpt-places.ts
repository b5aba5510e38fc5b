/** Which excerpts a page shows: of evidence, of a file, of a symbol. Pure. */
import type { TreeEvidence } from '../model/evidence.ts';
import type { ExcerptPlace, Excerpts } from '../schema/excerpts.ts';
import {
  type DefinitionRanges,
  type LineRange,
  mergeRanges,
  rangeInFile,
  rangeOfEvidence,
  rangesOfDefinition,
} from './excerpt-ranges.ts';
import type { Mention, Spot } from './mentions.ts';
import { mergeTouches, type Touch } from './reverse-index.ts';

export type ExcerptsByPath = ReadonlyMap<string, Excerpts>;

/** The place of evidence, when the excerpts are of the text that the evidence was read from. */
export function placeOfEvidence(
  { places }: Excerpts,
  { symbol, anchor, line, fingerprint }: TreeEvidence,
): ExcerptPlace | undefined {
  return places.find(
    (place) =>
      place.first === line &&
      place.fingerprint === fingerprint &&
      place.symbol === symbol &&
      place.anchor === anchor,
  );
}

/** The lines under evidence, and the ones that it names. */
export function excerptOfEvidence(place: ExcerptPlace): {
  readonly range: LineRange;
  readonly marks: ReadonlySet<number>;
} {
  return { range: rangeOfEvidence(place), marks: new Set([place.first]) };
}

/** Who rests on which line of which file. */
export type TouchesByLine = ReadonlyMap<string, ReadonlyMap<number, readonly Touch[]>>;

export function touchesByLine(mentions: readonly Mention[]): TouchesByLine {
  const placed = mentions.filter(
    ({ subject, spot }) => subject.kind === 'file' && spot?.line !== undefined,
  );
  const byPath = Map.groupBy(placed, ({ spot }) => spot?.path ?? '');
  return new Map(
    [...byPath].map(([path, own]) => {
      const byLine = Map.groupBy(own, ({ spot }) => spot?.line ?? 0);
      return [path, new Map([...byLine].map(([line, some]) => [line, mergeTouches(some)]))];
    }),
  );
}

/** A line of a file that entries rest on. */
export interface RestedLine {
  readonly line: number;
  /** Definitions and anchors that the evidence of the entries names there. */
  readonly names: readonly string[];
  readonly touches: readonly Touch[];
}

export interface FileRow {
  readonly range: LineRange;
  readonly lines: readonly RestedLine[];
}

function namesAt(places: readonly ExcerptPlace[]): string[] {
  return [...new Set(places.flatMap(({ symbol, anchor }) => anchor ?? symbol ?? []))].sort();
}

/** The excerpts of a file in order, with the entries that rest on each. */
export function rowsOfFile(
  { places }: Excerpts,
  touches: ReadonlyMap<number, readonly Touch[]>,
): FileRow[] {
  const rested = places.filter(({ first }) => touches.has(first));
  const byLine = Map.groupBy(rested, ({ first }) => first);
  return mergeRanges(rested.map(rangeInFile)).map((range) => ({
    range,
    lines: [...byLine]
      .filter(([line]) => range.first <= line && line <= range.last)
      .map(([line, own]) => ({ line, names: namesAt(own), touches: touches.get(line) ?? [] })),
  }));
}

/** What the page of a symbol shows of one file: its definition, or the lines on which it stands. */
export interface SymbolExcerpt {
  readonly excerpts: Excerpts;
  readonly marks: ReadonlySet<number>;
  readonly definition: DefinitionRanges | null;
  readonly ranges: readonly LineRange[];
}

/** The files in which each symbol is defined, as far as the excerpts have definitions. */
export type DefinedIn = ReadonlyMap<string, readonly Excerpts[]>;

export function definedIn(byPath: ExcerptsByPath): DefinedIn {
  const all = [...byPath.values()].flatMap((excerpts) =>
    excerpts.places.flatMap(({ symbol, anchor }) =>
      symbol === undefined || anchor !== undefined ? [] : [[symbol, excerpts] as const],
    ),
  );
  return new Map(
    [...Map.groupBy(all, ([symbol]) => symbol)].map(([symbol, own]) => [
      symbol,
      own.map(([, excerpts]) => excerpts),
    ]),
  );
}

/** Stretches of lines that a page shows where a symbol is not defined. */
const MENTIONED = 6;

/** Lines on which evidence names something; a page marks them. */
function marksOf({ places }: Excerpts): ReadonlySet<number> {
  return new Set(places.flatMap(({ anchor, first }) => (anchor === undefined ? [] : [first])));
}

function definitionIn(excerpts: Excerpts, name: string): SymbolExcerpt[] {
  return excerpts.places
    .filter(({ symbol, anchor }) => symbol === name && anchor === undefined)
    .map((place) => ({
      excerpts,
      marks: marksOf(excerpts),
      definition: rangesOfDefinition(place),
      ranges: [],
    }));
}

function mentionIn(excerpts: Excerpts, name: string): SymbolExcerpt[] {
  const named = excerpts.places.filter(({ anchor }) => anchor === name);
  const ranges = mergeRanges(named.map(rangeOfEvidence)).slice(0, MENTIONED);
  if (ranges.length === 0) return [];
  return [{ excerpts, marks: marksOf(excerpts), definition: null, ranges }];
}

/**
 * The excerpts of a symbol, file by file: its definitions in the files where entries place it; else its definition
 * elsewhere, when there is one only, for others may be other things of that name; else lines on which evidence names it.
 */
export function excerptsOfSymbol(
  name: string,
  spots: readonly Spot[],
  byPath: ExcerptsByPath,
  defined: DefinedIn,
): SymbolExcerpt[] {
  const files = [...new Set(spots.map(({ path }) => path))]
    .flatMap((path) => byPath.get(path) ?? [])
    .filter(({ unreadable }) => !unreadable);
  const here = files.flatMap((excerpts) => definitionIn(excerpts, name));
  if (here.length > 0) return here;
  const [elsewhere, ...others] = defined.get(name) ?? [];
  if (elsewhere !== undefined && others.length === 0 && !elsewhere.unreadable) {
    return definitionIn(elsewhere, name);
  }
  return files.flatMap((excerpts) => mentionIn(excerpts, name));
}
