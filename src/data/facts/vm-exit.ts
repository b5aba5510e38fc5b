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

const CONTAINERS = ['hvm', 'pvh', 'pvh-dom0'] as const;
const NO_EXIT = 'the intercept is set for every new vCPU, and no exit comes of it';

type Attributes = FactOf<'vm-exit'>['attributes'];

/** Whether the exit comes for some guest type: a register that no CPU has is intercepted, and never accessed. */
function comes({ guests }: FactOf<'vm-exit'>): boolean {
  return CONTAINERS.some((guest) => guests[guest].some(({ by }) => by === 'xen'));
}

function interceptWords(fact: FactOf<'vm-exit'>): string {
  const { byDefault } = fact.attributes.intercept;
  return byDefault === 'always' && !comes(fact) ? NO_EXIT : INTERCEPT_WORDS[byDefault];
}

function codeText({ vendor, code: number }: Attributes): string {
  if (number < 0) return String(number);
  return vendor === 'svm' ? hex(number) : String(number);
}

function emulatorWords(fact: FactOf<'vm-exit'>): string {
  const { emulates, emulatesWhen } = fact.attributes;
  if (emulates === 'no' || !comes(fact)) return 'no';
  return emulatesWhen === null ? 'yes' : `only if ${emulatesWhen}`;
}

function handlerParts({ handled, handler }: Attributes) {
  if (handler !== null) return [symbol(handler)];
  return [word(handled ? 'the case itself' : 'none: an unexpected exit')];
}

function interceptRows(fact: FactOf<'vm-exit'>): AttributeRow[] {
  const { intercept } = fact.attributes;
  return [
    row('Asked for', [word(interceptWords(fact))]),
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

function attributeRows(fact: FactOf<'vm-exit'>): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Name', [symbol(a.name)]),
    row('Vendor', [word(VENDOR_WORDS[a.vendor])]),
    row('Code', [code(codeText(a))]),
    row('Handler', handlerParts(a)),
    row('Ends in the instruction emulator', [word(emulatorWords(fact))]),
    ...(a.emulatorPath.length === 0 || !comes(fact)
      ? []
      : [row('Way to the emulator', commaList(a.emulatorPath))]),
    ...(a.decoderPath.length === 0
      ? []
      : [row('Way to the decoder, for the length of the instruction', commaList(a.decoderPath))]),
    ...interceptRows(fact),
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

function sentence(fact: FactOf<'vm-exit'>): string {
  const { attributes: a } = fact;
  const emulates = emulatorWords(fact);
  return joinSentences(
    `Exit ${codeText(a)} of ${VENDOR_WORDS[a.vendor]}, \`${a.name}\`: ${interceptWords(fact)}.`,
    a.handler === null ? '' : `The handler is \`${a.handler}\`.`,
    a.handled ? '' : 'No case handles it.',
    emulates === 'no' ? '' : `It ends in the instruction emulator ${emulates}.`,
  );
}

/** VMX before SVM, by code; the invalid exit comes last. */
function order({ vendor, code: number }: Attributes): number {
  return (vendor === 'vmx' ? 0 : 0x10000) + (number < 0 ? 0xffff : number);
}

export const vmExitView = defineFactView('vm-exit', {
  attributeRows,
  headings: ['Code', 'Handler', 'Emulator'],
  values: (fact) => {
    const { attributes: a } = fact;
    return [codeText(a), a.handler ?? '', comes(fact) ? a.emulates : 'no'];
  },
  order: ({ attributes }) => order(attributes),
  named: namedBy,
  sentence,
});
