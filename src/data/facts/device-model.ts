import type { FactOf } from '../../schema/fact.ts';
import type { AUDIENCES } from '../../schema/facts/device-model.ts';
import {
  type AttributePart,
  type AttributeRow,
  code,
  optional,
  row,
  several,
  word,
} from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';
import { type Named, name } from './named.ts';

type Device = FactOf<'device-model'>;

const AUDIENCE_WORDS = {
  hvm: 'HVM guests',
  backend: 'guests with QEMU as a PV backend',
  every: 'every guest with a QEMU',
} as const satisfies Record<(typeof AUDIENCES)[number], string>;

function attributeRows({ attributes: a }: Device): AttributeRow[] {
  return [
    row('Device', [code(a.device)]),
    ...optional('Option', a.option, code),
    row('Without an option', [word(a.default ? 'there' : 'not there')]),
    ...optional('Machine of QEMU', a.machine, code),
    ...several(
      'Arguments of QEMU',
      a.arguments.map((one) => [code(one.text), word(`, for ${AUDIENCE_WORDS[one.for]}`)]),
    ),
    ...several('Keys of xl.cfg', a.settings.map(settingLine)),
  ];
}

/** A key, its default, and what is odd about it. */
function settingLine(setting: Device['attributes']['settings'][number]): AttributePart[] {
  const { key, documented, read, stated, chosen } = setting;
  const value = chosen ?? stated;
  return [
    code(`${key}=`),
    ...(value === null ? [] : [word(', by default '), code(value)]),
    ...(documented ? [] : [word(', not documented')]),
    ...(read ? [] : [word(', not read by xl')]),
  ];
}

/** Keys of xl.cfg in the option, such as `usb` and `usbversion`. */
function keysOf(option: string | null): string[] {
  return [...(option ?? '').matchAll(/\b([a-z]\w*)=/g)].map(([, key = '']) => key);
}

function namedBy({ attributes: a }: Device): Named[] {
  return [
    ...a.device.split(', ').map(name),
    ...[...new Set([...keysOf(a.option), ...a.settings.map(({ key }) => key)])].map(
      (key) => ({ role: 'option', subject: { kind: 'option', name: key } }) as const,
    ),
  ];
}

function sentence({ attributes: a }: Device): string {
  const passed = a.arguments.map(({ text }) => `\`${text}\``);
  return joinSentences(
    a.option === null ? '' : `In xl.cfg: \`${a.option}\`.`,
    passed.length === 0 ? '' : `libxl passes ${[...new Set(passed)].join(', ')} to QEMU for it.`,
  );
}

export const deviceModelView = defineFactView('device-model', {
  attributeRows,
  headings: ['Device', 'Option', 'Without an option'],
  values: ({ attributes: a }) => [a.device, a.option ?? '', a.default ? 'there' : 'not there'],
  order: () => 0,
  named: namedBy,
  sentence,
});
