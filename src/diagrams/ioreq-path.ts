import type { Drawing } from './drawing.ts';
import { box, downwards, lanes, leftwards, rightwards, upwards } from './shapes.ts';

/** A read by an HVM guest that a device model answers. */
export const ioreqPath: Drawing = {
  width: 780,
  height: 370,
  description:
    'A vCPU reads a device address and exits. Xen finds no handler of its own, selects the ioreq server that ' +
    'registered the address, writes the request into the slot of the vCPU on the shared ioreq page and sends an event. ' +
    'The vCPU is blocked. The device model takes the request, computes the answer, writes it into the same slot and ' +
    'sends an event back. Xen resumes the vCPU, emulates the instruction a second time with the answer, and returns ' +
    'to the guest. Writes that need no answer may go through a ring of buffered requests without blocking.',
  zones: lanes(370, ['HVM guest', 160], ['Xen', 340], ['dom0 or stub domain', 220]),
  boxes: [
    box('guest', 'access', [25, 50, 130], 'Read of a', 'device address'),
    box('xen', 'select', [210, 50, 150], 'Who has it?', 'ioreq_server_select'),
    box('xen', 'send', [385, 50, 130], 'ioreq_send', 'vCPU blocks'),
    box(
      'outside',
      'page',
      [400, 150, 280],
      'ioreq page',
      'one slot for each vCPU, shared',
      'by Xen and the device model',
    ),
    box('outside', 'qemu', [570, 50, 180], 'Device model', 'answers or acts'),
    box(
      'emulator',
      'complete',
      [210, 270, 180],
      'Completion',
      'arch_ioreq_complete_',
      'mmio: emulated again',
    ),
    box('guest', 'resume', [25, 278, 130], 'Next', 'instruction'),
    box('outside', 'mem', [570, 278, 180], 'DMA: foreign maps', 'of guest memory'),
  ],
  arrows: [
    rightwards('access', 'select', { label: 'exit' }),
    rightwards('select', 'send'),
    downwards('send', 'page', { label: 'request' }),
    upwards('page', 'qemu', { label: 'event' }),
    { from: 'page', to: 'complete', sides: ['left', 'top'], label: 'answer, event' },
    leftwards('complete', 'resume'),
  ],
};
