/** What the guest types in containers get of the regions that several of them have. */
import type { Condition } from '../../../../src/model/condition.ts';
import type { Provided, ProvidedList } from './site.ts';

export const byXen = (note?: string): Provided => ({
  how: 'emulated',
  by: 'xen',
  ...(note === undefined ? {} : { note }),
});

export const LAPIC: ProvidedList = [
  {
    how: 'emulated',
    by: 'xen',
    when: { guest: ['xapic-mode'] },
    note: 'With the APIC-access page of Intel, the write that ends an interrupt needs no decoding.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['apicv', 'apic-access-page'], guest: ['xapic-mode'] },
    note: 'Reads, and writes of the priority, of EOI and of an IPI to itself; other writes exit after the fact.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['tpr-shadow', 'apic-access-page'], guest: ['xapic-mode'] },
    note: 'The priority register, for as long as no waiting interrupt comes above it.',
  },
  {
    how: 'absent',
    when: { guest: ['x2apic-mode'] },
    note: 'The page answers in xAPIC mode only.',
  },
  { how: 'absent', when: { guest: ['apic-disabled'] } },
];

const READ_HOST_HPET: Provided = {
  how: 'passthrough',
  by: 'cpu',
  access: 'read',
  when: { feature: ['!hpet-page-protection'] },
};

const WRITE_HOST_HPET: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'ignored',
  access: 'write',
  when: { feature: ['!hpet-page-protection'] },
  note: 'The page is read-only: Xen drops the write.',
};

const WHOLE_HOST_HPET: readonly Provided[] = [
  {
    how: 'passthrough',
    by: 'cpu',
    when: { feature: ['!hpet-page-protection'], cmdline: 'ro-hpet=0' },
  },
  {
    how: 'absent',
    when: { feature: ['hpet-page-protection'] },
    note: 'Xen denies dom0 the page.',
  },
];

/** Dom0 has no emulated HPET, and reaches the page of the host’s at its address. */
export const HOST_HPET: ProvidedList = [
  {
    ...READ_HOST_HPET,
    note: 'No HPET is emulated. Dom0 may have the page of the host’s HPET mapped, read-only.',
  },
  {
    ...WRITE_HOST_HPET,
    when: { feature: ['!hpet-page-protection'], guest: ['!user-mode'] },
  },
  {
    how: 'refused',
    by: 'xen',
    effect: '#PF',
    access: 'write',
    when: { feature: ['!hpet-page-protection'], guest: ['user-mode'] },
  },
  ...WHOLE_HOST_HPET,
];

/** From when on Xen maps what a PVH dom0 touches and may have. */
const FIXED_UP = ['4.19.2', '4.20.1', '4.21'] as const;

/** A PVH dom0 reaches what is mapped for it: at first touch, and before that by the memory map of the host. */
export const HOST_HPET_PVH: ProvidedList = [
  {
    ...READ_HOST_HPET,
    since: FIXED_UP,
    note: 'No HPET is emulated. Xen maps the page of the host’s HPET, read-only, where the memory map of the host reserves it or dom0 first touches it.',
  },
  {
    ...READ_HOST_HPET,
    until: FIXED_UP,
    when: { feature: ['!hpet-page-protection'], guest: ['memory-map-reserved'] },
    note: 'No HPET is emulated. Xen maps the page of the host’s HPET, read-only, where the memory map of the host reserves it.',
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    when: { feature: ['!hpet-page-protection'], guest: ['!memory-map-reserved'] },
    until: FIXED_UP,
    note: 'Reads give all ones and writes are dropped.',
  },
  WRITE_HOST_HPET,
  ...WHOLE_HOST_HPET,
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    when: {
      feature: ['!hpet-page-protection'],
      guest: ['!memory-map-reserved'],
      cmdline: 'dom0=pf-fixup=0',
    },
    since: FIXED_UP,
    note: 'Reads give all ones and writes are dropped.',
  },
];

/** The one device of which Xen keeps a part: the xHCI controller of its own console. */
export const XHCI_CONSOLE = { cmdline: 'dbgp=xhci', kconfig: ['CONFIG_XHCI'] } as const;

/** Xen lets go of the controller for no other domain than dom0, unless the command line says so. */
export const XHCI_SHARED = {
  ...XHCI_CONSOLE,
  cmdline: 'dbgp=xhci,share=yes',
  guest: ['pci-device'],
} as const;

/** A page of which Xen keeps a part read-only, where writes are told apart. */
export function partlyReadOnly(when: Condition): ProvidedList {
  return [
    {
      how: 'mediated',
      by: 'xen',
      access: 'write',
      when,
      note: 'Writes outside of the protected part reach the device.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'ignored',
      access: 'write',
      when,
      note: 'Writes to the protected part.',
    },
  ];
}

/** By default Xen has another console, and so no such page. */
export const NO_XHCI_CONSOLE: Provided = {
  how: 'absent',
  note: 'Unless Xen has its console on the debug capability of the controller.',
};

/** The default of a guest that could be given the controller. */
export const UNASSIGNED: Provided = {
  how: 'absent',
  note: 'Unless the controller is assigned to the guest, which Xen permits with `share=yes` only.',
};

/** The reads of such a page. */
export const PARTLY_READ: Provided = {
  how: 'passthrough',
  by: 'cpu',
  access: 'read',
  when: XHCI_CONSOLE,
};

/** A device that Xen keeps read-only. */
export const READ_ONLY_DEVICE: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'ignored',
  access: 'write',
  when: { guest: ['read-only-device'] },
};

export const NOTHING: ProvidedList = [
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    note: 'Reads give all ones and writes are dropped.',
  },
];

export const FORWARDED = (note: string): ProvidedList => [{ how: 'emulated', by: 'qemu', note }];
