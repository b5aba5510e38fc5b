import { z } from 'astro/zod';

export const ARM_TRAP_GROUPS = [
  'exception',
  'stage-2',
  'system-control',
  'cache',
  'memory-control',
  'debug',
  'performance-monitor',
  'timer',
  'interrupt-controller',
  'id-register',
  'unlisted-register',
  'hvc',
  'smccc',
  'psci',
  'firmware',
  'ff-a',
  'op-tee',
  'trap-control',
  'cpu-feature',
  'untrapped',
] as const;

/** Attributes of `arm-trap` facts: names as in the source, absent values as null. */
export const armTrapAttributes = z.strictObject({
  register: z.string().nullable().describe('Register, without the prefix of its encoding'),
  function: z.string().nullable().describe('Function that a guest calls by SMC or HVC'),
  group: z.enum(ARM_TRAP_GROUPS),
  names: z.array(z.string()).describe('As the source names it: labels, bits or fields'),
  handler: z.string().describe('Function of Xen that names it'),
  answer: z.string().nullable().describe('Function that answers; null: the handler itself'),
  traps: z.array(z.string()).describe('Bits of the trap controls that make it trap'),
  bits: z
    .union([z.literal(32), z.literal(64)])
    .nullable()
    .describe('State of the caller: AArch32 or AArch64; null: either'),
  kconfig: z.array(z.string()).describe('Build options around it in the source'),
});
