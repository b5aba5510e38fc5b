/** Firmware, and what it starts. */
import { type Device, HVM_MACHINES, onlyWith, passes } from '../device.ts';

const CREATE = 'tools/libs/light/libxl_create.c';
const DEFAULTS = { path: CREATE, symbol: 'libxl__domain_build_info_setdefault' } as const;

export const FIRMWARE_DEVICES: readonly Device[] = [
  {
    id: 'direct-kernel',
    title: 'Kernel that QEMU loads',
    device: '-kernel',
    option: 'kernel="PATHNAME"',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-kernel', '-initrd', '-append'),
    keys: ['kernel', 'ramdisk', 'cmdline', 'root', 'extra'],
    guests: {
      hvm: onlyWith(
        [{ kernel: 'PATHNAME' }],
        'The firmware starts it; the ramdisk and command line are refused without a kernel.',
      ),
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          [{ how: 'absent', note: 'The domain builder loads the kernel; QEMU has no part in it.' }],
        ]),
      ),
    },
    places: [DEFAULTS],
  },
  {
    id: 'boot-order',
    title: 'Order of boot devices',
    device: '-boot',
    option: 'boot="STRING"',
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-boot'),
    keys: ['boot'],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'Disk, CD-ROM and floppy in this order unless the configuration says otherwise.',
        },
      ],
    },
    places: [{ ...DEFAULTS, anchor: 'cda' }],
  },
  {
    id: 'seabios',
    title: 'SeaBIOS',
    device: 'SeaBIOS',
    option: 'bios="seabios"',
    default: true,
    machines: HVM_MACHINES,
    keys: ['bios', 'bios_path_override', 'firmware', 'firmware_override'],
    guests: {
      hvm: [
        { how: 'exposed', by: 'firmware', note: 'hvmloader copies it into the guest.' },
        { how: 'absent', when: { xl: { bios: 'ovmf' } } },
        { how: 'absent', when: { xl: { firmware: 'uefi' } } },
      ],
    },
    places: [{ ...DEFAULTS, anchor: 'LIBXL_BIOS_TYPE_SEABIOS' }],
  },
  {
    id: 'ovmf',
    title: 'OVMF',
    device: 'OVMF',
    option: 'bios="ovmf"',
    default: false,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        { how: 'absent', note: 'The firmware is SeaBIOS.' },
        { how: 'opt-in', by: 'firmware', when: { xl: { bios: 'ovmf' } } },
        { how: 'opt-in', by: 'firmware', when: { xl: { firmware: 'uefi' } } },
      ],
    },
    places: [
      { path: 'tools/xl/xl_parse.c', anchor: 'LIBXL_BIOS_TYPE_OVMF' },
      { path: 'SUPPORT.md', symbol: '### x86/HVM OVMF' },
    ],
  },
  {
    id: 'rombios',
    title: 'ROMBIOS',
    device: 'ROMBIOS',
    option: 'bios="rombios"',
    default: false,
    machines: [],
    guests: {
      hvm: [
        { how: 'absent', note: 'The firmware is SeaBIOS.' },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { bios: 'rombios' } },
          note: 'libxl refuses it with the upstream QEMU.',
        },
      ],
    },
    places: [{ ...DEFAULTS, anchor: 'LIBXL_BIOS_TYPE_ROMBIOS' }],
  },
];
