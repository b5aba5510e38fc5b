import { GUEST_TYPE_WORDS, GUEST_TYPES, type PerGuest, perGuest } from '../../model/guest-types.ts';
import type { FactOf } from '../../schema/fact.ts';
import {
  type AttributeRow,
  byValue,
  code,
  file,
  optional,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView, joinSentences, joinWords } from './fact-view.ts';
import { type Named, name, places, symbols } from './named.ts';

/** Whether the flag is asked for; what Xen forces whatever was asked for is told apart. */
function chosenWords({
  chosen,
  forced,
}: FactOf<'emulation-flag'>['attributes']): PerGuest<string | null> {
  return perGuest((guest) => {
    if (forced.includes(guest)) return null;
    const asked = chosen[guest];
    return asked === null ? null : asked ? 'asked for' : 'not asked for';
  });
}

function attributeRows({ attributes: a }: FactOf<'emulation-flag'>): AttributeRow[] {
  return [
    row('Flag', [symbol(a.name)]),
    row('Bit', [code(String(a.bit))]),
    ...several('Permitted by Xen', byValue(a.permitted)),
    ...several(
      'Set by Xen whatever was asked for',
      a.forced.map((guest) => [word(GUEST_TYPE_WORDS[guest].title)]),
    ),
    ...several('Chosen by the toolstack', byValue(chosenWords(a))),
    ...optional('Changed in xl.cfg by', a.option, code),
    ...several(
      'Options about it',
      a.related.map(({ option, where, changesFlag, effect }) => [
        code(option),
        word(
          ` (${where}): ${effect} ${changesFlag ? 'It changes the flag.' : 'The flag stays as it is.'}`,
        ),
      ]),
    ),
    ...optional('Tested by', a.gate, symbol),
    ...several(
      'Tested in',
      a.gated.map((place) => [symbol(place.symbol), word(' in '), file(place.path)]),
    ),
  ];
}

function namedBy({ attributes }: FactOf<'emulation-flag'>): Named[] {
  const { option } = attributes;
  return [
    name(attributes.name),
    name(attributes.name.replace(/^XEN_X86_EMU_/, '')),
    ...(option === null
      ? []
      : [{ role: 'option', subject: { kind: 'option', name: option } } as const]),
    ...symbols('gate', [attributes.gate]),
    ...places('gated', attributes.gated),
  ];
}

function sentence({
  attributes: { name, bit, permitted, forced, option },
}: FactOf<'emulation-flag'>): string {
  const titles = (value: string) =>
    GUEST_TYPES.filter((guest) => permitted[guest] === value).map(
      (guest) => GUEST_TYPE_WORDS[guest].title,
    );
  const must = titles('mandatory');
  const may = titles('optional');
  return joinSentences(
    `\`${name}\` is bit ${bit} of the emulation flags.`,
    must.length === 0 ? 'No guest type must have it.' : `${joinWords(must)} must have it.`,
    may.length === 0 ? '' : `${joinWords(may)} may have it.`,
    forced.length === 0
      ? ''
      : `Xen sets it for ${joinWords(forced.map((guest) => GUEST_TYPE_WORDS[guest].title))} whatever was asked for.`,
    option === null ? '' : `The xl.cfg key \`${option}=\` changes it.`,
  );
}

export const emulationFlagView = defineFactView('emulation-flag', {
  attributeRows,
  headings: ['Bit', 'xl.cfg key', 'Gate'],
  values: ({ attributes: { bit, option, gate } }) => [String(bit), option ?? '', gate ?? ''],
  order: ({ attributes }) => attributes.bit,
  named: namedBy,
  sentence,
});
