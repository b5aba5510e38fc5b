import type { Drawing } from './drawing.ts';
import { box, upwards } from './shapes.ts';

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
    box('guest', 'guest', [290, 172, 200], 'PVH kernel', 'ring 0, own page tables'),
    box('cpu', 'cpu', [20, 30, 220], 'CPU', 'VMX or SVM, EPT or NPT', 'no exit'),
    box(
      'xen',
      'exits',
      [280, 30, 220],
      'Xen, by exits',
      'local APIC, CPUID, MSRs',
      'rarely x86_emulate',
    ),
    box('xen', 'calls', [540, 30, 220], 'Xen, by hypercalls', 'events, grants, timers,', 'memory'),
    box(
      'outside',
      'pv',
      [20, 300, 220],
      'dom0: backends',
      'disk, network, console,',
      'xenstore, over grants',
    ),
    box(
      'outside',
      'tools',
      [280, 300, 220],
      'dom0: toolstack',
      'build, save, debug:',
      'foreign maps',
    ),
    box('end', 'none', [540, 300, 220], 'Not there', 'firmware, QEMU, PIC,', 'IO-APIC, PCI, VGA'),
  ],
  arrows: [
    { from: 'guest', to: 'cpu', sides: ['left', 'bottom'] },
    upwards('guest', 'exits'),
    { from: 'guest', to: 'calls', sides: ['right', 'bottom'] },
    { from: 'guest', to: 'pv', sides: ['left', 'top'] },
    upwards('tools', 'guest', { dashed: true, label: 'by privilege' }),
  ],
};
