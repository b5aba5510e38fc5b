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

/** How far two names are apart: 1 where one holds the other, else the letters in which they differ. */
function missesOf(name: string, wanted: string): number {
  const [shorter, longer] = name.length < wanted.length ? [name, wanted] : [wanted, name];
  return shorter.length > 2 && longer.includes(shorter) ? 1 : distance(name, wanted);
}

/**
 * The addresses whose part below `section` resembles that of `address`, the closest first: one holds the other, or at
 * most a third of the letters differ.
 */
export function nearestAddresses(
  address: string,
  section: string,
  known: readonly string[],
): string[] {
  const below = (one: string) => one.slice(section.length).replace(/\/$/, '').toLowerCase();
  const wanted = below(address);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(known)]
    .map((one) => ({ one, misses: missesOf(below(one), wanted) }))
    .filter(({ misses }) => misses <= limit)
    .sort((a, b) => a.misses - b.misses || a.one.length - b.one.length || (a.one < b.one ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ one }) => one);
}
