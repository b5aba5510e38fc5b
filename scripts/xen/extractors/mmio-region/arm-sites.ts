/** The regions of Arm. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { ProvidedList, Site } from './site.ts';

const DOM0_ONLY = 'Only the hardware domain has the region.';

const VPCI_ON_ARM = {
  arch: 'arm',
  absence: 'Xen has no vPCI on Arm: has_vpci() is always false, and the code is dead.',
  cells: {},
  places: [{ path: 'xen/arch/arm/include/asm/domain.h', symbol: 'has_vpci' }],
} as const;

/** A domU has the version that its configuration asks for, by default that of the host; dom0 has that of the host. */
const GIC = (kconfig: readonly string[], version: 2 | 3): Site['cells'] => {
  const guest = version === 2 ? (['vgic-v2'] as const) : (['vgic-v3'] as const);
  const cell = [
    { how: 'emulated', by: 'xen', when: { guest, kconfig } },
    {
      how: 'absent',
      when: { guest: version === 2 ? (['vgic-v3'] as const) : (['vgic-v2'] as const) },
      note: `The guest has a GIC of version ${version === 2 ? 3 : 2}.`,
    },
  ] as const;
  return { arm: cell, 'arm-dom0': cell };
};

const GICC = {
  arch: 'arm',
  device: 'GICv2',
  address: '0x3002000; as on the host for dom0 and a domain that is mapped directly',
  formerly: { until: '4.17', address: '0x3002000; as on the host for dom0' },
  absence: '',
  cells: Object.fromEntries(
    (['arm', 'arm-dom0'] as const).map((guest): [GuestType, ProvidedList] => [
      guest,
      [
        {
          how: 'hardware',
          by: 'cpu',
          when: { guest: ['vgic-v2'] },
          note: 'The virtual CPU interface of the host’s GIC is mapped in its place.',
        },
        {
          how: 'absent',
          when: { guest: ['vgic-v3'] },
          note: 'The CPU interface of a GICv3 has system registers.',
        },
      ],
    ]),
  ),
} as const satisfies Partial<Site>;

export const ARM_SITES: readonly Site[] = [
  {
    id: 'arm-gicd-v2',
    title: 'GICv2 distributor',
    ops: 'vgic_v2_distr_mmio_handler',
    since: '4.18',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000; as on the host for dom0 and a domain that is mapped directly',
    formerly: { until: '4.17', address: '0x3001000; as on the host for dom0' },
    absence: '',
    cells: GIC(['CONFIG_VGICV2', '!CONFIG_NEW_VGIC'], 2),
  },
  {
    id: 'arm-gicd-v2',
    title: 'GICv2 distributor',
    ops: 'vgic_v2_distr_mmio_handler',
    until: '4.18',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000; as on the host for dom0 and a domain that is mapped directly',
    formerly: { until: '4.17', address: '0x3001000; as on the host for dom0' },
    absence: '',
    cells: GIC(['!CONFIG_NEW_VGIC'], 2),
  },
  {
    id: 'arm-new-vgic',
    title: 'GICv2 distributor of the new vGIC',
    ops: 'vgic_io_ops',
    arch: 'arm',
    device: 'GICv2',
    address: '0x3001000; as on the host for dom0 and a domain that is mapped directly',
    formerly: { until: '4.17', address: '0x3001000; as on the host for dom0' },
    absence: '',
    cells: GIC(['CONFIG_NEW_VGIC'], 2),
  },
  {
    id: 'arm-gicd-v3',
    title: 'GICv3 distributor',
    ops: 'vgic_distr_mmio_handler',
    arch: 'arm',
    device: 'GICv3',
    address: '0x3001000; as on the host for dom0 and a domain that is mapped directly',
    formerly: { until: '4.17', address: '0x3001000; as on the host for dom0' },
    absence: '',
    cells: GIC(['CONFIG_GICV3'], 3),
  },
  {
    id: 'arm-gicr-v3',
    title: 'GICv3 redistributors',
    ops: 'vgic_rdistr_mmio_handler',
    arch: 'arm',
    device: 'GICv3',
    address: '0x3020000; as on the host for dom0 and a domain that is mapped directly',
    formerly: { until: '4.17', address: '0x3020000; as on the host for dom0' },
    absence: '',
    cells: GIC(['CONFIG_GICV3'], 3),
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
          when: { guest: ['vgic-v3'], kconfig: ['CONFIG_HAS_ITS'] },
          note: 'One for each ITS of the host; the build option is unsupported.',
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
    formerly: { until: '4.17', address: '0x22000000' },
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
          note: 'Where the driver of Xen’s console UART says how to imitate it.',
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
        {
          how: 'emulated',
          by: 'xen',
          note: 'Where the driver of Xen’s console UART says how to imitate it.',
        },
      ],
    },
  },
  {
    id: 'arm-vpci-bridge',
    title: 'PCIe configuration space of a host bridge on Arm',
    ops: 'vpci_mmio_handler',
    symbol: 'vpci_setup_mmio_handler_cb',
    since: '4.17',
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
    since: '4.17',
    device: 'vPCI',
    address: '0x10000000',
    gates: ['has_vpci(d)', '!is_hardware_domain(d)'],
    ...VPCI_ON_ARM,
  },
  {
    id: 'arm-vpci-guest',
    title: 'PCIe configuration space of a guest on Arm',
    ops: 'vpci_mmio_handler',
    symbol: 'domain_vpci_init',
    since: '4.16',
    until: '4.17',
    device: 'vPCI',
    address: '0x10000000',
    gates: ['has_vpci(d)'],
    ...VPCI_ON_ARM,
  },
  {
    id: 'arm-ioreq-server',
    title: 'Memory that an ioreq server claims on Arm',
    ops: 'try_fwd_ioserv',
    since: '4.15',
    arch: 'arm',
    device: 'whatever the device model registered',
    address: 'as registered; from 0x2000000 for the virtio devices of libxl',
    formerly: { until: '4.17', address: 'as registered' },
    absence: 'Nothing registers ioreq servers for dom0.',
    cells: {
      arm: [
        {
          how: 'opt-in',
          by: 'dom0',
          when: { kconfig: ['CONFIG_IOREQ_SERVER'] },
          since: '4.17',
          note: 'When a device model serves the guest, as for virtio devices; libxl starts none, and the build option is off by default on Arm.',
        },
        {
          how: 'opt-in',
          by: 'dom0',
          when: { kconfig: ['CONFIG_IOREQ_SERVER'] },
          until: '4.17',
          note: 'When a device model serves the guest; libxl starts none and knows no virtio device, and the build option is off by default on Arm.',
        },
        {
          how: 'absent',
          when: { kconfig: ['!CONFIG_IOREQ_SERVER'] },
          note: 'Nobody can register an ioreq server.',
        },
      ],
    },
  },
  {
    id: 'arm-gicc-v2',
    title: 'GICv2 CPU interface',
    ops: 'try_map_mmio',
    since: '4.18',
    ...GICC,
  },
  {
    id: 'arm-gicc-v2',
    title: 'GICv2 CPU interface',
    ops: 'map_mmio_regions',
    until: '4.18',
    ...GICC,
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
          note: 'Reads give all ones and writes are dropped; for a domain that Xen builds at boot, the property trap-unmapped-accesses of its node says so.',
        },
      ],
      'arm-dom0': [
        { how: 'refused', by: 'xen', note: 'The access ends in a data abort.' },
        {
          how: 'passthrough',
          by: 'cpu',
          when: { feature: ['acpi-boot'], guest: ['iomem-granted'] },
          note: 'Xen maps memory of the host that dom0 is permitted at the first access.',
        },
      ],
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
      {
        path: 'xen/arch/arm/dom0less-build.c',
        anchor: 'XEN_DOMCTL_CDF_trap_unmapped_accesses',
      },
      { path: 'xen/arch/arm/traps.c', symbol: 'try_map_mmio', anchor: 'acpi_disabled' },
    ],
  },
];
