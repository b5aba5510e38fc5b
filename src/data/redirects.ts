import type { Redirect } from '../schema/addresses.ts';
import { swappedPairRoutes } from './guest-pairs.ts';
import { matrixRoute } from './routes.ts';

/** Collections of which every entry has a page at the path of the entry. */
export const PAGED: readonly string[] = [
  'answers',
  'facts',
  'features',
  'guests',
  'guides',
  'threads',
];

/** Whether the entry of a reference such as `facts/msr/tsc` has a page of that address. */
export function hasPage(reference: string): boolean {
  return PAGED.includes(reference.split('/', 1)[0] ?? '');
}

/**
 * Addresses that lead to another one: what always means the newest release, comparisons in the other order, and entries
 * that were renamed.
 */
export function redirectRoutes(redirects: readonly Redirect[]): Record<string, string> {
  return {
    '/latest/': '/',
    '/latest/matrix/': matrixRoute({}),
    ...swappedPairRoutes(),
    ...Object.fromEntries(redirects.map(({ from, to }) => [`/${from}/`, `/${to}/`])),
  };
}
