import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import { compareRoute } from './routes.ts';

/** Two guest types that are compared on a page; `a` comes first in the order of the guest types. */
export interface GuestPair {
  readonly a: GuestType;
  readonly b: GuestType;
}

/** Every pair of guest types, in the order of the guest types. */
export const GUEST_PAIRS: readonly GuestPair[] = GUEST_TYPES.flatMap((a, index) =>
  GUEST_TYPES.slice(index + 1).map((b) => ({ a, b })),
);

/** The page that compares two different guest types, in whichever order they are given. */
export function pairRoute(one: GuestType, other: GuestType): string {
  const inOrder = GUEST_TYPES.indexOf(one) < GUEST_TYPES.indexOf(other);
  return inOrder ? compareRoute(one, other) : compareRoute(other, one);
}

/** The addresses of the pairs in the other order, each with the page that it leads to. */
export function swappedPairRoutes(): Record<string, string> {
  return Object.fromEntries(GUEST_PAIRS.map(({ a, b }) => [compareRoute(b, a), pairRoute(a, b)]));
}
