/** What a difference between releases means for the rest of the Atlas: where it stands, and what rests on it. Pure. */
import { isTreeEvidence, type TreeEvidence } from '../model/evidence.ts';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import { compareReleases } from '../model/release.ts';
import type { Fact } from '../schema/fact.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import type { AnswerEntry, Atlas, FeatureEntry } from './atlas.ts';
import type { ChangedFact, KindDiff } from './release-diff.ts';

/** The facts that differ, whatever the difference. */
export function touchedFacts(kinds: readonly KindDiff[]): Fact[] {
  return kinds.flatMap(({ added, removed, changed }) => [
    ...added,
    ...removed,
    ...changed.map(({ fact }) => fact),
  ]);
}

function unique<T extends { readonly id: string }>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

export interface Touched {
  /** Sorted by id. */
  readonly features: readonly FeatureEntry[];
  readonly answers: readonly AnswerEntry[];
}

/** The features and answers that name a fact that differs. */
export function touchedBy(
  { featuresOfFact, answersOfFact }: Atlas,
  facts: readonly Fact[],
): Touched {
  return {
    features: unique(facts.flatMap(({ id }) => featuresOfFact.get(id) ?? [])),
    answers: unique(facts.flatMap(({ id }) => answersOfFact.get(id) ?? [])),
  };
}

/** The places that the cells of some guest types rest on; without guest types, those of the whole fact. */
export function placesOf(fact: Fact, guests: readonly GuestType[] = GUEST_TYPES): TreeEvidence[] {
  const positions = guests.flatMap((guest) =>
    fact.guests[guest].flatMap(({ evidence }) => evidence),
  );
  return [...new Set(positions)]
    .sort((a, b) => a - b)
    .flatMap((position) => fact.evidence[position] ?? [])
    .filter(isTreeEvidence);
}

/**
 * Where a change stands in either release: the places of the cells that changed. Where only attributes did, the places
 * of the whole fact in the newer release; of the older one the history does not keep them.
 */
export function placesOfChange({ before, after, guests }: ChangedFact): {
  readonly before: readonly TreeEvidence[];
  readonly after: readonly TreeEvidence[];
} {
  return guests.length === 0
    ? { before: [], after: placesOf(after) }
    : { before: placesOf(before, guests), after: placesOf(after, guests) };
}

/**
 * Places that were rewritten after one release and up to another one, and on which nothing rests that changed between
 * the two. Sorted by path and symbol.
 */
export function rewrittenSince(
  releases: readonly ReleaseEntry[],
  from: string,
  to: string,
  kinds: readonly KindDiff[],
): ReleaseEntry['rewritten'] {
  const keyOf = ({ path, symbol }: { path: string; symbol?: string | undefined }) =>
    `${path} ${symbol}`;
  const changed = new Set(
    kinds
      .flatMap((kind) => kind.changed)
      .filter(({ guests }) => guests.length > 0)
      .flatMap((change) => placesOfChange(change).after.map(keyOf)),
  );
  const steps = releases.filter(
    ({ id }) => compareReleases(id, from) > 0 && compareReleases(id, to) <= 0,
  );
  const places = new Map(
    steps.flatMap(({ rewritten }) => rewritten.map((place) => [keyOf(place), place] as const)),
  );
  return [...places]
    .filter(([key]) => !changed.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, place]) => place);
}

/** How many facts changed for each guest type; a fact that changed in its attributes only counts for none. */
export function changedByGuest({ changed }: KindDiff): Readonly<Record<GuestType, number>> {
  return Object.fromEntries(
    GUEST_TYPES.map((guest) => [
      guest,
      changed.filter(({ guests }) => guests.includes(guest)).length,
    ]),
  ) as Record<GuestType, number>;
}
