/** Which releases a row of the matrix has to do with: that something it rests on changed in, or that it was read for. */
import type { Atlas } from './atlas.ts';
import { diffReleases } from './release-diff.ts';
import { touchedBy, touchedFacts } from './release-touch.ts';
import { reviewedFor } from './rows-at.ts';

/** What a row has to do with a release, as a word that a filter compares: `changed-4.18`. */
export type RowRelease = `${'changed' | 'reviewed'}-${string}`;

/**
 * For each feature, by id: the releases in which a fact that it names came, went or says something else than in the
 * release before, and those that a person read it for. Releases are branches, oldest first; of the oldest one that is
 * covered nobody knows what changed in it.
 */
export function rowReleases(atlas: Atlas): ReadonlyMap<string, readonly RowRelease[]> {
  const { facts, releases } = atlas.content;
  const branches = releases.map(({ id }) => id);
  const changed = branches.slice(1).map((to, index) => {
    const diff = diffReleases(facts, branches[index] ?? to, to);
    return { to, ids: new Set(touchedBy(atlas, touchedFacts(diff)).features.map(({ id }) => id)) };
  });
  return new Map(
    atlas.rows.map(({ feature }) => {
      const reviewed = new Set(reviewedFor(feature));
      return [
        feature.id,
        [
          ...changed
            .filter(({ ids }) => ids.has(feature.id))
            .map(({ to }) => `changed-${to}` as const),
          ...branches.filter((id) => reviewed.has(id)).map((id) => `reviewed-${id}` as const),
        ],
      ];
    }),
  );
}
