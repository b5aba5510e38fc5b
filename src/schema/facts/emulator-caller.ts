import { z } from 'astro/zod';

/** Attributes of `emulator-caller` facts: names as in the source, absent values as null. */
export const emulatorCallerAttributes = z.strictObject({
  caller: z.string().describe('Function that holds the call'),
  callee: z.string(),
  trigger: z.string().describe('What is emulated, as the object of the sentence'),
  executes: z.boolean().describe('false: the instruction is decoded and does not run'),
  filter: z
    .string()
    .nullable()
    .describe('Function or table of operations that limits which instructions are taken'),
  file: z.string(),
  nth: z.number().int().positive().describe('Place among the same calls of the function'),
});
