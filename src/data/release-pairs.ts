import type { ReleaseEntry } from '../schema/release.ts';

/** Two releases that are compared on a page, as branches. */
export interface ReleasePair {
  readonly from: string;
  readonly to: string;
}

/** Each release and the next one, and each release and the newest; `releases` oldest first. */
export function releasePairs(releases: readonly Pick<ReleaseEntry, 'id'>[]): ReleasePair[] {
  const newest = releases.at(-1);
  return releases.slice(0, -1).flatMap(({ id }, index) => {
    const next = releases[index + 1];
    const targets = [...new Set([next?.id, newest?.id])].filter((to) => to !== undefined);
    return targets.map((to) => ({ from: id, to }));
  });
}
