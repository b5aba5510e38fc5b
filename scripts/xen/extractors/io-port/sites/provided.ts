import type { Handling } from '../../../../../src/model/handling.ts';
import type { Span } from '../../../../../src/model/release.ts';

/** A handling before its evidence is known, in the releases that have it. */
export type Provided = Omit<Handling, 'evidence'> & Span;
export type ProvidedList = readonly [Provided, ...Provided[]];

/** The fault of a PV guest that did not get permission for its own I/O. */
export const NO_PERMISSION: Provided = {
  how: 'refused',
  by: 'xen',
  effect: '#GP',
  when: { guest: ['!io-permission'] },
  note: 'The fault that bare metal gives; the guest asks for IOPL or a bitmap with PHYSDEVOP_set_iopl or PHYSDEVOP_set_iobitmap.',
};

/** What a PV guest with permission gets, and the fault of one without. */
export function afterPermission([first, ...rest]: ProvidedList): ProvidedList {
  const permitted = (one: Provided): Provided => ({
    ...one,
    when: { ...one.when, guest: ['io-permission', ...(one.when?.guest ?? [])] },
  });
  return [permitted(first), ...rest.map(permitted), NO_PERMISSION];
}
