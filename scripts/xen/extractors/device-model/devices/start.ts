/** When libxl starts QEMU, and for which guests. */
import { BUILD_ARGUMENTS, type Device, DM, HVM_MACHINES, type Offer, passes } from '../device.ts';

const CREATE = 'tools/libs/light/libxl_create.c';
const NEED = { path: DM, symbol: 'libxl__need_xenpv_qemu' } as const;
const LAUNCH = { path: CREATE, symbol: 'domcreate_launch_dm' } as const;

const BACKEND_NOTE = 'QEMU serves PV devices here and emulates no hardware.';

/** The devices that make libxl start QEMU for a guest without a device model. */
const BACKENDS: Offer = [
  {
    how: 'absent',
    note: 'No QEMU runs for the guest when every backend is elsewhere, such as phy disks and a kernel netback.',
  },
  ...[
    { vfb: '[…]' },
    { disk: 'backendtype=qdisk' },
    { usbctrl: 'type=qusb' },
    { p9: 'type=qemu' },
    { channel: '[…]' },
  ].map((xl) => ({
    how: 'paravirtualized' as const,
    by: 'qemu' as const,
    when: { xl },
    note: BACKEND_NOTE,
  })),
];

function alike(offer: Offer, note: string): Offer {
  const [first, ...rest] = offer;
  return [{ ...first, note: first.note === undefined ? note : `${first.note} ${note}` }, ...rest];
}

const SHIM_NOTE = 'What counts is the container of the shim, a PVH guest; the shim forwards rings.';

export const START_DEVICES: readonly Device[] = [
  {
    id: 'spawn-hvm',
    title: 'QEMU for an HVM guest',
    device: 'device model',
    option: null,
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-xen-domid', '-no-shutdown', '-name', '-m '),
    keys: ['device_model_version', 'device_model_override'],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'Every HVM guest has one, as a process or in a stub domain. What it does not claim ends in the null handler of Xen.',
        },
      ],
    },
    places: [
      { ...LAUNCH, anchor: 'libxl__spawn_local_dm' },
      { ...LAUNCH, anchor: 'libxl__spawn_stub_dm' },
      { path: 'xen/arch/x86/hvm/emulate.c', symbol: 'null_read' },
    ],
  },
  {
    id: 'spawn-pv',
    title: 'QEMU for a PV or PVH guest',
    device: 'PV backend',
    option: null,
    default: false,
    machines: ['xenpv'],
    guests: {
      pv: [
        ...BACKENDS,
        {
          how: 'paravirtualized',
          by: 'qemu',
          when: { xl: { vnc: 1 } },
          note: `xl makes it a framebuffer. ${BACKEND_NOTE}`,
        },
      ],
      pvh: BACKENDS,
      'pv-shim': alike(BACKENDS, SHIM_NOTE),
      arm: alike(BACKENDS, 'libxl treats a guest on Arm as PVH.'),
    },
    places: [
      NEED,
      { ...NEED, anchor: 'num_vfbs' },
      { ...NEED, anchor: 'dm_needed' },
      { ...NEED, anchor: 'num_channels' },
      { ...LAUNCH, anchor: 'libxl__need_xenpv_qemu' },
      { path: 'tools/libs/light/libxl_disk.c', symbol: 'libxl_device_disk_dm_needed' },
      { path: 'tools/libs/light/libxl_usb.c', symbol: 'libxl_device_usbctrl_dm_needed' },
      {
        path: 'tools/libs/light/libxl_9pfs.c',
        symbol: 'libxl__device_p9_dm_needed',
        since: '4.19',
      },
    ],
  },
  {
    id: 'arm-guest',
    title: 'QEMU for a guest on Arm',
    device: 'PV backend',
    option: null,
    default: false,
    machines: ['xenpv'],
    guests: {
      arm: alike(
        BACKENDS,
        'A guest on Arm is PVH for libxl; virtio devices have no `dm_needed`, so libxl starts nothing for them.',
      ),
    },
    places: [
      NEED,
      { path: 'tools/libs/light/libxl_virtio.c', anchor: 'VIRTIO, virtios', since: '4.18' },
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xenpv' },
    ],
  },
  {
    id: 'dom0-backend',
    title: 'QEMU for dom0',
    device: 'PV backend',
    option: null,
    default: true,
    machines: ['xenpv'],
    guests: Object.fromEntries(
      (['pv-dom0', 'pvh-dom0', 'arm-dom0'] as const).map((guest) => [
        guest,
        [
          {
            how: 'paravirtualized',
            by: 'qemu',
            note: 'The scripts of the toolstack start one that serves disks to dom0 itself; it emulates no hardware.',
          },
        ],
      ]),
    ),
    places: [
      { path: 'tools/hotplug/Linux/init.d/xencommons.in', anchor: 'xen-domid' },
      {
        path: 'tools/hotplug/Linux/systemd/xen-qemu-dom0-disk-backend.service.in',
        anchor: 'xenpv',
      },
    ],
  },
  {
    id: 'driver-domain-backend',
    title: 'QEMU for the disks that a domain serves',
    device: 'PV backend',
    option: null,
    default: false,
    machines: ['xenpv'],
    functions: [
      { text: 'libxl__spawn_qemu_xenpv_backend', since: '4.19' },
      { text: 'libxl__spawn_qdisk_backend', until: '4.19' },
    ],
    guests: Object.fromEntries(
      (['pv', 'pvh', 'hvm', 'arm'] as const).map((guest) => [
        guest,
        [
          {
            how: 'absent',
            note: 'Only a driver domain in which libxl runs for its backends has one.',
          },
          {
            how: 'paravirtualized',
            by: 'qemu',
            when: { xl: { driver_domain: 1 } },
            note: 'It runs in the domain itself and serves disks to other guests.',
          },
        ],
      ]),
    ),
    places: [{ path: DM, symbol: 'libxl__spawn_qemu_xenpv_backend', since: '4.19' }],
    keys: ['driver_domain'],
  },
  {
    id: 'stub-domain',
    title: 'QEMU in a stub domain',
    device: 'device model',
    option: 'device_model_stubdomain_override=1',
    default: false,
    machines: HVM_MACHINES,
    keys: [
      'device_model_stubdomain_override',
      'device_model_stubdomain_seclabel',
      'stubdomain_kernel',
      'stubdomain_cmdline',
      'stubdomain_ramdisk',
      'stubdomain_memory',
    ],
    guests: {
      hvm: [
        { how: 'absent', note: 'QEMU is a process of the domain in which the toolstack runs.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { device_model_stubdomain_override: 1 } },
          note: 'QEMU runs in a PV guest of its own, which may have a QEMU as its PV backend.',
        },
      ],
    },
    places: [
      { path: DM, symbol: 'libxl__spawn_stub_dm' },
      { ...LAUNCH, anchor: 'libxl__spawn_stub_dm' },
    ],
  },
];
