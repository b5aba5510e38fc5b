/** Instructions that Xen recognizes by decoding them, and carries out itself. */
import { at } from '../../../authored.ts';
import { type Entry, emulated, inPv, refused } from '../entry.ts';
import { FRED, GATE, PRIVILEGED, SOFTWARE_INTERRUPTS_DECODED, TRAPS } from '../places.ts';

const INT_N = {
  id: 'int-n',
  instruction: 'INT n',
  class: 'decoded-instruction',
  opcodes: ['cd'],
  alternatives: ['set_trap_table'],
} as const;

const DENIED = refused('#GP', { guest: ['!gate-permits'] }, 'With the vector in the error code.');
const OTHERS = 'INT 3, INT 4, INT 0x80 and, for 32-bit guests, INT 0x82 have entries of their own.';

const DECODED_FOR_LENGTH = `Xen decodes the instruction for its length only, and delivers the interrupt by the guest’s trap table. ${OTHERS}`;
const DECODES = [
  at(TRAPS, 'do_general_protection', 'X86_XEC_IDT'),
  at(TRAPS, 'do_general_protection', 'pv_emulate_sw_interrupt'),
  at(PRIVILEGED, 'pv_emulate_sw_interrupt', 'x86_insn_length'),
] as const;

export const DECODED: readonly Entry[] = [
  {
    ...INT_N,
    until: SOFTWARE_INTERRUPTS_DECODED,
    entry: ['do_general_protection'],
    handlers: ['pv_inject_sw_interrupt'],
    cells: inPv([
      emulated(
        { guest: ['gate-permits'] },
        `Xen takes the instruction for two bytes and delivers the interrupt by the guest’s trap table. ${OTHERS}`,
      ),
      DENIED,
    ]),
    places: [at(TRAPS, 'do_general_protection', 'permit_softint')],
  },
  {
    ...INT_N,
    since: SOFTWARE_INTERRUPTS_DECODED,
    until: FRED,
    entry: ['do_general_protection'],
    handlers: ['pv_emulate_sw_interrupt', 'pv_inject_sw_interrupt'],
    emulator: 'decodes',
    cells: inPv([emulated({ guest: ['gate-permits'] }, DECODED_FOR_LENGTH), DENIED]),
    places: DECODES,
  },
  {
    ...INT_N,
    since: FRED,
    entry: ['do_general_protection', 'entry_from_pv'],
    handlers: ['pv_emulate_sw_interrupt', 'pv_inject_sw_interrupt'],
    emulator: 'decodes',
    events: ['X86_ET_SW_INT'],
    cells: inPv([
      emulated({ guest: ['gate-permits'], feature: ['!fred'] }, DECODED_FOR_LENGTH),
      emulated(
        { guest: ['gate-permits'], feature: ['fred'], bits: 64 },
        'The CPU reports the interrupt and the length of the instruction; Xen decodes nothing.',
      ),
      DENIED,
    ]),
    places: [...DECODES, at(TRAPS, 'entry_from_pv', 'permit_softint')],
  },
  {
    id: 'call-gate',
    instruction: 'Far CALL and JMP through a call gate',
    class: 'decoded-instruction',
    entry: ['do_general_protection'],
    handlers: ['pv_emulate_gate_op', 'pv_emul_instruction_done'],
    emulator: 'decodes',
    opcodes: ['9a', 'ea', 'ff/3', 'ff/5'],
    cells: inPv([
      emulated(
        { bits: 32, kconfig: ['CONFIG_PV32'] },
        'Through a gate that the code may use. Xen decodes the instruction and switches stack and code segment by code of its own.',
      ),
      refused(
        '#GP',
        { bits: 32, kconfig: ['CONFIG_PV32'] },
        'Where the selector is not that of a call gate, or where the code may not use it.',
      ),
      refused('#GP', { bits: 64 }),
    ]),
    places: [
      at(TRAPS, 'do_general_protection', 'pv_emulate_gate_op'),
      at(GATE, 'pv_emulate_gate_op'),
      at(GATE, 'pv_emulate_gate_op', 'x86_decode_insn'),
      at(GATE, 'read_gate_descriptor'),
    ],
  },
];
