/** The switch of the emulator against the tables of its tests, on a real tree. */
import { beforeAll, expect, it } from 'vitest';
import { compareWitnesses } from '../../scripts/xen/witness.ts';
import { emulatorPredicates, PREDICATES } from '../../scripts/xen/witnesses/emulator-predicates.ts';
import { readPredicateTables } from '../../scripts/xen/witnesses/predicate-tables.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;

beforeAll(async () => {
  real = await openRealTree();
}, 120_000);

it('compares every opcode, and a person read each that differs', () => {
  const { witnesses, problems } = compareWitnesses(real.corpus, real.facts, [emulatorPredicates]);
  expect(problems).toEqual([]);
  const [witness] = witnesses;
  expect(witness?.compared).toBeGreaterThan(1500);
  const unread = witness?.disagreements.filter(({ reading }) => reading === undefined) ?? [];
  expect(unread.length).toBeLessThan(real.pinned ? 1 : 20);
});

it('reads as many rows as the tables have lines of bytes', () => {
  const text = real.corpus.texts.get(PREDICATES) ?? '';
  const { rows, misread } = readPredicateTables(text);
  expect(misread).toEqual([]);
  const lines = text.match(/^ {4}\{ (?:\{ )?0x[0-9a-f]{2}\b.*$/gm) ?? [];
  const macros = text.match(/^ {4}(?:REG|CND)\(0x/gm) ?? [];
  const onLines = new Set(rows.map(({ line }) => line));
  expect(onLines.size).toBe(lines.length + macros.length);
});
