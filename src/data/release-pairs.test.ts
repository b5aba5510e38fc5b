import { expect, it } from 'vitest';
import { releasePairs } from './release-pairs.ts';

const pairsOf = (...ids: string[]) =>
  releasePairs(ids.map((id) => ({ id }))).map(({ from, to }) => `${from}..${to}`);

it('pairs each release with the two before it', () => {
  expect(pairsOf('4.19', '4.20', '4.21', '4.22')).toEqual([
    '4.19..4.20',
    '4.19..4.21',
    '4.20..4.21',
    '4.20..4.22',
    '4.21..4.22',
  ]);
});

it('keeps every pair when a newer release comes', () => {
  const before = pairsOf('4.19', '4.20', '4.21');
  expect(pairsOf('4.19', '4.20', '4.21', '4.22')).toEqual(expect.arrayContaining(before));
});

it('has no pair of one release', () => {
  expect(pairsOf('4.22')).toEqual([]);
});
