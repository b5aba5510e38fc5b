import type { Drawing } from './drawing.ts';
import { box, downwards, lanes, rightwards, upwards } from './shapes.ts';

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
  zones: lanes(300, ['Sender', 170], ['Xen', 300], ['Receiver', 250]),
  boxes: [
    box('guest', 'send', [25, 60, 140], 'Hypercall', 'EVTCHNOP_send'),
    box('xen', 'find', [220, 60, 130], 'evtchn_send', 'other end'),
    box('xen', 'set', [375, 60, 110], 'Set pending', 'mark vCPU'),
    box('guest', 'bits', [540, 60, 210], 'Shared memory', 'bitmap, or FIFO queues'),
    box(
      'xen',
      'deliver',
      [220, 170, 265],
      'Not masked: tell the vCPU',
      'PV: frame at the callback',
      'PVH, HVM: vector, line or APIC',
      'Arm: private interrupt',
    ),
    box('guest', 'upcall', [540, 186, 210], 'Upcall handler', 'scans and clears'),
  ],
  arrows: [
    rightwards('send', 'find'),
    rightwards('find', 'set'),
    rightwards('set', 'bits'),
    downwards('set', 'deliver'),
    rightwards('deliver', 'upcall'),
    upwards('upcall', 'bits', { dashed: true }),
  ],
};
