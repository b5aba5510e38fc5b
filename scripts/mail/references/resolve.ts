import type { Reference } from '../../../src/schema/thread.ts';
import type { Definition, TreeNames } from '../../xen/tree-names.ts';
import type { Found } from './found.ts';
import { isForeignPath, isNotXen } from './not-xen.ts';
import { type PathIndex, pathByHistory, pathByName, pathsToday } from './path-index.ts';
import { XL_MANUAL } from './xl-options.ts';

/** What references are looked up in. */
export interface Lookup {
  readonly names: TreeNames;
  readonly paths: PathIndex;
  /** Full hashes of the repository's commits, sorted; empty when no repository was given. */
  readonly commits: readonly string[];
  /** Names that an older release had; empty when no repository was given. */
  readonly formerNames: ReadonlySet<string>;
}

type Place = Pick<Reference, 'path' | 'symbol' | 'state' | 'now'>;

function place(
  state: Reference['state'],
  path: string | null = null,
  symbol: string | null = null,
) {
  return { path, symbol, state, now: state === 'moved' ? path : null };
}

function stripLine(written: string): string {
  return written.replace(/:\d+$/, '').replace(/^\.\.\.\//, '');
}

/** Of several candidates, the one that the message named in full last. */
function chooseNamed(candidates: readonly string[], named: readonly string[]): string | null {
  if (candidates.length === 1) return candidates[0] ?? null;
  return named.findLast((path) => candidates.includes(path)) ?? null;
}

function resolveFile(written: string, lookup: Lookup, named: readonly string[]): Place {
  const path = stripLine(written);
  const today = pathsToday(lookup.paths, path);
  if (today.length > 0) return place('same', chooseNamed(today, named));
  if (isForeignPath(path)) return place('not-xen');
  const before = pathByHistory(lookup.paths, path);
  const now = before ?? pathByName(lookup.paths, path);
  if (now !== undefined) return place('moved', now);
  return place(before === null ? 'gone' : 'unresolved');
}

const FAR = /^(?:tools|stubdom|extras)\/|\/(?:arm|riscv|ppc|test)\//;

/** Where a symbol is defined: the hypervisor's x86 side first; null when several files define it. */
function definedIn(definitions: readonly Definition[]): string | null {
  const functions = definitions.filter(({ kind }) => kind === 'function');
  const chosen = functions.length > 0 ? functions : definitions;
  const near = chosen.filter(({ path }) => !FAR.test(path));
  const sources = (near.length > 0 ? near : chosen).map(({ path }) => path);
  const bodies = sources.filter((path) => path.endsWith('.c'));
  const paths = new Set(bodies.length > 0 ? bodies : sources);
  return paths.size === 1 ? ([...paths][0] ?? null) : null;
}

function resolveSymbol(
  name: string,
  lookup: Lookup,
  former: ReadonlySet<string>,
  aliases: readonly string[] = [],
): Place {
  for (const symbol of [name, ...aliases]) {
    const definitions = lookup.names.symbols.get(symbol);
    if (definitions !== undefined) return place('same', definedIn(definitions), symbol);
  }
  if (isNotXen(name)) return place('not-xen');
  return place(former.has(name) ? 'gone' : 'unresolved');
}

/** `XEN_X86_EMU_*`: holds while the tree has a name that begins so; the file when all of them stand in one. */
function resolveGlob(written: string, lookup: Lookup): Place {
  const prefix = written.slice(0, -1);
  const definitions = [...lookup.names.symbols].flatMap(([name, found]) =>
    name.startsWith(prefix) ? found : [],
  );
  return definitions.length === 0 ? place('unresolved') : place('same', definedIn(definitions));
}

function resolveCommit(written: string, lookup: Lookup): Place {
  const known = lookup.commits.some((hash) => hash.startsWith(written));
  return place(known ? 'same' : 'unresolved');
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

/** What the thread has said up to a reference. */
export interface Said {
  /** Paths named in full, in the order of the thread; of several files of one name the last one named is meant. */
  readonly named: readonly string[];
  /** Names that the tree is known to have had. */
  readonly former: ReadonlySet<string>;
}

function resolveOne(name: string, found: Found, lookup: Lookup, { named, former }: Said): Place {
  switch (found.kind) {
    case 'file':
      return resolveFile(name, lookup, named);
    case 'commit':
      return resolveCommit(name, lookup);
    case 'xsa':
    case 'port':
      return resolveNumber();
    case 'xl-option':
      return lookup.names.paths.has(XL_MANUAL) ? place('same', XL_MANUAL) : place('unresolved');
    case 'function':
      if (isNotXen(name)) return place('not-xen');
      return resolveSymbol(name, lookup, former);
    case 'macro':
    case 'hypercall':
    case 'msr':
    case 'cpuid':
      if (name.endsWith('*')) return resolveGlob(name, lookup);
      if (/^(?:0x)?\d/.test(name)) return resolveNumber();
      return resolveSymbol(name, lookup, former, ALIASES[found.kind]?.(name));
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

/** Identifiers among some references that the tree does not have: what a repository may know from older releases. */
export function unknownNames(found: readonly Found[], names: TreeNames): string[] {
  const known = (name: string) => names.symbols.has(name) || !/^[A-Za-z_]\w*$/.test(name);
  return found
    .filter(({ kind }) => ['function', 'macro', 'hypercall', 'msr', 'cpuid'].includes(kind))
    .flatMap((one) => one.names.filter((name) => !known(name)));
}

/** Names that the patches among some references show as part of the tree of their time. */
export function namesInPatches(found: readonly Found[]): ReadonlySet<string> {
  return new Set(found.flatMap(({ existed, names }) => (existed ? names : [])));
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
  { named, former }: Said,
): Reference[] {
  const said = { named: [...named], former };
  return found.flatMap((one) => {
    const { kind, written, where } = one;
    const references = one.names.map((name) => {
      return { kind, written, where, ...resolveOne(name, one, lookup, said) };
    });
    said.named.push(...pathsNamed(references));
    return references;
  });
}
