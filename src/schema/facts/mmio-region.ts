import { z } from 'astro/zod';

export const MMIO_REGISTRATIONS = [
  'mmio-handler',
  'io-handler',
  'page-fault',
  'device-model',
  'mapped',
  'default',
] as const;

/** Attributes of `mmio-region` facts: names as in the source, absent values as null. */
export const mmioRegionAttributes = z.strictObject({
  ops: z.string().describe('Structure with the functions that answer'),
  handler: z.string().nullable().describe('Function that registers it; null for a fallback'),
  device: z.string(),
  arch: z.enum(['x86', 'arm']),
  address: z.string().nullable().describe('Where it is, in words; null: known at run time only'),
  read: z.string().nullable().describe('Function that answers reads'),
  write: z.string().nullable().describe('Function that answers writes'),
  registration: z.enum(MMIO_REGISTRATIONS).describe('How the source states it'),
  gates: z.array(z.string()).describe('Conditions on the way to it; `!` where they must not hold'),
});
