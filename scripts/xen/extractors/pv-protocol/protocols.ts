/**
 * What each public header of `io/` is. Authored, because no table of the source says it; extraction fails for a header,
 * a device type, a kind of QEMU or a section of SUPPORT.md that is not listed, and for evidence that is not there.
 */
import type { Exception, Offer, Protocol } from './protocol.ts';

const LIGHT = 'tools/libs/light';
const CREATE = `${LIGHT}/libxl_create.c`;
const LAUNCH = { path: CREATE, symbol: 'domcreate_launch_dm' } as const;
export const XL_PARSE = 'tools/xl/xl_parse.c';
const OUTSIDE = { name: 'a program outside of the tree' } as const;

const INIT_DOM0LESS = {
  path: 'tools/helpers/init-dom0less.c',
  symbol: 'init_domain',
  anchor: 'HVM_PARAM_STORE_EVTCHN',
} as const;

const BUILT_AT_BOOT = { path: 'xen/arch/arm/domain_build.c', symbol: 'construct_domU' } as const;

/** A domain that Xen builds at boot on Arm has XenStore only when its node asks for it, and before Xen 4.17 never. */
const ENHANCED: readonly Exception[] = [
  {
    guests: ['arm'],
    since: '4.17',
    handlings: [
      { how: 'exposed', by: 'dom0', when: { guest: ['!built-at-boot'] } },
      {
        how: 'opt-in',
        by: 'dom0',
        when: { guest: ['built-at-boot'] },
        note: 'With the property xen,enhanced of its node, unless its value is no-xenstore; dom0 sets it up with init-dom0less.',
      },
    ],
    places: [INIT_DOM0LESS],
  },
  {
    guests: ['arm'],
    until: '4.17',
    handlings: [
      { how: 'exposed', by: 'dom0', when: { guest: ['!built-at-boot'] } },
      {
        how: 'hidden',
        by: 'dom0',
        when: { guest: ['built-at-boot'] },
        note: 'Neither Xen nor a program of the tree sets XenStore up for such a domain.',
      },
    ],
    places: [BUILT_AT_BOOT],
  },
];

/** xl adds a framebuffer and a keyboard to a PV guest that has no framebuffer. */
const VNC_OF_PV = { setting: 'vnc=1', guests: ['pv'] } as const;
const ADDS_FRAMEBUFFER = { path: XL_PARSE, anchor: 'vnc_enabled' } as const;

const NODES_FOR_ALL = {
  how: 'unknown',
  note: 'libxl writes the nodes of the backend for every guest; the device itself is passed through in another way here. Whether a frontend can use the nodes is not established.',
} as const;
const PCI_NODES = [
  { path: `${LIGHT}/libxl_pci.c`, symbol: 'libxl__device_pci_add_xenstore' },
] as const;

const NO_PCI_ON_ARM = {
  how: 'hidden',
  by: 'xen',
  note: 'Xen has no PCI devices to assign, and a guest with `pci=` in xl.cfg is not created.',
} as const;
const ASSIGNED_ON_ARM = {
  path: 'xen/drivers/passthrough/device_tree.c',
  symbol: 'iommu_do_dt_domctl',
} as const;

const hidden = (note: string): Offer => [{ how: 'hidden', by: 'dom0', note }];

export const PROTOCOLS: readonly Protocol[] = [
  {
    header: '9pfs.h',
    title: 'PV 9pfs',
    role: 'device',
    offer: 'option',
    option: 'p9',
    devices: ['p9'],
    support: { backend: 'PV 9pfs (backend)', frontend: 'PV 9pfs frontend' },
  },
  {
    header: 'blkif.h',
    title: 'PV block device',
    role: 'device',
    offer: 'option',
    option: 'disk',
    devices: ['disk'],
    kinds: ['QDISK', 'VBD3'],
    support: { backend: 'Blkback', frontend: 'Blkfront' },
    exceptions: [
      {
        guests: ['pv-dom0', 'pvh-dom0', 'arm-dom0'],
        handlings: [
          {
            how: 'opt-in',
            by: 'dom0',
            note: 'A disk can be attached to dom0 itself, such as an image that the QEMU of dom0 serves, which the start-up scripts run.',
          },
        ],
        places: [{ path: 'tools/hotplug/Linux/init.d/xencommons.in', anchor: 'xen-domid' }],
      },
    ],
  },
  {
    header: 'cameraif.h',
    title: 'PV camera',
    role: 'device',
    offer: 'by-hand',
    backends: [
      {
        ...OUTSIDE,
        path: 'xen/include/public/io/cameraif.h',
        anchor: 'XENCAMERA_PROTOCOL_VERSION',
      },
    ],
  },
  {
    header: 'console.h',
    title: 'PV console',
    role: 'device',
    offer: 'always',
    option: 'channel',
    arrays: ['channels'],
    support: {
      backend: 'PV Console (xenconsoled)',
      frontend: 'PV Console (frontend)',
      unnamed: 'xenconsoled',
    },
    backends: [
      {
        name: 'QEMU, for channels',
        path: `${LIGHT}/libxl_console.c`,
        symbol: 'libxl__init_console_from_channel',
        anchor: 'LIBXL__CONSOLE_BACKEND_IOEMU',
      },
    ],
    places: [{ ...LAUNCH, anchor: 'libxl__device_console_add' }],
    exceptions: [
      {
        guests: ['pv-dom0', 'pvh-dom0', 'arm-dom0'],
        handlings: [
          {
            how: 'hidden',
            by: 'xen',
            note: 'Dom0 has no console ring; it reaches the console of Xen by the hypercall console_io.',
          },
        ],
        places: [{ path: 'xen/drivers/char/console.c', symbol: 'do_console_io' }],
      },
      {
        guests: ['pv-shim'],
        handlings: [
          {
            how: 'exposed',
            by: 'shim',
            note: 'With the default command line console=xen,pv the shim serves a ring of its own; the shim forwards what comes from it to that of the container.',
          },
          {
            how: 'exposed',
            by: 'dom0',
            when: { xl: { pvshim_cmdline: 'pv-shim' } },
            note: 'Where pvshim_cmdline= leaves out console=pv, the guest has the ring of the container.',
          },
        ],
        places: [
          { path: 'xen/drivers/char/consoled.c', symbol: 'consoled_guest_rx' },
          { path: `${LIGHT}/libxl_internal.h`, symbol: 'PVSHIM_CMDLINE' },
          { path: 'xen/arch/x86/pv/shim.c', anchor: 'pv_console' },
        ],
      },
      {
        guests: ['arm'],
        handlings: [
          { how: 'exposed', by: 'dom0', when: { guest: ['!built-at-boot'] } },
          {
            how: 'hidden',
            by: 'dom0',
            when: { guest: ['built-at-boot'] },
            note: 'Nothing sets a ring up; such a domain has an emulated UART, or the hypercall console_io where Xen allows it.',
          },
        ],
        places: [
          { ...INIT_DOM0LESS, since: '4.17' },
          { ...BUILT_AT_BOOT, until: '4.17' },
        ],
      },
    ],
  },
  {
    header: 'displif.h',
    title: 'PV display',
    role: 'device',
    offer: 'option',
    option: 'vdispl',
    devices: ['vdispl'],
    support: { frontend: 'PV display (frontend)' },
    backends: [
      { ...OUTSIDE, path: 'xen/include/public/io/displif.h', anchor: 'XENDISPL_PROTOCOL_VERSION' },
    ],
  },
  {
    header: 'fbif.h',
    title: 'PV framebuffer',
    role: 'device',
    offer: 'option',
    option: 'vfb',
    broughtBy: [VNC_OF_PV],
    devices: ['vfb'],
    places: [ADDS_FRAMEBUFFER],
    support: { backend: 'PV Framebuffer (backend)', frontend: 'PV Framebuffer (frontend)' },
    exceptions: [
      {
        guests: ['hvm'],
        handlings: hidden(
          'libxl adds framebuffers to PV and PVH guests only; QEMU emulates a VGA card here.',
        ),
        places: [{ ...LAUNCH, anchor: 'num_vfbs' }],
      },
    ],
  },
  {
    header: 'fsif.h',
    title: 'PV file system',
    role: 'device',
    offer: 'never',
  },
  {
    header: 'kbdif.h',
    title: 'PV keyboard and pointer',
    role: 'device',
    offer: 'option',
    option: 'vkb',
    broughtBy: [{ setting: 'vfb=' }, VNC_OF_PV],
    devices: ['vkb'],
    places: [{ path: XL_PARSE, anchor: 'config, "vfb"' }, ADDS_FRAMEBUFFER],
    support: { backend: 'PV keyboard (backend)', frontend: 'PV keyboard (frontend)' },
    backends: [
      {
        name: 'Linux, a program in user space (backend-type=linux)',
        path: `${LIGHT}/libxl_vkb.c`,
        anchor: 'LIBXL_VKB_BACKEND_LINUX',
      },
    ],
    exceptions: [
      {
        guests: ['hvm'],
        handlings: [
          { how: 'exposed', by: 'dom0', when: { guest: ['pv-drivers'] } },
          {
            how: 'hidden',
            by: 'dom0',
            when: { xl: { vkb_device: 0 } },
            note: 'Unless the configuration asks for one with `vkb=` or `vfb=`.',
          },
        ],
        places: [
          { ...LAUNCH, anchor: 'vkb_device' },
          {
            path: CREATE,
            symbol: 'libxl__domain_build_info_setdefault',
            anchor: 'libxl_defbool_setdefault(&b_info->u.hvm.vkb_device, true)',
          },
        ],
      },
    ],
  },
  {
    header: 'libxenvchan.h',
    title: 'libxenvchan',
    role: 'library',
    offer: 'always',
    backends: [
      {
        name: 'any domain that opens a server with the library',
        path: 'tools/libs/vchan/init.c',
        symbol: 'libxenvchan_server_init',
      },
    ],
  },
  {
    header: 'netif.h',
    title: 'PV network interface',
    role: 'device',
    offer: 'option',
    option: 'vif',
    devices: ['nic'],
    support: { backend: 'Netback', frontend: 'Netfront' },
  },
  {
    header: 'pciif.h',
    title: 'PV PCI passthrough',
    role: 'device',
    offer: 'option',
    option: 'pci',
    devices: ['pci'],
    backends: [
      {
        name: 'Linux (pciback)',
        path: `${LIGHT}/libxl_pci.c`,
        symbol: 'libxl__device_pci_add_xenstore',
      },
    ],
    exceptions: [
      {
        guests: ['pvh', 'pv-shim'],
        handlings: hidden(
          'libxl refuses PCI passthrough to PVH guests, which the container of the shim is.',
        ),
        places: [
          { path: `${LIGHT}/libxl_x86.c`, symbol: 'libxl__arch_passthrough_mode_setdefault' },
        ],
      },
      {
        guests: ['pv'],
        handlings: [
          {
            how: 'opt-in',
            by: 'dom0',
            when: { feature: ['iommu'] },
            note: 'With `pci=` in xl.cfg.',
          },
          {
            how: 'hidden',
            by: 'dom0',
            when: { feature: ['!iommu'] },
            note: 'libxl refuses the setting.',
          },
        ],
        places: [{ path: CREATE, anchor: 'cap_hvm_directio' }],
      },
      { guests: ['hvm'], handlings: [NODES_FOR_ALL], places: PCI_NODES },
      {
        guests: ['arm'],
        since: '4.21',
        handlings: [
          { ...NO_PCI_ON_ARM, when: { kconfig: ['!CONFIG_PCI_PASSTHROUGH'] } },
          { ...NODES_FOR_ALL, when: { kconfig: ['CONFIG_PCI_PASSTHROUGH'] } },
        ],
        places: [...PCI_NODES, ASSIGNED_ON_ARM],
      },
      { guests: ['arm'], until: '4.21', handlings: [NO_PCI_ON_ARM], places: [ASSIGNED_ON_ARM] },
    ],
  },
  {
    header: 'protocols.h',
    title: 'Names of ring layouts',
    role: 'infrastructure',
    offer: 'always',
  },
  {
    header: 'pvcalls.h',
    title: 'PV calls',
    role: 'device',
    offer: 'option',
    option: 'pvcalls',
    devices: ['pvcallsif'],
    support: { backend: 'PVCalls (backend)', frontend: 'PVCalls (frontend)' },
    places: [{ ...LAUNCH, anchor: 'num_pvcallsifs' }],
  },
  {
    header: 'ring.h',
    title: 'Shared ring',
    role: 'infrastructure',
    offer: 'always',
  },
  {
    header: 'sndif.h',
    title: 'PV sound',
    role: 'device',
    offer: 'option',
    option: 'vsnd',
    devices: ['vsnd'],
    support: { frontend: 'PV sound (frontend)' },
    backends: [
      { ...OUTSIDE, path: 'xen/include/public/io/sndif.h', anchor: 'XENSND_PROTOCOL_VERSION' },
    ],
  },
  {
    header: 'tpmif.h',
    title: 'PV TPM',
    role: 'device',
    offer: 'option',
    option: 'vtpm',
    devices: ['vtpm'],
    support: {
      backend: 'PV TPM (backend)',
      frontend: 'PV TPM (frontend)',
      unnamed: 'the domain that the option names',
    },
  },
  {
    header: 'usbif.h',
    title: 'PV USB',
    role: 'device',
    offer: 'option',
    option: 'usbctrl',
    devices: ['usbctrl', 'usbdev'],
    kinds: ['QUSB'],
    support: { backend: 'PV USB (backend)', frontend: 'PV USB (frontend)' },
    backends: [
      { name: 'Linux (usbback)', path: `${LIGHT}/libxl_usb.c`, symbol: 'usbback_is_loaded' },
    ],
    exceptions: [
      {
        guests: ['hvm'],
        handlings: [
          {
            how: 'opt-in',
            by: 'dom0',
            when: { guest: ['pv-drivers'] },
            note: 'With `usbctrl=` of type `pv` or `qusb`; without a type the controller is one that QEMU emulates.',
          },
        ],
        places: [
          {
            path: `${LIGHT}/libxl_usb.c`,
            symbol: 'libxl__device_usbctrl_setdefault',
            anchor: 'LIBXL_USBCTRL_TYPE_DEVICEMODEL',
          },
        ],
      },
    ],
  },
  {
    header: 'vscsiif.h',
    title: 'PV SCSI',
    role: 'device',
    offer: 'by-hand',
    support: {
      backend: 'PV SCSI protocol (backend)',
      frontend: 'PV SCSI protocol (frontend)',
    },
  },
  {
    header: 'xenbus.h',
    title: 'Xenbus',
    role: 'infrastructure',
    offer: 'always',
    exceptions: ENHANCED,
  },
  {
    header: 'xs_wire.h',
    title: 'XenStore wire protocol',
    role: 'infrastructure',
    offer: 'always',
    backends: [
      {
        name: 'xenstored',
        path: `${LIGHT}/libxl_dom.c`,
        symbol: 'libxl__build_post',
        anchor: 'xs_introduce_domain',
      },
    ],
    exceptions: ENHANCED,
  },
];

/** Device types of libxl that no header of `io/` describes. */
export const OTHER_DEVICES: readonly string[] = ['dtdev', 'virtio'];

/** The sections of SUPPORT.md about drivers of the two sides, and what in them is no protocol. */
export const SUPPORT_SECTIONS: readonly string[] = [
  'Virtual driver support, guest side',
  'Virtual device support, host side',
];
export const OTHER_SUPPORT: readonly string[] = ['Online resize of virtual disks'];
