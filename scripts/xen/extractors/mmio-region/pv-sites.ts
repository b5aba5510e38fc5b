/** Pages that a PV domain has read-only, so that a write faults. */
import { XHCI_CONSOLE } from './hvm-cells.ts';
import type { Provided, ProvidedList, Site } from './site.ts';

const PV_ONLY = 'The operation serves page faults of PV domains.';

/** What turns the use of ECAM off. */
export const PARSE_MMCFG = {
  path: 'xen/arch/x86/x86_64/mmconfig-shared.c',
  symbol: 'parse_mmcfg',
} as const;

export const USER_WRITE: Provided = {
  how: 'refused',
  by: 'xen',
  effect: '#PF',
  access: 'write',
  when: { guest: ['user-mode'] },
};

const HIGHER_TABLE: Provided = {
  how: 'refused',
  by: 'xen',
  effect: '#PF',
  access: 'write',
  when: { guest: ['!level-1-table'] },
};

const READ_GRANTED: Provided = {
  how: 'passthrough',
  by: 'cpu',
  access: 'read',
  when: { guest: ['iomem-granted'] },
};

/** A page that Xen keeps read-only and that was granted to a guest in a container. */
const GRANTED_TO_CONTAINER: ProvidedList = [
  { how: 'absent', note: 'Unless such a page is granted to the guest.' },
  READ_GRANTED,
  {
    how: 'refused',
    by: 'xen',
    effect: 'ignored',
    access: 'write',
    when: { paging: 'hap', guest: ['iomem-granted'] },
    since: '4.21',
  },
];

export const PV_SITES: readonly Site[] = [
  {
    id: 'page-table-write',
    title: 'Page tables of PV domains that are mapped read-only',
    ops: 'ptwr_emulate_ops',
    arch: 'x86',
    device: 'page tables of the guest',
    absence: PV_ONLY,
    cells: Object.fromEntries([
      ...(['pv', 'pv-shim'] as const).map((guest) => [
        guest,
        [
          {
            how: 'emulated',
            by: 'xen',
            access: 'write',
            when: { guest: ['writable-pagetables', 'level-1-table', '!user-mode'] },
            note: 'The new entry is checked.',
          },
          {
            how: 'refused',
            by: 'xen',
            effect: '#PF',
            access: 'write',
            when: { guest: ['!writable-pagetables'] },
          },
          HIGHER_TABLE,
          USER_WRITE,
        ],
      ]),
      [
        'pv-dom0',
        [
          {
            how: 'emulated',
            by: 'xen',
            access: 'write',
            when: { guest: ['level-1-table', '!user-mode'] },
            note: 'Without the writable page tables assist as well, since the fault is looked at for read-only MMIO.',
          },
          HIGHER_TABLE,
          USER_WRITE,
        ],
      ],
    ]) as Site['cells'],
    places: [
      { path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'ptwr_do_page_fault' },
      { path: 'xen/arch/x86/traps.c', symbol: 'fixup_page_fault', anchor: 'writable_pagetables' },
    ],
  },
  {
    id: 'read-only-mmio',
    title: 'Memory-mapped pages that dom0 has read-only',
    ops: 'mmio_ro_emulate_ops',
    arch: 'x86',
    device: 'devices that Xen keeps for itself',
    absence: 'The guest type has no such page mapped.',
    cells: {
      pv: [
        { how: 'absent', note: 'Unless such a page is granted to the guest.' },
        READ_GRANTED,
        {
          how: 'refused',
          by: 'xen',
          effect: '#PF',
          access: 'write',
          when: { guest: ['iomem-granted'] },
          note: 'Xen takes the fault up for the hardware domain only.',
        },
      ],
      hvm: GRANTED_TO_CONTAINER,
      pvh: GRANTED_TO_CONTAINER,
      'pvh-dom0': [
        { how: 'passthrough', by: 'cpu', access: 'read' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          when: { paging: 'hap' },
          note: 'Not by these operations: the page is read-only in the second-stage tables, and Xen drops the write.',
        },
      ],
      'pv-dom0': [
        { how: 'passthrough', by: 'cpu', access: 'read' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          when: { guest: ['!user-mode'] },
          note: 'The configuration pages of devices that Xen keeps read-only are among them, and the MSI-X tables that are in use.',
        },
        {
          how: 'mediated',
          by: 'xen',
          access: 'write',
          when: { ...XHCI_CONSOLE, guest: ['!user-mode'] },
          since: '4.20',
          note: 'To a page of which Xen protects only a part, beside that part.',
        },
        USER_WRITE,
      ],
    },
    places: [
      { path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'mmio_ro_do_page_fault' },
      {
        path: 'xen/arch/x86/pv/ro-page-fault.c',
        symbol: 'pv_ro_page_fault',
        anchor: 'mmio_ro_ranges',
      },
      { path: 'xen/arch/x86/mm/p2m-ept.c', anchor: 'mmio_ro_ranges' },
    ],
  },
  {
    id: 'pv-dom0-ecam',
    title: 'PCIe configuration space (ECAM) of PV dom0',
    ops: 'mmcfg_intercept_ops',
    arch: 'x86',
    device: 'PCI configuration space',
    address: 'the MMCFG regions that Xen uses',
    absence: 'Only PV dom0 has the regions in this way.',
    cells: {
      'pv-dom0': [
        { how: 'passthrough', by: 'cpu', access: 'read' },
        {
          how: 'mediated',
          by: 'xen',
          access: 'write',
          when: { bytes: [1, 2, 4], guest: ['!read-only-device', '!user-mode'] },
          note: 'Xen checks the write and does it.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          when: { guest: ['read-only-device', '!user-mode'] },
        },
        {
          how: 'refused',
          by: 'xen',
          effect: '#PF',
          access: 'write',
          when: { bytes: [8], guest: ['!read-only-device', '!user-mode'] },
          note: 'A write that is not aligned faults as well.',
        },
        USER_WRITE,
        {
          how: 'passthrough',
          by: 'cpu',
          access: 'write',
          when: { cmdline: 'mmcfg=0' },
          note: 'Xen uses no region then, and protects none.',
        },
      ],
    },
    places: [
      { path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'mmio_ro_do_page_fault' },
      PARSE_MMCFG,
    ],
  },
];
