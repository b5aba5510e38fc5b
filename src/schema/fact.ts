import { z } from 'astro/zod';
import type { FactKind } from '../model/fact-kinds.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { ORIGINS } from '../model/origin.ts';
import { armTrapAttributes } from './facts/arm-trap.ts';
import { bootAttributes } from './facts/boot.ts';
import { cpuidFeatureAttributes } from './facts/cpuid-feature.ts';
import { deviceModelAttributes } from './facts/device-model.ts';
import { emulationFlagAttributes } from './facts/emulation-flag.ts';
import { emulatorCallerAttributes } from './facts/emulator-caller.ts';
import { hypercallAttributes } from './facts/hypercall.ts';
import { ioPortAttributes } from './facts/io-port.ts';
import { memoryAccessAttributes } from './facts/memory-access.ts';
import { mmioRegionAttributes } from './facts/mmio-region.ts';
import { msrAttributes } from './facts/msr.ts';
import { opcodeMapAttributes } from './facts/opcode-map.ts';
import { pvInstructionAttributes } from './facts/pv-instruction.ts';
import { pvProtocolAttributes } from './facts/pv-protocol.ts';
import { supportStatusAttributes } from './facts/support-status.ts';
import { vmExitAttributes } from './facts/vm-exit.ts';
import { evidenceListSchema, handlingsSchema, perGuestSchema, releaseSchema } from './handling.ts';

/** Attributes per kind, closed. */
export const attributeSchemas = {
  'emulation-flag': emulationFlagAttributes,
  hypercall: hypercallAttributes,
  'cpuid-feature': cpuidFeatureAttributes,
  'io-port': ioPortAttributes,
  'mmio-region': mmioRegionAttributes,
  msr: msrAttributes,
  'vm-exit': vmExitAttributes,
  'pv-instruction': pvInstructionAttributes,
  'emulator-caller': emulatorCallerAttributes,
  'opcode-map': opcodeMapAttributes,
  'pv-protocol': pvProtocolAttributes,
  'device-model': deviceModelAttributes,
  'memory-access': memoryAccessAttributes,
  'support-status': supportStatusAttributes,
  boot: bootAttributes,
  'arm-trap': armTrapAttributes,
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
        was: z
          .strictObject({
            guests: z.partialRecord(z.enum(GUEST_TYPES), handlingsSchema).optional(),
            attributes: z.record(z.string(), z.unknown()).optional(),
            evidence: evidenceListSchema.optional(),
          })
          .optional()
          .describe('The cells and attributes that changed as the release before had them'),
      }),
    )
    .describe('Changes between releases, oldest first'),
};

function factOfKind<K extends FactKind>(kind: K) {
  return z.strictObject({ kind: z.literal(kind), ...common, attributes: attributeSchemas[kind] });
}

/** A kind that is left out here does not compile where facts of every kind are shown. */
export const factSchema = z.discriminatedUnion('kind', [
  factOfKind('emulation-flag'),
  factOfKind('hypercall'),
  factOfKind('cpuid-feature'),
  factOfKind('io-port'),
  factOfKind('mmio-region'),
  factOfKind('msr'),
  factOfKind('vm-exit'),
  factOfKind('pv-instruction'),
  factOfKind('emulator-caller'),
  factOfKind('opcode-map'),
  factOfKind('pv-protocol'),
  factOfKind('device-model'),
  factOfKind('memory-access'),
  factOfKind('support-status'),
  factOfKind('boot'),
  factOfKind('arm-trap'),
]);

export type Fact = z.infer<typeof factSchema>;
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
