import { z } from 'astro/zod';

const exposure = z.enum(['default', 'max', 'none']);

/** Attributes of `cpuid-feature` facts: numbers as numbers, names as in the source, absent values as null. */
export const cpuidFeatureAttributes = z.strictObject({
  name: z.string(),
  word: z.number().int().nonnegative().describe('Word of the feature set'),
  bit: z.number().int().min(0).max(31),
  leaf: z.number().int().nullable().describe('CPUID leaf; null for words that mirror an MSR'),
  subleaf: z.number().int().nullable(),
  register: z.string().nullable().describe('Register, or the half of the MSR'),
  msr: z.number().int().nullable().describe('MSR that the word mirrors'),
  letters: z.string().describe('A, S, H (lower case: opt-in), as written'),
  special: z.boolean().describe('`!`: the value needs handling beyond the masks'),
  accumulates: z.boolean().describe('`|`: levelled by OR across a pool of hosts'),
  exposure: z.strictObject({ pv: exposure, 'hvm-shadow': exposure, 'hvm-hap': exposure }),
  hides: z.array(z.string()).describe('Features that Xen hides with this one, transitively'),
  adjusted: z
    .array(
      z.strictObject({
        path: z.string(),
        symbol: z.string(),
        line: z.number().int().positive(),
        action: z.enum(['set', 'clear', 'copy']).describe('`copy`: taken from the host'),
        guests: z.enum(['pv', 'hvm', 'all', 'dom0']).describe('`hvm` includes PVH'),
        stage: z.enum(['max', 'default', 'both', 'domain', 'run-time']),
        gates: z.array(z.string()).describe('Names in the conditions around it; `!` negates'),
      }),
    )
    .describe('Places at run time that change the bit after the masks'),
});
