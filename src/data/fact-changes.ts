import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import type { Fact } from '../schema/fact.ts';

/** What differs between two states of one fact. */
export interface FactChange {
  readonly guests: readonly GuestType[];
  /** Names of attributes, sorted. */
  readonly attributes: readonly string[];
}

/** The text of a value in which nothing says where it stands: lines move without a change of meaning. */
function placeless(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === 'line' ? undefined : inner)) ?? '';
}

/** Whether two values say the same. Most are the same to the letter, which is quickly seen. */
function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after) || placeless(before) === placeless(after);
}

/** What a cell says; words and evidence of it may differ where it says the same. */
function meaning(handlings: readonly Handling[]): readonly unknown[] {
  return handlings.map(({ how, by, when, effect, access }) => [how, by, when, effect, access]);
}

/** Compares two states of a fact cell by cell and attribute by attribute. Evidence that moved is no change. */
export function changesBetween(before: Fact, after: Fact): FactChange {
  const old: Readonly<Record<string, unknown>> = before.attributes;
  const now: Readonly<Record<string, unknown>> = after.attributes;
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return {
    guests: GUEST_TYPES.filter(
      (guest) => !isSame(meaning(before.guests[guest]), meaning(after.guests[guest])),
    ),
    attributes: names.filter((name) => !isSame(old[name], now[name])),
  };
}
