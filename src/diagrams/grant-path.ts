import type { Drawing } from './drawing.ts';
import { box, downwards, lanes, leftwards, rightwards, upwards } from './shapes.ts';

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
  zones: lanes(300, ['Guest that grants', 220], ['Xen', 260], ['Backend', 240]),
  boxes: [
    box('guest', 'page', [30, 60, 180], 'Page', 'ring or data'),
    box(
      'guest',
      'entry',
      [30, 180, 180],
      'Entry of the table',
      'frame, domain,',
      'read-only or not',
    ),
    box(
      'xen',
      'check',
      [270, 180, 220],
      'map_grant_ref',
      'checks the entry,',
      'marks it as in use',
    ),
    box('xen', 'ref', [270, 60, 220], 'Reference and mapping', 'page tables or p2m'),
    box(
      'outside',
      'ask',
      [550, 180, 200],
      'Hypercall with the',
      'number of the entry:',
      'map or copy',
    ),
    box('outside', 'use', [550, 60, 200], 'Page is mapped', 'until it unmaps'),
  ],
  arrows: [
    downwards('page', 'entry', { label: 'guest writes' }),
    leftwards('ask', 'check'),
    leftwards('check', 'entry'),
    upwards('check', 'ref'),
    leftwards('ref', 'page'),
    rightwards('ref', 'use'),
  ],
};
