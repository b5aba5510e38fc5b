import type { Definition, TreeNames } from './tree-names.ts';

/** The names of one release, small enough that many releases can be held at a time. */
export interface NameTable {
  readonly release: string;
  /** Every file, sorted. */
  readonly paths: readonly string[];
  /** Functions and the file that defines each; null when several do. */
  readonly functions: ReadonlyMap<string, string | null>;
  /** Macros, variables, types and constants, in the same way. */
  readonly others: ReadonlyMap<string, string | null>;
}

const FAR = /^(?:tools|stubdom|extras)\/|\/(?:arm|riscv|ppc|test)\//;

/** Where a name is defined: the hypervisor's x86 side first, a source before a header; null when several files define it. */
function definedIn(definitions: readonly Definition[]): string | null {
  const near = definitions.filter(({ path }) => !FAR.test(path));
  const sources = (near.length > 0 ? near : definitions).map(({ path }) => path);
  const bodies = sources.filter((path) => path.endsWith('.c'));
  const paths = new Set(bodies.length > 0 ? bodies : sources);
  return paths.size === 1 ? ([...paths][0] ?? null) : null;
}

export function nameTable({ release, paths, symbols }: TreeNames): NameTable {
  const functions = new Map<string, string | null>();
  const others = new Map<string, string | null>();
  for (const [name, definitions] of symbols) {
    const bodies = definitions.filter(({ kind }) => kind === 'function');
    if (bodies.length > 0) functions.set(name, definedIn(bodies));
    else others.set(name, definedIn(definitions));
  }
  return { release, paths: [...paths], functions, others };
}

/** The file that defines a name; null when several do, undefined when none does. */
export function fileOfName(table: NameTable, name: string): string | null | undefined {
  const file = table.functions.get(name);
  return file === undefined ? table.others.get(name) : file;
}
