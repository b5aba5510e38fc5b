/** PV devices that QEMU serves as a backend, for guests with and without a device model. */
import type { GuestType } from '../../../../../src/model/guest-types.ts';
import type { Device, Offer } from '../device.ts';

const LIBXL = 'tools/libs/light/';
const DOMUS = ['pv', 'pvh', 'hvm', 'pv-shim', 'arm'] as const;
const EVERY_MACHINE = ['xenfv', 'pc', 'xenpv'] as const;

const NO_FRAMEBUFFER = 'The configuration asks for none.';

/** What a guest has of a device that QEMU serves with one setting only. */
function servedWith(
  xl: Readonly<Record<string, string>>,
  without: string,
  note: string,
  guests: readonly GuestType[] = DOMUS,
): Device['guests'] {
  const cell = (guest: GuestType): Offer => [
    { how: 'absent', note: without },
    {
      how: 'paravirtualized',
      by: 'qemu',
      when: { xl, ...(guest === 'hvm' ? { guest: ['pv-drivers'] as const } : {}) },
      note,
    },
  ];
  return Object.fromEntries(guests.map((guest) => [guest, cell(guest)]));
}

export const BACKEND_DEVICES: readonly Device[] = [
  {
    id: 'disk-backend',
    title: 'Disks that QEMU serves as a PV backend',
    device: 'qdisk',
    option: 'backendtype=qdisk',
    default: false,
    machines: EVERY_MACHINE,
    guests: servedWith(
      { disk: 'backendtype=qdisk' },
      'A block device of the backend’s domain is served by its kernel.',
      'libxl chooses it itself for a plain file, which the kernel’s backend does not serve without a script.',
    ),
    places: [
      { path: `${LIBXL}libxl_disk.c`, symbol: 'libxl_device_disk_dm_needed' },
      { path: `${LIBXL}libxl_device.c`, symbol: 'disk_try_backend' },
    ],
  },
  {
    id: 'framebuffer-backend',
    title: 'Framebuffer that QEMU serves as a PV backend',
    device: 'vfb',
    option: 'vfb=[…]',
    default: false,
    machines: ['xenpv'],
    guests: {
      ...servedWith({ vfb: '[…]' }, NO_FRAMEBUFFER, 'QEMU shows it by VNC or SDL.', [
        'pvh',
        'pv-shim',
        'arm',
      ]),
      pv: [
        { how: 'absent', note: NO_FRAMEBUFFER },
        ...[{ vfb: '[…]' }, { vnc: 1 }].map((xl) => ({
          how: 'paravirtualized' as const,
          by: 'qemu' as const,
          when: { xl },
          note: 'QEMU shows it by VNC or SDL; xl makes one of `vnc=1` unless `vfb=` names one.',
        })),
      ],
    },
    places: [
      { path: `${LIBXL}libxl_dm.c`, symbol: 'libxl__need_xenpv_qemu', anchor: 'num_vfbs' },
      { path: `${LIBXL}libxl_create.c`, symbol: 'domcreate_launch_dm', anchor: 'num_vfbs' },
    ],
  },
  {
    id: 'usb-backend',
    title: 'USB controllers that QEMU serves as a PV backend',
    device: 'qusb',
    option: 'usbctrl=[ "type=qusb" ]',
    default: false,
    machines: EVERY_MACHINE,
    guests: servedWith(
      { usbctrl: 'type=qusb' },
      'The kernel’s backend serves them, or there are none.',
      'For a guest that is not HVM the type `auto` means `qusb` when the kernel’s backend is not loaded.',
    ),
    places: [
      { path: `${LIBXL}libxl_usb.c`, symbol: 'libxl_device_usbctrl_dm_needed' },
      { path: `${LIBXL}libxl_usb.c`, symbol: 'libxl__device_usbctrl_setdefault' },
    ],
  },
  {
    id: '9pfs-backend',
    title: 'File systems that QEMU serves as a PV backend',
    device: '9pfs',
    option: 'p9=[…]',
    default: false,
    machines: EVERY_MACHINE,
    guests: servedWith(
      { p9: 'type=qemu' },
      'The configuration asks for none.',
      'The type is `qemu` unless `p9=` names another.',
    ),
    places: [{ path: `${LIBXL}libxl_9pfs.c`, symbol: 'libxl__device_p9_dm_needed', since: '4.19' }],
  },
];
