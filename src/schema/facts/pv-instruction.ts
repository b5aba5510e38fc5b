import { z } from 'astro/zod';

/** What an entry is about. Closed. */
export const PV_INSTRUCTION_CLASSES = {
  'emulated-instruction': 'an instruction that the whitelist lets through to the emulator',
  'decoded-instruction': 'an instruction that Xen recognizes and carries out by code of its own',
  'not-emulated': 'an instruction that faults, and whose fault goes to the guest',
  native: 'an instruction that does not trap',
  'page-fault': 'an access to memory that faults, and what Xen does with the fault',
  entry: 'a way from the guest into Xen',
  condition: 'a state of Xen or of the guest on which the others depend',
  port: 'an access to an I/O port',
  hypercall: 'an operation that a hypercall does in the place of instructions',
} as const;

export type PvInstructionClass = keyof typeof PV_INSTRUCTION_CLASSES;

/** Attributes of `pv-instruction` facts: names as in the source, absent values as null. */
export const pvInstructionAttributes = z.strictObject({
  instruction: z.string().describe('Instruction, access or operation, in words'),
  class: z.enum(
    Object.keys(PV_INSTRUCTION_CLASSES) as [PvInstructionClass, ...PvInstructionClass[]],
  ),
  entry: z.string().nullable().describe('Function of Xen that the guest enters; null: none'),
  handlers: z.array(z.string()).describe('Functions behind it, in the order of the way'),
  operations: z
    .string()
    .nullable()
    .describe('Table of operations that the emulator gets; null: it does not run'),
  emulator: z
    .enum(['runs', 'decodes', 'no'])
    .describe('Whether x86_emulate() runs, or only decodes the instruction'),
  opcodes: z
    .array(z.string())
    .describe('Opcode bytes in hexadecimal, with `/reg` where ModRM chooses; empty: not one'),
  whitelisted: z.boolean().describe('Whether validate() lets the opcodes through'),
  alternatives: z.array(z.string()).describe('Hypercalls in its place, without the prefix'),
});
