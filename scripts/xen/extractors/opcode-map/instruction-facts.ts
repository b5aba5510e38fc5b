/** Facts about instructions: whether the labels that stand for them are there. */
import type { Place } from '../../../../src/model/evidence.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import { problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { EMULATOR } from './constructs.ts';
import { factOf, joined, optionFor, type Result, UNSAID } from './draft.ts';
import { type EmulatorFeatures, readEmulatorFeatures } from './features.ts';
import { GROUPS } from './groups.ts';
import { ALWAYS_ON_CPU, INSTRUCTIONS, SOMETIMES_ON_CPU } from './instructions/index.ts';
import type { Instruction } from './instructions/instruction.ts';
import { has, readWanted, type Wanted } from './lookup.ts';
import { isExtended, opcodeName } from './opcodes.ts';
import { IMPLEMENTED, type Reach, UNTRAPPED } from './reach.ts';
import type { EmulatorLabels } from './read.ts';

function misread({ id }: Instruction, actual: string, expected: string): Result {
  const words = {
    actual: `${actual} of \`${id}\``,
    expected,
    repair: 'Correct its entry in `instructions/` of the extractor `opcode-map`.',
  };
  return { facts: [], problems: [problem('construct-unread', { path: EMULATOR }, words)] };
}

/** The function in which the instruction is run, or would be: that of its group where it has one in this release. */
function home(corpus: Corpus, wanted: readonly Wanted[]): { path: string; symbol: string } {
  const opcode = wanted[0]?.opcode;
  const name = opcode === undefined ? '' : opcodeName({ ...opcode, prefix: 'none' });
  const group = GROUPS.find(({ leads, file }) => leads.includes(name) && corpus.texts.has(file));
  return group === undefined
    ? { path: EMULATOR, symbol: 'x86_emulate' }
    : { path: group.file, symbol: group.symbol };
}

/** What the CPU runs of it without the emulator; null for what is privileged. */
function byCpu({ id, turnedOn, vmx }: Instruction): Reach['cpu'] {
  if (ALWAYS_ON_CPU.has(id)) return UNTRAPPED;
  if (!SOMETIMES_ON_CPU.has(id)) return null;
  if (turnedOn === undefined) return vmx === undefined ? IMPLEMENTED : { ...IMPLEMENTED, vmx };
  return { ...IMPLEMENTED, when: { ...IMPLEMENTED.when, guest: [turnedOn] } };
}

function instructionFact(
  corpus: Corpus,
  labels: EmulatorLabels,
  features: EmulatorFeatures,
  entry: Instruction,
): Result {
  const wanted: Wanted[] = [];
  for (const text of entry.opcodes) {
    const read = readWanted(text);
    if (read === null) return misread(entry, `the opcode \`${text}\``, 'a map and a byte');
    wanted.push(...read);
  }
  const count = wanted.filter((one) => has(labels.whole, one)).length;
  const left = wanted.filter((one) => has(labels.withoutHvm, one)).length;
  const { judged } = entry;
  if (judged === undefined && count > 0 && count < wanted.length) {
    return misread(entry, `${count} of ${wanted.length} opcodes`, 'all of them or none');
  }
  const supported = judged === undefined ? count > 0 : judged.supported;
  const where = home(corpus, wanted);
  const place: Place = judged === undefined ? where : { ...where, anchor: judged.anchor };
  return factOf(corpus, {
    id: `instruction-${entry.id}`,
    title: entry.name,
    attributes: {
      ...UNSAID,
      part: 'instruction',
      map: entry.name,
      labels: count,
      bytes: null,
      labelsWithoutHvm: left,
      labelsWithout: {},
      opcodes: [...entry.opcodes],
      implements: [],
      lacks: [],
      features: [...features.of(entry.id)],
      supported,
      kconfig: supported ? optionFor(count, left) : null,
      file: where.path,
      symbol: where.symbol,
    },
    reach: {
      supported,
      amdOnly: entry.amdOnly,
      cpu: byCpu(entry),
      memory: entry.memory,
      ways: entry.ways ?? [],
      faults: entry.faults,
      extended: wanted.every(({ opcode }) => isExtended(opcode.map)),
      block: entry.block,
      hvmOnly: left === 0,
      onlyForPv: entry.onlyForPv ?? false,
    },
    places: [entry.note === undefined ? place : { ...place, note: entry.note }],
  });
}

/** One fact for each instruction that is looked up. */
export function instructionFacts(corpus: Corpus, labels: EmulatorLabels): Result {
  const features = readEmulatorFeatures(corpus);
  const asked = INSTRUCTIONS.filter((entry) => isInSpan(entry, corpus.release));
  const results = asked.map((entry) => instructionFact(corpus, labels, features, entry));
  return joined([...results, { facts: [], problems: features.problems }]);
}
