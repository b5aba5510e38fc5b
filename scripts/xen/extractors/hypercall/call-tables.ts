/** The tables of a release: the mini-language (4.17 on), or an array for each kind of caller (before). */
import { isInSpan } from '../../../../src/model/release.ts';
import type { Problem } from '../../../problems/problem.ts';
import { type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { misreadProblems } from '../../misread.ts';
import { parseCTable } from './c-tables.ts';
import { ARRAYS_UNTIL, arrays, definitions } from './constructs.ts';
import { CALLERS, type Caller, parseHypercallTable, type TableRow } from './table.ts';

/** A table, as evidence names it, and the callers that it serves. */
export interface CallTable {
  readonly path: string;
  readonly symbol: string;
  readonly callers: readonly Caller[];
  /** Names of its rows. */
  readonly names: ReadonlySet<string>;
}

export interface CallTables {
  readonly tables: readonly CallTable[];
  /** The rows of every table; rows of one name with the same conditions are one. */
  readonly rows: readonly TableRow[];
  readonly problems: readonly Problem[];
}

/** The names of hypercalls that the arrays know by their number for the architecture alone. */
const OWN_NAMES: Readonly<Record<string, string>> = { arch_1: 'paging_domctl_cont' };

/** Callers of each array, native ones first. */
const ARRAY_CALLERS = {
  pv: ['pv64', 'pv32'],
  hvm: ['hvm64', 'hvm32'],
  arm: ['arm'],
} as const satisfies Record<keyof typeof arrays, readonly Caller[]>;

/** One row for what several tables say under the same conditions. */
function joinRows(rows: readonly TableRow[]): TableRow[] {
  const same = Map.groupBy(rows, ({ name, conditions }) => JSON.stringify([name, conditions]));
  return [...same.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const handlers = Object.fromEntries(
      CALLERS.map((caller) => [
        caller,
        [first, ...rest].map((row) => row.handlers[caller]).find((one) => one !== null) ?? null,
      ]),
    ) as TableRow['handlers'];
    return [{ ...first, handlers }];
  });
}

const NOBODY = Object.fromEntries(CALLERS.map((caller) => [caller, null])) as TableRow['handlers'];

/** A row for each number of the public header that no array has: nobody may call it. */
function withoutRow(corpus: Corpus, numbers: Found, rows: readonly TableRow[]): TableRow[] {
  const known = new Set(rows.map(({ name }) => name));
  return (corpus.file(numbers.path)?.macros ?? []).flatMap(({ name, body, line }) => {
    const [, own] = /^__HYPERVISOR_(?!arch_\d)(\w+)$/.exec(name) ?? [];
    if (own === undefined || known.has(own) || !/^\d+$/.test(body)) return [];
    known.add(own);
    return [{ name: own, handlers: NOBODY, conditions: [], line }];
  });
}

function readArrays(corpus: Corpus): CallTables {
  const { numbers } = definitions;
  const { found, problems } = locateAll(corpus, { ...arrays, numbers });
  if (found === null) return { tables: [], rows: [], problems };
  const kinds = Object.keys(arrays) as (keyof typeof arrays)[];
  const read = kinds.map((kind) => {
    const { path, candidate } = found[kind];
    const file = corpus.file(path);
    const callers = ARRAY_CALLERS[kind];
    const { rows, problems: misread } =
      file === undefined ? { rows: [], problems: [] } : parseCTable(file, candidate.name, callers);
    const own = rows.map((row) => ({ ...row, name: OWN_NAMES[row.name] ?? row.name }));
    const names = new Set(rows.map(({ name }) => name));
    return {
      table: { path, symbol: candidate.name, callers, names },
      rows: own,
      problems: misreadProblems(path, misread),
    };
  });
  const rows = joinRows(read.flatMap((one) => one.rows));
  return {
    tables: read.map(({ table }) => table),
    rows: [...rows, ...withoutRow(corpus, found.numbers, rows)],
    problems: read.flatMap((one) => one.problems),
  };
}

function readDefinitions(corpus: Corpus): CallTables {
  const { found, problems } = locateAll(corpus, definitions);
  if (found === null) return { tables: [], rows: [], problems };
  const { path, text } = found.table;
  const { rows, problems: misread } = parseHypercallTable(text);
  const names = new Set(rows.map(({ name }) => name));
  return {
    tables: [{ path, symbol: 'table', callers: CALLERS, names }],
    rows,
    problems: misreadProblems(path, misread),
  };
}

/** Reads the tables of the release of the corpus. No table and problems when a construct is missing. */
export function readCallTables(corpus: Corpus): CallTables {
  return isInSpan({ until: ARRAYS_UNTIL }, corpus.release)
    ? readArrays(corpus)
    : readDefinitions(corpus);
}

/** The name by which a table has a row, for an anchor; null when it has none. */
export function rowName({ names }: CallTable, name: string): string | null {
  if (names.has(name)) return name;
  const own = Object.keys(OWN_NAMES).find((other) => OWN_NAMES[other] === name);
  return own !== undefined && names.has(own) ? own : null;
}
