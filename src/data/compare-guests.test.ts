import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { joinContent } from './atlas.ts';
import { compareGuests, countLikeness, likenessOf } from './compare-guests.ts';
import { GUEST_PAIRS, pairRoute, swappedPairRoutes } from './guest-pairs.ts';

const absent: Handling = { how: 'absent', evidence: [] };
const refused: Handling = { how: 'refused', by: 'xen', effect: '#GP', evidence: [0] };
const emulated: Handling = { how: 'emulated', by: 'xen', evidence: [1] };
const withHap: Handling = { how: 'hardware', by: 'cpu', when: { paging: 'hap' }, evidence: [] };
const withShadow: Handling = { ...emulated, when: { paging: 'shadow' } };

describe('likenessOf', () => {
  it('looks at verdicts and conditions, not at evidence or notes', () => {
    expect(likenessOf([emulated], [{ ...emulated, note: 'More.', evidence: [7] }])).toBe('same');
    expect(likenessOf([emulated, withHap], [emulated])).toBe('different');
    expect(likenessOf([withHap], [withShadow])).toBe('different');
  });

  it('takes the first handling for the default, and the others in any order', () => {
    expect(likenessOf([emulated, withHap, refused], [emulated, refused, withHap])).toBe('same');
    expect(likenessOf([emulated, refused], [refused, emulated])).toBe('different');
  });

  it('says that only one has it when the other has nothing under any condition', () => {
    expect(likenessOf([emulated], [absent])).toBe('only-a');
    expect(likenessOf([absent], [absent, withHap])).toBe('only-b');
    expect(likenessOf([refused], [absent])).toBe('different');
    expect(likenessOf([absent], [{ how: 'hidden', evidence: [] }])).toBe('neither');
  });

  it('never compares with what is not established', () => {
    const open: Handling = { how: 'unknown', note: 'Not read.', evidence: [] };
    expect(likenessOf([open], [open])).toBe('unknown');
    expect(likenessOf([emulated, open], [absent])).toBe('unknown');
  });
});

it('has each row once for each pair, under its area', () => {
  const { rows } = joinContent(SAMPLE);
  for (const pair of GUEST_PAIRS) {
    const compared = compareGuests(rows, pair);
    const all = compared.flatMap((area) => area.rows);
    expect(all.map(({ row }) => row.feature.id).sort()).toEqual(
      rows.map(({ feature }) => feature.id).sort(),
    );
    const counts = Object.values(countLikeness(all));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
  }
});

describe('the pairs', () => {
  it('are all of two different guest types, each once', () => {
    expect(GUEST_PAIRS).toHaveLength((GUEST_TYPES.length * (GUEST_TYPES.length - 1)) / 2);
    expect(new Set(GUEST_PAIRS.map(({ a, b }) => [a, b].sort().join())).size).toBe(28);
  });

  it('have one address in either order, to which the other order leads', () => {
    expect(pairRoute('hvm', 'pv')).toBe('/compare/pv/hvm/');
    expect(pairRoute('pv', 'hvm')).toBe('/compare/pv/hvm/');
    expect(swappedPairRoutes()['/compare/hvm/pv/']).toBe('/compare/pv/hvm/');
    expect(Object.keys(swappedPairRoutes())).toHaveLength(28);
  });
});
