import { z } from 'astro/zod';

/** Attributes of `io-port` facts: numbers as numbers, names as in the source, absent values as null. */
export const ioPortAttributes = z.strictObject({
  first: z.number().int().min(0).max(0xffff).nullable().describe('null: known only at run time'),
  last: z.number().int().min(0).max(0xffff).nullable(),
  handler: z.string().nullable(),
  device: z.string(),
  registration: z
    .enum([
      'portio-handler',
      'relocated',
      'io-handler',
      'pv-branch',
      'permission',
      'bitmap',
      'constant',
      'default',
    ])
    .describe('How the source states it'),
  gates: z.array(z.string()).describe('Predicates on the way to it; `!` where they must not hold'),
});
