import type { FactOf } from '../../schema/fact.ts';
import { PV_INSTRUCTION_CLASSES } from '../../schema/facts/pv-instruction.ts';
import { symbolsIn } from '../mentions.ts';
import {
  type AttributeRow,
  code,
  commaList,
  optional,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

type PvInstruction = FactOf<'pv-instruction'>;

const EMULATOR_WORDS = {
  runs: 'runs the instruction',
  decodes: 'decodes the instruction without running it',
  no: 'does not see it',
} as const;

const CLASSES = Object.keys(PV_INSTRUCTION_CLASSES);

const INSTRUCTIONS: ReadonlySet<string> = new Set([
  'emulated-instruction',
  'decoded-instruction',
  'not-emulated',
  'native',
]);

/** The mnemonics in the words of an instruction, such as `LGDT`. */
function mnemonicsOf({ attributes: a }: PvInstruction): string[] {
  if (!INSTRUCTIONS.has(a.class)) return [];
  const words = a.instruction.match(/\b[A-Z][A-Z0-9]{2,}\b/g) ?? [];
  return [...new Set(words.filter((word) => !/^(?:VMX|SVM|FPU|SSE|AVX|REP|[CD]R\d)$/.test(word)))];
}

function attributeRows({ attributes: a }: PvInstruction): AttributeRow[] {
  return [
    row('Instruction', [word(a.instruction)]),
    row('Class', [word(PV_INSTRUCTION_CLASSES[a.class])]),
    ...optional('Enters', a.entry, symbol),
    ...(a.handlers.length === 0 ? [] : [row('Handled by', commaList(a.handlers))]),
    row('The emulator', [word(EMULATOR_WORDS[a.emulator])]),
    ...optional('Limited by', a.operations, symbol),
    ...several(
      'Opcode',
      a.opcodes.map((opcode) => [code(opcode)]),
    ),
    row('In the whitelist', [word(a.whitelisted ? 'yes' : 'no')]),
    ...several(
      'Hypercall in its place',
      a.alternatives.map((hypercall) => [code(hypercall)]),
    ),
  ];
}

function namedBy(fact: PvInstruction): Named[] {
  const { attributes: a } = fact;
  return [
    ...mnemonicsOf(fact).map(name),
    ...symbols('handler', [a.entry, ...a.handlers]),
    ...symbols('gate', [a.operations]),
    ...symbols('names', a.alternatives.flatMap(symbolsIn)),
  ];
}

function sentence({ attributes: a }: PvInstruction): string {
  const is = PV_INSTRUCTION_CLASSES[a.class];
  return joinSentences(
    `${a.instruction}: ${is}.`,
    a.entry === null ? '' : `It enters Xen at \`${a.entry}\`.`,
    a.operations === null ? '' : `\`${a.operations}\` limits what the emulator does.`,
  );
}

export const pvInstructionView = defineFactView('pv-instruction', {
  attributeRows,
  headings: ['Class', 'Enters'],
  values: ({ attributes: a }) => [a.class, a.entry ?? ''],
  order: ({ attributes }) => CLASSES.indexOf(attributes.class),
  named: namedBy,
  sentence,
});
