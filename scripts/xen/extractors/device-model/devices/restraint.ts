/** How libxl restrains and reaches the QEMU that it starts. */
import { BUILD_ARGUMENTS, type Device, DM, type Offer, type Offered, passes } from '../device.ts';

/** What libxl does to QEMU for whatever guest it is started. */
function always(note: string): Device['guests'] {
  const backend: Offer = [
    { how: 'absent', note: 'When no QEMU runs for the guest.' },
    {
      how: 'paravirtualized',
      by: 'qemu',
      note: `${note} It holds when QEMU runs as a PV backend.`,
    },
  ];
  return {
    hvm: [{ how: 'emulated', by: 'qemu', note }],
    pv: backend,
    pvh: backend,
    'pv-shim': backend,
    arm: backend,
  };
}

function withSetting(
  xl: Readonly<Record<string, string | number>>,
  note: string,
): Device['guests'] & { readonly hvm: Offer } {
  const backend: Offer = [
    { how: 'absent', note: 'Not without the setting.' },
    {
      how: 'paravirtualized',
      by: 'qemu',
      when: { xl },
      note: `${note} QEMU is a PV backend here, and something else has to start it: a framebuffer, a disk or another device that it serves.`,
    },
  ];
  return {
    hvm: [
      { how: 'absent', note: 'Not without the setting.' },
      { how: 'emulated', by: 'qemu', when: { xl }, note },
    ],
    pv: backend,
    pvh: backend,
    'pv-shim': backend,
    arm: backend,
  };
}

/** With a setting, unless QEMU runs in a stub domain. */
function notInStubDomain(
  xl: Readonly<Record<string, string | number>>,
  note: string,
): Device['guests'] {
  const { hvm, ...others } = withSetting(xl, note);
  const [first, ...rest] = hvm;
  const inside: Offered = {
    how: 'absent',
    when: { xl: { ...xl, device_model_stubdomain_override: 1 } },
    note: 'Not in a stub domain, where a proxy serves QMP.',
  };
  return { ...others, hvm: [first, ...rest, inside] };
}

export const RESTRAINT_DEVICES: readonly Device[] = [
  {
    id: 'restricted',
    title: 'QEMU with its rights reduced',
    device: 'device model',
    option: 'dm_restrict=1',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: [
      ...passes('-xen-domid-restrict', '-chroot', '-runas'),
      { text: '-run-with', since: '4.20' },
    ],
    keys: ['dm_restrict', 'device_model_user'],
    guests: withSetting(
      { dm_restrict: 1 },
      'QEMU can act on this guest only, runs in an empty folder, and for an HVM guest as a user of its own.',
    ),
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'dm_restrict' }],
  },
  {
    id: 'paused',
    title: 'QEMU that starts paused',
    device: 'device model',
    option: 'dm_restrict=1',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-S'),
    guests: notInStubDomain(
      { dm_restrict: 1 },
      'libxl passes -S only when it opens the QMP socket itself, which it does for a restricted QEMU.',
    ),
    places: [{ path: DM, anchor: 'state->dm_monitor_fd);' }],
  },
  {
    id: 'no-defaults',
    title: 'Devices that QEMU adds by itself',
    device: 'default devices of QEMU',
    option: null,
    default: true,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-nodefaults', '-no-user-config'),
    guests: always('QEMU creates only what its machine contains and what libxl names.'),
  },
  {
    id: 'accelerator',
    title: 'Accelerator of QEMU',
    device: 'xen',
    option: null,
    default: true,
    machines: ['xenfv', 'pc', 'xenpv'],
    functions: [{ text: 'libxl__spawn_local_dm', since: '4.20' }],
    guests: {
      hvm: [
        {
          how: 'hardware',
          by: 'cpu',
          note: 'libxl never asks for TCG: `pc` names the accelerator xen, and xenfv implies it in QEMU’s own source.',
        },
      ],
      pvh: [{ how: 'hardware', by: 'cpu', note: 'A QEMU for PV backends has no CPU at all.' }],
      pv: [{ how: 'native', by: 'cpu', note: 'A QEMU for PV backends has no CPU at all.' }],
      'pv-shim': [
        { how: 'hardware', by: 'cpu', note: 'A QEMU for PV backends has no CPU at all.' },
      ],
      arm: [{ how: 'hardware', by: 'cpu', note: 'A QEMU for PV backends has no CPU at all.' }],
    },
    places: [
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: 'accel=xen' },
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xenfv' },
      { path: DM, symbol: BUILD_ARGUMENTS, anchor: 'xenpv' },
    ],
  },
  {
    id: 'monitor',
    title: 'QMP sockets of QEMU',
    device: 'QMP',
    option: null,
    default: true,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-chardev socket,id=libxl-cmd', '-chardev socket,id=libxenstat-cmd', '-mon'),
    guests: always(
      'The toolstack talks to QEMU by them; with `device_model_stubdomain_override=1` a proxy does.',
    ),
  },
  {
    id: 'extra-arguments',
    title: 'Arguments of QEMU from the configuration',
    device: 'device model',
    option: 'device_model_args=[…]',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('b_info->extra[', 'b_info->extra_pv[', 'b_info->extra_hvm['),
    keys: ['device_model_args', 'device_model_args_pv', 'device_model_args_hvm'],
    guests: withSetting({ device_model_args: '[…]' }, 'QEMU gets them as they are written.'),
  },
  {
    id: 'incoming',
    title: 'State of QEMU after a migration or restore',
    device: 'device model',
    option: null,
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: [
      { text: '-incoming $STUBDOM_RESTORE_INCOMING_ARG', since: '4.14' },
      { text: '-incoming fd:' },
    ],
    guests: {
      hvm: [
        { how: 'absent', note: 'A guest that is created has no saved state.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { guest: ['being-saved'] },
          note: 'On the side that restores it, QEMU reads the state of its devices from the migration stream; with `device_model_stubdomain_override=1` through a console of the stub domain.',
        },
      ],
    },
  },
];
