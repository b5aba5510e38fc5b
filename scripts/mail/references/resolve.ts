import type { Reference } from '../../../src/schema/thread.ts';
import { fileOfName, type NameTable } from '../../xen/name-table.ts';
import { type Found, namesOf } from './found.ts';
import { isForeignPath, isNotXen } from './not-xen.ts';
import type { Past, Then } from './past.ts';
import { type PathIndex, pathByHistory, pathByName, pathsToday } from './path-index.ts';
import { XL_MANUAL } from './xl-options.ts';

/** What references are looked up in. */
export interface Lookup {
  /** Names of the pinned release. */
  readonly names: NameTable;
  readonly paths: PathIndex;
  /** Full hashes of the repository's commits, sorted; empty when no repository was given. */
  readonly commits: readonly string[];
  /** Releases before the pinned one; none when no repository was given. */
  readonly past: Past;
}

/** What the thread has said up to a reference. */
export interface Said {
  /** Paths named in full, in the order of the thread; of several files of one name the last one named is meant. */
  readonly named: readonly string[];
  /** Names that patches of the thread show as part of the tree of their time. */
  readonly former: ReadonlySet<string>;
  /** Date of the message. */
  readonly date: string | null;
}

type Place = Omit<Reference, 'kind' | 'written' | 'where'>;

function place(
  state: Reference['state'],
  path: string | null = null,
  symbol: string | null = null,
): Place {
  return { path, symbol, state, now: state === 'moved' ? path : null };
}

/** What was there at the time, and since when it is gone, where a repository tells. */
function withPast(at: Place, then: Then | undefined, since: string | undefined): Place {
  return {
    ...at,
    ...(then === undefined ? {} : { was: then }),
    ...(at.state === 'gone' && since !== undefined ? { since } : {}),
  };
}

function stripLine(written: string): string {
  return written.replace(/:\d+$/, '').replace(/^\.\.\.\//, '');
}

/** Of several candidates, the one that the message named in full last. */
function chooseNamed(candidates: readonly string[], named: readonly string[]): string | null {
  if (candidates.length === 1) return candidates[0] ?? null;
  return named.findLast((path) => candidates.includes(path)) ?? null;
}

/** What became of a path that the tree does not have, by its history, else by its name. */
function successor(lookup: Lookup, path: string, wasThere: boolean): Place {
  const before = pathByHistory(lookup.paths, path);
  const now = before ?? pathByName(lookup.paths, path);
  if (now !== undefined) return place('moved', now);
  return place(before === null || wasThere ? 'gone' : 'unresolved');
}

function resolveFile(written: string, lookup: Lookup, { named, date }: Said): Place {
  const path = stripLine(written);
  const today = pathsToday(lookup.paths, path);
  const then = lookup.past.fileAt(date, path, (candidates) => chooseNamed(candidates, named));
  if (then === undefined || then.path === null) {
    if (today.length > 0)
      return withPast(place('same', chooseNamed(today, named)), then, undefined);
    if (then === undefined && isForeignPath(path)) return place('not-xen');
    return withPast(successor(lookup, path, then !== undefined), then, undefined);
  }
  const now = lookup.paths.paths.has(then.path)
    ? place('same', then.path)
    : successor(lookup, then.path, true);
  return withPast(now, then, lookup.past.fileGoneSince(then.path));
}

function resolveSymbol(
  name: string,
  lookup: Lookup,
  { former, date }: Said,
  aliases: readonly string[] = [],
): Place {
  for (const symbol of [name, ...aliases]) {
    const now = fileOfName(lookup.names, symbol);
    const then = lookup.past.nameAt(date, symbol);
    if (now === undefined) {
      if (then !== undefined)
        return withPast(place('gone'), then, lookup.past.nameGoneSince(symbol));
      continue;
    }
    const moved = then !== undefined && then.path !== null && now !== null && then.path !== now;
    return withPast(place(moved ? 'moved' : 'same', now, symbol), then, undefined);
  }
  if (isNotXen(name)) return place('not-xen');
  const gone = former.has(name) || lookup.past.everHad(name);
  return withPast(place(gone ? 'gone' : 'unresolved'), undefined, lookup.past.nameGoneSince(name));
}

/** `XEN_X86_EMU_*`: holds while the tree has a name that begins so; the file when all of them stand in one. */
function resolveGlob(written: string, { names }: Lookup): Place {
  const prefix = written.slice(0, -1);
  const files = [names.functions, names.others].flatMap((table) =>
    [...table].flatMap(([name, file]) => (name.startsWith(prefix) ? [file] : [])),
  );
  const [file = null, ...others] = new Set(files);
  return files.length === 0
    ? place('unresolved')
    : place('same', others.length === 0 ? file : null);
}

/** Hashes are sorted: the first one that is not smaller begins with what is written, or none does. */
function resolveCommit(written: string, { commits }: Lookup): Place {
  let [low, high] = [0, commits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commits[middle] ?? '') < written) low = middle + 1;
    else high = middle;
  }
  return place(commits[low]?.startsWith(written) === true ? 'same' : 'unresolved');
}

const ALIASES: Partial<Record<Reference['kind'], (name: string) => string[]>> = {
  hypercall: (name) => [`__HYPERVISOR_${name.replace(/^_*HYPERVISOR_/, '')}`],
  msr: (name) => [`MSR_${name}`, name.replace(/^MSR_IA32_/, 'MSR_')],
  cpuid: (name) => [name.replace(/^X86_FEATURE_/, '')],
};

/** Numbers are the platform's, not names of Xen. */
function resolveNumber(): Place {
  return place('not-xen');
}

function resolveOne(name: string, found: Found, lookup: Lookup, said: Said): Place {
  switch (found.kind) {
    case 'file':
      return resolveFile(name, lookup, said);
    case 'commit':
      return resolveCommit(name, lookup);
    case 'xsa':
    case 'port':
      return resolveNumber();
    case 'xl-option':
      return lookup.paths.paths.has(XL_MANUAL) ? place('same', XL_MANUAL) : place('unresolved');
    case 'function':
      if (isNotXen(name)) return place('not-xen');
      return resolveSymbol(name, lookup, said);
    case 'macro':
    case 'hypercall':
    case 'msr':
    case 'cpuid':
      if (name.endsWith('*')) return resolveGlob(name, lookup);
      if (/^(?:0x)?\d/.test(name)) return resolveNumber();
      return resolveSymbol(name, lookup, said, ALIASES[found.kind]?.(name));
    default:
      return found.kind satisfies never;
  }
}

const WHERE_ORDER = ['own', 'diff', 'quoted'];

/** The order of references: own text, patches, quotations; then kind and name. */
export function compareReferences(a: Reference, b: Reference): number {
  const key = ({ where, kind, written, symbol, path }: Reference) =>
    `${WHERE_ORDER.indexOf(where)} ${kind} ${written} ${symbol ?? ''} ${path ?? ''}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}

/** Names that the patches among some references show as part of the tree of their time. */
export function namesInPatches(found: readonly Found[]): ReadonlySet<string> {
  return new Set(found.flatMap((one) => (one.existed === true ? namesOf(one) : [])));
}

/** Paths that references name with a folder, in their order. */
export function pathsNamed(references: readonly Reference[]): string[] {
  return references.flatMap(({ path, written }) =>
    path !== null && stripLine(written).includes('/') ? [path] : [],
  );
}

/** Looks up the references of one message, in the order of the text. */
export function resolveReferences(
  found: readonly Found[],
  lookup: Lookup,
  { named, ...rest }: Said,
): Reference[] {
  const said = { named: [...named], ...rest };
  return found.flatMap((one) => {
    const { kind, written, where } = one;
    const references = namesOf(one).map((name) => {
      return { kind, written, where, ...resolveOne(name, one, lookup, said) };
    });
    said.named.push(...pathsNamed(references));
    return references;
  });
}
