import type { FactOf } from '../../schema/fact.ts';
import { ARM_TRAP_GROUPS } from '../../schema/facts/arm-trap.ts';
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
import { defineFactView, joinSentences, joinWords } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

type Trap = FactOf<'arm-trap'>;

const GROUP_WORDS = {
  exception: 'Exception class',
  'stage-2': 'Fault of the second stage of translation',
  'system-control': 'System control',
  cache: 'Cache maintenance',
  'memory-control': 'Virtual memory',
  debug: 'Debug',
  'performance-monitor': 'Performance monitors',
  timer: 'Timers',
  'interrupt-controller': 'Interrupt controller',
  'id-register': 'ID registers',
  'unlisted-register': 'Registers that no case names',
  hvc: 'HVC',
  smccc: 'SMC calling convention',
  psci: 'PSCI',
  firmware: 'Calls of the firmware of a platform',
  'ff-a': 'FF-A',
  'op-tee': 'OP-TEE',
  'trap-control': 'Bit of a trap control',
  'cpu-feature': 'Hidden CPU feature',
  untrapped: 'What does not trap',
} as const satisfies Record<(typeof ARM_TRAP_GROUPS)[number], string>;

function attributeRows({ attributes: a }: Trap): AttributeRow[] {
  return [
    row('Group', [word(GROUP_WORDS[a.group])]),
    ...optional('Register', a.register, code),
    ...optional('Function', a.function, code),
    ...several(
      'In the source',
      a.names.map((text) => [code(text)]),
    ),
    row('Named by', [symbol(a.handler)]),
    ...optional('Answered by', a.answer, symbol),
    ...(a.traps.length === 0 ? [] : [row('Traps by', commaList(a.traps))]),
    ...(a.bits === null ? [] : [row('State of the caller', [word(`AArch${a.bits}`)])]),
    ...several(
      'Build options',
      a.kconfig.map((option) => [code(option)]),
    ),
  ];
}

function namedBy({ attributes: a }: Trap): Named[] {
  return [
    ...(a.register === null || !/^\w+$/.test(a.register) ? [] : [name(a.register)]),
    ...symbols('names', a.names.flatMap(symbolsIn)),
    ...symbols('handler', [a.handler, a.answer]),
    ...symbols('gate', a.traps),
  ];
}

function sentence({ title, attributes: a }: Trap): string {
  return joinSentences(
    `${title}: \`${a.handler}\`${a.answer === null ? '' : `, answered by \`${a.answer}\``}.`,
    a.traps.length === 0
      ? ''
      : `Traps by ${joinWords(a.traps.map((control) => `\`${control}\``))}.`,
  );
}

export const armTrapView = defineFactView('arm-trap', {
  attributeRows,
  headings: ['Group', 'Named by', 'Answered by'],
  values: ({ attributes: a }) => [GROUP_WORDS[a.group], a.handler, a.answer ?? ''],
  order: ({ attributes }) => ARM_TRAP_GROUPS.indexOf(attributes.group),
  named: namedBy,
  sentence,
});
