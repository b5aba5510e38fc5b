/** Looks names up in the packed index, and reads the blocks of pages that the hits lead to. */
import type { IndexedPage } from '../data/identifier-index.ts';
import { type Hit, type Lookup, lookup, type Target } from '../data/lookup.ts';
import { BLOCK, type PackedIdentifiers, unpackIdentifiers } from '../data/packed-identifiers.ts';

export type IdentifierSearch = (typed: string) => Promise<Lookup>;
export type ReadBlock = (block: number) => Promise<readonly IndexedPage[]>;

/** The number of the page that stands in place of its address; undefined for an address. */
function pageOf({ url }: Target): number | undefined {
  return /^\d+$/.test(url) ? Number(url) : undefined;
}

/** Answers as `lookup` does in the whole index. A block is read once. */
export function identifierSearch(
  packed: PackedIdentifiers,
  readBlock: ReadBlock,
): IdentifierSearch {
  const index = unpackIdentifiers(packed);
  const blocks = new Map<number, Promise<readonly IndexedPage[]>>();
  const blockAt = (block: number) => {
    const known = blocks.get(block) ?? readBlock(block);
    blocks.set(block, known);
    known.catch(() => blocks.delete(block));
    return known;
  };
  const resolveTarget = async (target: Target): Promise<Target[]> => {
    const page = pageOf(target);
    if (page === undefined) return [target];
    const found = (await blockAt(Math.floor(page / BLOCK)))[page % BLOCK];
    if (found === undefined) return [];
    const [url, title, collection] = found;
    return [{ ...target, url, title, collection }];
  };
  const resolveHit = async (hit: Hit): Promise<Hit> => ({
    ...hit,
    targets: (await Promise.all(hit.targets.map(resolveTarget))).flat(),
  });
  return async (typed) => {
    const found = lookup(index, typed);
    return { ...found, hits: await Promise.all(found.hits.map(resolveHit)) };
  };
}
