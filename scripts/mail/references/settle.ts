import { type Found, namesOf } from './found.ts';
import { isNotXen } from './not-xen.ts';

/** What trees know of names: the pinned one, and that of the message's date where it is at hand. */
export interface KnownNames {
  readonly has: (name: string) => boolean;
  readonly isFunction: (name: string) => boolean;
}

/** Each reference once; what one of its places says for certain holds. */
export function uniqueFound(found: readonly Found[]): Found[] {
  const byKey = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.where} ${one.kind} ${one.written}`;
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? one : merge(before, one));
  }
  return [...byKey.values()];
}

function merge(a: Found, b: Found): Found {
  const { when: _when, ...rest } = a;
  const certain = a.when === undefined || b.when === undefined;
  const when = a.when === b.when ? a.when : 'name';
  return {
    ...rest,
    ...(a.existed === true || b.existed === true ? { existed: true } : {}),
    ...(certain || when === undefined ? {} : { when }),
  };
}

function settleOne(found: Found, known: KnownNames): Found | undefined {
  const { when, unglued, ...settled } = found;
  const { written } = settled;
  if (unglued !== undefined && !known.has(written) && known.has(unglued)) {
    return { ...settled, written: unglued };
  }
  if (when === undefined) return settled;
  if (when === 'name') return known.has(written) ? settled : undefined;
  if (known.has(`__HYPERVISOR_${written}`)) return { ...settled, kind: 'hypercall' };
  return known.isFunction(written) || isNotXen(written) ? settled : undefined;
}

/** The references among what a text has: words that only a tree can tell from prose are kept where a tree has them. */
export function settleFound(found: readonly Found[], known: KnownNames): Found[] {
  return uniqueFound(found.flatMap((one) => settleOne(one, known) ?? []));
}

/** Identifiers among references, each once: what older releases may be asked for. */
export function identifiersOf(found: readonly Found[]): string[] {
  const kinds = new Set<Found['kind']>(['function', 'macro', 'hypercall', 'msr', 'cpuid']);
  const names = found
    .filter(({ kind }) => kinds.has(kind))
    .flatMap((one) => [...namesOf(one), ...(one.unglued === undefined ? [] : [one.unglued])]);
  return [...new Set(names.filter((name) => /^[A-Za-z_]\w*$/.test(name)))];
}
