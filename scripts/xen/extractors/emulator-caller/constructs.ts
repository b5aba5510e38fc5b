import type { Construct } from '../../construct.ts';

/** What the callers of the emulator need of the source. */
export const constructs = {
  execute: {
    id: 'emulator-caller/execute',
    what: 'the calls that run an instruction',
    minimum: 5,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'x86_emulate' }],
  },
  decode: {
    id: 'emulator-caller/decode',
    what: 'the calls that decode an instruction without running it',
    minimum: 2,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'x86_decode_insn' }],
  },
  hvm: {
    id: 'emulator-caller/hvm',
    what: 'the calls that emulate one instruction of an HVM domain',
    minimum: 3,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'hvm_emulate_one' }],
  },
  mmio: {
    id: 'emulator-caller/mmio',
    what: 'the calls that emulate a memory access of an HVM domain',
    minimum: 3,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'handle_mmio' }],
  },
} as const satisfies Record<string, Construct>;
