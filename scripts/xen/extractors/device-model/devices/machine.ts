/** Machine types of QEMU, and what they contain without being asked. */
import { BUILD_ARGUMENTS, type Device, DM, HVM_MACHINES, passes, unless } from '../device.ts';

const SUPPORT = 'SUPPORT.md';
const LOADER_PCI = 'tools/firmware/hvmloader/pci.c';
const BACKEND_NOTE = 'The machine has no emulated hardware; QEMU serves PV devices.';

const XENPV: NonNullable<Device['guests']['pv']> = [
  { how: 'absent', note: 'When no QEMU runs for the guest.' },
  {
    how: 'paravirtualized',
    by: 'qemu',
    note: `${BACKEND_NOTE} It applies when the guest needs QEMU as a PV backend.`,
  },
];

export const MACHINE_DEVICES: readonly Device[] = [
  {
    id: 'machine-xenfv',
    title: 'Machine xenfv',
    device: 'xenfv',
    option: 'xen_platform_pci=1',
    default: true,
    machines: ['xenfv'],
    arguments: passes('-machine xenfv'),
    keys: [],
    guests: { hvm: unless({ xen_platform_pci: 0 }, 'A PC with the Xen platform device.') },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xen_platform_pci' }],
  },
  {
    id: 'machine-pc',
    title: 'Machine pc',
    device: 'pc',
    option: 'xen_platform_pci=0',
    default: false,
    machines: ['pc'],
    arguments: passes('-machine pc'),
    guests: {
      hvm: [
        { how: 'absent', note: 'The machine is xenfv.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { xen_platform_pci: 0 } },
          note: 'A PC with the accelerator xen and without the Xen platform device.',
        },
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xen_platform_pci' }],
  },
  {
    id: 'machine-xenpv',
    title: 'Machine xenpv',
    device: 'xenpv',
    option: null,
    default: true,
    machines: ['xenpv'],
    arguments: passes('-machine xenpv', '-xen-attach'),
    guests: { pv: XENPV, pvh: XENPV, 'pv-shim': XENPV, arm: XENPV },
    places: [{ path: DM, symbol: 'libxl__need_xenpv_qemu' }],
  },
  {
    id: 'platform-pci',
    title: 'Xen platform PCI device',
    device: 'xen-platform',
    option: 'xen_platform_pci=1',
    default: true,
    machines: ['xenfv'],
    keys: ['xen_platform_pci', 'xen_platform_pci_bar_uc'],
    guests: {
      hvm: unless(
        { xen_platform_pci: 0 },
        'The machine xenfv contains it; PV drivers find Xen by it and unplug emulated disks and network cards.',
      ),
    },
    places: [
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xen_platform_pci' },
      { path: 'tools/libs/light/libxl_create.c', anchor: 'u.hvm.xen_platform_pci' },
    ],
  },
  {
    id: 'chipset',
    title: 'PC chipset: host bridge, ISA bridge and power management',
    device: 'i440FX, PIIX3, PIIX4 PM',
    option: null,
    default: true,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'Built into the machine. The PIC, IO-APIC, PIT, RTC, HPET and PM timer are emulated by Xen, not by QEMU.',
        },
      ],
    },
    places: [
      { path: SUPPORT, symbol: '### x86/Emulated platform devices (QEMU):' },
      { path: 'tools/firmware/hvmloader/hvmloader.c', symbol: 'main', anchor: 'pci_setup' },
      { path: LOADER_PCI, symbol: 'pci_setup', anchor: 'ACPI_PM1A_EVT_BLK_ADDRESS_V1' },
    ],
  },
  {
    id: 'i8042',
    title: 'PS/2 keyboard and mouse',
    device: 'i8042',
    option: null,
    default: true,
    machines: HVM_MACHINES,
    guests: { hvm: [{ how: 'emulated', by: 'qemu', note: 'Built into the machine.' }] },
    places: [{ path: SUPPORT, symbol: '### x86/Emulated input (QEMU):', anchor: 'ps/2 keyboard' }],
  },
  {
    id: 'ide-controller',
    title: 'IDE controller',
    device: 'PIIX3 IDE',
    option: null,
    default: true,
    machines: HVM_MACHINES,
    guests: { hvm: [{ how: 'emulated', by: 'qemu', note: 'Built into the machine.' }] },
    places: [
      { path: SUPPORT, symbol: '### x86/Emulated storage (QEMU):', anchor: 'piix3 ide' },
      { path: LOADER_PCI, symbol: 'pci_setup', anchor: 'PIIX3' },
    ],
  },
  {
    id: 'legacy-devices',
    title: 'Other legacy devices of the PC',
    device: 'DMA controllers, floppy controller, port 92, APM port, ACPI hotplug',
    option: null,
    default: true,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'Built into the machine. The tree names only the APM port; the others were found on a running xenfv machine.',
        },
      ],
    },
    places: [
      {
        path: 'tools/firmware/hvmloader/hvmloader.c',
        symbol: 'acpi_enable_sci',
        anchor: 'PIIX4_SMI_CMD_IOPORT',
      },
    ],
  },
  {
    id: 'fw-cfg',
    title: 'Firmware configuration device of QEMU',
    device: 'fw_cfg',
    option: null,
    default: false,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        {
          how: 'unknown',
          note: 'It belongs to the source of QEMU, which is not in the tree; it was not found on a running xenfv machine without a kernel of its own.',
        },
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: '-kernel' }],
  },
  {
    id: 'mmio-hole',
    title: 'MMIO hole below 4 GiB',
    device: 'max-ram-below-4g',
    option: 'mmio_hole=MBYTES',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-machine %s,max-ram-below-4g'),
    keys: ['mmio_hole'],
    guests: {
      hvm: [
        { how: 'absent', note: 'QEMU and hvmloader use the size that they have by default.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { mmio_hole: 'MBYTES' } },
          note: 'A size that would start above the usual one is ignored.',
        },
      ],
    },
    places: [{ path: 'tools/libs/light/libxl_create.c', anchor: 'platform/mmio_hole_size' }],
  },
  {
    id: 'acpi',
    title: 'ACPI of the machine',
    device: '-no-acpi',
    option: 'acpi=0',
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-no-acpi'),
    guests: {
      hvm: unless({ acpi: 0 }, 'The power management of the PIIX4; hvmloader writes the tables.'),
    },
    places: [
      { path: 'tools/libs/light/libxl_internal.h', symbol: 'libxl__acpi_defbool_val' },
      { path: 'tools/firmware/hvmloader/hvmloader.c', symbol: 'main', anchor: 'acpi_enabled' },
    ],
  },
  {
    id: 'cpus',
    title: 'Number of CPUs that QEMU is told',
    device: '-smp',
    option: 'vcpus=N',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-smp'),
    keys: ['vcpus', 'maxvcpus'],
    guests: {
      hvm: [
        {
          how: 'hardware',
          by: 'cpu',
          note: 'Xen runs the CPUs; QEMU needs the number for hot plug and for its tables.',
        },
      ],
    },
  },
  {
    id: 'cpu-hotplug',
    title: 'CPUs that are added to a running guest',
    device: 'CPU of the machine',
    option: null,
    default: false,
    machines: HVM_MACHINES,
    arguments: [{ text: 'device_add svos->cpu_driver', since: '4.16' }],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'QEMU announces the CPU to ACPI after `xl vcpu-set`; the nodes in XenStore are written as well.',
        },
      ],
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          [
            {
              how: 'paravirtualized',
              by: 'dom0',
              note: 'The nodes in XenStore tell the guest; QEMU has no part in it.',
            },
          ],
        ]),
      ),
    },
  },
];
