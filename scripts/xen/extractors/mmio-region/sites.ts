/**
 * What each registered region is and what a guest type gets from it. Authored, because no table of the source says it.
 * A registration that is not listed, a listed one that is not there, and a guard that `gates` does not list, are
 * problems.
 */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';

export type Provided = Omit<Handling, 'evidence'>;
export type ProvidedList = readonly [Provided, ...Provided[]];

export interface Place {
  readonly path: string;
  readonly symbol?: string;
  readonly anchor?: string;
}

export interface Site {
  readonly id: string;
  readonly title: string;
  readonly ops: string;
  /** Function that registers it; left out where a structure is registered once or not at all. */
  readonly symbol?: string;
  readonly since?: string;
  readonly until?: string;
  readonly arch: 'x86' | 'arm';
  readonly device: string;
  readonly address?: string;
  /** Guards that the cells account for, as in the source; `!` where they must not hold. */
  readonly gates?: readonly string[];
  /** A guest type of the same architecture without a cell has none of it: why. */
  readonly absence: string;
  readonly cells: Readonly<Partial<Record<GuestType, ProvidedList>>>;
  readonly places?: readonly Place[];
}

/** Guards that decide nothing about the guest type: allocation, errors, the first of several. */
export const BOOKKEEPING: readonly RegExp[] = [
  /^!?(?:ret|rc)$/,
  /^(?:its|new|iommu|rdist_regions|msix|msix_offset)$/,
  /^!(?:start_bus > end_bus|vlapic->regs == NULL|vpl011->backend\.dom\.ring_buf)$/,
  /^(?:vlapic->regs_page|v->vcpu_id == 0|d->arch\.vuart\.buf)$/,
  /^list_empty\(/,
  /xzalloc_array\(/,
  /^i == ARRAY_SIZE\(/,
  /^!msixtbl_initialised\(d\)$/,
];

const HVM_ONLY = 'The flag of the device is set for HVM guests only.';
const DOM0_ONLY = 'Only the hardware domain has the region.';
const PV_ONLY = 'The operation serves page faults of PV domains.';

const byXen = (note?: string): Provided => ({
  how: 'emulated',
  by: 'xen',
  ...(note === undefined ? {} : { note }),
});

const LAPIC: ProvidedList = [
  {
    how: 'emulated',
    by: 'xen',
    when: { guest: ['xapic-mode'] },
    note: 'With the APIC-access page of Intel, the write that ends an interrupt needs no decoding.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['apicv'], guest: ['xapic-mode'] },
    note: 'Reads, and the writes that the CPU virtualizes; other writes exit. Unless the guest has `assisted_xapic=0`.',
  },
  {
    how: 'absent',
    when: { guest: ['x2apic-mode'] },
    note: 'The page answers in xAPIC mode only.',
  },
];

const USER_WRITE: Provided = {
  how: 'refused',
  by: 'xen',
  effect: '#PF',
  access: 'write',
  when: { guest: ['user-mode'] },
};

const NOTHING: ProvidedList = [
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    note: 'Reads give all ones and writes are dropped.',
  },
];

const FORWARDED = (note: string): ProvidedList => [{ how: 'emulated', by: 'qemu', note }];

const VPCI_ON_ARM = {
  arch: 'arm',
  absence: 'Xen has no vPCI on Arm: has_vpci() is always false, and the code is dead.',
  cells: {},
  places: [{ path: 'xen/arch/arm/include/asm/domain.h', symbol: 'has_vpci' }],
} as const;

const GIC = (kconfig: readonly string[], note: string): Site['cells'] => {
  const cell = [{ how: 'emulated', by: 'xen', when: { kconfig }, note }] as const;
  return { arm: cell, 'arm-dom0': cell };
};
const OF_VERSION_2 = 'For a domain with a vGIC of version 2.';
const OF_VERSION_3 = 'For a domain with a vGIC of version 3.';

export const SITES: readonly Site[] = [
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
          note: 'PHYSDEVOP_apic_read and PHYSDEVOP_apic_write; dom0 may map the page read-only besides.',
        },
      ],
    },
    places: [
      { path: 'xen/arch/x86/physdev.c', symbol: 'do_physdev_op', anchor: 'PHYSDEVOP_apic_write' },
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
    absence:
      'No emulated HPET. What dom0 reaches at the address of the host’s HPET is no matter of this handler.',
    cells: {
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
    device: 'a device that Xen uses in part, such as a serial console',
    absence: 'The guest type has no such page mapped.',
    cells: {
      'pvh-dom0': [
        {
          how: 'mediated',
          by: 'xen',
          note: 'Writes outside of the protected part reach the device; only while Xen protects any such page.',
        },
      ],
      hvm: [
        {
          how: 'mediated',
          by: 'xen',
          when: { guest: ['pci-device'] },
          note: 'Writes outside of the protected part reach the device; only while Xen protects any such page.',
        },
      ],
    },
    places: [
      {
        path: 'xen/arch/x86/hvm/hvm.c',
        symbol: 'hvm_domain_initialise',
        anchor: 'subpage_ro_active',
      },
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
          'vPCI answers; a register that it does not know reaches the device. For regions that Xen knew at boot or that PHYSDEVOP_pci_mmcfg_reserved announced.',
        ),
      ],
    },
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
        byXen('Entries of the table; what else is on the pages is forwarded to the device.'),
      ],
    },
  },
  {
    id: 'amd-iommu',
    title: 'AMD IOMMU of a guest',
    ops: 'iommu_mmio_ops',
    until: '4.18',
    arch: 'x86',
    device: 'AMD IOMMU',
    gates: ['is_hvm_domain(d)', 'is_iommu_enabled(d)', 'iommuv2_enabled', 'has_viommu(d)'],
    absence: 'The guest type has no IOMMU that Xen emulates.',
    cells: {
      hvm: [
        {
          how: 'unknown',
          note: 'Registered on AMD hosts with a second version of the IOMMU; whether a guest can use it is not established.',
        },
      ],
    },
  },
  {
    id: 'vga-memory',
    title: 'VGA memory',
    ops: 'stdvga_mem_ops',
    since: '4.20',
    arch: 'x86',
    device: 'VGA',
    address: '0xa0000-0xbffff',
    gates: ['has_vvga(d)'],
    absence: HVM_ONLY,
    cells: {
      hvm: FORWARDED(
        'Xen hands single writes to the device model without waiting for it; everything else waits.',
      ),
    },
  },
  {
    id: 'vga-memory',
    title: 'VGA memory',
    ops: 'stdvga_mem_ops',
    until: '4.20',
    arch: 'x86',
    device: 'VGA',
    address: '0xa0000-0xbffff',
    gates: ['has_vvga(d)'],
    absence: HVM_ONLY,
    cells: {
      hvm: FORWARDED(
        'Xen hands writes to the device model without waiting, and answers reads itself while it shadows the memory.',
      ),
    },
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
      hvm: [
        {
          how: 'mediated',
          by: 'xen',
          when: { guest: ['pci-device'] },
          note: 'The mask bits of entries; the rest of the table is the device model’s.',
        },
      ],
    },
    places: [{ path: 'xen/drivers/passthrough/msi.c', anchor: 'msixtbl_init' }],
  },
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
            when: { guest: ['writable-pagetables', '!user-mode'] },
            note: 'Level 1 tables only; the new entry is checked.',
          },
          {
            how: 'refused',
            by: 'xen',
            effect: '#PF',
            access: 'write',
            when: { guest: ['!writable-pagetables'] },
          },
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
            when: { guest: ['!user-mode'] },
            note: 'Level 1 tables only. Without the writable page tables assist as well, since the fault is looked at for read-only MMIO.',
          },
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
    absence: 'Only PV dom0 has such pages in this way.',
    cells: {
      'pv-dom0': [
        { how: 'passthrough', by: 'cpu', access: 'read' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          note: 'The configuration pages of devices that Xen keeps read-only are among them. A page of which Xen protects only a part lets the other writes through.',
        },
      ],
    },
    places: [{ path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'mmio_ro_do_page_fault' }],
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
          when: { guest: ['!read-only-device'] },
          note: 'Xen checks the write and does it.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'ignored',
          access: 'write',
          when: { guest: ['read-only-device'] },
        },
      ],
    },
    places: [{ path: 'xen/arch/x86/pv/ro-page-fault.c', symbol: 'mmio_ro_do_page_fault' }],
  },
  {
    id: 'ioreq-server',
    title: 'Memory that an ioreq server claims',
    ops: 'ioreq_server_select',
    arch: 'x86',
    device: 'whatever the device model registered',
    absence: 'No device model serves this guest type.',
    cells: { hvm: FORWARDED('The list is the device model’s, made at run time.') },
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
      (['hvm', 'pvh'] as const).map((guest) => [
        guest,
        [
          {
            how: 'opt-in',
            by: 'qemu',
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
          note: 'Xen maps the page one to one where dom0 has permission, and the instruction runs again. Not for writes to pages that Xen keeps read-only: those are dropped.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { cmdline: 'dom0=pf-fixup=0' },
          note: 'Reads give all ones and writes are dropped; without permission for the page as well.',
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
  {
    id: 'arm-gicd-v2',
    title: 'GICv2 distributor',
    ops: 'vgic_v2_distr_mmio_handler',
    since: '4.18',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000 for a domU, as on the host for dom0',
    absence: '',
    cells: GIC(['CONFIG_VGICV2', '!CONFIG_NEW_VGIC'], OF_VERSION_2),
  },
  {
    id: 'arm-gicd-v2',
    title: 'GICv2 distributor',
    ops: 'vgic_v2_distr_mmio_handler',
    until: '4.18',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000 for a domU, as on the host for dom0',
    absence: '',
    cells: GIC(['!CONFIG_NEW_VGIC'], OF_VERSION_2),
  },
  {
    id: 'arm-new-vgic',
    title: 'GICv2 distributor of the new vGIC',
    ops: 'vgic_io_ops',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000 for a domU, as on the host for dom0',
    absence: '',
    cells: GIC(['CONFIG_NEW_VGIC'], OF_VERSION_2),
  },
  {
    id: 'arm-gicd-v3',
    title: 'GICv3 distributor',
    ops: 'vgic_distr_mmio_handler',
    arch: 'arm',
    device: 'GICv3',
    address: '0x3001000 for a domU, as on the host for dom0',
    absence: '',
    cells: GIC(['CONFIG_GICV3'], OF_VERSION_3),
  },
  {
    id: 'arm-gicr-v3',
    title: 'GICv3 redistributors',
    ops: 'vgic_rdistr_mmio_handler',
    arch: 'arm',
    device: 'GICv3',
    address: '0x3020000 for a domU, as on the host for dom0',
    absence: '',
    cells: GIC(['CONFIG_GICV3'], OF_VERSION_3),
  },
  {
    id: 'arm-its',
    title: 'GICv3 ITS',
    ops: 'vgic_its_mmio_handler',
    arch: 'arm',
    device: 'GICv3 ITS',
    address: 'as on the host',
    absence: DOM0_ONLY,
    cells: {
      'arm-dom0': [
        {
          how: 'emulated',
          by: 'xen',
          when: { kconfig: ['CONFIG_HAS_ITS'] },
          note: 'One for each ITS of the host; the option is unsupported.',
        },
      ],
    },
    places: [{ path: 'xen/arch/arm/vgic-v3-its.c', symbol: 'vgic_v3_its_init_domain' }],
  },
  {
    id: 'arm-vpl011',
    title: 'SBSA UART (PL011)',
    ops: 'vpl011_mmio_handler',
    arch: 'arm',
    device: 'PL011',
    address: '0x22000000; the host’s address for a domain that is mapped directly',
    absence: 'Dom0 has the UART of the host, or none.',
    cells: {
      arm: [
        { how: 'absent', note: 'Unless the configuration asks for it.' },
        {
          how: 'emulated',
          by: 'xen',
          when: { xl: { vuart: 'sbsa_uart' }, kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
          note: 'For a domain that Xen builds at boot, the property vpl011 of its node asks for it.',
        },
      ],
    },
  },
  {
    id: 'arm-vuart',
    title: 'UART of the hardware domain',
    ops: 'vuart_mmio_handler',
    since: '4.18',
    arch: 'arm',
    device: 'a UART with transmission only',
    address: 'that of the UART which Xen uses',
    gates: ['d->arch.vuart.info'],
    absence: DOM0_ONLY,
    cells: {
      'arm-dom0': [
        {
          how: 'emulated',
          by: 'xen',
          when: { kconfig: ['CONFIG_HWDOM_VUART'] },
          note: 'Where the UART of Xen’s console, taken from the device tree, can be imitated.',
        },
      ],
    },
    places: [
      { path: 'xen/arch/arm/domain.c', symbol: 'arch_domain_create', anchor: 'domain_vuart_init' },
    ],
  },
  {
    id: 'arm-vuart',
    title: 'UART of the hardware domain',
    ops: 'vuart_mmio_handler',
    until: '4.18',
    arch: 'arm',
    device: 'a UART with transmission only',
    address: 'that of the UART which Xen uses',
    gates: ['d->arch.vuart.info'],
    absence: DOM0_ONLY,
    cells: {
      'arm-dom0': [
        byXen('Where the UART of Xen’s console, taken from the device tree, can be imitated.'),
      ],
    },
  },
  {
    id: 'arm-vpci-bridge',
    title: 'PCIe configuration space of a host bridge on Arm',
    ops: 'vpci_mmio_handler',
    symbol: 'vpci_setup_mmio_handler_cb',
    device: 'vPCI',
    address: 'as on the host',
    ...VPCI_ON_ARM,
  },
  {
    id: 'arm-vpci-child',
    title: 'PCIe configuration space below a host bridge on Arm',
    ops: 'vpci_mmio_handler_child',
    since: '4.21',
    device: 'vPCI',
    address: 'as on the host',
    gates: ['bridge->child_ops'],
    ...VPCI_ON_ARM,
  },
  {
    id: 'arm-vpci-guest',
    title: 'PCIe configuration space of a guest on Arm',
    ops: 'vpci_mmio_handler',
    symbol: 'domain_vpci_init',
    device: 'vPCI',
    address: '0x10000000',
    gates: ['has_vpci(d)', '!is_hardware_domain(d)'],
    ...VPCI_ON_ARM,
  },
  {
    id: 'arm-ioreq-server',
    title: 'Memory that an ioreq server claims on Arm',
    ops: 'try_fwd_ioserv',
    arch: 'arm',
    device: 'whatever the device model registered',
    absence: 'Nothing registers ioreq servers for dom0.',
    cells: {
      arm: [
        {
          how: 'opt-in',
          by: 'dom0',
          when: { kconfig: ['CONFIG_IOREQ_SERVER'] },
          note: 'When a device model serves the guest, as for virtio devices.',
        },
      ],
    },
  },
  {
    id: 'arm-unclaimed',
    title: 'Memory on Arm that nobody claims',
    ops: 'unmapped_ops',
    since: '4.21',
    arch: 'arm',
    device: 'nothing',
    absence: '',
    cells: {
      arm: [
        { how: 'refused', by: 'xen', note: 'The access ends in a data abort.' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { xl: { trap_unmapped_accesses: 0 } },
          note: 'Reads give all ones and writes are dropped.',
        },
      ],
      'arm-dom0': [{ how: 'refused', by: 'xen', note: 'The access ends in a data abort.' }],
    },
    places: [
      { path: 'xen/arch/arm/io.c', symbol: 'try_handle_mmio', anchor: 'trap_unmapped' },
      {
        path: 'tools/libs/light/libxl_arm.c',
        symbol: 'libxl__arch_domain_build_info_setdefault',
        anchor: 'trap_unmapped_accesses',
      },
      {
        path: 'xen/arch/arm/domain_build.c',
        anchor: 'XEN_DOMCTL_CDF_trap_unmapped_accesses',
      },
    ],
  },
];
