import type { Drawing } from './drawing.ts';

/** From a fault of a PV kernel to the emulator or back into the guest. */
export const pvTrapPath: Drawing = {
  width: 780,
  height: 400,
  description:
    'A PV kernel executes a privileged instruction and the CPU raises a fault into Xen. ' +
    'A general protection fault with error code 0 goes to pv_emulate_privileged_op, whose filter validate admits a ' +
    'list of instructions. An undefined opcode with the prefix for CPUID goes to pv_emulate_invalid_op. ' +
    'A write fault on a read-only page goes to pv_ro_page_fault. What was carried out continues after the ' +
    'instruction; everything else is delivered to the handler of the guest.',
  zones: [
    { x: 10, y: 10, width: 170, height: 380, title: 'PV guest' },
    { x: 200, y: 10, width: 570, height: 380, title: 'Xen' },
  ],
  boxes: [
    {
      id: 'insn',
      kind: 'guest',
      x: 25,
      y: 44,
      width: 140,
      lines: ['Kernel', 'privileged', 'instruction'],
    },
    { id: 'handler', kind: 'guest', x: 25, y: 310, width: 140, lines: ['Handler of', 'the guest'] },
    {
      id: 'gp',
      kind: 'xen',
      x: 220,
      y: 44,
      width: 150,
      lines: ['#GP, code 0', 'do_general_', 'protection'],
    },
    { id: 'ud', kind: 'xen', x: 220, y: 150, width: 150, lines: ['#UD', 'do_invalid_op'] },
    {
      id: 'pf',
      kind: 'xen',
      x: 220,
      y: 240,
      width: 150,
      lines: ['#PF on a write', 'fixup_page_fault'],
    },
    {
      id: 'priv',
      kind: 'emulator',
      x: 420,
      y: 44,
      width: 160,
      lines: ['x86_emulate', 'priv_op_ops', 'filter: validate'],
    },
    {
      id: 'inv',
      kind: 'xen',
      x: 420,
      y: 150,
      width: 160,
      lines: ['CPUID with prefix', 'bytes compared'],
    },
    {
      id: 'ro',
      kind: 'emulator',
      x: 420,
      y: 232,
      width: 160,
      lines: ['x86_emulate', 'L1 table, ECAM,', 'read-only MMIO'],
    },
    { id: 'done', kind: 'end', x: 630, y: 150, width: 125, lines: ['Carried out', 'RIP moves on'] },
    {
      id: 'reflect',
      kind: 'end',
      x: 630,
      y: 310,
      width: 125,
      lines: ['Not taken', 'fault reflected'],
    },
  ],
  arrows: [
    { from: 'insn', to: 'gp', sides: ['right', 'left'], label: 'fault' },
    { from: 'insn', to: 'ud', sides: ['right', 'left'] },
    { from: 'insn', to: 'pf', sides: ['right', 'left'] },
    { from: 'gp', to: 'priv', sides: ['right', 'left'] },
    { from: 'ud', to: 'inv', sides: ['right', 'left'] },
    { from: 'pf', to: 'ro', sides: ['right', 'left'] },
    { from: 'priv', to: 'done', sides: ['right', 'top'] },
    { from: 'inv', to: 'done', sides: ['right', 'left'] },
    { from: 'ro', to: 'done', sides: ['right', 'bottom'] },
    { from: 'ro', to: 'reflect', sides: ['right', 'top'], dashed: true },
    {
      from: 'reflect',
      to: 'handler',
      sides: ['left', 'right'],
      dashed: true,
      label: 'exception frame',
    },
  ],
};
