import { z } from 'astro/zod';
import { GUEST_TYPES } from '../../model/guest-types.ts';
import { perGuestSchema } from '../handling.ts';

/** Attributes of `emulation-flag` facts: numbers as numbers, names as in the source, absent values as null. */
export const emulationFlagAttributes = z.strictObject({
  name: z.string().describe('Name of the flag as in the public header'),
  bit: z.number().int().nonnegative(),
  permitted: perGuestSchema(z.enum(['mandatory', 'optional', 'forbidden']).nullable()).describe(
    'What Xen permits; null where the flag does not exist',
  ),
  forced: z
    .array(z.enum(GUEST_TYPES))
    .describe('Guest types for which Xen sets the flag whatever was asked for'),
  chosen: perGuestSchema(z.boolean().nullable()).describe(
    'What libxl (or, for dom0, Xen) asks for by default; null where the flag does not exist',
  ),
  option: z.string().nullable().describe('The xl.cfg key that changes the flag'),
  related: z
    .array(
      z.strictObject({
        option: z.string().describe('Key as it is written, such as `hpet=`'),
        where: z.enum(['xl.cfg', 'command line']),
        changesFlag: z.boolean(),
        effect: z.string().describe('What it does instead of, or besides, changing the flag'),
      }),
    )
    .describe('Options about the same device'),
  gate: z.string().nullable().describe('The has_v*() predicate that reads the flag'),
  gated: z
    .array(z.strictObject({ path: z.string(), symbol: z.string() }))
    .describe('Functions in which the gate is tested'),
});
