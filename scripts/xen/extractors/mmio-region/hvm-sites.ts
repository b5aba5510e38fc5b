/** The regions of HVM domains, PVH ones among them. */
import {
  byXen,
  FORWARDED,
  HOST_HPET,
  HOST_HPET_PVH,
  LAPIC,
  NO_XHCI_CONSOLE,
  NOTHING,
  PARTLY_READ,
  partlyReadOnly,
  READ_ONLY_DEVICE,
  UNASSIGNED,
  XHCI_CONSOLE,
  XHCI_SHARED,
} from './hvm-cells.ts';
import { PARSE_MMCFG, USER_WRITE } from './pv-sites.ts';
import type { Provided, Site } from './site.ts';

const HVM_ONLY = 'The flag of the device is set for HVM guests only.';
const DOM0_ONLY = 'Only the hardware domain has the region.';

/** From when on vPCI takes what stands beside an MSI-X table. */
const ADJACENT = ['4.16.4', '4.17.1', '4.18'] as const;

/** From when on Xen keeps no copy of the VGA memory. */
const UNSHADOWED = ['4.16.7', '4.17.6', '4.18.4', '4.19.1', '4.20'] as const;

const SERVED = {
  arch: 'x86',
  device: 'whatever the device model registered',
  absence: 'No device model serves this guest type.',
  cells: {
    hvm: FORWARDED('The list is the device model’s, made at run time.'),
    pvh: [
      { how: 'absent', note: 'libxl starts no device model for this guest type.' },
      { how: 'emulated', by: 'dom0', when: { guest: ['ioreq-server'] } },
    ],
  },
} as const satisfies Partial<Site>;

/** libxl permits the range to the guest and to its device model, which maps it. */
const OF_THE_CARD: Provided = {
  how: 'passthrough',
  by: 'cpu',
  when: { guest: ['pci-device'], xl: { gfx_passthru: 1 } },
  note: 'The memory of the card, where the device is a VGA card and the device model maps the range, which libxl permits.',
};

/** The hardware domain reaches the adapter of the host. */
const HOST_VGA = {
  'pv-dom0': [
    {
      how: 'passthrough',
      by: 'cpu',
      note: 'No adapter is emulated. Dom0 may map the memory of the host’s.',
    },
  ],
  'pvh-dom0': [
    {
      how: 'passthrough',
      by: 'cpu',
      note: 'No adapter is emulated. Xen maps the memory of the host’s one to one, as all below 1 MiB that is not RAM.',
    },
  ],
} as const satisfies Site['cells'];

const HOST_VGA_PLACES: Site['places'] = [
  {
    path: 'xen/arch/x86/dom0_build.c',
    symbol: 'dom0_setup_permissions',
    anchor: 'iomem_permit_access',
  },
  { path: 'xen/arch/x86/hvm/dom0_build.c', symbol: 'pvh_populate_p2m' },
];

export const HVM_SITES: readonly Site[] = [
  {
    id: 'lapic',
    title: 'Local APIC page',
    ops: 'vlapic_mmio_ops',
    arch: 'x86',
    device: 'local APIC',
    address: 'where IA32_APIC_BASE says, 0xfee00000 at reset',
    gates: ['has_vlapic(v->domain)'],
    absence: 'PV domains have no local APIC; they use hypercalls.',
    cells: { hvm: LAPIC, pvh: LAPIC, 'pvh-dom0': LAPIC },
    places: [{ path: 'xen/arch/x86/hvm/vlapic.c', symbol: 'vlapic_range' }],
  },
  {
    id: 'ioapic',
    title: 'I/O APIC',
    ops: 'vioapic_mmio_ops',
    arch: 'x86',
    device: 'I/O APIC',
    address: '0xfec00000 for HVM guests, as on the host for PVH dom0',
    gates: ['has_vioapic(d)'],
    absence: 'The guest type has no I/O APIC.',
    cells: {
      hvm: [byXen()],
      'pvh-dom0': [byXen('One for each I/O APIC of the host.')],
      'pv-dom0': [
        {
          how: 'paravirtualized',
          by: 'xen',
          note: 'PHYSDEVOP_apic_read and PHYSDEVOP_apic_write.',
        },
        {
          how: 'passthrough',
          by: 'cpu',
          access: 'read',
          note: 'Dom0 may map the page of the host’s I/O APIC, read-only.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          when: { guest: ['!user-mode'] },
          note: 'A write to the mapped page faults, and Xen drops it.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: '#PF',
          access: 'write',
          when: { guest: ['user-mode'] },
        },
      ],
    },
    places: [
      { path: 'xen/arch/x86/physdev.c', symbol: 'do_physdev_op', anchor: 'PHYSDEVOP_apic_write' },
      { path: 'xen/arch/x86/io_apic.c', anchor: 'mmio_ro_ranges' },
    ],
  },
  {
    id: 'hpet',
    title: 'HPET',
    ops: 'hpet_mmio_ops',
    arch: 'x86',
    device: 'HPET',
    address: '0xfed00000',
    gates: ['has_vhpet(d)'],
    absence: 'No HPET is emulated for the guest type.',
    places: [
      { path: 'xen/arch/x86/dom0_build.c', symbol: 'dom0_setup_permissions', anchor: 'ro_hpet' },
    ],
    cells: {
      'pv-dom0': HOST_HPET,
      'pvh-dom0': HOST_HPET_PVH,
      hvm: [
        byXen(),
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { xl: { hpet: 0 } },
          note: 'The handler stays; reads give all ones and writes are dropped.',
        },
      ],
    },
  },
  {
    id: 'subpage-read-only',
    title: 'Pages of which Xen keeps a part read-only',
    ops: 'subpage_mmio_ops',
    since: '4.21',
    arch: 'x86',
    device: 'the xHCI controller whose debug capability is the console of Xen',
    absence: 'The guest type has no such page mapped.',
    cells: {
      'pvh-dom0': [NO_XHCI_CONSOLE, ...partlyReadOnly(XHCI_CONSOLE), PARTLY_READ],
      hvm: [UNASSIGNED, ...partlyReadOnly(XHCI_SHARED), { ...PARTLY_READ, when: XHCI_SHARED }],
      'pv-dom0': [
        NO_XHCI_CONSOLE,
        ...partlyReadOnly({ ...XHCI_CONSOLE, guest: ['!user-mode'] }),
        { ...USER_WRITE, when: { ...XHCI_CONSOLE, ...USER_WRITE.when } },
        PARTLY_READ,
      ],
      pv: [UNASSIGNED, { ...PARTLY_READ, when: XHCI_SHARED }, { ...USER_WRITE, when: XHCI_SHARED }],
    },
    places: [
      {
        path: 'xen/arch/x86/hvm/hvm.c',
        symbol: 'hvm_domain_initialise',
        anchor: 'subpage_ro_active',
      },
      { path: 'xen/drivers/char/xhci-dbc.c', anchor: 'subpage_mmio_ro_add' },
      { path: 'xen/drivers/char/xhci-dbc.c', symbol: 'dbc_uart_init_postirq' },
      { path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'mmio_ro_emulated_write' },
    ],
  },
  {
    id: 'vpci-ecam',
    title: 'PCIe configuration space (ECAM) of vPCI',
    ops: 'vpci_mmcfg_ops',
    arch: 'x86',
    device: 'vPCI',
    address: 'the MMCFG regions of the host',
    absence: DOM0_ONLY,
    cells: {
      'pvh-dom0': [
        byXen(
          'Registers with a vPCI handler. For regions that Xen knew at boot or that PHYSDEVOP_pci_mmcfg_reserved announced.',
        ),
        {
          how: 'mediated',
          by: 'xen',
          note: 'Registers without a vPCI handler are those of the device.',
        },
        READ_ONLY_DEVICE,
        {
          how: 'passthrough',
          by: 'cpu',
          when: { cmdline: 'mmcfg=0' },
          note: 'Xen uses no region then, and traps none: dom0 reaches those of the host that are mapped for it.',
        },
      ],
    },
    places: [PARSE_MMCFG],
  },
  {
    id: 'vpci-msix-table',
    title: 'MSI-X tables of vPCI',
    ops: 'vpci_msix_table_ops',
    arch: 'x86',
    device: 'vPCI',
    address: 'in the BARs of devices with MSI-X',
    absence: DOM0_ONLY,
    cells: {
      'pvh-dom0': [
        {
          ...byXen('Entries of the table.'),
          since: ADJACENT,
        },
        {
          ...byXen('Entries of the table. What else is on the pages nobody claims.'),
          until: ADJACENT,
        },
        {
          how: 'mediated',
          by: 'xen',
          since: ADJACENT,
          note: 'The pending bits, and what else is on the pages, are those of the device: Xen performs the access.',
        },
        {
          how: 'mediated',
          by: 'xen',
          until: ADJACENT,
          note: 'The pending bits are those of the device.',
        },
      ],
    },
  },
  {
    id: 'amd-iommu',
    title: 'AMD IOMMU of a guest',
    ops: 'iommu_mmio_ops',
    until: '4.19',
    arch: 'x86',
    device: 'AMD IOMMU',
    gates: ['is_hvm_domain(d)', 'is_iommu_enabled(d)', 'iommuv2_enabled', 'has_viommu(d)'],
    absence: 'The guest type has no IOMMU that Xen emulates.',
    cells: {
      hvm: [
        {
          how: 'absent',
          note: 'Registered on AMD hosts with a second version of the IOMMU; nothing gives it an address, so it answers nowhere.',
        },
      ],
    },
  },
  {
    id: 'vga-memory',
    title: 'VGA memory',
    ops: 'stdvga_mem_ops',
    since: UNSHADOWED,
    arch: 'x86',
    device: 'VGA',
    address: '0xa0000-0xbffff',
    gates: ['has_vvga(d)'],
    absence: HVM_ONLY,
    cells: {
      hvm: [
        ...FORWARDED(
          'Xen hands single writes to the device model without waiting for it; everything else waits.',
        ),
        { ...NOTHING[0], when: { xl: { vga: 'none' } } },
        OF_THE_CARD,
      ],
      ...HOST_VGA,
    },
    places: HOST_VGA_PLACES,
  },
  {
    id: 'vga-memory',
    title: 'VGA memory',
    ops: 'stdvga_mem_ops',
    until: UNSHADOWED,
    arch: 'x86',
    device: 'VGA',
    address: '0xa0000-0xbffff',
    gates: ['has_vvga(d)'],
    absence: HVM_ONLY,
    cells: {
      hvm: [
        ...FORWARDED(
          'Xen hands writes to the device model without waiting, and answers reads itself while it shadows the memory.',
        ),
        { ...NOTHING[0], when: { xl: { vga: 'none' } } },
        OF_THE_CARD,
      ],
      ...HOST_VGA,
    },
    places: HOST_VGA_PLACES,
  },
  {
    id: 'msix-table',
    title: 'MSI-X tables of devices that are passed through',
    ops: 'msixtbl_mmio_ops',
    arch: 'x86',
    device: 'MSI-X',
    address: 'in the BARs of the devices',
    gates: ['is_hvm_domain(d)', 'has_vlapic(d)'],
    absence: 'No device is passed through to the guest type in this way.',
    cells: {
      pv: [
        { how: 'absent', note: 'Unless a device with MSI-X is assigned to the guest.' },
        {
          how: 'passthrough',
          by: 'cpu',
          access: 'read',
          when: { guest: ['pci-device'] },
          note: 'Reads of the table itself. The entries are Xen’s, which sets them up for PHYSDEVOP_map_pirq.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: '#PF',
          access: 'write',
          when: { guest: ['pci-device'] },
          note: 'The pages are read-only while MSI-X is in use.',
        },
      ],
      hvm: [
        {
          how: 'mediated',
          by: 'xen',
          when: { guest: ['pci-device'] },
          note: 'Xen answers reads of the mask bits and of what it has seen written to an entry, and takes the mask bits over; writes reach the device model as well, and other reads are its own.',
        },
        {
          how: 'mediated',
          by: 'xen',
          when: { guest: ['pci-device'] },
          since: '4.19',
          note: 'Registers of the device beside the table, on the same page: Xen performs the access, and drops writes where the pending bits are there too.',
        },
      ],
    },
    places: [
      { path: 'xen/drivers/passthrough/msi.c', anchor: 'msixtbl_init', since: '4.16' },
      { path: 'xen/arch/x86/msi.c', symbol: 'msix_capability_init', anchor: 'rangeset_add_range' },
      { path: 'xen/drivers/passthrough/pci.c', anchor: 'msixtbl_init', until: '4.16' },
    ],
  },
  {
    id: 'ioreq-server',
    title: 'Memory that an ioreq server claims',
    ops: 'ioreq_server_select',
    since: '4.15',
    ...SERVED,
  },
  {
    id: 'ioreq-server',
    title: 'Memory that an ioreq server claims',
    ops: 'hvm_select_ioreq_server',
    until: '4.15',
    ...SERVED,
  },
  {
    id: 'ioreq-memory-type',
    title: 'Guest memory of which an ioreq server sees the writes',
    ops: 'ioreq_server_ops',
    arch: 'x86',
    device: 'whatever the device model watches',
    address: 'pages of type HVMMEM_ioreq_server',
    absence: 'No device model serves this guest type.',
    cells: Object.fromEntries(
      (
        [
          ['hvm', 'qemu'],
          ['pvh', 'dom0'],
        ] as const
      ).map(([guest, by]) => [
        guest,
        [
          {
            how: 'opt-in',
            by,
            when: { paging: 'hap' },
            note: 'When a device model asks for it; none does by default. Xen reads the page where an instruction reads before it writes.',
          },
        ],
      ]),
    ) as Site['cells'],
    places: [
      { path: 'xen/arch/x86/hvm/emulate.c', symbol: 'hvmemul_do_io', anchor: 'p2m_ioreq_server' },
    ],
  },
  {
    id: 'unclaimed',
    title: 'Memory of HVM domains that nobody claims',
    ops: 'null_ops',
    since: '4.21',
    arch: 'x86',
    device: 'nothing',
    absence: 'PV domains reach only pages that are mapped for them.',
    cells: {
      hvm: NOTHING,
      pvh: NOTHING,
      'pvh-dom0': [
        {
          how: 'passthrough',
          by: 'cpu',
          when: { guest: ['iomem-granted'] },
          note: 'Xen maps the page one to one, and the instruction runs again. Not for writes to pages that Xen keeps read-only: those are dropped.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { guest: ['!iomem-granted'] },
          note: 'Reads give all ones and writes are dropped.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { cmdline: 'dom0=pf-fixup=0' },
          note: 'Reads give all ones and writes are dropped.',
        },
      ],
    },
    places: [
      { path: 'xen/arch/x86/hvm/emulate.c', symbol: 'hvmemul_do_io', anchor: 'opt_dom0_pf_fixup' },
    ],
  },
  {
    id: 'unclaimed',
    title: 'Memory of HVM domains that nobody claims',
    ops: 'null_ops',
    until: '4.21',
    arch: 'x86',
    device: 'nothing',
    absence: 'PV domains reach only pages that are mapped for them.',
    cells: { hvm: NOTHING, pvh: NOTHING, 'pvh-dom0': NOTHING },
  },
];
