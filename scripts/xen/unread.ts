/** Verdicts of people that a new reading of a tree may have overtaken. Pure. */
import { authoredEvidence } from '../../src/data/origins.ts';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import { type Fact, factSchema } from '../../src/schema/fact.ts';
import { parseEntry } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Plan } from './plan-writes.ts';

function readFact(path: string, text: string): Fact | null {
  const entry = parseEntry(path, text, factSchema);
  return entry.ok ? entry.value.data : null;
}

/** Fingerprints of the places that authored cells of a fact rest on. */
function authoredPlaces(fact: Fact): ReadonlyMap<string, string> {
  return new Map(
    authoredEvidence(fact)
      .filter(isTreeEvidence)
      .map(({ path, symbol, anchor, fingerprint }) => [
        [path, symbol, anchor].filter((part) => part !== undefined).join(' · '),
        fingerprint ?? '',
      ]),
  );
}

/**
 * A warning for each fact that is written anew and in which a person’s verdict rests on a place whose source is another
 * one than before: it may not hold any more.
 */
export function reportUnread(
  { write }: Pick<Plan, 'write'>,
  present: ReadonlyMap<string, string>,
): Problem[] {
  return write.flatMap(({ path, text }) => {
    const known = present.get(path);
    const before = known === undefined ? null : readFact(path, known);
    const after = before === null ? null : readFact(path, text);
    if (before === null || after === null) return [];
    const old = authoredPlaces(before);
    const changed = [...authoredPlaces(after)].filter(
      ([place, print]) => old.has(place) && old.get(place) !== print,
    );
    if (changed.length === 0) return [];
    return [
      problem(
        'evidence-changed',
        { path },
        {
          actual: `another source at ${changed.length} places that a person read`,
          expected: 'a verdict that was read against it',
          details: changed.map(([place]) => place),
          repair: 'Read the verdict against the tree, and correct the table of the extractor.',
        },
        'warning',
      ),
    ];
  });
}
