/** Devices, console and tables of the platform. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, emulated, hardware, passedThrough, pv, type Topic } from '../topic.ts';

const PRIV = 'xen/arch/x86/pv/emul-priv-op.c';

const LIGHT = 'tools/libs/light';

const ARM = `${LIGHT}/libxl_arm.c`;

const IOMEM = passedThrough('Memory that iomem= grants.', { when: { guest: ['iomem-granted'] } });

/** libxl asks whether Xen has an IOMMU in use, before it creates the domain. */
const NO_IOMMU = {
  how: 'refused',
  by: 'dom0',
  effect: 'error',
  when: { feature: ['!iommu'] },
  places: [
    at(`${LIGHT}/libxl_create.c`, undefined, 'cap_hvm_directio'),
    at('xen/drivers/passthrough/iommu.c', 'iommu_do_domctl'),
  ],
} as const;

export const PLATFORM: readonly Topic[] = [
  {
    id: 'pci',
    topic: 'PCI configuration space',
    area: 'devices',
    about: 'Who answers when a guest looks for PCI devices.',
    places: [
      { ...at('xen/arch/x86/hvm/ioreq.c', 'arch_ioreq_domain_init'), since: '4.15' },
      { ...at('xen/arch/x86/hvm/ioreq.c', 'hvm_ioreq_init'), until: '4.15' },
    ],
    cells: [
      [
        'pv',
        pv('pcifront asks pciback in dom0.', { by: 'dom0', when: { guest: ['pci-device'] } }),
        emulated('Without a device the ports are a latch and all ones.', {
          places: [at(PRIV, 'guest_io_read')],
        }),
      ],
      [
        'pv-shim',
        emulated('The ports are a latch and all ones.', { places: [at(PRIV, 'guest_io_read')] }),
      ],
      [
        'pv-dom0',
        {
          how: 'mediated',
          by: 'xen',
          note: 'The ports: Xen checks the access and performs it.',
          places: [at(PRIV, 'pci_cfg_ok')],
        },
        {
          how: 'mediated',
          by: 'xen',
          note: 'ECAM is mapped read-only: reads are native, every write traps; it is performed, or dropped for a read-only device. Only for regions that Xen enabled.',
          when: { guest: ['ecam-access'] },
          places: [at('xen/arch/x86/x86_64/mmconfig_64.c', 'pci_ro_mmcfg_decode')],
        },
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Xen enables no region then, and ECAM is memory of dom0 like any other device’s.',
          when: { cmdline: 'mmcfg=0', guest: ['ecam-access'] },
          places: [at('xen/arch/x86/x86_64/mmconfig-shared.c', 'parse_mmcfg')],
        },
      ],
      ['pvh', absent('Writes to 0xcf8 are kept and reads give all ones: no device is found.')],
      [
        'pvh-dom0',
        {
          how: 'mediated',
          by: 'xen',
          note: 'Virtual PCI: Xen emulates what it must and passes the rest to the device, by ports and ECAM.',
          places: [at('xen/drivers/vpci/vpci.c', 'vpci_read')],
        },
      ],
      [
        'hvm',
        emulated('QEMU emulates the bus; devices that are passed through are part of it.', {
          by: 'qemu',
          places: [at('tools/firmware/hvmloader/pci.c', 'pci_setup')],
        }),
      ],
      [
        'arm',
        absent('has_vpci() is constantly false on Arm.', {
          places: [at('xen/arch/arm/include/asm/domain.h', 'has_vpci')],
          since: '4.15',
        }),
        absent('Virtual PCI is x86 only.', {
          places: [at('xen/arch/x86/Kconfig', undefined, 'HAS_VPCI')],
          until: '4.15',
        }),
      ],
      [
        'arm-dom0',
        passedThrough('Dom0 drives the host bridge itself.', {
          places: [
            { ...at('xen/arch/arm/include/asm/domain.h', 'has_vpci'), since: '4.15' },
            { ...at('xen/arch/x86/Kconfig', undefined, 'HAS_VPCI'), until: '4.15' },
          ],
        }),
      ],
    ],
  },
  {
    id: 'pci-passthrough',
    topic: 'PCI passthrough',
    area: 'devices',
    about: 'Whether a device of the host can be given to the guest.',
    names: ['XEN_HVM_CPUID_IOMMU_MAPPINGS'],
    places: [at(`${LIGHT}/libxl_pci.c`, 'libxl__device_pci_add')],
    cells: [
      [
        'pv',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'With pci=, through pcifront.',
          when: { guest: ['pci-device'], feature: ['iommu'] },
        },
        {
          ...NO_IOMMU,
          note: 'libxl refuses it for every guest type, and Xen assigns no device.',
        },
      ],
      [
        'pvh',
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          note: 'libxl refuses it.',
          places: [at(`${LIGHT}/libxl_x86.c`, 'libxl__arch_passthrough_mode_setdefault')],
        },
      ],
      [
        'pv-shim',
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          note: 'The container is a PVH guest, and libxl refuses it.',
        },
      ],
      [
        'hvm',
        {
          how: 'passthrough',
          by: 'qemu',
          note: 'With pci=; QEMU emulates the configuration space and Xen maps the memory.',
          when: { guest: ['pci-device'], feature: ['iommu'] },
        },
        { ...NO_IOMMU, note: 'libxl refuses it, and Xen assigns no device.' },
      ],
      [
        'pv-dom0',
        { how: 'passthrough', by: 'cpu', note: 'Dom0 has the devices that nobody else has.' },
      ],
      [
        'pvh-dom0',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Dom0 has the devices that nobody else has.',
          when: { feature: ['iommu'] },
        },
      ],
      [
        'arm',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Devices of the device tree, with dtdev= and a partial device tree; not of PCI.',
          when: { guest: ['platform-device'], feature: ['iommu'] },
          places: [at(`${LIGHT}/libxl_create.c`, undefined, 'dtdev')],
        },
        {
          ...NO_IOMMU,
          note: 'libxl refuses dtdev= and pci=; a device without DMA can do with iomem= and irqs=.',
        },
        ...sinceOption('4.21', '!CONFIG_PCI_PASSTHROUGH', {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'Of PCI, with pci=: libxl takes it, and Xen has no PCI devices to assign.',
          when: { xl: { pci: '[…]' } },
          places: [at('xen/drivers/passthrough/device_tree.c', 'iommu_do_dt_domctl')],
        }),
      ],
      [
        'arm-dom0',
        { how: 'passthrough', by: 'cpu', note: 'Dom0 has the devices that nobody else has.' },
      ],
    ],
  },
  {
    id: 'iommu',
    topic: 'IOMMU',
    area: 'devices',
    about: 'Whether a guest sees an IOMMU, and whether one protects others from its devices.',
    places: [at('xen/drivers/passthrough/iommu.c', 'iommu_domain_init')],
    cells: [
      [
        'all',
        absent('The guest sees none.'),
        hardware('The one of the host confines the devices that the guest is given.', {
          when: { feature: ['iommu'], guest: ['pci-device'] },
        }),
      ],
      ['pvh', absent('The guest sees none, and is given no devices.')],
      ['pv-shim', absent('The guest sees none, and is given no devices.')],
      [
        'arm',
        absent('The guest sees none.'),
        hardware('The one of the host confines the devices that the guest is given.', {
          when: { feature: ['iommu'], guest: ['platform-device'] },
        }),
      ],
      [
        'pv-dom0',
        absent(
          'Dom0 drives none: Xen hides the DMAR of Intel, and keeps the PCI device of AMD read-only.',
        ),
        hardware(
          'It confines the devices of dom0 to RAM that is not Xen’s own, or to the pages of dom0 with dom0-iommu=strict.',
          {
            when: { feature: ['iommu'] },
          },
        ),
        passedThrough('Nothing confines the devices of dom0.', { when: { feature: ['!iommu'] } }),
        passedThrough('Nothing confines the devices of dom0.', {
          when: { feature: ['iommu'], cmdline: 'dom0-iommu=passthrough' },
        }),
      ],
      [
        'pvh-dom0',
        absent('Dom0 sees none.'),
        hardware('It translates for the devices of dom0, which use guest addresses.', {
          when: { feature: ['iommu'] },
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          note: 'Xen does not boot such a dom0 without one.',
          when: { feature: ['!iommu'] },
          places: [
            at('xen/drivers/passthrough/x86/iommu.c', 'arch_iommu_check_autotranslated_hwdom'),
          ],
        },
      ],
      [
        'arm-dom0',
        absent('Dom0 sees none.'),
        hardware('It translates for the devices of dom0 that are behind it.', {
          when: { feature: ['iommu'] },
        }),
        passedThrough('The others use machine addresses.', { when: { feature: ['!iommu'] } }),
      ],
    ],
  },
  {
    id: 'pv-devices',
    topic: 'disks and network cards',
    area: 'devices',
    about: 'Which devices a guest finds for its data.',
    places: [at(`${LIGHT}/libxl_create.c`, 'domcreate_launch_dm')],
    cells: [
      ['all', pv('PV frontends, found by XenStore.', { by: 'dom0' })],
      [
        'hvm',
        emulated('Disks and cards that QEMU emulates.', {
          by: 'qemu',
          places: [at(`${LIGHT}/libxl_dm.c`, 'libxl__build_device_model_args_new')],
        }),
        pv('PV frontends; the emulated ones are then unplugged.', {
          by: 'dom0',
          when: { guest: ['pv-drivers'] },
        }),
      ],
      [
        'arm',
        pv('PV frontends, found by XenStore.', { by: 'dom0' }),
        emulated('Virtio devices by MMIO, from a backend in dom0.', {
          by: 'dom0',
          when: { guest: ['ioreq-server'], kconfig: ['CONFIG_IOREQ_SERVER'] },
          places: [at(ARM, 'make_virtio_mmio_node')],
          since: '4.17',
        }),
      ],
      ['dom0s', passedThrough('The devices of the host.')],
    ],
  },
  {
    id: 'unplug',
    topic: 'unplugging of emulated devices',
    area: 'devices',
    about: 'How PV drivers make the emulated disks and cards go away.',
    places: [at(`${LIGHT}/libxl_dm.c`, undefined, 'xen_platform_pci')],
    cells: [
      ['all', absent('There are no emulated devices to unplug.')],
      [
        'hvm',
        emulated('Writes to ports 0x10 to 0x13 of the Xen platform device of QEMU.', {
          by: 'qemu',
          when: { guest: ['pv-drivers'], xl: { xen_platform_pci: true } },
        }),
        absent('Without that device nothing can be unplugged.', {
          when: { xl: { xen_platform_pci: false } },
        }),
      ],
    ],
  },
  {
    id: 'device-model',
    topic: 'device model',
    area: 'devices',
    about: 'Whether a program emulates devices for the guest.',

    places: [at(`${LIGHT}/libxl_dm.c`, 'libxl__need_xenpv_qemu')],
    cells: [
      ['all', absent('None; QEMU runs as a PV backend where a device asks for it.')],
      [
        'hvm',
        emulated('QEMU, in dom0 or in a stub domain.', {
          by: 'qemu',
          places: [at(`${LIGHT}/libxl_dm.c`, 'libxl__build_device_model_args_new')],
        }),
      ],
      [
        'arm',
        absent('None; QEMU runs as a PV backend where a device asks for it.'),
        emulated('The backend of a virtio device, which libxl does not start.', {
          by: 'dom0',
          when: { guest: ['ioreq-server'], kconfig: ['CONFIG_IOREQ_SERVER'] },
          since: '4.15',
          places: [at('xen/arch/arm/ioreq.c', 'try_fwd_ioserv')],
        }),
      ],
      ['dom0s', absent('None; the scripts of the system may start a QEMU as a PV backend.')],
    ],
  },
  {
    id: 'host-hardware',
    topic: 'ports and memory of the host',
    area: 'devices',
    about: 'Which physical ports and memory of devices the domain may reach.',

    places: [at('xen/arch/x86/dom0_build.c', 'dom0_setup_permissions')],
    cells: [
      [
        'pvh',
        absent('By default.'),
        IOMEM,
        absent('A granted port stays closed: no device model maps it.', {
          when: { guest: ['ports-granted'] },
        }),
      ],
      [
        'hvm',
        absent('By default.'),
        IOMEM,
        {
          how: 'mediated',
          by: 'xen',
          note: 'Ports of an assigned device that QEMU maps: the access exits, and Xen performs it. Ports of ioports= stay closed, since nothing maps them.',
          when: { guest: ['pci-device', 'ports-granted'] },
          places: [at('xen/arch/x86/hvm/io.c', 'g2m_portio_read')],
        },
      ],
      [
        'pv',
        absent('By default.'),
        {
          how: 'mediated',
          by: 'xen',
          note: 'Ports that ioports= and pci= grant.',
          when: { guest: ['ports-granted'] },
        },
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Memory that iomem= and pci= grant.',
          when: { guest: ['iomem-granted'] },
        },
      ],
      ['pv-shim', absent('None.')],
      [
        'pv-dom0',
        { how: 'mediated', by: 'xen', note: 'All ports but those that Xen denies.' },
        { how: 'passthrough', by: 'cpu', note: 'All memory of devices but what Xen uses.' },
      ],
      [
        'pvh-dom0',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'All ports but those that Xen denies or emulates, and all memory of devices but what Xen uses.',
          places: [at('xen/arch/x86/setup.c', undefined, 'io_bitmap')],
        },
      ],
      ['arm', absent('By default.'), IOMEM],
      [
        'arm-dom0',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'The devices of the device tree that Xen does not use.',
          places: [at('xen/arch/arm/domain_build.c', 'handle_node')],
        },
      ],
    ],
  },
];
