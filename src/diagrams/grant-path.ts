import type { Drawing } from './drawing.ts';

/** A frontend grants a page, a backend maps it. */
export const grantPath: Drawing = {
  width: 780,
  height: 300,
  description:
    'A guest writes an entry into its grant table: the frame, the domain that may use it, and whether it may write. ' +
    'It tells the number of the entry to the backend through xenstore or a ring. The backend calls ' +
    'GNTTABOP_map_grant_ref or asks for a copy. Xen reads the entry, checks the domain and the rights, marks the entry ' +
    'as in use, takes a reference of the page, and enters it into the page tables or the p2m of the backend. The guest ' +
    'sees the mark and must not reuse the page while it is set.',
  zones: [
    { x: 10, y: 10, width: 220, height: 280, title: 'Guest that grants' },
    { x: 250, y: 10, width: 260, height: 280, title: 'Xen' },
    { x: 530, y: 10, width: 240, height: 280, title: 'Backend' },
  ],
  boxes: [
    { id: 'page', kind: 'guest', x: 30, y: 60, width: 180, lines: ['Page', 'ring or data'] },
    {
      id: 'entry',
      kind: 'guest',
      x: 30,
      y: 180,
      width: 180,
      lines: ['Entry of the table', 'frame, domain,', 'read-only or not'],
    },
    {
      id: 'check',
      kind: 'xen',
      x: 270,
      y: 180,
      width: 220,
      lines: ['map_grant_ref', 'checks the entry,', 'marks it as in use'],
    },
    {
      id: 'ref',
      kind: 'xen',
      x: 270,
      y: 60,
      width: 220,
      lines: ['Reference and mapping', 'page tables or p2m'],
    },
    {
      id: 'ask',
      kind: 'outside',
      x: 550,
      y: 180,
      width: 200,
      lines: ['Hypercall with the', 'number of the entry:', 'map or copy'],
    },
    {
      id: 'use',
      kind: 'outside',
      x: 550,
      y: 60,
      width: 200,
      lines: ['Page is mapped', 'until it unmaps'],
    },
  ],
  arrows: [
    { from: 'page', to: 'entry', sides: ['bottom', 'top'], label: 'guest writes' },
    { from: 'ask', to: 'check', sides: ['left', 'right'] },
    { from: 'check', to: 'entry', sides: ['left', 'right'] },
    { from: 'check', to: 'ref', sides: ['top', 'bottom'] },
    { from: 'ref', to: 'page', sides: ['left', 'right'] },
    { from: 'ref', to: 'use', sides: ['right', 'left'] },
  ],
};
