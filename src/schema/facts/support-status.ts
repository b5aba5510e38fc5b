import { z } from 'astro/zod';
import { GUEST_TYPES } from '../../model/guest-types.ts';

/** What a status comes to; the words of SUPPORT.md vary. */
export const SUPPORT_LEVELS = [
  'supported',
  'supported-up-to',
  'with-caveats',
  'no-security-support',
  'external-security-support',
  'restricted-scope',
  'tech-preview',
  'experimental',
  'deprecated',
  'not-supported',
  'not-working',
] as const;

export const SUPPORT_ARCHITECTURES = ['x86', 'x86-32', 'x86-64', 'arm', 'arm32', 'arm64'] as const;

/** Attributes of `support-status` facts: names as in SUPPORT.md, absent values as null. */
export const supportStatusAttributes = z.strictObject({
  feature: z.string().describe('Heading of the innermost section'),
  section: z.string().nullable().describe('Heading around it; null when the feature has none'),
  qualifier: z.string().nullable().describe('What narrows the row, or the key about the release'),
  status: z.string().describe('As written'),
  level: z
    .enum(SUPPORT_LEVELS)
    .nullable()
    .describe('What the status comes to; null for a version or a date'),
  caveat: z.boolean().describe('Text after the status lines of the section qualifies them'),
  arch: z.enum(SUPPORT_ARCHITECTURES).nullable().describe('Architecture that the row names'),
  guest: z.array(z.enum(GUEST_TYPES)).nullable().describe('Guest types that the row names'),
});
