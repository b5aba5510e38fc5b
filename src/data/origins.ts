import type { Handling } from '../model/handling.ts';
import { ORIGINS, type Origin } from '../model/origin.ts';

/**
 * Where a cell comes from: that of its entry, or of the handling that needed the most beyond the source. A table that
 * was read stands before a rule, a rule before a person.
 */
export function originOfCell(
  entry: Origin,
  handlings: readonly Pick<Handling, 'origin'>[],
): Origin {
  const all = handlings.map(({ origin }) => ORIGINS.indexOf(origin ?? entry));
  return ORIGINS[Math.max(...all)] ?? entry;
}
