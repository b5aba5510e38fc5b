import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { IdentifierIndex, IndexedPage } from '../data/identifier-index.ts';
import { deriveIdentifiers } from '../data/identifiers.ts';
import { lookup } from '../data/lookup.ts';
import {
  BLOCK,
  packIdentifiers,
  pageBlocks,
  unpackIdentifiers,
} from '../data/packed-identifiers.ts';
import { identifierSearch } from './identifier-search.ts';

/** The sample, and names enough for several blocks. */
function manyPages(): IdentifierIndex {
  const index = deriveIdentifiers(SAMPLE);
  const added = Array.from({ length: BLOCK * 3 }, (_, i) => `FILLER_${i}`);
  const pages: IndexedPage[] = added.map((name) => [`/facts/msr/${name}/`, name, 'fact']);
  const names = added.map((name, i) => [name, [[index.pages.length + i, i % 3]]] as const);
  return {
    ...index,
    pages: [...index.pages, ...pages],
    names: { ...index.names, name: { ...index.names.name, ...Object.fromEntries(names) } },
  };
}

/** The index as it comes through JSON, and the blocks that were read. */
function searchIn(index: IdentifierIndex) {
  const blocks = pageBlocks(index);
  const read: number[] = [];
  const search = identifierSearch(
    JSON.parse(JSON.stringify(packIdentifiers(index))),
    async (block) => {
      read.push(block);
      return blocks[block] ?? [];
    },
  );
  return { search, read };
}

it('keeps every name, page, role and port', () => {
  const index = manyPages();
  const unpacked = unpackIdentifiers(JSON.parse(JSON.stringify(packIdentifiers(index))));
  expect({ ...unpacked, pages: pageBlocks(index).flat() }).toEqual(index);
  expect(Object.keys(unpacked.names.name)).toEqual(Object.keys(index.names.name));
});

it('answers every name, and parts of names, as the whole index does', async () => {
  const index = manyPages();
  const { search } = searchIn(index);
  const names = Object.values(index.names).flatMap((kind) => Object.keys(kind));
  expect(names.length).toBeGreaterThan(BLOCK * 3);
  for (const typed of [...names, 'xen', 'emu', '0x40', 'filler_1', 'no_such_name', '']) {
    expect([typed, await search(typed)]).toEqual([typed, lookup(index, typed)]);
  }
});

it('keeps names that begin alike, end in an underscore or have many words', () => {
  const many = 'w_'.repeat(12);
  const like = ['A', 'A_', 'A_B', 'A_B_', 'A_B_C', 'A__B', '_', '_A', `${many}x`, `${many}y`];
  const index = deriveIdentifiers(SAMPLE);
  const names = { ...index.names, name: Object.fromEntries(like.map((name) => [name, []])) };
  expect(Object.keys(unpackIdentifiers(packIdentifiers({ ...index, names })).names.name)).toEqual(
    like,
  );
});

it('reads a block once, and none for a name that is not there', async () => {
  const { search, read } = searchIn(manyPages());
  await search('no_such_name_at_all');
  expect(read).toEqual([]);
  await search(`FILLER_${BLOCK * 2}`);
  await search(`FILLER_${BLOCK * 2}`);
  expect(read).toHaveLength(1);
});
