import { z } from 'astro/zod';
import { GUEST_STATES } from '../model/condition.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { MEASURED_CLASSES, MEASURED_EXCEPTIONS, TRIED } from '../model/measured.ts';

const keys = <K extends string>(words: Readonly<Record<K, unknown>>) =>
  Object.keys(words) as [K, ...K[]];

/** What became of a probe. */
const outcome = {
  class: z.enum(keys(MEASURED_CLASSES)),
  exception: z.enum(MEASURED_EXCEPTIONS).optional().describe('The exception that the guest got'),
  value: z
    .string()
    .regex(/^(0x[0-9a-f]+|-E[0-9A-Z]+|ok)$/)
    .optional()
    .describe('What was read, or the status of a hypercall; absent where it changes by itself'),
};

export const measuredResultSchema = z.strictObject({
  probe: z.string().regex(/^[a-z0-9-]+$/),
  subject: z.string().min(1).describe('What was tried, in words'),
  tried: z.enum(keys(TRIED)).describe('What was tried'),
  access: z.enum(['read', 'write']).optional().describe('Direction, where the two differ'),
  given: z
    .array(z.enum(keys(GUEST_STATES)))
    .optional()
    .describe('States of the guest that the probe brings about'),
  ...outcome,
  other: z
    .strictObject(outcome)
    .optional()
    .describe('What became of it under the other QEMU, where that is not the same'),
  facts: z.array(z.string()).describe('Ids of the facts that it is about'),
});

/** `content/measurements/<branch>/<guest>.md`: what one guest did with every probe. */
export const measurementSchema = z.strictObject({
  id: z.string().regex(/^\d+\.\d+\/[a-z0-9-]+$/),
  title: z.string().min(1),
  guest: z.enum(GUEST_TYPES).describe('The guest type that was run'),
  xen: z.string().min(1).describe('Version of the Xen package'),
  qemu: z.string().min(1).describe('Version of the QEMU package that emulates the machine'),
  dom0: z
    .string()
    .min(1)
    .nullable()
    .describe('Version of the dom0 kernel; null: the probe is dom0'),
  machine: z.string().min(1).describe('The machine that QEMU emulates'),
  packaged: z.iso.date().describe('When the newer of the packages of Xen and of QEMU was made'),
  crossed: z
    .string()
    .min(1)
    .nullable()
    .describe('Version of the QEMU package under which all of it was run again; null: it was not'),
  settings: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .describe('Settings of xl.cfg; empty where the probe is dom0'),
  results: z.array(measuredResultSchema).describe('In the order in which they were tried'),
});

/** `content/readings.yml`: what a person found who read a measurement and the statements that it does not agree with. */
export const readingsSchema = z.strictObject({
  readings: z.array(
    z.strictObject({
      measurements: z.array(z.string()).nonempty().describe('Ids of measurements'),
      probes: z.array(z.string()).nonempty().describe('Probes that disagree in each of them'),
      reading: z.string().min(20).describe('Why they do not agree'),
    }),
  ),
});

export type Reading = z.infer<typeof readingsSchema>['readings'][number];
export type MeasuredResult = z.infer<typeof measuredResultSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
