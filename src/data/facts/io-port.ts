import type { FactOf } from '../../schema/fact.ts';
import { symbolsIn } from '../mentions.ts';
import {
  type AttributeRow,
  code,
  hex,
  optional,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView } from './fact-view.ts';
import { type Named, symbols } from './named.ts';

const REGISTRATION_WORDS = {
  'portio-handler': 'registered with register_portio_handler()',
  relocated: 'moved with relocate_portio_handler()',
  'io-handler': 'an I/O handler with an accept function of its own',
  'pv-branch': 'a branch of the PV port access functions',
  permission: 'a permission of the domain',
  bitmap: 'the I/O bitmap of the hardware',
  constant: 'stated as a constant',
  default: 'what happens when nothing else answers',
} as const;

/** `0x40-0x43`, `0x61`, or `set at run time`. */
export function portRange({ attributes: a }: FactOf<'io-port'>): string {
  if (a.first === null) return 'set at run time';
  if (a.last === null || a.last === a.first) return hex(a.first);
  return `${hex(a.first)}-${hex(a.last)}`;
}

function attributeRows(fact: FactOf<'io-port'>): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Ports', [a.first === null ? word(portRange(fact)) : code(portRange(fact))]),
    row('Device', [word(a.device)]),
    ...optional('Handler', a.handler, symbol),
    row('How the source states it', [word(REGISTRATION_WORDS[a.registration])]),
    ...several(
      'Gated by',
      a.gates.map((gate) => [code(gate)]),
    ),
  ];
}

function namedBy({ attributes }: FactOf<'io-port'>): Named[] {
  const { first, last, handler, gates } = attributes;
  return [
    ...(first === null || last === null
      ? []
      : [{ role: 'names', subject: { kind: 'ports', first, last } } as const]),
    ...symbols('handler', [handler]),
    ...symbols('gate', gates.flatMap(symbolsIn)),
  ];
}

const PORTS = 0x10000;

/** By the first port; what is said of every port, and what is known at run time only, comes last. */
function portOrder({ first, last }: FactOf<'io-port'>['attributes']): number {
  if (first === null) return PORTS + 1;
  return first === 0 && last === PORTS - 1 ? PORTS : first;
}

function sentence(fact: FactOf<'io-port'>): string {
  const { first, last, handler, device } = fact.attributes;
  const where =
    first === null
      ? 'Ports known at run time'
      : first === last || last === null
        ? `Port 0x${first.toString(16)}`
        : `Ports 0x${first.toString(16)} to 0x${last.toString(16)}`;
  return `${where}: ${device}.${handler === null ? '' : ` The handler is \`${handler}\`.`}`;
}

export const ioPortView = defineFactView('io-port', {
  attributeRows,
  headings: ['Ports', 'Handler'],
  values: (fact) => [portRange(fact), fact.attributes.handler ?? ''],
  order: ({ attributes }) => portOrder(attributes),
  named: namedBy,
  sentence,
});
