import { z } from 'astro/zod';

const handler = z.string().nullable().describe('Handler function, or null when not dispatched');

/** Attributes of `hypercall` facts: numbers as numbers, names as in the source, absent values as null. */
export const hypercallAttributes = z.strictObject({
  name: z.string().describe('Name in the table, without the __HYPERVISOR_ prefix'),
  number: z.number().int().nonnegative(),
  callers: z.strictObject({
    pv32: handler,
    pv64: handler,
    hvm32: handler,
    hvm64: handler,
    arm: handler,
  }),
  kconfig: z.string().nullable().describe('Build options under which the row exists'),
  arms: z
    .array(
      z.strictObject({
        kconfig: z.string().describe('Empty for an arm that every build has'),
        callers: z.array(z.enum(['pv32', 'pv64', 'hvm32', 'hvm64', 'arm'])),
      }),
    )
    .describe('The preprocessor arms, when the row stands in the table more than once'),
  operations: z
    .strictObject({
      gate: z.string().describe('Function that lets only some operations through'),
      allowed: z.array(z.string()),
      refused: z.array(z.string()),
    })
    .nullable()
    .describe('Operations that the HVM wrapper names, by what it does with them'),
});
