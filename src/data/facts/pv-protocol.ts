import type { FactOf } from '../../schema/fact.ts';
import type { PV_PROTOCOL_ROLES } from '../../schema/facts/pv-protocol.ts';
import { type AttributeRow, code, file, optional, row, several, word } from './attribute-rows.ts';
import { defineFactView, joinSentences, joinWords } from './fact-view.ts';
import { type Named, name } from './named.ts';

type Protocol = FactOf<'pv-protocol'>;

const ROLE_WORDS = {
  device: 'a device with a frontend and a backend',
  infrastructure: 'what devices are built of or started with',
  library: 'a library between two domains',
} as const satisfies Record<(typeof PV_PROTOCOL_ROLES)[number], string>;

function parties(list: Protocol['attributes']['backends']) {
  return list.map(({ name: who, status }) => [word(status === null ? who : `${who}: ${status}`)]);
}

function attributeRows({ attributes: a }: Protocol): AttributeRow[] {
  return [
    row('Header', [file(a.header)]),
    row('What it is', [word(ROLE_WORDS[a.role])]),
    ...several(
      'Device types of libxl',
      a.devices.map((device) => [code(device.name), word(', kind '), code(device.kind)]),
    ),
    ...optional('Option', a.option === null ? null : `${a.option}=`, code),
    ...several('Backends', parties(a.backends)),
    ...several('Frontends', parties(a.frontends)),
    ...(a.qemu.started
      ? [row('QEMU', [word('libxl can start it for a PV or PVH guest because of such a device')])]
      : []),
  ];
}

/** Names without the variants, such as `QEMU` for `QEMU (xen_disk), raw format`. */
function shortNames({ attributes }: Protocol): string[] {
  return [...new Set(attributes.backends.map((one) => one.name.replace(/(?: \(|, ).*$/, '')))];
}

function namedBy({ attributes: a }: Protocol): Named[] {
  const base = a.header.replace(/^.*\//, '');
  return [
    name(base),
    name(base.replace(/\.h$/, '')),
    { role: 'names', subject: { kind: 'file', name: a.header } },
    ...(a.option === null
      ? []
      : [{ role: 'option', subject: { kind: 'option', name: a.option } } as const]),
  ];
}

function sentence(fact: Protocol): string {
  const { header, option, role } = fact.attributes;
  const backends = shortNames(fact);
  const always = fact.guests.pv[0]?.how === 'exposed';
  return joinSentences(
    `\`${header}\` describes ${ROLE_WORDS[role]}.`,
    option === null
      ? ''
      : `Guests get ${always ? 'further ones' : 'one'} with \`${option}=\` in xl.cfg.`,
    backends.length === 0 ? '' : `It is served by ${joinWords(backends)}.`,
  );
}

export const pvProtocolView = defineFactView('pv-protocol', {
  attributeRows,
  headings: ['Header', 'Option', 'Backends'],
  values: (fact) => [
    fact.attributes.header.replace(/^.*\//, ''),
    fact.attributes.option === null ? '' : `${fact.attributes.option}=`,
    shortNames(fact).join(', '),
  ],
  order: () => 0,
  named: namedBy,
  sentence,
});
