import { z } from 'astro/zod';
import type { FactKind } from '../model/fact-kinds.ts';
import { FACT_KINDS } from '../model/fact-kinds.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { ORIGINS } from '../model/origin.ts';
import { evidenceListSchema, handlingsSchema, perGuestSchema, releaseSchema } from './handling.ts';

const handler = z.string().nullable().describe('Handler function, or null when not dispatched');
const exposure = z.enum(['default', 'max', 'none']);

/** Attributes per kind: numbers as numbers, names as in the source, absent values as null. */
export const attributeSchemas = {
  'emulation-flag': z.strictObject({
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
  }),
  hypercall: z.strictObject({
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
          kconfig: z.string(),
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
  }),
  'cpuid-feature': z.strictObject({
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
  }),
  'io-port': z.strictObject({
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
    gates: z
      .array(z.string())
      .describe('Predicates on the way to it; `!` where they must not hold'),
  }),
} satisfies Record<FactKind, z.ZodType>;

const common = {
  id: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/)
    .describe('Kind and name; never reused'),
  title: z.string().min(1),
  guests: perGuestSchema(handlingsSchema).describe('Handlings per guest type; no column is blank'),
  evidence: evidenceListSchema.refine((list) => list.length > 0, 'at least one piece of evidence'),
  origin: z.enum(ORIGINS),
  release: releaseSchema,
  history: z
    .array(
      z.strictObject({
        release: releaseSchema,
        change: z.enum(['present', 'added', 'changed', 'removed']),
        guests: z.array(z.enum(GUEST_TYPES)).optional(),
        attributes: z.array(z.string()).optional(),
      }),
    )
    .describe('Changes between releases, oldest first'),
};

function factOfKind<K extends FactKind>(kind: K) {
  return z.strictObject({ kind: z.literal(kind), ...common, attributes: attributeSchemas[kind] });
}

export const factSchema = z.discriminatedUnion('kind', [
  factOfKind('emulation-flag'),
  factOfKind('hypercall'),
  factOfKind('cpuid-feature'),
  factOfKind('io-port'),
]);

export type Fact = z.infer<typeof factSchema>;
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

/** Every kind has a schema in the union; adding a kind without one does not compile. */
type Covered = Fact['kind'] extends FactKind
  ? FactKind extends Fact['kind']
    ? true
    : never
  : never;
export const kindsCovered: Covered = true;
export { FACT_KINDS };
