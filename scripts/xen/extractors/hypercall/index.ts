import { isUnconditional } from '../../../../src/model/condition.ts';
import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { isIn } from '../../authored.ts';
import type { Corpus } from '../../corpus.ts';
import { ExpressionError } from '../../expression.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  seenBy,
  sortFacts,
} from '../../extractor.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { type CallTable, readCallTables, rowName } from './call-tables.ts';
import { constructs, NUMBER_HEADERS } from './constructs.ts';
import { type Operations, readOperations } from './operations.ts';
import { evidenceIn, type Restriction } from './restriction.ts';
import { NOT_IN_SHIM, RESTRICTIONS } from './restrictions.ts';
import { anyArm, CALLERS, type Caller, optionsOf, type TableRow } from './table.ts';

const HEADER = 'xen/include/public/xen.h';

type HypercallFact = FactOf<'hypercall'>;
type Handlings = [Handling, ...Handling[]];

/** The callers of the table behind a guest type; the first one that has a handler counts. */
const CALLERS_OF: Readonly<Record<GuestType, readonly Caller[]>> = {
  pv: ['pv64', 'pv32'],
  pvh: ['hvm64', 'hvm32'],
  hvm: ['hvm64', 'hvm32'],
  'pv-dom0': ['pv64', 'pv32'],
  'pvh-dom0': ['hvm64', 'hvm32'],
  'pv-shim': ['pv64', 'pv32'],
  arm: ['arm'],
  'arm-dom0': ['arm'],
};

/** A hypercall with all its rows: one, or one for each preprocessor arm. */
interface Hypercall {
  readonly name: string;
  readonly number: number;
  readonly rows: readonly [TableRow, ...TableRow[]];
  readonly operations: Operations | null;
}

function restrictionsOf(name: string, release: string): Restriction[] {
  return RESTRICTIONS.filter(
    (restriction) => restriction.hypercall === name && isIn(restriction, release),
  );
}

/** Handlings by the table alone: exposed in each arm that has a handler for the guest type. */
function byTable({ rows }: Hypercall, guest: GuestType, evidence: readonly number[]): Handlings {
  const exposed = rows
    .filter(({ handlers }) => CALLERS_OF[guest].some((caller) => handlers[caller] !== null))
    .map(({ conditions }): Handling => {
      const options = optionsOf(conditions);
      const by = guest === 'pv-shim' ? 'shim' : 'xen';
      if (conditions.length === 0) return { how: 'exposed', by, evidence };
      return options === null
        ? { how: 'exposed', by, note: `In a build with ${conditions.join(' and ')}.`, evidence }
        : { how: 'exposed', by, when: { kconfig: options }, evidence };
    });
  const [first, ...rest] = exposed;
  if (first !== undefined) return [first, ...rest];
  return [seenBy(guest, { how: 'hidden', by: 'xen', effect: 'error', evidence })];
}

/** What the shim that comes with Xen, which serves nobody else, makes of a row that it is built without. */
function leftOut({ rows }: Hypercall, evidence: readonly number[]): Handling[] {
  const own = rows.filter(({ handlers }) =>
    CALLERS_OF['pv-shim'].some((c) => handlers[c] !== null),
  );
  const options = own.map(({ conditions }) => optionsOf(conditions) ?? []);
  if (!options.every((row) => row.some((option) => NOT_IN_SHIM.has(option)))) return [];
  return [
    {
      how: 'hidden',
      by: 'shim',
      when: { kconfig: ['CONFIG_PV_SHIM_EXCLUSIVE'] },
      effect: 'error',
      note: 'The shim that comes with Xen is built without it.',
      evidence,
    },
  ];
}

function handlingsFor(
  hypercall: Hypercall,
  guest: GuestType,
  restrictions: readonly Restriction[],
  table: readonly number[],
  cite: (restriction: Restriction) => number,
): Handlings {
  const base = byTable(hypercall, guest, table);
  const restriction = restrictions.find(({ guests }) => guests.includes(guest));
  if (restriction === undefined || base[0].how === 'hidden') return base;
  const evidence = [...table, cite(restriction)];
  const byRow = restriction.atRunTime !== true && base.length === 1;
  const kconfig = byRow ? base[0].when?.kconfig : undefined;
  const restrict = (handling: Omit<Handling, 'evidence'>): Handling => {
    const { when: own, ...rest } = handling;
    const options = [...(own?.kconfig ?? []), ...(kconfig ?? [])];
    const when = { ...own, ...(options.length === 0 ? {} : { kconfig: options }) };
    const condition = isUnconditional(when) ? {} : { when };
    return { ...seenBy(guest, rest), ...condition, origin: 'authored', evidence };
  };
  const [first, ...others] = restriction.handlings;
  return [restrict(first), ...others.map(restrict)];
}

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
    guests: perGuest((guest) => {
      const cited = tablesOf[guest];
      const [first, ...rest] = handlingsFor(hypercall, guest, restrictions, cited, (restriction) =>
        evidence.cite(evidenceIn(restriction, corpus.release)),
      );
      const [without] =
        guest === 'pv-shim' && first.how !== 'hidden' ? leftOut(hypercall, cited) : [];
      return without === undefined ? [first, ...rest] : [without, first, ...rest];
    }),
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
