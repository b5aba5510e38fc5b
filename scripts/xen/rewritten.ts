import { changesBetween } from '../../src/data/fact-changes.ts';
import { type Evidence, isTreeEvidence } from '../../src/model/evidence.ts';
import type { Fact } from '../../src/schema/fact.ts';

/** A function, macro or section of the source. */
export interface Rewritten {
  readonly path: string;
  readonly symbol: string;
}

/** The whole functions and sections that a fact rests on, with the fingerprints of their texts. */
function wholePlaces(evidence: readonly Evidence[]): Map<string, string> {
  return new Map(
    evidence.flatMap((item) => {
      if (!isTreeEvidence(item) || item.anchor !== undefined) return [];
      const { path, symbol, fingerprint } = item;
      return symbol === undefined || fingerprint === undefined
        ? []
        : [[JSON.stringify([path, symbol]), fingerprint] as const];
    }),
  );
}

/**
 * Places whose text differs between two releases and on which no cell that changed rests: somebody rewrote them, and
 * nothing that the Atlas says of a guest type is different. Sorted by path and symbol.
 */
export function rewrittenBetween(before: readonly Fact[], after: readonly Fact[]): Rewritten[] {
  const old = new Map(before.map((fact) => [fact.id, fact]));
  const rewritten = new Set<string>();
  const changed = new Set<string>();
  for (const fact of after) {
    const was = old.get(fact.id);
    if (was === undefined) continue;
    const says = changesBetween(was, fact).guests.length === 0;
    const texts = wholePlaces(was.evidence);
    for (const [place, text] of wholePlaces(fact.evidence)) {
      if (!texts.has(place) || texts.get(place) === text) continue;
      (says ? rewritten : changed).add(place);
    }
  }
  return [...rewritten]
    .filter((place) => !changed.has(place))
    .sort()
    .map((place) => {
      const [path = '', symbol = ''] = JSON.parse(place) as string[];
      return { path, symbol };
    });
}
