/** Ports, sound, devices of the host and of vendors. */
import {
  BUILD_ARGUMENTS,
  type Device,
  DM,
  HVM_MACHINES,
  type Offered,
  onlyWith,
  passes,
} from '../device.ts';

/** libxl asks for sound cards by `-device`. */
const SOUND_DEVICES = ['4.15.4', '4.16.3', '4.17'] as const;

const PCI = { pci: '[…]' } as const;
const WITHOUT_IOMMU: Offered = {
  how: 'refused',
  by: 'dom0',
  effect: 'error',
  when: { feature: ['!iommu'], xl: PCI },
  note: 'libxl creates no such guest on a host without an IOMMU.',
};

export const OTHER_DEVICES: readonly Device[] = [
  {
    id: 'serial',
    title: 'Serial ports',
    device: 'UART 16550A',
    option: 'serial=[…]',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-serial'),
    keys: ['serial'],
    guests: {
      hvm: onlyWith(
        [{ serial: '[…]' }],
        'One port for each value; with `device_model_stubdomain_override=1` it goes through a console of the stub domain.',
      ),
    },
    places: [
      { path: 'SUPPORT.md', symbol: '### x86/Emulated serial card (QEMU):' },
      { path: 'tools/firmware/hvmloader/util.c', anchor: 'uart_exists(0x3f8)' },
    ],
  },
  {
    id: 'parallel',
    title: 'Parallel port',
    device: 'parallel port',
    option: null,
    default: false,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        {
          how: 'absent',
          note: 'libxl names none, and -nodefaults takes away the one of the machine.',
        },
      ],
    },
    places: [
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: '-nodefaults' },
      { path: 'tools/firmware/hvmloader/util.c', anchor: 'lpt_exists(0x378)' },
    ],
  },
  {
    id: 'tpm',
    title: 'TPM',
    device: 'TPM',
    option: null,
    default: false,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        {
          how: 'absent',
          note: 'libxl names no TPM. hvmloader looks at the address of one without being told to, and describes what answers there, which only a QEMU with arguments of the administrator has. `vtpm=` gives a PV TPM.',
        },
      ],
    },
    places: [
      {
        path: 'tools/firmware/hvmloader/util.c',
        anchor: 'platform/tpm_version',
        since: '4.18',
      },
    ],
  },
  {
    id: 'qemu-traditional',
    title: 'The traditional device model',
    device: 'qemu-xen-traditional',
    option: 'device_model_version="qemu-xen-traditional"',
    default: false,
    machines: [],
    guests: {
      hvm: [
        { how: 'absent', note: 'The device model is the upstream QEMU.' },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { device_model_version: 'qemu-xen-traditional' } },
          note: 'xl knows `qemu-xen` only.',
        },
      ],
    },
    places: [{ path: 'tools/xl/xl_parse.c', anchor: 'LIBXL_DEVICE_MODEL_VERSION_QEMU_XEN' }],
    since: '4.21',
  },
  {
    id: 'qemu-traditional',
    title: 'The traditional device model',
    device: 'qemu-xen-traditional',
    option: 'device_model_version="qemu-xen-traditional"',
    default: false,
    machines: [],
    guests: {
      hvm: [
        { how: 'absent', note: 'The device model is the upstream QEMU.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { device_model_version: 'qemu-xen-traditional' } },
          note: 'An old fork of QEMU with arguments of its own.',
        },
      ],
    },
    places: [{ path: DM, symbol: 'libxl__build_device_model_args_old' }],
    until: '4.21',
  },
  {
    id: 'sound',
    title: 'Sound cards',
    device: 'intel-hda, ac97, es1370, adlib, cs4231a, gus, sb16',
    option: 'soundhw="DEVICE"',
    default: false,
    machines: HVM_MACHINES,
    arguments: [
      { text: '-device intel-hda', since: SOUND_DEVICES },
      { text: '-device hda-duplex', since: SOUND_DEVICES },
      { text: '-device libxl__qemu_soundhw_to_string', since: SOUND_DEVICES },
      { text: '-soundhw', until: SOUND_DEVICES },
    ],
    keys: ['soundhw'],
    guests: { hvm: onlyWith([{ soundhw: 'DEVICE' }]) },
    places: [{ path: 'SUPPORT.md', symbol: '### x86/Emulated audio (QEMU):' }],
  },
  {
    id: 'vendor-device',
    title: 'PCI device of a vendor of PV drivers',
    device: 'xen-pvdevice',
    option: 'vendor_device="xenserver"',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-device xen-pvdevice'),
    keys: ['vendor_device'],
    guests: { hvm: onlyWith([{ vendor_device: 'xenserver' }]) },
  },
  {
    id: 'pci-passthrough',
    title: 'PCI devices of the host',
    device: 'xen-pci-passthrough',
    option: 'pci=[…]',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('device_add xen-pci-passthrough'),
    keys: [
      'pci',
      'pci_permissive',
      'pci_msitranslate',
      'pci_seize',
      'pci_power_mgmt',
      'rdm',
      'rdm_mem_boundary',
    ],
    guests: {
      hvm: [
        { how: 'absent', note: 'No device is assigned.' },
        {
          how: 'passthrough',
          by: 'qemu',
          when: { feature: ['iommu'], xl: PCI },
          note: 'QEMU emulates the configuration space in part and maps the BARs; Xen delivers the interrupts.',
        },
        WITHOUT_IOMMU,
      ],
      pv: [
        { how: 'absent', note: 'No device is assigned.' },
        {
          how: 'passthrough',
          by: 'dom0',
          when: { feature: ['iommu'], xl: PCI },
          note: 'Configuration goes through the pciback of dom0; QEMU has no part in it.',
        },
        WITHOUT_IOMMU,
      ],
      pvh: [{ how: 'absent', note: 'libxl refuses to assign a device to a PVH guest on x86.' }],
    },
    places: [
      { path: 'tools/libs/light/libxl_pci.c', symbol: 'pci_add_qmp_device_add' },
      { path: 'tools/libs/light/libxl_x86.c', symbol: 'libxl__arch_passthrough_mode_setdefault' },
      { path: 'tools/libs/light/libxl_create.c', anchor: 'cap_hvm_directio' },
    ],
  },
  {
    id: 'channel',
    title: 'Channels',
    device: 'PV console',
    option: 'channel=[…]',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-chardev pty,id=libxl-channel', '-chardev socket,id=libxl-channel'),
    keys: ['channel'],
    guests: Object.fromEntries(
      (['pv', 'pvh', 'hvm', 'pv-shim', 'arm'] as const).map((guest) => [
        guest,
        [
          {
            how: 'absent',
            note: 'xenconsoled serves the first console; QEMU serves channels only.',
          },
          {
            how: 'paravirtualized',
            by: 'qemu',
            when: {
              xl: { channel: '[…]' },
              ...(guest === 'hvm' ? { guest: ['pv-drivers'] as const } : {}),
            },
          },
        ],
      ]),
    ),
    places: [{ path: DM, symbol: 'libxl__need_xenpv_qemu', anchor: 'num_channels' }],
  },
  {
    id: 'virtio',
    title: 'Virtio devices on Arm',
    device: 'virtio-mmio',
    option: 'virtio=[…]',
    default: false,
    machines: [],
    keys: ['virtio'],
    guests: {
      arm: [
        { how: 'absent', note: 'No device is configured.' },
        {
          how: 'emulated',
          by: 'dom0',
          when: { xl: { virtio: '[…]' }, kconfig: ['CONFIG_IOREQ_SERVER'] },
          note: 'libxl reserves an MMIO range and an interrupt; a backend from elsewhere answers, as an ioreq server.',
        },
        {
          how: 'emulated',
          by: 'dom0',
          when: { xl: { disk: 'specification=virtio' }, kconfig: ['CONFIG_IOREQ_SERVER'] },
          note: 'The same for a disk. Builds for Arm have no ioreq servers by default.',
        },
      ],
      ...Object.fromEntries(
        (['pv', 'pvh', 'hvm', 'pv-shim'] as const).map((guest) => [
          guest,
          [{ how: 'absent', note: 'libxl gives such a device an MMIO range on Arm only.' }],
        ]),
      ),
    },
    places: [{ path: 'tools/libs/light/libxl_arm.c', symbol: 'alloc_virtio_mmio_params' }],
    since: '4.18',
  },
];
