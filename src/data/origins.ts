import type { Evidence } from '../model/evidence.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { ORIGINS, type Origin } from '../model/origin.ts';
import type { Fact } from '../schema/fact.ts';

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

/** What the cells of a fact rest on that a person wrote; what scripts read, they read again. */
export function authoredEvidence({ origin, guests, evidence }: Fact): Evidence[] {
  const positions = GUEST_TYPES.flatMap((guest) =>
    guests[guest]
      .filter((handling) => (handling.origin ?? origin) === 'authored')
      .flatMap((handling) => handling.evidence),
  );
  return [...new Set(positions)].flatMap((position) => evidence[position] ?? []);
}
