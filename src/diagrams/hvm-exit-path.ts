import type { Drawing } from './drawing.ts';

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
  zones: [
    { x: 10, y: 10, width: 150, height: 450, title: 'Guest' },
    { x: 180, y: 10, width: 590, height: 450, title: 'Xen' },
  ],
  boxes: [
    {
      id: 'guest',
      kind: 'guest',
      x: 25,
      y: 60,
      width: 120,
      lines: ['Instruction', 'in guest mode'],
    },
    {
      id: 'exit',
      kind: 'cpu',
      x: 200,
      y: 52,
      width: 160,
      lines: ['Exit handler', 'vmx_ or svm_', 'vmexit_handler'],
    },
    {
      id: 'direct',
      kind: 'xen',
      x: 440,
      y: 44,
      width: 310,
      lines: [
        'Done from the report',
        'CPUID, MSR, HLT, XSETBV, hypercall',
        'IN and OUT: handle_pio',
      ],
    },
    {
      id: 'ram',
      kind: 'xen',
      x: 440,
      y: 136,
      width: 310,
      lines: ['RAM absent or protected', 'repaired; the CPU repeats it'],
    },
    {
      id: 'emul',
      kind: 'emulator',
      x: 200,
      y: 220,
      width: 160,
      lines: ['hvm_emulate_one', 'fetch at RIP', 'x86_emulate', 'write back'],
    },
    {
      id: 'why',
      kind: 'emulator',
      x: 440,
      y: 212,
      width: 310,
      lines: [
        'Why it gets there',
        'memory that is no RAM',
        'INS, OUTS',
        'AMD: CLTS, LMSW, SMSW',
        'real mode, shadow, introspection',
      ],
    },
    {
      id: 'xenio',
      kind: 'xen',
      x: 200,
      y: 380,
      width: 160,
      lines: ['Handler in Xen', 'hvm_io_intercept'],
    },
    {
      id: 'ioreq',
      kind: 'outside',
      x: 400,
      y: 380,
      width: 160,
      lines: ['ioreq server', 'QEMU, for HVM'],
    },
    { id: 'null', kind: 'end', x: 600, y: 380, width: 150, lines: ['Null handler', 'all ones'] },
  ],
  arrows: [
    { from: 'guest', to: 'exit', sides: ['right', 'left'] },
    { from: 'exit', to: 'direct', sides: ['right', 'left'] },
    { from: 'exit', to: 'ram', sides: ['right', 'left'] },
    { from: 'exit', to: 'emul', sides: ['bottom', 'top'] },
    { from: 'why', to: 'emul', sides: ['left', 'right'], dashed: true },
    { from: 'emul', to: 'xenio', sides: ['bottom', 'top'], label: 'port or address' },
    { from: 'xenio', to: 'ioreq', sides: ['right', 'left'], label: 'else' },
    { from: 'ioreq', to: 'null', sides: ['right', 'left'], label: 'else' },
    { from: 'emul', to: 'guest', sides: ['left', 'bottom'], dashed: true, label: 'resume' },
  ],
};
