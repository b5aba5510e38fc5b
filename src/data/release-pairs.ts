import type { ReleaseEntry } from '../schema/release.ts';

/** Two releases that are compared on a page, as branches. */
export interface ReleasePair {
  readonly from: string;
  readonly to: string;
}

/** How far apart two releases may lie that are compared on a page. */
const STEPS = 2;

/**
 * Each release and the ones one and two steps before it; `releases` oldest first. A pair stays when a newer release
 * comes, and so does its address. What lies further apart differs in nearly everything: the verb `diff` tells it.
 */
export function releasePairs(releases: readonly Pick<ReleaseEntry, 'id'>[]): ReleasePair[] {
  return releases.flatMap(({ id: to }, index) =>
    releases.slice(Math.max(0, index - STEPS), index).map(({ id: from }) => ({ from, to })),
  );
}
