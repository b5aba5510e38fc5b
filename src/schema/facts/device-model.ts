import { z } from 'astro/zod';

/** For whom libxl passes an argument: HVM guests, guests with QEMU as a PV backend, or every guest with a QEMU. */
export const AUDIENCES = ['hvm', 'backend', 'every'] as const;

/** Attributes of `device-model` facts: names as in the source, absent values as null. */
export const deviceModelAttributes = z.strictObject({
  device: z.string().describe('Name as QEMU or libxl has it; several are separated by commas'),
  option: z.string().nullable().describe('What in xl.cfg chooses it; null when nothing does'),
  default: z
    .boolean()
    .describe('Whether a guest that can have it has it when its option is not written'),
  machine: z
    .string()
    .nullable()
    .describe('Machine types of QEMU that it belongs to, separated by commas'),
  arguments: z
    .array(
      z.strictObject({
        text: z
          .string()
          .describe('Option and name of the value; `device_add` for one that QMP adds'),
        for: z.enum(AUDIENCES),
      }),
    )
    .describe('What libxl passes to QEMU for it'),
  settings: z
    .array(
      z.strictObject({
        key: z.string(),
        documented: z.boolean().describe('Whether the manual page of xl.cfg documents it'),
        read: z.boolean().describe('Whether xl reads it'),
        stated: z
          .string()
          .nullable()
          .describe('The default that the manual page states; `true` and `false` for a switch'),
        chosen: z
          .string()
          .nullable()
          .describe('What libxl chooses without the key; null when that is not a plain value'),
      }),
    )
    .describe('Keys of xl.cfg that give it, alter it or take it away'),
});
