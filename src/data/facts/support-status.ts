import { isTreeEvidence } from '../../model/evidence.ts';
import { GUEST_TYPE_WORDS } from '../../model/guest-types.ts';
import type { FactOf } from '../../schema/fact.ts';
import type { SUPPORT_ARCHITECTURES, SUPPORT_LEVELS } from '../../schema/facts/support-status.ts';
import { type AttributeRow, optional, row, word } from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';

const LEVEL_WORDS = {
  supported: 'supported, with security support',
  'supported-up-to': 'supported, with security support, up to a limit',
  'with-caveats': 'supported, with security support under conditions',
  'no-security-support': 'supported, without security support',
  'external-security-support': 'supported, with the security support of another project',
  'restricted-scope': 'supported in part',
  'tech-preview': 'complete, not yet stable, without security support',
  experimental: 'neither complete nor stable, without security support',
  deprecated: 'supported, and may disappear',
  'not-supported': 'not supported',
  'not-working': 'not working',
} as const satisfies Record<(typeof SUPPORT_LEVELS)[number], string>;

const ARCHITECTURE_WORDS = {
  x86: 'x86',
  'x86-32': '32-bit x86',
  'x86-64': '64-bit x86',
  arm: 'Arm',
  arm32: '32-bit Arm',
  arm64: '64-bit Arm',
} as const satisfies Record<(typeof SUPPORT_ARCHITECTURES)[number], string>;

type Support = FactOf<'support-status'>;

function architecture({ attributes: { arch } }: Support): string {
  return arch === null ? '' : ARCHITECTURE_WORDS[arch];
}

function attributeRows(fact: Support): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Feature', [word(a.feature)]),
    ...optional('Section', a.section, word),
    ...optional('Narrowed to', a.qualifier, word),
    row('Status', [word(a.status)]),
    ...optional('Which comes to', a.level === null ? null : LEVEL_WORDS[a.level], word),
    ...(a.caveat ? [row('Caveats', [word('in the text after the status')])] : []),
    ...optional('Architecture', architecture(fact) || null, word),
    ...optional(
      'Guest types named',
      a.guest?.map((guest) => GUEST_TYPE_WORDS[guest].title).join(', ') ?? null,
      word,
    ),
  ];
}

/** Line in SUPPORT.md. */
function lineOf({ evidence }: Support): number {
  return evidence.find(isTreeEvidence)?.line ?? 0;
}

function sentence({ title, attributes: a }: Support): string {
  return joinSentences(
    `SUPPORT.md on ${title}: ${a.status.replace(/\.$/, '')}.`,
    a.level === null ? '' : `That is ${LEVEL_WORDS[a.level]}.`,
    a.caveat ? 'The text after it has caveats.' : '',
  );
}

export const supportStatusView = defineFactView('support-status', {
  attributeRows,
  headings: ['Section', 'Status', 'Architecture'],
  values: (fact) => [fact.attributes.section ?? '', fact.attributes.status, architecture(fact)],
  order: lineOf,
  named: () => [],
  sentence,
});
