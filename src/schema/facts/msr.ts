import { z } from 'astro/zod';

const number = z.number().int().min(0).max(0xffffffff);

/** Attributes of `msr` facts: numbers as numbers, names as in the source, absent values as null. */
export const msrAttributes = z.strictObject({
  names: z
    .array(z.string())
    .describe(
      'Names of one MSR, or the first and the last label of a range, and then of others of the same numbers',
    ),
  index: z
    .union([number, z.tuple([number, number])])
    .nullable()
    .describe(
      'Number, or first and last, for a part of a range even where they are the same; null: every MSR that no case names',
    ),
  dispatch: z
    .array(
      z.strictObject({
        function: z.string(),
        access: z.enum(['read', 'write']),
        label: z.string(),
        kconfig: z.array(z.string()).describe('Build options of the function and of the case'),
        reached: z.boolean().describe('false: an earlier function always answers'),
      }),
    )
    .describe('The cases for it, in the order in which functions are asked'),
});
