import { GUEST_TYPE_WORDS, GUEST_TYPES } from '../../model/guest-types.ts';
import type { FactOf } from '../../schema/fact.ts';
import { symbolsIn } from '../mentions.ts';
import { type AttributeRow, code, optional, row, several, symbol, word } from './attribute-rows.ts';
import { defineFactView, joinSentences, joinWords } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

export const CALLER_WORDS = {
  pv32: '32-bit PV',
  pv64: '64-bit PV',
  hvm32: '32-bit HVM and PVH',
  hvm64: '64-bit HVM and PVH',
  arm: 'Arm',
} as const;

const CALLERS = Object.keys(CALLER_WORDS) as (keyof typeof CALLER_WORDS)[];

function attributeRows({ attributes: a }: FactOf<'hypercall'>): AttributeRow[] {
  return [
    row('Name', [symbol(a.name)]),
    row('Number', [code(String(a.number))]),
    ...CALLERS.map((caller) => {
      const handler = a.callers[caller];
      return row(CALLER_WORDS[caller], [handler === null ? word('no handler') : symbol(handler)]);
    }),
    ...optional('Exists in builds with', a.kconfig, code),
    ...several(
      'Arms of the table',
      a.arms.map((arm) => [
        arm.kconfig === '' ? word('every build') : code(arm.kconfig),
        word(`: ${arm.callers.map((caller) => CALLER_WORDS[caller]).join(', ')}`),
      ]),
    ),
    ...(a.operations === null
      ? []
      : [
          row('Filtered by', [symbol(a.operations.gate)]),
          ...several(
            'Operations let through',
            a.operations.allowed.map((name) => [symbol(name)]),
          ),
          ...several(
            'Operations refused by name',
            a.operations.refused.map((name) => [symbol(name)]),
          ),
        ]),
  ];
}

function namedBy({ attributes }: FactOf<'hypercall'>): Named[] {
  const { operations } = attributes;
  return [
    name(attributes.name),
    name(`__HYPERVISOR_${attributes.name}`),
    name(`HYPERVISOR_${attributes.name}`),
    ...symbols('handler', Object.values(attributes.callers)),
    ...symbols('gate', [operations?.gate ?? null]),
    ...symbols('allows', operations?.allowed ?? []),
    ...symbols('refuses', operations?.refused ?? []),
    ...symbols('condition', symbolsIn(attributes.kconfig ?? '')),
  ];
}

function sentence(fact: FactOf<'hypercall'>): string {
  const { name, number, kconfig } = fact.attributes;
  const hidden = GUEST_TYPES.filter((guest) => fact.guests[guest][0]?.how === 'hidden').map(
    (guest) => GUEST_TYPE_WORDS[guest].title,
  );
  return joinSentences(
    `Hypercall ${number}, \`${name}\`.`,
    kconfig === null ? '' : `It exists in builds with ${kconfig}.`,
    hidden.length === 0
      ? 'Every guest type can issue it.'
      : `It is not offered to ${joinWords(hidden)}.`,
  );
}

export const hypercallView = defineFactView('hypercall', {
  attributeRows,
  headings: ['Number', 'Build option'],
  values: ({ attributes }) => [String(attributes.number), attributes.kconfig ?? ''],
  order: ({ attributes }) => attributes.number,
  named: namedBy,
  sentence,
});
