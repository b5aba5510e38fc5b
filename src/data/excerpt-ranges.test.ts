import { describe, expect, it } from 'vitest';
import {
  mergeRanges,
  rangeInFile,
  rangeOfEvidence,
  rangesOfDefinition,
  shownOf,
} from './excerpt-ranges.ts';

describe('the lines that are shown', () => {
  it('are an anchor with what stands around it, from line 1 on', () => {
    expect(rangeOfEvidence({ anchor: 'A', first: 20, last: 20 })).toEqual({ first: 16, last: 24 });
    expect(rangeOfEvidence({ anchor: 'A', first: 2, last: 2 })).toEqual({ first: 1, last: 6 });
  });

  it('are the head of a definition, and on the page of its file what comes before it', () => {
    expect(rangeOfEvidence({ first: 20, last: 90 })).toEqual({ first: 20, last: 31 });
    expect(rangeOfEvidence({ first: 20, last: 22 })).toEqual({ first: 20, last: 22 });
    expect(rangeInFile({ first: 20, last: 22 })).toEqual({ first: 16, last: 22 });
  });

  it('are a short definition whole', () => {
    expect(rangesOfDefinition({ first: 5, last: 44 })).toEqual({
      open: { first: 5, last: 44 },
      folded: null,
      left: null,
    });
  });

  it('are a long definition in parts', () => {
    expect(rangesOfDefinition({ first: 1, last: 41 })).toMatchObject({
      folded: { first: 41, last: 41 },
      left: null,
    });
    expect(rangesOfDefinition({ first: 1, last: 500 })).toEqual({
      open: { first: 1, last: 40 },
      folded: { first: 41, last: 200 },
      left: { first: 201, last: 500 },
    });
    expect(shownOf({ first: 11, last: 500 })).toEqual([
      { first: 7, last: 22 },
      { first: 11, last: 210 },
    ]);
  });

  it('are joined where they overlap, touch, or leave out one line', () => {
    const ranges = [
      { first: 30, last: 34 },
      { first: 1, last: 9 },
      { first: 4, last: 6 },
      { first: 11, last: 12 },
      { first: 36, last: 36 },
      { first: 20, last: 21 },
    ];
    expect(mergeRanges(ranges)).toEqual([
      { first: 1, last: 12 },
      { first: 20, last: 21 },
      { first: 30, last: 36 },
    ]);
    expect(mergeRanges([])).toEqual([]);
  });
});
