import type { FactOf } from '../../schema/fact.ts';
import type { MMIO_REGISTRATIONS } from '../../schema/facts/mmio-region.ts';
import { symbolsIn } from '../mentions.ts';
import { type AttributeRow, code, optional, row, several, symbol, word } from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';
import { type Named, symbols } from './named.ts';

type Region = FactOf<'mmio-region'>;

const REGISTRATION_WORDS = {
  'mmio-handler': 'registered with register_mmio_handler()',
  'io-handler': 'an I/O handler with an accept function of its own',
  'page-fault': 'operations on a page fault of a PV domain',
  'device-model': 'handed to a device model',
  mapped: 'memory of the host, mapped in the place of a device',
  default: 'what happens when nothing else answers',
} as const satisfies Record<(typeof MMIO_REGISTRATIONS)[number], string>;

const ARCHITECTURE_WORDS = { x86: 'x86', arm: 'Arm' } as const;

function attributeRows({ attributes: a }: Region): AttributeRow[] {
  return [
    row('Device', [word(a.device)]),
    ...optional('Address', a.address, word),
    row('Architecture', [word(ARCHITECTURE_WORDS[a.arch])]),
    row('Answered by', [symbol(a.ops)]),
    ...optional('Reads', a.read, symbol),
    ...optional('Writes', a.write, symbol),
    ...optional('Registered in', a.handler, symbol),
    row('How the source states it', [word(REGISTRATION_WORDS[a.registration])]),
    ...several(
      'Gated by',
      a.gates.map((gate) => [code(gate)]),
    ),
  ];
}

function namedBy({ attributes: a }: Region): Named[] {
  return [
    ...symbols('names', [a.ops]),
    ...symbols('handler', [a.read, a.write, a.handler]),
    ...symbols('gate', a.gates.flatMap(symbolsIn)),
  ];
}

function sentence({ title, attributes: a }: Region): string {
  return joinSentences(
    `${title}${a.address === null ? '' : `: ${a.address}`}.`,
    `The accesses go to \`${a.ops}\`.`,
  );
}

export const mmioRegionView = defineFactView('mmio-region', {
  attributeRows,
  headings: ['Device', 'Address', 'Operations'],
  values: ({ attributes: a }) => [a.device, a.address ?? '', a.ops],
  order: ({ attributes }) => (attributes.arch === 'x86' ? 0 : 1),
  named: namedBy,
  sentence,
});
