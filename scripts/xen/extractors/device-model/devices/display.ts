/** Graphics cards. */
import { BUILD_ARGUMENTS, type Device, DM, HVM_MACHINES, onlyWith, passes } from '../device.ts';

const CREATE = 'tools/libs/light/libxl_create.c';
const DEFAULTS = { path: CREATE, symbol: 'libxl__domain_build_info_setdefault' } as const;

export const DISPLAY_DEVICES: readonly Device[] = [
  {
    id: 'vga-cirrus',
    title: 'Cirrus VGA',
    device: 'cirrus-vga',
    option: 'vga="cirrus"',
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-device cirrus-vga'),
    keys: ['vga', 'stdvga', 'videoram'],
    guests: {
      hvm: [
        { how: 'emulated', by: 'qemu', note: 'It needs 8 MiB of video memory at least.' },
        { how: 'absent', when: { xl: { vga: 'stdvga' } } },
        { how: 'absent', when: { xl: { stdvga: 1 } } },
        { how: 'absent', when: { xl: { vga: 'qxl' } } },
        { how: 'absent', when: { xl: { vga: 'none' } } },
      ],
    },
    places: [{ ...DEFAULTS, anchor: 'LIBXL_VGA_INTERFACE_TYPE_CIRRUS' }],
  },
  {
    id: 'vga-std',
    title: 'Standard VGA',
    device: 'VGA',
    option: 'vga="stdvga"',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-device VGA'),
    keys: [],
    guests: {
      hvm: onlyWith(
        [{ vga: 'stdvga' }, { stdvga: 1 }],
        'Xen posts writes to the legacy window on behalf of QEMU; the adapter is QEMU’s, and needs 16 MiB of video memory at least.',
      ),
    },
  },
  {
    id: 'vga-qxl',
    title: 'QXL VGA',
    device: 'qxl-vga',
    option: 'vga="qxl"',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-device qxl-vga'),
    guests: { hvm: onlyWith([{ vga: 'qxl' }], 'It needs 128 MiB of video memory at least.') },
  },
  {
    id: 'vga-none',
    title: 'No graphics card',
    device: 'none',
    option: 'vga="none"',
    default: false,
    machines: HVM_MACHINES,
    guests: {
      hvm: [
        { how: 'emulated', by: 'qemu', note: 'A Cirrus VGA, unless the configuration says none.' },
        { how: 'absent', when: { xl: { vga: 'none' } }, note: 'libxl names no graphics card.' },
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'LIBXL_VGA_INTERFACE_TYPE_NONE' }],
  },
  {
    id: 'graphics-passthrough',
    title: 'Graphics card of the host, as the primary one',
    device: 'igd-passthru',
    option: 'gfx_passthru=1',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-machine %s,igd-passthru'),
    keys: ['gfx_passthru'],
    guests: {
      hvm: [
        { how: 'absent', note: 'The primary card is emulated.' },
        {
          how: 'passthrough',
          by: 'qemu',
          when: { xl: { gfx_passthru: 'igd' }, guest: ['pci-device'] },
          note: 'QEMU emulates the host bridge of Intel graphics in part.',
        },
        {
          how: 'passthrough',
          by: 'qemu',
          when: { xl: { gfx_passthru: 1 }, guest: ['pci-device'] },
          note: 'Only an Intel card is detected; libxl refuses to start the guest with another one.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { gfx_passthru: 1 }, guest: ['!pci-device'] },
          note: 'libxl starts no guest without such a card.',
        },
      ],
    },
    places: [{ path: DM, symbol: 'libxl__detect_gfx_passthru_kind' }],
  },
];
