import type { FactOf } from '../../schema/fact.ts';
import { BOOT_AREAS } from '../../schema/facts/boot.ts';
import { type AttributeRow, code, row, several, word } from './attribute-rows.ts';
import { defineFactView } from './fact-view.ts';
import { type Named, name } from './named.ts';

type Boot = FactOf<'boot'>;

const AREA_WORDS = {
  start: 'the start',
  cpus: 'CPUs',
  memory: 'memory',
  interrupts: 'interrupts and events',
  time: 'time',
  devices: 'devices',
  console: 'console and display',
  tables: 'descriptions of the platform',
  life: 'the life of the domain',
} as const satisfies Record<(typeof BOOT_AREAS)[number], string>;

function attributeRows({ attributes: a }: Boot): AttributeRow[] {
  return [
    row('Topic', [word(a.topic)]),
    row('Part of', [word(AREA_WORDS[a.area])]),
    ...several(
      'Constants',
      a.names.map((one) => [code(one)]),
    ),
  ];
}

function namedBy({ attributes }: Boot): Named[] {
  return attributes.names.map(name);
}

export const bootView = defineFactView('boot', {
  attributeRows,
  headings: ['Part of'],
  values: ({ attributes }) => [AREA_WORDS[attributes.area]],
  order: ({ attributes }) => BOOT_AREAS.indexOf(attributes.area),
  named: namedBy,
  sentence: ({ attributes }) => attributes.about,
});
