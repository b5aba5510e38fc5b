import type { FactOf } from '../../schema/fact.ts';
import {
  type AttributeRow,
  code,
  commaList,
  file,
  optional,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView, joinSentences, joinWords } from './fact-view.ts';
import { type Named, name, places } from './named.ts';

type Attributes = FactOf<'opcode-map'>['attributes'];

const PART_WORDS = {
  map: 'Map of opcodes',
  'decode-table': 'Table of the decoder',
  group: 'Group of opcodes',
  instruction: 'Instruction',
} as const;

const PARTS = Object.keys(PART_WORDS) as readonly Attributes['part'][];

function counted(labels: number, bytes: number | null): string {
  return bytes === null ? String(labels) : `${labels} (of ${bytes} opcode bytes)`;
}

function labelRows(a: Attributes): AttributeRow[] {
  if (a.labels === null || a.labelsWithoutHvm === null) return [];
  return [
    row('Labels', [word(counted(a.labels, a.bytes))]),
    row('Labels in a build without HVM', [word(counted(a.labelsWithoutHvm, a.bytesWithoutHvm))]),
    ...several(
      'Labels without one part of the emulator',
      Object.entries(a.labelsWithout).map(([part, labels]) => [symbol(part), word(`: ${labels}`)]),
    ),
  ];
}

function supportWords(supported: boolean): string {
  return supported ? 'yes' : 'no';
}

function attributeRows({ attributes: a }: FactOf<'opcode-map'>): AttributeRow[] {
  return [
    row('What it is', [word(PART_WORDS[a.part])]),
    ...(a.part === 'instruction' ? [] : [row('Map', [code(a.map)])]),
    ...(a.part === 'instruction' && a.supported !== null
      ? [row('Run by the emulator', [word(supportWords(a.supported))])]
      : []),
    ...labelRows(a),
    ...(a.entries === null ? [] : [row('Entries', [word(String(a.entries))])]),
    ...several(
      'Opcodes',
      a.opcodes.map((opcode) => [code(opcode)]),
    ),
    ...several(
      'Runs',
      a.implements.map((name) => [word(name)]),
    ),
    ...several(
      'Does not run',
      a.lacks.map((name) => [word(name)]),
    ),
    ...(a.features.length === 0 ? [] : [row('CPUID features', commaList(a.features))]),
    ...optional('Build option', a.kconfig, symbol),
    row('File', [file(a.file)]),
    row('Symbol', [symbol(a.symbol)]),
  ];
}

/** The names of instructions and instruction sets in a title: words with two capitals or more. */
function namesIn(title: string): string[] {
  return [...new Set(title.match(/\b[A-Z]\w*[A-Z]\w*(?![\w.-])/g) ?? [])];
}

function namedBy({ title, attributes: a }: FactOf<'opcode-map'>): Named[] {
  return [
    ...(a.part === 'instruction' ? namesIn(title).map(name) : []),
    ...places('handler', [{ path: a.file, symbol: a.symbol }]),
  ];
}

function countSentence(a: Attributes): string {
  if (a.labels === null) return '';
  const left =
    a.labelsWithoutHvm === a.labels
      ? 'as many in a build without HVM'
      : `${a.labelsWithoutHvm} in a build without HVM`;
  return `The main switch has ${a.labels} labels for it, and ${left}.`;
}

function sentence({ title, attributes: a }: FactOf<'opcode-map'>): string {
  if (a.part === 'map') return joinSentences(`${title}.`, countSentence(a));
  if (a.part === 'decode-table') {
    return `\`${a.symbol}\` has entries for ${a.entries} bytes. An entry says how operands are read, and not that the instruction is run.`;
  }
  if (a.part === 'group') {
    const runs = a.implements.length === 0 ? '' : `It runs ${joinWords(a.implements)}.`;
    return joinSentences(`\`${a.symbol}\` is responsible for it.`, runs);
  }
  return `The emulator ${a.supported === true ? 'runs' : 'does not run'} ${title}.`;
}

export const opcodeMapView = defineFactView('opcode-map', {
  attributeRows,
  headings: ['Map or opcodes', 'Labels', 'Run'],
  values: ({ attributes: a }) => [
    a.part === 'instruction' ? a.opcodes.join(', ') : a.map,
    a.labels === null ? '' : String(a.labels),
    a.supported === null ? '' : supportWords(a.supported),
  ],
  order: ({ attributes }) => PARTS.indexOf(attributes.part),
  named: namedBy,
  sentence,
});
