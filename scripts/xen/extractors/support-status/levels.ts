/** What the words of a status come to. */
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { StatusRow } from './rows.ts';

export type Level = NonNullable<FactOf<'support-status'>['attributes']['level']>;

/** Every status of SUPPORT.md; one that is not listed is a problem. */
const LEVELS: readonly (readonly [RegExp, Level])[] = [
  [/^(?:Security s|S)upported$/, 'supported'],
  [/^Supported up to \d/, 'supported-up-to'],
  [/^Supported, with caveats$/, 'with-caveats'],
  [/^Supported, security supported only when run de-privileged$/, 'with-caveats'],
  [/^Supported, [Nn]ot security supported$/, 'no-security-support'],
  [/^No security support, not recommended$/, 'no-security-support'],
  [/^Supported, [Ss]ecurity support external$/, 'external-security-support'],
  [/^Support scope restricted$/, 'restricted-scope'],
  [/^Tech Preview(?:, with limited support)?$/, 'tech-preview'],
  [/^Experimental$/, 'experimental'],
  // Misspelled in Xen 4.13.
  [/^Exper(?:mental|imenal)$/, 'experimental'],
  [/^Deprecated$/, 'deprecated'],
  [/^Not supported\.?$/, 'not-supported'],
  [/^Not (?:functional|implemented)$/, 'not-working'],
];

/** The level of a row; null for what is about the release, undefined for words that are not listed. */
export function levelOf({ about, status }: StatusRow): Level | null | undefined {
  if (about === 'release') return null;
  // A line `Supported, x86: …` lists what is supported.
  if (about === 'formats') return 'supported';
  return LEVELS.find(([pattern]) => pattern.test(status))?.[1];
}
