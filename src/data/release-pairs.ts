import type { ReleaseEntry } from '../schema/release.ts';

/** Two releases that are compared on a page, as branches. */
export interface ReleasePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Each release and the next one, and the two before the newest and it; `releases` oldest first. What lies further apart
 * differs in nearly everything: the verb `diff` tells it.
 */
export function releasePairs(releases: readonly Pick<ReleaseEntry, 'id'>[]): ReleasePair[] {
  const ids = releases.map(({ id }) => id);
  const [beforeLast, , newest] = ids.slice(-3);
  const pairs = ids.flatMap((from, index) => {
    const to = ids[index + 1];
    return to === undefined ? [] : [{ from, to }];
  });
  return beforeLast === undefined || newest === undefined
    ? pairs
    : [...pairs, { from: beforeLast, to: newest }];
}
