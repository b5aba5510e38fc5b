/** What the emulator runs, against the instructions with which Xen tests its decoder. */
import type { Disagreement } from '../../../src/schema/witness.ts';
import { problem } from '../../problems/problem.ts';
import type { Corpus } from '../corpus.ts';
import { anchorFor } from '../evidence.ts';
import type { EvidenceList } from '../extractor.ts';
import { EMULATOR } from '../extractors/opcode-map/constructs.ts';
import { MAPS } from '../extractors/opcode-map/maps.ts';
import { type Opcode, opcodeName, opcodeOf } from '../extractors/opcode-map/opcodes.ts';
import { type BuildLabels, readWholeEmulator } from '../extractors/opcode-map/read.ts';
import { misreadProblems } from '../misread.ts';
import type { Comparison, WitnessPair } from '../witness.ts';
import { READINGS } from './emulator-predicate-readings.ts';
import { type PredicateRow, readPredicateTables } from './predicate-tables.ts';

export const PREDICATES = 'tools/tests/x86_emulator/predicates.c';

/** The map of each table. */
const MAP_OF: Readonly<Record<string, string>> = {
  legacy: 'legacy/1-byte',
  fpu: 'legacy/1-byte',
  legacy_0f: 'legacy/0f',
  legacy_0f38: 'legacy/0f38',
  legacy_0f3a: 'legacy/0f3a',
  vex_0f: 'VEX/0f',
  vex_0f38: 'VEX/0f38',
  vex_0f3a: 'VEX/0f3a',
  xop_08: 'XOP/8f08',
  xop_09: 'XOP/8f09',
  xop_0a: 'XOP/8f0a',
  evex_0f: 'EVEX/0f',
  evex_0f38: 'EVEX/0f38',
  evex_0f3a: 'EVEX/0f3a',
  evex_map5: 'EVEX/map5',
  evex_map6: 'EVEX/map6',
};

interface Row extends PredicateRow {
  readonly opcode: Opcode;
}

interface Label {
  readonly opcode: Opcode;
  readonly line: number;
}

function rowsOf(rows: readonly PredicateRow[]): Row[] {
  return rows.flatMap((row) => {
    const map = MAP_OF[row.table];
    return map === undefined
      ? []
      : [{ ...row, opcode: { map, prefix: row.prefix, byte: row.byte } }];
  });
}

function labelsOf({ main }: BuildLabels): Label[] {
  return main.labels.flatMap(({ first, last, line }) => {
    if (first === null || last === null) return [];
    const values = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return values.flatMap((value) => {
      const opcode = opcodeOf(value);
      return opcode === null ? [] : [{ opcode, line }];
    });
  });
}

/** An opcode without its prefix: a label without one stands for every prefix that it looks at itself. */
function bare(opcode: Opcode): string {
  return opcodeName({ ...opcode, prefix: 'none' });
}

/** Each opcode once, with where it stands first. */
function firstOf<T extends { readonly opcode: Opcode }>(items: readonly T[]): Map<string, T> {
  const first = new Map<string, T>();
  for (const item of items) {
    const name = opcodeName(item.opcode);
    if (!first.has(name)) first.set(name, item);
  }
  return first;
}

function factOf(map: string): string[] {
  return MAPS.filter((known) => known.map === map).map(({ id }) => `opcode-map/${id}`);
}

/** What a person found who read both. */
function readingOf(opcode: Opcode): Pick<Disagreement, 'reading'> {
  const reading = READINGS.find(({ opcodes }) => opcodes.includes(opcodeName(opcode)))?.reading;
  return reading === undefined ? {} : { reading };
}

/** The macro that writes a label, as a pointer. */
function labelName(corpus: Corpus, line: number): string | undefined {
  const text = corpus.lines(EMULATOR)?.at(line) ?? '';
  const names = [...text.matchAll(/\b(?:X86EMUL_OPC|CASE_)\w*\([^()]*\)|\b0x[0-9a-f]{2}\b/g)];
  return (
    anchorFor(
      corpus,
      EMULATOR,
      'x86_emulate',
      line,
      names.map(([name]) => name),
    ) ?? undefined
  );
}

function untested(corpus: Corpus, { opcode, line }: Label, evidence: EvidenceList): Disagreement {
  const anchor = labelName(corpus, line);
  const table = Object.entries(MAP_OF).find(([, map]) => map === opcode.map)?.[0] ?? '';
  return {
    subject: opcodeName(opcode),
    facts: factOf(opcode.map),
    ...readingOf(opcode),
    first: {
      says: 'has a label for it',
      evidence: [
        evidence.cite({
          path: EMULATOR,
          symbol: 'x86_emulate',
          ...(anchor === undefined ? {} : { anchor }),
        }),
      ],
    },
    second: {
      says: 'does not list it',
      evidence: [evidence.cite({ path: PREDICATES, symbol: table })],
    },
  };
}

function notRun(
  corpus: Corpus,
  { opcode, table, line }: Row,
  evidence: EvidenceList,
): Disagreement {
  const byte = `0x${opcode.byte.toString(16).padStart(2, '0')}`;
  const anchor = anchorFor(corpus, PREDICATES, table, line, [byte]) ?? undefined;
  return {
    subject: opcodeName(opcode),
    facts: factOf(opcode.map),
    ...readingOf(opcode),
    first: {
      says: 'has no label for it',
      evidence: [evidence.cite({ path: EMULATOR, symbol: 'x86_emulate' })],
    },
    second: {
      says: 'lists it as an instruction that the decoder takes',
      evidence: [
        evidence.cite({
          path: PREDICATES,
          symbol: table,
          ...(anchor === undefined ? {} : { anchor }),
        }),
      ],
    },
  };
}

function compareOpcodes(
  corpus: Corpus,
  labels: readonly Label[],
  rows: readonly Row[],
  evidence: EvidenceList,
): Pick<Comparison, 'compared' | 'disagreements'> {
  const run = firstOf(labels);
  const listed = firstOf(rows);
  const bareRun = new Set(
    labels.filter(({ opcode: o }) => o.prefix === 'none').map(({ opcode }) => bare(opcode)),
  );
  const bareListed = new Set(
    rows.filter(({ opcode: o }) => o.prefix === 'none').map(({ opcode }) => bare(opcode)),
  );
  const anyListed = new Set(rows.map(({ opcode }) => bare(opcode)));
  const legacy = ({ map }: Opcode) => map.startsWith('legacy/');
  const missing = [...listed]
    .filter(
      ([name, { opcode }]) => !run.has(name) && !(legacy(opcode) && bareRun.has(bare(opcode))),
    )
    .map(([, row]) => notRun(corpus, row, evidence));
  const extra = [...run]
    .filter(([name, { opcode }]) => {
      if (listed.has(name)) return false;
      if (!legacy(opcode)) return true;
      return opcode.prefix === 'none'
        ? !anyListed.has(bare(opcode))
        : !bareListed.has(bare(opcode));
    })
    .map(([, label]) => untested(corpus, label, evidence));
  return {
    compared: new Set([...run.keys(), ...listed.keys()]).size,
    disagreements: [...missing, ...extra],
  };
}

function compare(corpus: Corpus, evidence: EvidenceList): Comparison {
  const text = corpus.texts.get(PREDICATES);
  const file = corpus.file(EMULATOR);
  const labels = file === undefined ? null : readWholeEmulator(corpus, file);
  if (text === undefined || labels === null)
    return { compared: 0, disagreements: [], problems: [] };
  const { names, rows, misread } = readPredicateTables(text);
  const unknown = names
    .filter((name) => MAP_OF[name] === undefined)
    .map((name) =>
      problem(
        'construct-unknown',
        { path: PREDICATES },
        {
          actual: `the table \`${name}\``,
          expected: 'an entry of `MAP_OF`',
          repair: 'Say in `witnesses/emulator-predicates.ts` which map of opcodes it lists.',
        },
      ),
    );
  const found = compareOpcodes(corpus, labelsOf(labels), rowsOf(rows), evidence);
  return { ...found, problems: [...misreadProblems(PREDICATES, misread), ...unknown] };
}

export const emulatorPredicates: WitnessPair = {
  id: 'emulator-predicates',
  title: 'Opcodes of the x86 emulator',
  first: 'The main switch of x86_emulate()',
  second: 'predicates.c, with which Xen tests the decoder of the emulator',
  minimum: 1000,
  compare: (corpus, _facts, evidence) => compare(corpus, evidence),
};
