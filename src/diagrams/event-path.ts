import type { Drawing } from './drawing.ts';

/** An interdomain event channel from the sender to the upcall. */
export const eventPath: Drawing = {
  width: 780,
  height: 300,
  description:
    'A domain calls EVTCHNOP_send on its port. Xen finds the other end, sets the pending bit or links the event into ' +
    'a FIFO queue in memory shared with the receiver, and marks the vCPU. If the event is masked, nothing more ' +
    'happens. Otherwise the vCPU is told: a PV guest by an exception frame at its callback, a PVH or HVM guest by an ' +
    'injected vector, an interrupt line or its local APIC, an Arm guest by a private interrupt of the GIC. The ' +
    'handler scans the shared memory and clears what it takes.',
  zones: [
    { x: 10, y: 10, width: 170, height: 280, title: 'Sender' },
    { x: 200, y: 10, width: 300, height: 280, title: 'Xen' },
    { x: 520, y: 10, width: 250, height: 280, title: 'Receiver' },
  ],
  boxes: [
    { id: 'send', kind: 'guest', x: 25, y: 60, width: 140, lines: ['Hypercall', 'EVTCHNOP_send'] },
    { id: 'find', kind: 'xen', x: 220, y: 60, width: 130, lines: ['evtchn_send', 'other end'] },
    { id: 'set', kind: 'xen', x: 375, y: 60, width: 110, lines: ['Set pending', 'mark vCPU'] },
    {
      id: 'bits',
      kind: 'guest',
      x: 540,
      y: 60,
      width: 210,
      lines: ['Shared memory', 'bitmap, or FIFO queues'],
    },
    {
      id: 'deliver',
      kind: 'xen',
      x: 220,
      y: 170,
      width: 265,
      lines: [
        'Not masked: tell the vCPU',
        'PV: frame at the callback',
        'PVH, HVM: vector, line or APIC',
        'Arm: private interrupt',
      ],
    },
    {
      id: 'upcall',
      kind: 'guest',
      x: 540,
      y: 186,
      width: 210,
      lines: ['Upcall handler', 'scans and clears'],
    },
  ],
  arrows: [
    { from: 'send', to: 'find', sides: ['right', 'left'] },
    { from: 'find', to: 'set', sides: ['right', 'left'] },
    { from: 'set', to: 'bits', sides: ['right', 'left'] },
    { from: 'set', to: 'deliver', sides: ['bottom', 'top'] },
    { from: 'deliver', to: 'upcall', sides: ['right', 'left'] },
    { from: 'upcall', to: 'bits', sides: ['top', 'bottom'], dashed: true },
  ],
};
