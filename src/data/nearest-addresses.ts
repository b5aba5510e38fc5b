/** Addresses of pages that resemble one that leads nowhere. Pure. */
import { distance } from 'fastest-levenshtein';

/** The sections that an address lies in, the closest first: `/facts/msr/x/` lies in `/facts/msr/` and `/facts/`. */
export function sectionsOf(address: string): string[] {
  const parts = address.split('/').filter((part) => part !== '');
  return parts
    .slice(0, -1)
    .map((_, index) => `/${parts.slice(0, index + 1).join('/')}/`)
    .reverse();
}

/** How many addresses are worth showing. */
const SHOWN = 5;

/** The addresses that differ from `address` in at most a third of its letters, the closest first. */
export function nearestAddresses(address: string, known: readonly string[]): string[] {
  const wanted = address.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(known)]
    .map((one) => ({ one, misses: distance(one.toLowerCase(), wanted) }))
    .filter(({ misses }) => misses <= limit)
    .sort((a, b) => a.misses - b.misses || (a.one < b.one ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ one }) => one);
}
