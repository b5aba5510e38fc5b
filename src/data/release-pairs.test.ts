import { expect, it } from 'vitest';
import { releasePairs } from './release-pairs.ts';

const releases = (...ids: readonly string[]) => ids.map((id) => ({ id }));

it('pairs each release with the next one, and the one before the last with the newest', () => {
  const pairs = releasePairs(releases('4.19', '4.20', '4.21', '4.22')).map(
    ({ from, to }) => `${from}..${to}`,
  );
  expect(pairs).toEqual(['4.19..4.20', '4.20..4.21', '4.21..4.22', '4.20..4.22']);
});

it('has nothing to pair with one release', () => {
  expect(releasePairs(releases('4.22'))).toEqual([]);
});
