import type { FactOf } from '../../schema/fact.ts';
import {
  type AttributeRow,
  code,
  commaList,
  hex,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

const VENDOR_WORDS = { vmx: 'VMX (Intel)', svm: 'SVM (AMD)' } as const;

const INTERCEPT_WORDS = {
  unconditional: 'nothing turns it off',
  always: 'taken by every new vCPU',
  conditional: 'taken by a new vCPU under a condition',
  never: 'not taken by a new vCPU',
} as const;

const CHANGE_WORDS = {
  requires: 'required of the CPU in',
  takes: 'taken where the CPU offers it in',
  sets: 'set in',
  clears: 'cleared in',
} as const;

type Attributes = FactOf<'vm-exit'>['attributes'];

function codeText({ vendor, code: number }: Attributes): string {
  if (number < 0) return String(number);
  return vendor === 'svm' ? hex(number) : String(number);
}

function emulatorWords({ emulates, emulatesWhen }: Attributes): string {
  if (emulates === 'no') return 'no';
  return emulatesWhen === null ? 'yes' : `only if ${emulatesWhen}`;
}

function handlerParts({ handled, handler }: Attributes) {
  if (handler !== null) return [symbol(handler)];
  return [word(handled ? 'the case itself' : 'none: an unexpected exit')];
}

function interceptRows({ intercept }: Attributes): AttributeRow[] {
  return [
    row('Asked for', [word(INTERCEPT_WORDS[intercept.byDefault])]),
    ...(intercept.controls.length === 0 ? [] : [row('Controls', commaList(intercept.controls))]),
    ...several(
      'Changes of the controls',
      intercept.changes.map(({ does, symbol: where, guards }) => [
        word(`${CHANGE_WORDS[does]} `),
        symbol(where),
        ...guards.flatMap((guard, index) => [word(index === 0 ? ' if ' : ' and '), code(guard)]),
      ]),
    ),
    ...(intercept.namedIn.length === 0
      ? []
      : [row('Controls named at run time in', commaList(intercept.namedIn))]),
  ];
}

function attributeRows({ attributes: a }: FactOf<'vm-exit'>): AttributeRow[] {
  return [
    row('Name', [symbol(a.name)]),
    row('Vendor', [word(VENDOR_WORDS[a.vendor])]),
    row('Code', [code(codeText(a))]),
    row('Handler', handlerParts(a)),
    row('Ends in the instruction emulator', [word(emulatorWords(a))]),
    ...(a.emulatorPath.length === 0 ? [] : [row('Way to the emulator', commaList(a.emulatorPath))]),
    ...(a.decoderPath.length === 0
      ? []
      : [row('Way to the decoder, for the length of the instruction', commaList(a.decoderPath))]),
    ...interceptRows(a),
    ...(a.kconfig.length === 0 ? [] : [row('Build options', commaList(a.kconfig))]),
    row('From emulated real mode', [
      word(a.realMode ? 'the exit goes to the emulator instead' : 'as otherwise'),
    ]),
  ];
}

function namedBy({ attributes: a }: FactOf<'vm-exit'>): Named[] {
  return [
    name(a.name),
    ...symbols('handler', [a.handler, ...a.emulatorPath]),
    ...symbols('gate', a.intercept.controls),
  ];
}

function sentence({ attributes: a }: FactOf<'vm-exit'>): string {
  return joinSentences(
    `Exit ${codeText(a)} of ${VENDOR_WORDS[a.vendor]}, \`${a.name}\`: ${INTERCEPT_WORDS[a.intercept.byDefault]}.`,
    a.handler === null ? '' : `The handler is \`${a.handler}\`.`,
    a.handled ? '' : 'No case handles it.',
    a.emulates === 'no' ? '' : `It ends in the instruction emulator ${emulatorWords(a)}.`,
  );
}

/** VMX before SVM, by code; the invalid exit comes last. */
function order({ vendor, code: number }: Attributes): number {
  return (vendor === 'vmx' ? 0 : 0x10000) + (number < 0 ? 0xffff : number);
}

export const vmExitView = defineFactView('vm-exit', {
  attributeRows,
  headings: ['Code', 'Handler', 'Emulator'],
  values: ({ attributes: a }) => [codeText(a), a.handler ?? '', a.emulates],
  order: ({ attributes }) => order(attributes),
  named: namedBy,
  sentence,
});
