import type { Construct } from '../../construct.ts';

export const EMULATOR = 'xen/arch/x86/x86_emulate/x86_emulate.c';

/** What the opcode maps need of the source. */
export const constructs = {
  emulate: {
    id: 'opcode-map/emulate',
    what: 'the function with the main switch of the emulator',
    minimum: 1,
    candidates: [{ in: EMULATOR, kind: 'function', name: 'x86_emulate' }],
  },
  opcodes: {
    id: 'opcode-map/opcodes',
    what: 'the macros that give labels their value',
    minimum: 8,
    candidates: [
      {
        in: 'xen/arch/x86/x86_emulate/x86_emulate.h',
        kind: 'lines',
        name: 'X86EMUL_OPC',
        pattern: /^#\s*define\s+X86EMUL_OPC\w*/,
      },
    ],
  },
  tables: {
    id: 'opcode-map/tables',
    what: 'the tables of the decoder',
    minimum: 7,
    candidates: [
      {
        in: 'xen/arch/x86/x86_emulate/decode.c',
        since: '4.18',
        kind: 'lines',
        name: 'opcode_table',
        pattern: /\w+_table\[\d*\] = \{/,
      },
      {
        in: EMULATOR,
        until: '4.18',
        kind: 'lines',
        name: 'opcode_table',
        pattern: /\w+_table\[\d*\] = \{/,
      },
    ],
  },
  stripped: {
    id: 'opcode-map/stripped',
    what: 'the parts of the emulator that a build without HVM leaves out',
    minimum: 3,
    candidates: [
      {
        in: 'xen/arch/x86/x86_emulate/private.h',
        since: '4.18',
        kind: 'lines',
        name: 'X86EMUL_NO_SIMD',
        pattern: /^#\s*define\s+X86EMUL_NO_\w+/,
      },
      {
        in: 'xen/arch/x86/x86_emulate.c',
        since: '4.14',
        until: '4.18',
        kind: 'lines',
        name: 'X86EMUL_NO_SIMD',
        pattern: /^#\s*define\s+X86EMUL_NO_\w+/,
      },
      {
        // Every build has the whole emulator: nothing stands between its environment and its inclusion.
        in: 'xen/arch/x86/x86_emulate.c',
        until: '4.14',
        kind: 'lines',
        name: 'x86_emulate/x86_emulate.c',
        pattern: /^#include "x86_emulate\/x86_emulate\.c"/,
        minimum: 1,
      },
    ],
  },
} as const satisfies Record<string, Construct>;
