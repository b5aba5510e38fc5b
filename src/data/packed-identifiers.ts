/**
 * The identifier index as the search loads it: the names with the numbers of their pages at once, and the pages in
 * blocks, of which a search reads those that its hits are in. Nothing is left out. Pure.
 */
import {
  IDENTIFIER_KINDS,
  type IdentifierIndex,
  type IdentifierKind,
  type IndexedPage,
  type IndexedTarget,
} from './identifier-index.ts';

/** Pages of a block. Pages of names that are spelled alike stand together, so that hits are in few blocks. */
export const BLOCK = 128;

/**
 * The names of a kind, one a line, and on the same line of the second text their targets. A name stands without the
 * words (parts that end in `_`) with which it begins as the name before does; their number stands in their place.
 */
type PackedNames = readonly [names: string, targets: string];

export interface PackedIdentifiers {
  readonly roles: IdentifierIndex['roles'];
  /** How many pages there are in all blocks. */
  readonly pages: number;
  readonly names: Readonly<Record<IdentifierKind, PackedNames>>;
  readonly ports: IdentifierIndex['ports'];
}

function wordsOf(name: string): string[] {
  return name.split(/(?<=_)/);
}

/** The number of words has one digit. */
const MOST_SHARED = 9;

/** How many words two names begin with alike; the last word of a name is never one of them. */
function sharedWords(words: readonly string[], before: readonly string[]): number {
  const differs = words.findIndex((word, i) => i === words.length - 1 || word !== before[i]);
  return Math.min(Math.max(differs, 0), MOST_SHARED);
}

function packLines(names: readonly string[]): string {
  const words = names.map(wordsOf);
  return words
    .map((own, i) => {
      const shared = sharedWords(own, words[i - 1] ?? []);
      return `${shared}${own.slice(shared).join('')}`;
    })
    .join('\n');
}

function unpackLines(text: string): string[] {
  let before: string[] = [];
  return (text === '' ? [] : text.split('\n')).map((line) => {
    const name = `${before.slice(0, Number(line[0])).join('')}${line.slice(1)}`;
    before = wordsOf(name);
    return name;
  });
}

/** Each target as the distance of its page from that of the target before, with its role unless that is the first. */
function packNames(names: Readonly<Record<string, readonly IndexedTarget[]>>): PackedNames {
  let before = 0;
  const lines = Object.entries(names).map(([name, targets]) => {
    if (name.includes('\n')) throw new Error(`The identifier \`${name}\` has a line break`);
    const packed = targets.map(([page, role]) => {
      const distance = page - before;
      before = page;
      return role === 0 ? String(distance) : `${distance}:${role}`;
    });
    return [name, packed.join(' ')] as const;
  });
  return [packLines(lines.map(([name]) => name)), lines.map(([, targets]) => targets).join('\n')];
}

function unpackNames([names, targets]: PackedNames): Record<string, IndexedTarget[]> {
  const lines = targets.split('\n');
  let page = 0;
  const entries = unpackLines(names).map((name, line) => {
    const packed = lines[line] ?? '';
    const own = (packed === '' ? [] : packed.split(' ')).map((target): IndexedTarget => {
      const [distance = '0', role = '0'] = target.split(':');
      page += Number(distance);
      return [page, Number(role)];
    });
    return [name, own] as const;
  });
  return Object.fromEntries(entries);
}

function ofEachKind<T>(make: (kind: IdentifierKind) => T): Record<IdentifierKind, T> {
  return Object.fromEntries(IDENTIFIER_KINDS.map((kind) => [kind, make(kind)])) as Record<
    IdentifierKind,
    T
  >;
}

export function packIdentifiers(index: IdentifierIndex): PackedIdentifiers {
  const names = ofEachKind((kind) => packNames(index.names[kind]));
  return { roles: index.roles, pages: index.pages.length, names, ports: index.ports };
}

/** The index again, but for its pages: each has its number for an address, until its block is read. */
export function unpackIdentifiers(packed: PackedIdentifiers): IdentifierIndex {
  return {
    roles: packed.roles,
    pages: Array.from({ length: packed.pages }, (_, page): IndexedPage => [`${page}`, '', 'fact']),
    names: ofEachKind((kind) => unpackNames(packed.names[kind])),
    ports: packed.ports,
  };
}

/** The pages in blocks, in order. */
export function pageBlocks({ pages }: IdentifierIndex): IndexedPage[][] {
  return Array.from({ length: Math.ceil(pages.length / BLOCK) }, (_, block) =>
    pages.slice(block * BLOCK, (block + 1) * BLOCK),
  );
}
