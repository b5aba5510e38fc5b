import type { Drawing } from './drawing.ts';
import { box, lanes, leftwards, rightwards } from './shapes.ts';

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
  zones: lanes(400, ['PV guest', 170], ['Xen', 570]),
  boxes: [
    box('guest', 'insn', [25, 44, 140], 'Kernel', 'privileged', 'instruction'),
    box('guest', 'handler', [25, 310, 140], 'Handler of', 'the guest'),
    box('xen', 'gp', [220, 44, 150], '#GP, code 0', 'do_general_', 'protection'),
    box('xen', 'ud', [220, 150, 150], '#UD', 'do_invalid_op'),
    box('xen', 'pf', [220, 240, 150], '#PF on a write', 'fixup_page_fault'),
    box('emulator', 'priv', [420, 44, 160], 'x86_emulate', 'priv_op_ops', 'filter: validate'),
    box('xen', 'inv', [420, 150, 160], 'CPUID with prefix', 'bytes compared'),
    box('emulator', 'ro', [420, 232, 160], 'x86_emulate', 'L1 table, ECAM,', 'read-only MMIO'),
    box('end', 'done', [630, 150, 125], 'Carried out', 'RIP moves on'),
    box('end', 'reflect', [630, 310, 125], 'Not taken', 'fault reflected'),
  ],
  arrows: [
    rightwards('insn', 'gp', { label: 'fault' }),
    rightwards('insn', 'ud'),
    rightwards('insn', 'pf'),
    rightwards('gp', 'priv'),
    rightwards('ud', 'inv'),
    rightwards('pf', 'ro'),
    { from: 'priv', to: 'done', sides: ['right', 'top'] },
    rightwards('inv', 'done'),
    { from: 'ro', to: 'done', sides: ['right', 'bottom'] },
    { from: 'ro', to: 'reflect', sides: ['right', 'top'], dashed: true },
    leftwards('reflect', 'handler', { dashed: true, label: 'exception frame' }),
  ],
};
