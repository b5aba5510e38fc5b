import { z } from 'astro/zod';
import {
  BITS,
  type Condition,
  GUEST_STATES,
  PAGING_MODES,
  PLATFORM_FEATURES,
  ROLES,
  VENDORS,
} from '../model/condition.ts';
import type { Evidence } from '../model/evidence.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { ACCESSES, BYS, EFFECTS, type Handling, HOWS } from '../model/handling.ts';
import { ORIGINS } from '../model/origin.ts';

/** A closed list of words, each of which may be negated with a leading `!`. */
function negatable<W extends string>(words: Readonly<Record<W, string>>) {
  const plain = Object.keys(words) as W[];
  return z.enum([...plain, ...plain.map((word) => `!${word}` as const)]);
}

export const conditionSchema = z
  .strictObject({
    vendor: z.enum(VENDORS).optional().describe('CPU vendor; `amd` includes Hygon'),
    paging: z.enum(PAGING_MODES).optional().describe('How the guest’s memory is translated'),
    bits: z.literal(BITS).optional().describe('Width of the guest'),
    role: z
      .enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]])
      .optional()
      .describe('Role of the domain beyond its guest type'),
    feature: z
      .array(negatable(PLATFORM_FEATURES))
      .nonempty()
      .readonly()
      .optional()
      .describe('Platform capabilities, all of them; `!` negates'),
    guest: z
      .array(negatable(GUEST_STATES))
      .nonempty()
      .readonly()
      .optional()
      .describe('States of the guest, all of them; `!` negates'),
    xl: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('xl.cfg settings'),
    cmdline: z.string().optional().describe('Option on Xen’s command line'),
    kconfig: z
      .array(z.string().regex(/^!?CONFIG_[A-Z0-9_]+$/))
      .nonempty()
      .readonly()
      .optional()
      .describe('Build options, all of them; `!` negates'),
    ports: z
      .array(z.string().regex(/^0x[0-9a-f]{1,4}$/))
      .nonempty()
      .readonly()
      .optional()
      .describe('I/O ports, any of them: `0x71`'),
    hypercalls: z
      .array(z.string().regex(/^[a-z][a-z0-9_]*$/))
      .nonempty()
      .readonly()
      .optional()
      .describe('Hypercalls, any of them: `xenpmu_op`'),
    cpuid: z
      .array(z.string().regex(/^!?[a-z][a-z0-9_]*$/))
      .nonempty()
      .readonly()
      .optional()
      .describe('Bits of the guest’s CPUID policy, all of them; `!` negates'),
    bytes: z
      .array(z.number().int().positive())
      .nonempty()
      .readonly()
      .optional()
      .describe('Width of the access in bytes'),
  })
  .describe('When a handling applies; every key is closed') satisfies z.ZodType<Condition>;

export const handlingSchema = z
  .strictObject({
    how: z.enum(HOWS as [Handling['how'], ...Handling['how'][]]).describe('The verdict'),
    by: z
      .enum(BYS as [NonNullable<Handling['by']>, ...NonNullable<Handling['by']>[]])
      .optional()
      .describe('Who does it'),
    when: conditionSchema.optional(),
    effect: z
      .enum(EFFECTS as [NonNullable<Handling['effect']>, ...NonNullable<Handling['effect']>[]])
      .optional()
      .describe('What a refusal looks like to the guest'),
    access: z.enum(ACCESSES).optional().describe('Direction, where read and write differ'),
    note: z.string().min(1).optional().describe('One plain sentence'),
    origin: z
      .enum(ORIGINS as [Handling['origin'] & string, ...(Handling['origin'] & string)[]])
      .optional()
      .describe('Where the handling comes from, when that is not where its entry comes from'),
    evidence: z
      .array(z.number().int().nonnegative())
      .readonly()
      .describe('Indexes into the entry’s evidence list'),
  })
  .describe(
    'One way in which a guest type gets what the entry names',
  ) satisfies z.ZodType<Handling>;

export const handlingsSchema = z
  .array(handlingSchema)
  .nonempty()
  .readonly()
  .describe('Handlings, the default first; never empty: `unknown` is written out');

const note = z.string().min(1).optional();

export const evidenceSchema = z
  .union([
    z.strictObject({
      path: z.string().min(1).describe('Path from the root of the Xen tree'),
      symbol: z.string().optional().describe('Function, macro, variable or type'),
      anchor: z
        .string()
        .max(90)
        .optional()
        .describe('Identifier on the line within the symbol or file'),
      line: z.number().int().positive().optional().describe('Derived line at the release'),
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .optional()
        .describe('Of the normalized text'),
      note,
    }),
    z.strictObject({ message: z.string().min(3).describe('Message-ID without brackets'), note }),
    z.strictObject({ doc: z.string().min(1), section: z.string().min(1), note }),
  ])
  .describe('What a statement rests on') satisfies z.ZodType<Evidence>;

export const evidenceListSchema = z.array(evidenceSchema).readonly();

/** One value for each guest type; a column left out is an error. */
export function perGuestSchema<T extends z.ZodType>(value: T) {
  return z.strictObject(
    Object.fromEntries(GUEST_TYPES.map((guest) => [guest, value])) as Record<
      (typeof GUEST_TYPES)[number],
      T
    >,
  );
}

export const releaseSchema = z
  .string()
  .regex(/^\d+\.\d+(\.\d+)?$/)
  .describe('Xen release');
