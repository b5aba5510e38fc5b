/** From the facts of several releases to facts with a history. Pure. */
import { changesBetween } from '../../src/data/fact-changes.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { branchOf, compareReleases } from '../../src/model/release.ts';
import type { Fact } from '../../src/schema/fact.ts';
import { sortFacts } from './extractor.ts';

/** What one release yields. */
export interface ReleaseFacts {
  readonly release: string;
  /** Kinds that were read to the end; of the others the release says nothing. */
  readonly kinds: readonly FactKind[];
  readonly facts: readonly Fact[];
}

type Change = Fact['history'][number];

/** The cells and attributes that a change replaced, with the evidence that they had. */
function replaced(before: Fact, { guests, attributes }: ReturnType<typeof changesBetween>) {
  const evidence: Evidence[] = [];
  const positions = new Map<number, number>();
  const positionOf = (index: number): number[] => {
    const known = positions.get(index);
    if (known !== undefined) return [known];
    const item = before.evidence[index];
    if (item === undefined) return [];
    positions.set(index, evidence.length);
    return [evidence.push(item) - 1];
  };
  const cells = guests.map((guest) => [
    guest,
    before.guests[guest].map((handling) => ({
      ...handling,
      evidence: handling.evidence.flatMap(positionOf),
    })),
  ]);
  const old: Readonly<Record<string, unknown>> = before.attributes;
  return {
    ...(guests.length === 0 ? {} : { guests: Object.fromEntries(cells) }),
    ...(attributes.length === 0
      ? {}
      : { attributes: Object.fromEntries(attributes.map((name) => [name, old[name] ?? null])) }),
    ...(evidence.length === 0 ? {} : { evidence }),
  };
}

function changeOf(release: string, before: Fact, after: Fact): Change[] {
  const change = changesBetween(before, after);
  const { guests, attributes } = change;
  if (guests.length === 0 && attributes.length === 0) return [];
  return [
    {
      release: branchOf(release),
      change: 'changed',
      ...(guests.length === 0 ? {} : { guests: [...guests] }),
      ...(attributes.length === 0 ? {} : { attributes: [...attributes] }),
      was: replaced(before, change),
    },
  ];
}

/** The history of one fact over the releases that know its kind, oldest first; null where a release does not have it. */
function historyOf(states: readonly { readonly release: string; readonly fact: Fact | null }[]) {
  const history: Change[] = [];
  let before: Fact | null = null;
  for (const [position, { release, fact }] of states.entries()) {
    if (fact !== null && before !== null) history.push(...changeOf(release, before, fact));
    if (fact !== null && before === null) {
      history.push({ release: branchOf(release), change: position === 0 ? 'present' : 'added' });
    }
    if (fact === null && before !== null) {
      history.push({ release: branchOf(release), change: 'removed' });
    }
    before = fact;
  }
  return history;
}

/**
 * Joins what releases yield, whatever their order: each fact once, as the newest release that has it states it, with
 * its history. A fact that the newest release does not have stays, marked `removed`.
 */
export function mergeReleases(given: readonly ReleaseFacts[]): Fact[] {
  const releases = [...given].sort((a, b) => compareReleases(a.release, b.release));
  const byRelease = releases.map(({ facts }) => new Map(facts.map((fact) => [fact.id, fact])));
  const ids = new Set(releases.flatMap(({ facts }) => facts.map(({ id }) => id)));
  const facts = [...ids].flatMap((id): Fact[] => {
    const newest = byRelease.findLast((facts) => facts.has(id))?.get(id);
    if (newest === undefined) return [];
    const states = releases.flatMap(({ release, kinds }, index) =>
      kinds.includes(newest.kind) ? [{ release, fact: byRelease[index]?.get(id) ?? null }] : [],
    );
    return [{ ...newest, history: historyOf(states) }];
  });
  return sortFacts(facts);
}
