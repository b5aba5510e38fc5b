import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { ExpressionError } from '../../expression.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { type CallTable, readCallTables, rowName } from './call-tables.ts';
import { constructs, NUMBER_HEADERS } from './constructs.ts';
import { CALLERS_OF, cellOf, type Hypercall, restrictionsOf } from './handlings.ts';
import { type Operations, readOperations } from './operations.ts';
import { placesIn } from './restriction.ts';
import { anyArm, CALLERS, type Caller, type TableRow } from './table.ts';

const HEADER = 'xen/include/public/xen.h';

type HypercallFact = FactOf<'hypercall'>;

/** The handler of each caller, in whatever row it has one. */
function handlersOf(rows: readonly TableRow[]): Record<Caller, string | null> {
  return Object.fromEntries(
    CALLERS.map((caller) => [
      caller,
      rows.map((row) => row.handlers[caller]).find((h) => h !== null) ?? null,
    ]),
  ) as Record<Caller, string | null>;
}

/** The table of a guest type's callers at the row of the hypercall, or as a whole where it has no such row. */
function citeTable(
  evidence: EvidenceList,
  tables: readonly CallTable[],
  guest: GuestType,
  name: string,
): number[] {
  return tables
    .filter(({ callers }) => CALLERS_OF[guest].some((caller) => callers.includes(caller)))
    .map((table) => {
      const anchor = rowName(table, name);
      const { path, symbol } = table;
      return evidence.cite({ path, symbol, ...(anchor === null ? {} : { anchor }) });
    });
}

function factOf(
  corpus: Corpus,
  tables: readonly CallTable[],
  hypercall: Hypercall,
): { fact: HypercallFact; problems: readonly Problem[] } {
  const { name, number, rows, operations } = hypercall;
  const evidence = new EvidenceList(corpus);
  const tablesOf = perGuest((guest) => citeTable(evidence, tables, guest, name));
  const constant = constantOf(tables, name);
  const header = headerOf(corpus, constant);
  if (header !== undefined) evidence.cite({ path: header, symbol: constant });
  const restrictions = restrictionsOf(name, corpus.release);
  const handlers = handlersOf(rows);
  const fact: HypercallFact = {
    id: `hypercall/${name.replaceAll('_', '-')}`,
    kind: 'hypercall',
    title: name,
    guests: perGuest((guest) =>
      cellOf(hypercall, guest, restrictions, tablesOf[guest], (restriction) =>
        placesIn(restriction, corpus.release).map((place) => evidence.cite(place)),
      ),
    ),
    attributes: {
      name,
      number,
      callers: handlers,
      kconfig: anyArm(rows.map((row) => row.conditions)),
      arms:
        rows.length === 1
          ? []
          : rows.map((row) => ({
              kconfig: row.conditions.join(' && '),
              callers: CALLERS.filter((caller) => row.handlers[caller] !== null),
            })),
      operations:
        operations === null
          ? null
          : { ...operations, allowed: [...operations.allowed], refused: [...operations.refused] },
    },
    evidence: evidence.items,
    origin: 'extracted',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function headers(corpus: Corpus): string[] {
  return [HEADER, ...NUMBER_HEADERS].filter((path) => corpus.texts.has(path));
}

/** The number behind a constant, or undefined when no header gives one that can be read. */
function numbersOf(corpus: Corpus): (constant: string) => number | undefined {
  const macros = headers(corpus).flatMap((path) => corpus.file(path)?.macros ?? []);
  const environment = macroEnvironment(macros);
  return (constant) => {
    try {
      const value = environment.name(constant);
      return value === undefined ? undefined : Number(value);
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  };
}

/** The constant that has the number of a hypercall, by the name that the tables know it by. */
function constantOf(tables: readonly CallTable[], name: string): string {
  const own = tables.map((table) => rowName(table, name)).find((one) => one !== null);
  return `__HYPERVISOR_${own ?? name}`;
}

function headerOf(corpus: Corpus, constant: string): string | undefined {
  return headers(corpus).find((path) =>
    corpus.file(path)?.macros.some((macro) => macro.name === constant),
  );
}

/** The switch that decides by operation for HVM callers: in the `hvm_` wrapper, or in the handler itself. */
function operationsOf(
  corpus: Corpus,
  name: string,
  { hvm64: handler }: Readonly<Record<Caller, string | null>>,
): Operations | null {
  if (handler === null) return null;
  const wrapped = handler.startsWith('hvm_');
  const [file] = corpus
    .filesWith('xen/arch/x86/', [handler])
    .filter((candidate) => candidate.functions.some((f) => f.name === handler));
  if (file === undefined || (!wrapped && name !== 'mmuext_op')) return null;
  return readOperations(corpus.reader, file, handler, !wrapped);
}

function pathOf(tables: readonly CallTable[], name: string, { line }: TableRow) {
  const table = tables.find((one) => rowName(one, name) !== null);
  return table === undefined ? { path: HEADER, line } : { path: table.path, line };
}

function extract(corpus: Corpus): Extraction<HypercallFact> {
  const { tables, rows, problems: unread } = readCallTables(corpus);
  const problems: Problem[] = [...unread];
  const numbers = numbersOf(corpus);
  const byName = Map.groupBy(rows, ({ name }) => name);
  const facts: HypercallFact[] = [];
  for (const [name, [first, ...rest]] of byName) {
    const constant = constantOf(tables, name);
    const number = numbers(constant);
    if (first === undefined) continue;
    if (number === undefined) {
      problems.push(
        problem('construct-unread', pathOf(tables, name, first), {
          actual: `hypercall \`${name}\` without a number`,
          expected: `\`${constant}\` in ${headers(corpus).join(', ')}`,
        }),
      );
      continue;
    }
    const operations = operationsOf(corpus, name, handlersOf([first, ...rest]));
    const hypercall = { name, number, rows: [first, ...rest] as const, operations };
    const result = factOf(corpus, tables, hypercall);
    facts.push(result.fact);
    problems.push(...result.problems);
  }
  return { facts: sortFacts(facts), problems };
}

export const hypercall: Extractor<'hypercall'> = {
  kind: 'hypercall',
  constructs,
  minimum: 30,
  extract,
};
