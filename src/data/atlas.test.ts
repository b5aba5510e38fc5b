import { describe, expect, it } from 'vitest';
import { MESSAGE, SAMPLE } from '../../tests/samples/content.ts';
import { cellsOf, factsOfFeature, joinContent } from './atlas.ts';
import { coverageOf } from './coverage.ts';
import { columnGroups, countVerdictChanges, differingRows, factCounts } from './guest-column.ts';
import { rowsByArea, sharesOf, unknownCells, verdictNumbers } from './matrix.ts';
import { facetsOfCells } from './page-facets.ts';

const atlas = joinContent(SAMPLE);
const pit = atlas.featureById.get('time/pit');
if (pit === undefined) throw new Error('The sample has no row `time/pit`');

describe('joinContent', () => {
  it('takes a cell over with its evidence and its origin', () => {
    expect(pit.guests.hvm[0]).toMatchObject({ how: 'emulated', from: 'io-port/pit' });
    expect(pit.evidence[pit.guests.hvm[0]?.evidence[0] ?? -1]).toMatchObject({
      path: 'xen/arch/x86/hvm/io.c',
    });
    expect(pit.origins).toMatchObject({ hvm: 'extracted', pv: 'authored' });
  });

  it('knows what rests on a fact, a feature and a message', () => {
    expect(factsOfFeature(pit.feature)).toEqual(['io-port/pit']);
    expect(atlas.featuresOfFact.get('io-port/pit')?.map(({ id }) => id)).toEqual(['time/pit']);
    expect(atlas.answersOfFeature.get('time/pit')).toHaveLength(1);
    expect(atlas.guidesOfFeature.get('time/pit')).toHaveLength(1);
    expect(atlas.answersOfMessage.get(MESSAGE)).toHaveLength(1);
    expect(atlas.messageById.get(MESSAGE)?.thread.id).toBe('2019-08-port-code');
  });

  it('joins an empty content', () => {
    const { sources } = SAMPLE;
    const empty = joinContent({
      sources,
      facts: [],
      features: [],
      answers: [],
      guests: [],
      guides: [],
      glossary: [],
      threads: [],
      releases: [],
      witnesses: [],
      measurements: [],
      readings: [],
    });
    expect(empty.rows).toEqual([]);
    expect(coverageOf(empty)).toMatchObject({ cells: 0, factCount: 0, evidence: 0, hows: [] });
  });
});

describe('the matrix', () => {
  it('groups rows by area and leaves empty areas out', () => {
    expect(rowsByArea(atlas.rows).map(({ area, rows }) => [area, rows.length])).toEqual([
      ['time', 1],
    ]);
  });

  it('gives equal verdicts equal numbers', () => {
    const numbers = verdictNumbers(pit);
    expect(numbers.pv).toBe(numbers.arm);
    expect(numbers.hvm).not.toBe(numbers.pv);
  });

  it('counts default verdicts, the most frequent first', () => {
    expect(sharesOf(cellsOf(atlas.rows).map(({ handlings }) => handlings))).toEqual([
      { symbol: 'absent', count: 7 },
      { symbol: 'emulated', by: 'xen', count: 1 },
    ]);
  });

  it('finds the cells that are not established', () => {
    const feature = {
      ...pit.feature,
      guests: { ...pit.feature.guests, hvm: { from: 'facts/io-port/none' } },
    };
    const { rows } = joinContent({ ...SAMPLE, features: [feature] });
    expect(unknownCells(rows).map(({ guest }) => guest)).toEqual(['hvm']);
  });
});

describe('a column', () => {
  it('is grouped by its default verdict', () => {
    const [group] = columnGroups(atlas.rows, 'hvm');
    expect(group?.symbol).toBe('emulated');
    expect(group?.rows.map(({ feature }) => feature.id)).toEqual(['time/pit']);
  });

  it('differs from its neighbour where the verdicts do', () => {
    expect(differingRows(atlas.rows, 'hvm', 'pvh')).toHaveLength(1);
    expect(differingRows(atlas.rows, 'pv', 'pvh')).toHaveLength(0);
  });

  it('counts the verdicts that change from one to the other', () => {
    expect(countVerdictChanges(atlas.rows, 'hvm', 'pvh')).toBe(1);
    expect(countVerdictChanges(atlas.rows, 'pv', 'pvh')).toBe(0);
  });

  it('counts the facts of each kind that it has', () => {
    for (const { kind, count, shares } of factCounts(SAMPLE.facts, 'hvm')) {
      expect(count).toBe(SAMPLE.facts.filter((fact) => fact.kind === kind).length);
      expect(shares.reduce((sum, share) => sum + share.count, 0)).toBe(count);
    }
  });
});

it('counts every cell once, by origin and verdict', () => {
  const coverage = coverageOf(atlas);
  expect(coverage.cells).toBe(8);
  expect(coverage.cellsByOrigin.reduce((sum, { total }) => sum + total, 0)).toBe(coverage.cells);
  for (const { byHow, total } of coverage.cellsByOrigin) {
    expect(byHow.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  }
  expect(coverage.factCount).toBe(SAMPLE.facts.length);
  for (const { count, cells, cellsByOrigin } of coverage.facts) {
    expect(cells).toBe(8 * count);
    expect(cellsByOrigin.reduce((sum, own) => sum + own.cells, 0)).toBe(cells);
  }
});

it('names the facets of a row', () => {
  expect(facetsOfCells(pit.guests)).toEqual({
    guests: ['hvm'],
    hows: ['emulated', 'absent'],
    bys: ['xen'],
  });
});
