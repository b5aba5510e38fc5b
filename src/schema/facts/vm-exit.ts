import { z } from 'astro/zod';

/** Attributes of `vm-exit` facts: numbers as numbers, names as in the source, absent values as null. */
export const vmExitAttributes = z.strictObject({
  vendor: z.enum(['vmx', 'svm']),
  name: z.string().describe('EXIT_REASON_* or VMEXIT_*'),
  code: z.number().int().min(-1).describe('-1 for the invalid exit of SVM'),
  handled: z.boolean().describe('Whether a case other than the one of unexpected exits takes it'),
  handler: z.string().nullable().describe('null: the case itself, or none'),
  emulates: z.enum(['no', 'yes', 'conditional']).describe('Whether it ends in x86_emulate()'),
  emulatesWhen: z.string().nullable(),
  emulatorPath: z.array(z.string()).describe('Calls from the case to x86_emulate()'),
  decoderPath: z
    .array(z.string())
    .describe('Calls from the case to x86_decode_insn(), for the length of the instruction'),
  calls: z.array(z.string()).describe('What the case calls'),
  intercept: z
    .strictObject({
      byDefault: z.enum(['unconditional', 'always', 'conditional', 'never']),
      controls: z.array(z.string()).describe('VMX controls or SVM intercepts that ask for it'),
      changes: z.array(
        z.strictObject({
          symbol: z.string(),
          does: z.enum(['requires', 'takes', 'sets', 'clears']),
          guards: z.array(z.string()),
        }),
      ),
      namedIn: z.array(z.string()).describe('Functions that name a control at run time'),
    })
    .describe('Whether a new vCPU takes the exit'),
  kconfig: z.array(z.string()).describe('Build options without which there is no handler'),
  realMode: z
    .boolean()
    .describe('Whether the emulator takes over when it comes from emulated real mode'),
});
