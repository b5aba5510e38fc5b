/** Which lines of a file are shown of the places that evidence names. Pure; the verb cuts them, the pages show them. */
import type { ExcerptPlace } from '../schema/excerpts.ts';

/** Lines of a file, from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Lines that are shown around a line that evidence names. */
const CONTEXT = 4;
/** Lines that are shown of a definition where it is one place among others. */
const HEAD = 12;
/** Lines of a definition that its own page shows, and those that it folds behind them. */
const OPEN = 40;
const FOLDED = 160;

type Place = Pick<ExcerptPlace, 'anchor' | 'first' | 'last'>;

/** What stands under evidence: an anchor with its context, or the head of a definition. */
export function rangeOfEvidence({ anchor, first, last }: Place): LineRange {
  return anchor === undefined
    ? { first, last: Math.min(last, first + HEAD - 1) }
    : { first: Math.max(1, first - CONTEXT), last: first + CONTEXT };
}

/** What the page of a file shows of a place: what stands under evidence, and what comes before a definition. */
export function rangeInFile(place: Place): LineRange {
  const { first, last } = rangeOfEvidence(place);
  return place.anchor === undefined
    ? { first: Math.max(1, first - CONTEXT), last }
    : { first, last };
}

/** A definition in parts: what is shown, what is folded, and the lines that are left to the web view. */
export interface DefinitionRanges {
  readonly open: LineRange;
  readonly folded: LineRange | null;
  readonly left: LineRange | null;
}

export function rangesOfDefinition({ first, last }: LineRange): DefinitionRanges {
  const end = (length: number) => Math.min(last, first + length - 1);
  const after = (line: number) => (line < last ? line + 1 : null);
  const fold = after(end(OPEN));
  const rest = after(end(OPEN + FOLDED));
  return {
    open: { first, last: end(OPEN) },
    folded: fold === null ? null : { first: fold, last: end(OPEN + FOLDED) },
    left: rest === null ? null : { first: rest, last },
  };
}

/** Every line that some page shows of a place. */
export function shownOf(place: Place): LineRange[] {
  if (place.anchor !== undefined) return [rangeInFile(place)];
  const { open, folded } = rangesOfDefinition(place);
  return [rangeInFile(place), { first: open.first, last: (folded ?? open).last }];
}

/** Ranges without overlap, in order; those that touch, or have one line between them, are one. */
export function mergeRanges(ranges: readonly LineRange[]): LineRange[] {
  const merged: LineRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first || a.last - b.last)) {
    const before = merged.at(-1);
    if (before !== undefined && range.first <= before.last + 2) {
      merged[merged.length - 1] = {
        first: before.first,
        last: Math.max(before.last, range.last),
      };
    } else merged.push(range);
  }
  return merged;
}
