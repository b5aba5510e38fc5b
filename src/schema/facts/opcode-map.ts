import { z } from 'astro/zod';

const count = z.number().int().nonnegative();

/** Attributes of `opcode-map` facts: what the x86 emulator can decode and run, by labels of its source. */
export const opcodeMapAttributes = z.strictObject({
  part: z
    .enum(['map', 'decode-table', 'group', 'instruction'])
    .describe(
      'What the fact is about: a map of opcodes, a table of the decoder, a group, or an instruction',
    ),
  map: z
    .string()
    .describe(
      'What is counted or looked up: a map such as `VEX/0f38`, a table of the decoder, a group, or an instruction',
    ),
  labels: count
    .nullable()
    .describe('Labels of the main switch, each pair of opcode and prefix once; null for a table'),
  bytes: count.nullable().describe('Opcode bytes among the labels; null for a table or a group'),
  labelsWithoutHvm: count
    .nullable()
    .describe('Labels that are left in a build without CONFIG_HVM; null for a table'),
  bytesWithoutHvm: count.nullable().describe('Opcode bytes among these labels'),
  labelsWithout: z
    .record(z.string(), count)
    .describe(
      'Labels that are left where one part of the emulator is stripped, by its X86EMUL_NO_* macro',
    ),
  entries: count.nullable().describe('Bytes for which a table of the decoder has an entry'),
  opcodes: z
    .array(z.string())
    .describe('Opcodes that stand for the instruction, or that lead to the group'),
  implements: z.array(z.string()).describe('Instructions of a group that are run'),
  lacks: z.array(z.string()).describe('Instructions of a group that are not run'),
  features: z
    .array(z.string())
    .describe(
      'CPUID features that the emulator asks for before it runs the instruction, in Xen’s names',
    ),
  supported: z
    .boolean()
    .nullable()
    .describe('Whether the emulator runs it; null for a table, whose entries do not say so'),
  kconfig: z.string().nullable().describe('Option without which no label is left'),
  file: z.string(),
  symbol: z.string().describe('Function or table of the file'),
});
