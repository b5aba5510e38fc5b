/**
 * Names in prose: what an inline code means, where it leads, and whether the Atlas may not know it.
 *
 * A name of C (with `_`, or with `()`), a path of the source and a Message-ID must be known: to the identifier index,
 * or to `content/names.yml`. Anything else between backticks (`%rip`, `builder="hvm"`, `HLT`) is prose, and leads
 * somewhere only when the index has it.
 */
import type { IdentifierIndex, IndexedTarget } from '../data/identifier-index.ts';
import { isSymbol, isTreePath } from '../data/mentions.ts';
import { fileRoute, symbolRoute } from '../data/routes.ts';
import type { Names } from '../schema/names.ts';

export type Resolved =
  /** Has a page, or a search that lists its pages. */
  | { readonly is: 'linked'; readonly url: string }
  /** A name of Xen that has no page. */
  | { readonly is: 'known' }
  | { readonly is: 'unknown'; readonly name: string }
  | { readonly is: 'prose' };

export interface KnownNames {
  readonly index: IdentifierIndex;
  readonly names: Pick<Names, 'symbols' | 'paths' | 'others'>;
  /** Address of a message in the archive of the list; left out where sentences name none. */
  readonly archive?: ((messageId: string) => string) | undefined;
}

const SOURCE_FILE = /\.(?:[chS]|py|awk|pod|pandoc|md|in|lds|mk|ml|mli|rst|txt)$/;
/** A range wider than this is the default of unclaimed ports, which is no page for one of them. */
const WIDE_RANGE = 0x1000;

/** Names come from prose: `constructor` is none of the record's own. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function firstUrl(
  { pages }: IdentifierIndex,
  targets: readonly IndexedTarget[],
): string | undefined {
  const [first] = targets;
  return first === undefined ? undefined : pages[first[0]]?.[0];
}

function linked(url: string | undefined): Resolved {
  return url === undefined ? { is: 'known' } : { is: 'linked', url };
}

function search(text: string): Resolved {
  return { is: 'linked', url: `/search/?q=${encodeURIComponent(text)}` };
}

/** What is about the symbol, else its own page. */
function symbolUrl(index: IdentifierIndex, name: string): string | undefined {
  const targets = own(index.names.symbol, name);
  if (targets === undefined) return undefined;
  const about = targets.filter(([, role]) => index.roles[role] === 'names');
  return firstUrl(index, about) ?? symbolRoute(name);
}

function resolveSymbol(name: string, { index, names }: KnownNames): Resolved | undefined {
  const about = own(index.names.name, name);
  if (about !== undefined) return linked(firstUrl(index, about));
  const url = symbolUrl(index, name);
  if (url !== undefined) return linked(url);
  return names.symbols.includes(name) || Object.hasOwn(names.others, name)
    ? { is: 'known' }
    : undefined;
}

function resolvePath(path: string, { index, names }: KnownNames): Resolved | undefined {
  const files = Object.keys(index.names.file);
  const fits = files.filter((file) => file === path || file.endsWith(`/${path}`));
  const [only] = fits;
  if (fits.length > 1 && !files.includes(path)) return search(path);
  if (only !== undefined) return linked(fileRoute(files.includes(path) ? path : only));
  const listed = names.paths.some((file) => file === path || file.endsWith(`/${path}`));
  return listed || Object.hasOwn(names.others, path) ? { is: 'known' } : undefined;
}

function resolvePort(text: string, { index }: KnownNames): Resolved | undefined {
  const match = /^0x([0-9a-f]{2,4})(?:-0x([0-9a-f]{2,4}))?$/i.exec(text);
  if (match === null) return undefined;
  const [first, last] = [match[1], match[2] ?? match[1]].map((hex) =>
    Number.parseInt(hex ?? '', 16),
  );
  if (first === undefined || last === undefined) return undefined;
  const range = index.ports.find(
    ([from, to, , role]) =>
      from <= first && last <= to && to - from < WIDE_RANGE && index.roles[role] === 'names',
  );
  return range === undefined ? undefined : linked(index.pages[range[2]]?.[0]);
}

/** `apic=0`, `apic=`: an xl.cfg key. */
function resolveOption(text: string, { index }: KnownNames): Resolved | undefined {
  const [, key] = /^([a-z][a-z0-9_]*)=/.exec(text) ?? [];
  const targets = key === undefined ? undefined : own(index.names.option, key);
  return targets === undefined ? undefined : linked(firstUrl(index, targets));
}

/** `XEN_X86_EMU_*`: names that begin so. */
function resolveGlob(text: string, names: KnownNames): Resolved | undefined {
  const [, start] = /^([A-Za-z_][A-Za-z0-9_]*_)\*$/.exec(text) ?? [];
  if (start === undefined) return undefined;
  const { symbol, name } = names.index.names;
  const indexed = [symbol, name].some((group) =>
    Object.keys(group).some((candidate) => candidate.startsWith(start)),
  );
  if (indexed) return search(start);
  const listed = names.names.symbols.some((candidate) => candidate.startsWith(start));
  return listed || Object.hasOwn(names.names.others, text)
    ? { is: 'known' }
    : { is: 'unknown', name: text };
}

export function isMessageId(text: string): boolean {
  return /^[^\s<>@]+@[^\s<>@]+$/.test(text);
}

/** A message of a thread here, else in the archive. */
export function resolveMessageId(id: string, { index, archive }: KnownNames): Resolved {
  const targets = own(index.names.message, id);
  return linked((targets && firstUrl(index, targets)) ?? archive?.(id));
}

/** What an inline code in prose means. */
export function resolveName(written: string, names: KnownNames): Resolved {
  const id = written.replace(/^<|>$/g, '');
  if (isMessageId(id) && written !== id) return resolveMessageId(id, names);
  const text = written.replace(/\(\)$/, '');
  const special =
    resolvePort(text, names) ?? resolveOption(text, names) ?? resolveGlob(text, names);
  if (special !== undefined) return special;
  if (isTreePath(text) && SOURCE_FILE.test(text)) {
    return resolvePath(text, names) ?? { is: 'unknown', name: text };
  }
  if (!isSymbol(text)) return { is: 'prose' };
  const mustBeKnown = text.includes('_') || text !== written;
  return (
    resolveSymbol(text, names) ?? (mustBeKnown ? { is: 'unknown', name: text } : { is: 'prose' })
  );
}
