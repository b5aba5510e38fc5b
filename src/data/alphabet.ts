/** The index from A to Z: what the identifier index answers, and titles and terms, as lists to read. Pure. */
import type { Content } from './content.ts';
import type { IdentifierIndex, IdentifierKind } from './identifier-index.ts';
import { type Target, targetsOf } from './lookup.ts';
import { PAGE_WORDS } from './mention-words.ts';
import { featureRoute, termRoute } from './routes.ts';

export interface IndexedName {
  readonly name: string;
  /** Whether it is spelled as in Xen or its tools; else it is a title or a term in plain words. */
  readonly code: boolean;
  /** The pages that answer, the best first, each with what it is. */
  readonly pages: readonly {
    readonly href: string;
    readonly title: string;
    readonly kind: string;
  }[];
}

export interface Letter {
  /** `a`, or `0-9` for digits and signs. */
  readonly id: string;
  readonly title: string;
  /** In the order of their letters, whatever their case. */
  readonly names: readonly IndexedName[];
}

const KINDS: readonly IdentifierKind[] = ['symbol', 'name', 'option'];

/** The letter under which a name stands: its first one after signs, or `0-9`. */
export function initialOf(name: string): string {
  const [first = ''] = name.replace(/^[^\p{L}\p{N}]+/u, '').toUpperCase();
  return /[A-Z]/.test(first) ? first : '0-9';
}

/** The page of a symbol lists what else touches it. */
function pagesOf(targets: readonly Target[]): IndexedName['pages'] {
  const own = targets.findIndex(({ why }) => why === 'page');
  return targets.slice(0, own === -1 ? undefined : own + 1).map(({ url, title, collection }) => ({
    href: url,
    title,
    kind: PAGE_WORDS[collection],
  }));
}

function identifiers(index: IdentifierIndex): IndexedName[] {
  return KINDS.flatMap((kind) =>
    Object.keys(index.names[kind]).map((name) => ({
      name,
      code: true,
      pages: pagesOf(targetsOf(index, name, kind)),
    })),
  );
}

function titles({ features, glossary }: Pick<Content, 'features' | 'glossary'>): IndexedName[] {
  const plain = (name: string, href: string, kind: string): IndexedName => ({
    name,
    code: false,
    pages: [{ href, title: name, kind }],
  });
  return [
    ...features.map(({ id, title }) => plain(title, featureRoute(id), PAGE_WORDS.feature)),
    ...glossary.flatMap(({ id, term, also = [] }) =>
      [term, ...also].map((name) => plain(name, termRoute(id), 'Glossary')),
    ),
  ];
}

/** Entries of one name, spelled alike, are one; each page stands there once. */
function merge(entries: readonly IndexedName[]): IndexedName[] {
  return [...Map.groupBy(entries, ({ name }) => name)].map(([name, same]) => {
    const pages = new Map(
      same.flatMap((entry) => entry.pages.map((page) => [page.href, page] as const)),
    );
    return { name, code: same.some(({ code }) => code), pages: [...pages.values()] };
  });
}

/** What a name is sorted by: its letters and digits. */
function sortKey(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function compareNames(a: IndexedName, b: IndexedName): number {
  const [first, second] = [sortKey(a.name), sortKey(b.name)];
  if (first !== second) return first < second ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** Every name that has a page, under its letter; letters without names are left out. */
export function alphabetOf(
  index: IdentifierIndex,
  content: Pick<Content, 'features' | 'glossary'>,
): Letter[] {
  const names = merge([...identifiers(index), ...titles(content)])
    .filter(({ pages }) => pages.length > 0)
    .sort(compareNames);
  return [...Map.groupBy(names, ({ name }) => initialOf(name))]
    .map(([title, own]) => ({ id: title.toLowerCase(), title, names: own }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
