/** What shows the picture of a graphics card or framebuffer, and keyboards. */
import { type Device, DM, HVM_MACHINES, type Offer, onlyWith, passes } from '../device.ts';

/** libxl asks for the SDL window by `-display`. */
const DISPLAY_SDL = ['4.15.4', '4.16.2', '4.17'] as const;

const CREATE = 'tools/libs/light/libxl_create.c';

/** The picture of a PV framebuffer, which QEMU serves. */
function shown(key: 'vnc' | 'sdl'): Offer {
  return [
    { how: 'absent', note: 'Without a framebuffer QEMU has no picture to show.' },
    {
      how: 'paravirtualized',
      by: 'qemu',
      when: { xl: { vfb: `${key}=1` } },
      note: 'QEMU shows the PV framebuffer.',
    },
  ];
}

/** What xl makes a framebuffer of, for a PV guest. */
function byTopLevel(xl: Readonly<Record<string, string | number>>): Offer[0] {
  return {
    how: 'paravirtualized',
    by: 'qemu',
    when: { xl },
    note: 'xl makes a framebuffer of `vnc=1` unless `vfb=` names one.',
  };
}

/** The picture of an HVM guest whose QEMU runs in a stub domain. */
function inStubDomain(xl: Readonly<Record<string, number>>): Offer[0] {
  return {
    how: 'emulated',
    by: 'qemu',
    when: { xl: { ...xl, device_model_stubdomain_override: 1 } },
    note: 'The QEMU in the stub domain has no picture of its own: a second one shows the framebuffer of the stub domain.',
  };
}

/** Keyboards of guests without a device model. */
const KEYBOARDS: Offer = [
  { how: 'absent', note: 'Only `vkb=`, `vfb=` or `vnc=1` of a PV guest adds one.' },
  {
    how: 'paravirtualized',
    by: 'qemu',
    when: { xl: { vfb: '[…]' } },
    note: 'Each framebuffer brings a keyboard, and starts QEMU.',
  },
  {
    how: 'paravirtualized',
    by: 'qemu',
    when: { xl: { vkb: 'backend-type=qemu' } },
    note: 'Such a keyboard alone does not start QEMU: its type is not in the table that libxl asks.',
  },
  {
    how: 'paravirtualized',
    by: 'dom0',
    when: { xl: { vkb: 'backend-type=linux' } },
    note: 'A program in user space serves it.',
  },
];

const VNC_KEYBOARD: Offer[0] = {
  how: 'paravirtualized',
  by: 'qemu',
  when: { xl: { vnc: 1 } },
  note: 'xl makes it a framebuffer, with its keyboard, unless `vfb=` names one.',
};

export const VIEWER_DEVICES: readonly Device[] = [
  {
    id: 'vnc',
    title: 'VNC server of QEMU',
    device: 'vnc',
    option: 'vnc=1',
    default: true,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-vnc'),
    keys: ['vnc', 'vnclisten', 'vncdisplay', 'vncunused', 'vncpasswd'],
    guests: {
      hvm: [
        { how: 'emulated', by: 'qemu', note: 'It shows the emulated graphics card.' },
        { how: 'absent', when: { xl: { vnc: 0 } } },
        inStubDomain({ vnc: 1 }),
      ],
      pv: [...shown('vnc'), byTopLevel({ vnc: 1 })],
      pvh: shown('vnc'),
      'pv-shim': shown('vnc'),
      arm: shown('vnc'),
    },
    places: [{ path: DM, symbol: 'libxl__dm_vnc' }],
  },
  {
    id: 'sdl',
    title: 'SDL window of QEMU',
    device: 'sdl',
    option: 'sdl=1',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: [
      { text: '-display sdl', since: DISPLAY_SDL },
      { text: '-sdl', until: DISPLAY_SDL },
    ],
    keys: ['sdl', 'opengl', 'display', 'xauthority'],
    guests: {
      hvm: [
        { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { sdl: 1 } },
          note: 'It shows the emulated graphics card.',
        },
        inStubDomain({ sdl: 1 }),
      ],
      pv: [...shown('sdl'), byTopLevel({ vnc: 1, sdl: 1 })],
      pvh: shown('sdl'),
      'pv-shim': shown('sdl'),
      arm: shown('sdl'),
    },
    places: [{ path: DM, symbol: 'dm_sdl' }],
  },
  {
    id: 'no-display',
    title: 'QEMU without a window',
    device: 'display none',
    option: 'nographic=1',
    default: true,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-display none', '-nographic'),
    keys: ['nographic'],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'libxl always asks for no window and adds what the configuration names; `nographic=1` takes no graphics card away.',
        },
      ],
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          [
            { how: 'absent', note: 'When no QEMU runs for the guest.' },
            {
              how: 'paravirtualized',
              by: 'qemu',
              note: 'A QEMU for PV backends has no window unless a framebuffer asks for one.',
            },
          ],
        ]),
      ),
    },
  },
  {
    id: 'keymap',
    title: 'Keyboard layout of QEMU',
    device: '-k',
    option: 'keymap="LANG"',
    default: false,
    machines: ['xenfv', 'pc', 'xenpv'],
    arguments: passes('-k'),
    keys: ['keymap'],
    guests: {
      hvm: onlyWith([{ keymap: 'LANG' }]),
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          [
            { how: 'absent', note: 'Without a framebuffer there is no keyboard.' },
            { how: 'paravirtualized', by: 'qemu', when: { xl: { vfb: 'keymap=LANG' } } },
            ...(guest === 'pv' ? [byTopLevel({ vnc: 1, keymap: 'LANG' })] : []),
          ],
        ]),
      ),
    },
    places: [{ path: DM, symbol: 'dm_keymap' }],
  },
  {
    id: 'spice',
    title: 'SPICE server and its agent',
    device: 'spice, virtio-serial, virtserialport',
    option: 'spice=1',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes(
      '-spice',
      '-device virtio-serial',
      '-chardev spicevmc,id=vdagent',
      '-device virtserialport',
    ),
    keys: [
      'spice',
      'spicehost',
      'spiceport',
      'spicetls_port',
      'spicedisable_ticketing',
      'spicepasswd',
      'spiceagent_mouse',
      'spicevdagent',
      'spice_clipboard_sharing',
      'spice_image_compression',
      'spice_streaming_video',
    ],
    guests: {
      hvm: [
        { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
        { how: 'emulated', by: 'qemu', when: { xl: { spice: 1 } }, note: 'The server alone.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { spice: 1, spicevdagent: 1 } },
          note: 'With a virtio serial port for the agent in the guest.',
        },
        {
          how: 'absent',
          when: { xl: { spice: 1, device_model_stubdomain_override: 1 } },
          note: 'libxl passes it to no QEMU in a stub domain.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { spice: 1 } },
          note: 'Without spiceport= and spicetls_port=, or without spicepasswd= unless spicedisable_ticketing=1, libxl creates no such guest.',
        },
      ],
    },
    places: [{ path: DM, symbol: 'dm_spice_options' }],
  },
  {
    id: 'vkb',
    title: 'PV keyboard and pointer',
    device: 'vkb',
    option: 'vkb_device=1',
    default: true,
    machines: HVM_MACHINES,
    keys: ['vkb_device', 'vkb'],
    guests: {
      hvm: [
        {
          how: 'paravirtualized',
          by: 'qemu',
          when: { guest: ['pv-drivers'] },
          note: 'libxl adds one unless `vkb=` names its own.',
        },
        {
          how: 'paravirtualized',
          by: 'dom0',
          when: { guest: ['pv-drivers'], xl: { vkb: 'backend-type=linux' } },
          note: 'A program in user space serves it.',
        },
        { how: 'absent', when: { xl: { vkb_device: 0 } } },
      ],
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          guest === 'pv' ? [...KEYBOARDS, VNC_KEYBOARD] : KEYBOARDS,
        ]),
      ),
    },
    places: [
      { path: CREATE, symbol: 'domcreate_launch_dm', anchor: 'vkb_device' },
      { path: CREATE, anchor: 'device_type_tbl[]' },
      { path: DM, symbol: 'libxl__need_xenpv_qemu', anchor: 'num_vfbs' },
    ],
  },
];
