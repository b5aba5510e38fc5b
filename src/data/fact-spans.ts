import type { Fact } from '../schema/fact.ts';
import { type FactState, factAt } from './fact-at.ts';
import { changesBetween, type FactChange } from './fact-changes.ts';
import type { AttributeRow } from './facts/attribute-rows.ts';
import { viewOf } from './facts/index.ts';

/** Releases, one after the other, in which a fact says the same. */
export interface FactSpan {
  /** As branches, newest first. */
  readonly releases: readonly [string, ...string[]];
  readonly state: FactState;
  /** What it says differently from the fact as it stands now; null where there is no fact. */
  readonly change: FactChange | null;
}

function same(a: FactState, b: FactState): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const { guests, attributes } = changesBetween(a, b);
  return guests.length + attributes.length === 0;
}

/** The states of a fact over releases, given as branches, oldest first; the newest span comes first. */
export function spansOf(fact: Fact, releases: readonly string[]): FactSpan[] {
  const spans: FactSpan[] = [];
  for (const release of [...releases].reverse()) {
    const state = factAt(fact, release);
    const last = spans.at(-1);
    if (last !== undefined && same(last.state, state)) {
      spans[spans.length - 1] = { ...last, releases: [...last.releases, release] };
    } else {
      const change = typeof state === 'string' ? null : changesBetween(state, fact);
      spans.push({ releases: [release], state, change });
    }
  }
  return spans;
}

/** The attributes of a fact in readers’ words, as far as they differ from what it says now. */
export function pastAttributes(past: Fact, now: Fact): AttributeRow[] {
  const known = new Set(
    viewOf(now)
      .attributeRows(now)
      .map((row) => JSON.stringify(row)),
  );
  return viewOf(past)
    .attributeRows(past)
    .filter((row) => !known.has(JSON.stringify(row)));
}
