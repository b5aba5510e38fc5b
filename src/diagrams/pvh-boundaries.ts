import type { Drawing } from './drawing.ts';

/** What a PVH domU touches, and who is behind it. */
export const pvhBoundaries: Drawing = {
  width: 780,
  height: 390,
  description:
    'A PVH guest has four borders. To the CPU: its code, page tables and exceptions run in hardware, with nested ' +
    'paging. To Xen by exits: CPUID, trapped MSRs, the local APIC, and rarely the instruction emulator. To Xen by ' +
    'hypercalls: event channels, grants, memory and timers. To dom0: xenstore, console, disk and network over pages ' +
    'that it granted. Dom0 can also reach the memory of the guest by privilege, to build, save or debug it. There is no firmware and ' +
    'no device model.',
  zones: [{ x: 10, y: 150, width: 760, height: 90, title: 'PVH guest' }],
  boxes: [
    {
      id: 'guest',
      kind: 'guest',
      x: 290,
      y: 172,
      width: 200,
      lines: ['PVH kernel', 'ring 0, own page tables'],
    },
    {
      id: 'cpu',
      kind: 'cpu',
      x: 20,
      y: 30,
      width: 220,
      lines: ['CPU', 'VMX or SVM, EPT or NPT', 'no exit'],
    },
    {
      id: 'exits',
      kind: 'xen',
      x: 280,
      y: 30,
      width: 220,
      lines: ['Xen, by exits', 'local APIC, CPUID, MSRs', 'rarely x86_emulate'],
    },
    {
      id: 'calls',
      kind: 'xen',
      x: 540,
      y: 30,
      width: 220,
      lines: ['Xen, by hypercalls', 'events, grants, timers,', 'memory'],
    },
    {
      id: 'pv',
      kind: 'outside',
      x: 20,
      y: 300,
      width: 220,
      lines: ['dom0: backends', 'disk, network, console,', 'xenstore, over grants'],
    },
    {
      id: 'tools',
      kind: 'outside',
      x: 280,
      y: 300,
      width: 220,
      lines: ['dom0: toolstack', 'build, save, debug:', 'foreign maps'],
    },
    {
      id: 'none',
      kind: 'end',
      x: 540,
      y: 300,
      width: 220,
      lines: ['Not there', 'firmware, QEMU, PIC,', 'IO-APIC, PCI, VGA'],
    },
  ],
  arrows: [
    { from: 'guest', to: 'cpu', sides: ['left', 'bottom'] },
    { from: 'guest', to: 'exits', sides: ['top', 'bottom'] },
    { from: 'guest', to: 'calls', sides: ['right', 'bottom'] },
    { from: 'guest', to: 'pv', sides: ['left', 'top'] },
    { from: 'tools', to: 'guest', sides: ['top', 'bottom'], dashed: true, label: 'by privilege' },
  ],
};
