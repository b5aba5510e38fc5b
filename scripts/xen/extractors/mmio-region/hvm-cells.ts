/** What the guest types in containers get of the regions that several of them have. */
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
    since: '4.17',
    note: 'Reads, and writes of the priority, of EOI and of an IPI to itself; other writes exit after the fact. Unless the guest has `assisted_xapic=0`.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['apicv', 'apic-access-page'], guest: ['xapic-mode'] },
    until: '4.17',
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
];

/** Dom0 has no emulated HPET, and reaches the page of the host’s at its address. */
export const HOST_HPET: ProvidedList = [
  {
    how: 'passthrough',
    by: 'cpu',
    access: 'read',
    when: { feature: ['!hpet-page-protection'] },
    note: 'No HPET is emulated. Dom0 may have the page of the host’s HPET mapped, read-only.',
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'ignored',
    access: 'write',
    when: { feature: ['!hpet-page-protection'] },
    note: 'The page is read-only: Xen drops the write.',
  },
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

export const NOTHING: ProvidedList = [
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    note: 'Reads give all ones and writes are dropped.',
  },
];

export const FORWARDED = (note: string): ProvidedList => [{ how: 'emulated', by: 'qemu', note }];
