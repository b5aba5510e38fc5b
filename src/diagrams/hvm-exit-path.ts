import type { Drawing } from './drawing.ts';
import { box, downwards, lanes, leftwards, rightwards } from './shapes.ts';

/** From an exit of VMX or SVM to what completes it, with and without the instruction emulator. */
export const hvmExitPath: Drawing = {
  width: 780,
  height: 470,
  description:
    'A guest in VMX or SVM exits, and the CPU reports why. CPUID, MSRs, HLT, IN, OUT and hypercalls are completed from ' +
    'the report alone, and the guest goes on. A fault on RAM that the p2m lacks or protects is repaired, and the CPU ' +
    'repeats the instruction. An access to memory that is no RAM, INS or OUTS, and on AMD an access to a control ' +
    'register that is not decoded, enter hvm_emulate_one: bytes at RIP are fetched unless the exit supplied them, ' +
    'x86_emulate runs, and its callbacks ask a handler in Xen, then an ioreq server, then the null handler.',
  zones: lanes(470, ['Guest', 150], ['Xen', 590]),
  boxes: [
    box('guest', 'guest', [25, 60, 120], 'Instruction', 'in guest mode'),
    box('cpu', 'exit', [200, 52, 160], 'Exit handler', 'vmx_ or svm_', 'vmexit_handler'),
    box(
      'xen',
      'direct',
      [440, 44, 310],
      'Done from the report',
      'CPUID, MSR, HLT, XSETBV, hypercall',
      'IN and OUT: handle_pio',
    ),
    box('xen', 'ram', [440, 136, 310], 'RAM absent or protected', 'repaired; the CPU repeats it'),
    box(
      'emulator',
      'emul',
      [200, 220, 160],
      'hvm_emulate_one',
      'fetch at RIP',
      'x86_emulate',
      'write back',
    ),
    box(
      'emulator',
      'why',
      [440, 212, 310],
      'Why it gets there',
      'memory that is no RAM',
      'INS, OUTS',
      'AMD: CLTS, LMSW, SMSW',
      'real mode, shadow, introspection',
    ),
    box('xen', 'xenio', [200, 380, 160], 'Handler in Xen', 'hvm_io_intercept'),
    box('outside', 'ioreq', [400, 380, 160], 'ioreq server', 'QEMU, for HVM'),
    box('end', 'null', [600, 380, 150], 'Null handler', 'all ones'),
  ],
  arrows: [
    rightwards('guest', 'exit'),
    rightwards('exit', 'direct'),
    rightwards('exit', 'ram'),
    downwards('exit', 'emul'),
    leftwards('why', 'emul', { dashed: true }),
    downwards('emul', 'xenio', { label: 'port or address' }),
    rightwards('xenio', 'ioreq', { label: 'else' }),
    rightwards('ioreq', 'null', { label: 'else' }),
    { from: 'emul', to: 'guest', sides: ['left', 'bottom'], dashed: true, label: 'resume' },
  ],
};
