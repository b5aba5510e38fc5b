import { compareReleases } from '../model/release.ts';
import type { Fact } from '../schema/fact.ts';

/** What is known of a fact in a release: its state, that it was not there, or that the release was not read for it. */
export type FactState = Fact | 'absent' | 'unread';

type Change = Fact['history'][number];

/** The fact as it was before a change; evidence of what the change replaced comes behind that of the fact. */
function undo(fact: Fact, { was }: Change): Fact {
  if (was === undefined) return fact;
  const offset = fact.evidence.length;
  const cells = Object.entries(was.guests ?? {}).map(([guest, handlings]) => [
    guest,
    handlings?.map((handling) => ({
      ...handling,
      evidence: handling.evidence.map((index) => index + offset),
    })),
  ]);
  // Attributes of an older release may lack what the schema has learnt since; the kind stays.
  return {
    ...fact,
    guests: { ...fact.guests, ...Object.fromEntries(cells) },
    attributes: { ...fact.attributes, ...was.attributes },
    evidence: [...fact.evidence, ...(was.evidence ?? [])],
  } as Fact;
}

/** A fact as a release had it, by undoing what came later. `release` is a branch, such as `4.20`. */
export function factAt(fact: Fact, release: string): FactState {
  const [first] = fact.history;
  if (first === undefined) return 'unread';
  if (compareReleases(release, first.release) < 0) {
    return first.change === 'present' ? 'unread' : 'absent';
  }
  const later = fact.history.filter((change) => compareReleases(change.release, release) > 0);
  const last = fact.history.findLast((change) => compareReleases(change.release, release) <= 0);
  if (last?.change === 'removed') return 'absent';
  return later.reduceRight((state, change) => undo(state, change), fact);
}

/** The release without the fact, when the newest one does not have it any more. */
export function removedIn({ history }: Pick<Fact, 'history'>): string | undefined {
  const last = history.at(-1);
  return last?.change === 'removed' ? last.release : undefined;
}
