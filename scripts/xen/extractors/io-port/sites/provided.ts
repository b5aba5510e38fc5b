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

/** A handler that answers single bytes, and takes wider accesses to refuse them. */
export const SINGLE_BYTES: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'all-ones',
  when: { bytes: [2, 4] },
  note: 'The handler takes single bytes: reads give all ones and writes are dropped.',
};

/** An access that goes beyond the ports of the handler, which then is not asked. */
export const BEYOND: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'all-ones',
  when: { bytes: [2, 4], guest: ['pio-not-claimed'] },
  note: 'A wider access goes beyond the handler of Xen.',
};

/** A read of the mode register by a PV domain, which neither the hardware nor the emulated PIT answers. */
export const MODE_READ: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'zero',
  access: 'read',
  when: { ports: ['0x43'] },
  note: 'The mode register cannot be read.',
};

/** The ports of PCI CONFIG_DATA. */
export const DATA_PORTS = ['0xcfc', '0xcfd', '0xcfe', '0xcff'] as const;

/** What vPCI does with an access to the configuration data of PVH dom0. */
export const VPCI_DATA = [
  { how: 'emulated', by: 'xen', note: 'Registers with a vPCI handler.' },
  {
    how: 'mediated',
    by: 'xen',
    note: 'Registers without a vPCI handler are those of the device.',
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'ignored',
    access: 'write',
    when: { guest: ['read-only-device'] },
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    when: { guest: ['config-address-off'] },
    note: 'Reads give all ones and writes are dropped, as for an access that is not aligned to its size.',
  },
] as const satisfies ProvidedList;

/** The writes to configuration data that Xen drops. */
export const READ_ONLY_DEVICE: Provided = VPCI_DATA[2];

/** What a PV guest with permission gets, and the fault of one without. */
export function afterPermission([first, ...rest]: ProvidedList): ProvidedList {
  const permitted = (one: Provided): Provided => ({
    ...one,
    when: { ...one.when, guest: ['io-permission', ...(one.when?.guest ?? [])] },
  });
  return [permitted(first), ...rest.map(permitted), NO_PERMISSION];
}
