import { FACT_KINDS, type FactKind } from '../model/fact-kinds.ts';
import type { Handling } from '../model/handling.ts';
import type { Fact } from '../schema/fact.ts';
import { type FactState, factAt } from './fact-at.ts';
import { changesBetween, type FactChange } from './fact-changes.ts';

export interface ChangedFact extends FactChange {
  /** The fact as the newest release has it. */
  readonly fact: Fact;
  readonly before: Fact;
  readonly after: Fact;
}

/** What changed between two releases among the facts of a kind. */
export interface KindDiff {
  readonly kind: FactKind;
  readonly added: readonly Fact[];
  readonly removed: readonly Fact[];
  readonly changed: readonly ChangedFact[];
  /** Facts of which one of the releases says nothing, because the kind could not be read there. */
  readonly unread: number;
}

function isFact(state: FactState): state is Fact {
  return typeof state === 'object';
}

function diffKind(kind: FactKind, facts: readonly Fact[], from: string, to: string): KindDiff {
  const states = facts.map((fact) => ({
    fact,
    before: factAt(fact, from),
    after: factAt(fact, to),
  }));
  return {
    kind,
    added: states.flatMap(({ before, after }) =>
      before === 'absent' && isFact(after) ? [after] : [],
    ),
    removed: states.flatMap(({ before, after }) =>
      isFact(before) && after === 'absent' ? [before] : [],
    ),
    changed: states.flatMap(({ fact, before, after }) => {
      if (!isFact(before) || !isFact(after)) return [];
      const change = changesBetween(before, after);
      return change.guests.length + change.attributes.length === 0
        ? []
        : [{ fact, before, after, ...change }];
    }),
    unread: states.filter(({ before, after }) => before === 'unread' || after === 'unread').length,
  };
}

/** Compares two releases, given as branches such as `4.20`, kind by kind. */
export function diffReleases(facts: readonly Fact[], from: string, to: string): KindDiff[] {
  return FACT_KINDS.map((kind) =>
    diffKind(
      kind,
      facts.filter((fact) => fact.kind === kind),
      from,
      to,
    ),
  );
}

/** Handlings without what they rest on. */
function said(handlings: readonly Handling[]): unknown {
  return handlings.map(({ evidence: _evidence, ...handling }) => handling);
}

/** Facts that changed in the same way, word for word: often one change of the source is behind them all. */
export function changedAlike(changed: readonly ChangedFact[]): (readonly ChangedFact[])[] {
  const keyOf = ({ before, after, guests, attributes }: ChangedFact) =>
    JSON.stringify([
      guests.map((guest) => [guest, said(before.guests[guest]), said(after.guests[guest])]),
      attributes,
    ]);
  return [...Map.groupBy(changed, keyOf).values()];
}
