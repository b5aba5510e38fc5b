import type { Drawing } from './drawing.ts';

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
  zones: [
    { x: 10, y: 10, width: 160, height: 350, title: 'HVM guest' },
    { x: 190, y: 10, width: 340, height: 350, title: 'Xen' },
    { x: 550, y: 10, width: 220, height: 350, title: 'dom0 or stub domain' },
  ],
  boxes: [
    {
      id: 'access',
      kind: 'guest',
      x: 25,
      y: 50,
      width: 130,
      lines: ['Read of a', 'device address'],
    },
    {
      id: 'select',
      kind: 'xen',
      x: 210,
      y: 50,
      width: 150,
      lines: ['Who has it?', 'ioreq_server_select'],
    },
    { id: 'send', kind: 'xen', x: 385, y: 50, width: 130, lines: ['ioreq_send', 'vCPU blocks'] },
    {
      id: 'page',
      kind: 'outside',
      x: 400,
      y: 150,
      width: 280,
      lines: ['ioreq page', 'one slot for each vCPU, shared', 'by Xen and the device model'],
    },
    {
      id: 'qemu',
      kind: 'outside',
      x: 570,
      y: 50,
      width: 180,
      lines: ['Device model', 'answers or acts'],
    },
    {
      id: 'complete',
      kind: 'emulator',
      x: 210,
      y: 270,
      width: 180,
      lines: ['Completion', 'arch_ioreq_complete_', 'mmio: emulated again'],
    },
    { id: 'resume', kind: 'guest', x: 25, y: 278, width: 130, lines: ['Next', 'instruction'] },
    {
      id: 'mem',
      kind: 'outside',
      x: 570,
      y: 278,
      width: 180,
      lines: ['DMA: foreign maps', 'of guest memory'],
    },
  ],
  arrows: [
    { from: 'access', to: 'select', sides: ['right', 'left'], label: 'exit' },
    { from: 'select', to: 'send', sides: ['right', 'left'] },
    { from: 'send', to: 'page', sides: ['bottom', 'top'], label: 'request' },
    { from: 'page', to: 'qemu', sides: ['top', 'bottom'], label: 'event' },
    { from: 'page', to: 'complete', sides: ['left', 'top'], label: 'answer, event' },
    { from: 'complete', to: 'resume', sides: ['left', 'right'] },
  ],
};
