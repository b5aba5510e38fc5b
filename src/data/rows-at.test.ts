import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import type { Fact } from '../schema/fact.ts';
import { type FeatureEntry, joinContent } from './atlas.ts';
import { countBases, factsAt, reviewedFor, rowsAt } from './rows-at.ts';

const [feature] = SAMPLE.features as readonly [FeatureEntry];
const cited: FeatureEntry = { ...feature, facts: ['facts/io-port/pci-config'] };
const was = {
  guests: { hvm: [{ how: 'absent', evidence: [0] }] },
  evidence: [{ path: 'xen/old.c' }],
};

/** The facts of the sample, all there since 4.19; the cells of some for HVM changed in 4.21. */
function factsWith(...changed: readonly string[]): ReadonlyMap<string, Fact> {
  const present = { release: '4.19', change: 'present' };
  const change = { release: '4.21', change: 'changed', guests: ['hvm'], was };
  return new Map(
    SAMPLE.facts.map((fact) => [
      fact.id,
      {
        ...fact,
        history: changed.includes(fact.id) ? [present, change] : [present],
      } as Fact,
    ]),
  );
}

describe('rowsAt', () => {
  it('takes the cell of a fact as it was', () => {
    const row = rowsAt(factsWith('io-port/pit'), '4.20')(feature);
    expect(row.guests.hvm).toMatchObject([{ how: 'absent', from: 'io-port/pit' }]);
    expect(row.evidence).toContainEqual({ path: 'xen/old.c' });
    expect(row.bases.hvm).toBe('extracted');
    expect(rowsAt(factsWith('io-port/pit'), '4.21')(feature).guests.hvm[0]?.how).toBe('emulated');
  });

  it('does not know a cell of a fact that was not there, and says why', () => {
    const row = rowsAt(factsWith(), '4.18')(feature);
    expect(row.guests.hvm).toEqual([
      { how: 'unknown', note: 'Xen 4.18 has no such fact.', evidence: [] },
    ]);
    expect(row.bases.hvm).toBe('missing');
  });

  it('keeps what people wrote where all facts cited are the same, cell by cell', () => {
    const row = rowsAt(
      factsWith('io-port/pci-config'),
      '4.20',
    )({
      ...cited,
      guests: { ...cited.guests, hvm: [{ how: 'emulated', by: 'xen', evidence: [0] }] },
    });
    expect(row.bases).toMatchObject({ pv: 'unchanged', hvm: 'unreviewed' });
    expect(row.guests.pv[0]?.how).toBe('absent');
    expect(row.guests.hvm[0]).toMatchObject({
      how: 'unknown',
      note: 'Not reviewed for Xen 4.20.',
    });
  });

  it('keeps nothing of a row that cites no fact, unless it was reviewed for the release', () => {
    expect(rowsAt(factsWith(), '4.20')(feature).bases.pv).toBe('unreviewed');
    expect(rowsAt(factsWith(), '4.22')(feature).bases.pv).toBe('reviewed');
    const also = { ...feature, alsoReviewed: ['4.20.0'] };
    expect(reviewedFor(also)).toEqual(['4.22', '4.20']);
    expect(rowsAt(factsWith(), '4.20')(also).bases.pv).toBe('reviewed');
  });

  it('is the matrix as it is written, at the release of the reviews', () => {
    const atlas = joinContent({ ...SAMPLE, facts: [...factsWith().values()] });
    const [row] = atlas.rows;
    expect(rowsAt(atlas.factById, '4.22')(feature).guests).toEqual(row?.guests);
  });
});

describe('countBases', () => {
  it('counts every cell once', () => {
    const counts = countBases([rowsAt(factsWith(), '4.20')(feature)]);
    expect(counts).toMatchObject({ extracted: 1, unreviewed: GUEST_TYPES.length - 1 });
  });
});

it('factsAt leaves out what a release does not have', () => {
  expect(factsAt(factsWith(), '4.18').size).toBe(0);
  expect(factsAt(factsWith(), '4.19').size).toBe(SAMPLE.facts.length);
});
