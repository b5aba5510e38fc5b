import type { FactOf } from '../../schema/fact.ts';
import type { ACCESSORS, CONSENTS, MAPPINGS, MOMENTS } from '../../schema/facts/memory-access.ts';
import { type AttributeRow, code, row, several, symbol, word } from './attribute-rows.ts';
import { defineFactView, joinWords } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

type Access = FactOf<'memory-access'>;

const ACCESSOR_WORDS = {
  xen: 'Xen',
  dom0: 'a program in dom0 or another privileged domain',
  domain: 'another domain or device',
} as const satisfies Record<(typeof ACCESSORS)[number], string>;

const CONSENT_WORDS = {
  cooperative: 'the guest asks for it',
  implicit: 'it follows from what the guest does or is',
  without: 'the guest is not asked',
} as const satisfies Record<(typeof CONSENTS)[number], string>;

const MAPPING_WORDS = {
  copy: 'copied',
  'brief-map': 'mapped for the moment',
  'lasting-map': 'kept mapped',
  'own-page': 'a page that belongs to Xen',
  'foreign-map': 'a foreign map',
  'grant-map': 'a grant',
  'resource-map': 'a resource that is mapped',
  p2m: 'a change of the translation, not of the contents',
  dma: 'physical access',
} as const satisfies Record<(typeof MAPPINGS)[number], string>;

const MOMENT_WORDS = {
  'before-first-run': 'before the guest first runs',
  running: 'while the guest exists',
  paused: 'while the guest is paused',
  end: 'at the end of the domain or of the host',
} as const satisfies Record<(typeof MOMENTS)[number], string>;

function attributeRows({ attributes: a }: Access): AttributeRow[] {
  return [
    row('Who', [word(ACCESSOR_WORDS[a.accessor])]),
    row('Programs', [word(joinWords(a.parties))]),
    row('Consent', [word(CONSENT_WORDS[a.consent])]),
    row('How', [word(MAPPING_WORDS[a.mapping])]),
    row('When', [word(MOMENT_WORDS[a.moment])]),
    ...several(
      'Operations',
      a.names.map((one) => [code(one)]),
    ),
    ...several(
      'Functions',
      a.callers.map((one) => [symbol(one)]),
    ),
  ];
}

function namedBy({ attributes: a }: Access): Named[] {
  return [...a.names.map(name), ...symbols('handler', a.callers)];
}

export const memoryAccessView = defineFactView('memory-access', {
  attributeRows,
  headings: ['Who', 'Consent'],
  values: ({ attributes: a }) => [joinWords(a.parties), a.consent],
  order: () => 0,
  named: namedBy,
  sentence: ({ attributes }) => attributes.does,
});
