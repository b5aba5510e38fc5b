/** Settings of memory, interrupts and devices of the host. */
import type { GuestState } from '../../../../../../src/model/condition.ts';
import type { Device, Offer, Offered } from '../../device.ts';
import {
  CONTAINED,
  each,
  HVM,
  LIBXL,
  MAKE,
  refusedWith,
  setting,
  switched,
  TRANSLATED,
  X86,
} from './setting.ts';

const ENABLED = { passthrough: 'enabled' } as const;
const DTDEV = { dtdev: '[…]' } as const;

/** libxl asks whether Xen has an IOMMU in use. */
const HAS_IOMMU = { path: `${LIBXL}libxl_create.c`, anchor: 'cap_hvm_directio' } as const;

/** What Xen demands of a domain on Arm. */
const SANITISE_ARM = {
  path: 'xen/arch/arm/domain.c',
  symbol: 'arch_sanitise_domain_config',
} as const;

/** libxl sizes the pool that the tables of stage 2 come from. */
const POOL_ON_ARM = ['4.15.4', '4.16.3', '4.17'] as const;

/** Translation on Arm has no other form, and Xen refuses what asks for one. */
const STAGE_2: Offer = [
  {
    how: 'hardware',
    by: 'cpu',
    since: POOL_ON_ARM,
    note: 'Stage 2 translation; `shadow_memory=` sizes the pool of memory for its tables.',
  },
  { how: 'hardware', by: 'cpu', until: POOL_ON_ARM, note: 'Stage 2 translation.' },
  ...(['hap', 'oos'] as const).map((key) => ({
    how: 'refused' as const,
    by: 'xen' as const,
    effect: 'error' as const,
    when: { xl: { [key]: 0 } },
    note: 'Xen creates no such domain on Arm.',
  })),
];

const VIEWS = { altp2m: 'MODE' } as const;
/** What alternate views need. */
const VIEWS_NEED = { vendor: 'intel', paging: 'hap', cmdline: 'altp2m' } as const;
/** Xen looks at the mode when it creates the domain. */
const VIEWS_CHECKED = '4.19';
/** It looks at the CPU and at the number of views as well. */
const VIEWS_COUNTED = '4.21';

/** What ends the creation of a guest in an HVM container with alternate views. */
function viewsRefused(xl: Readonly<Record<string, string | number>>): Offered[] {
  const refused = { how: 'refused', by: 'xen', effect: 'error' } as const;
  return [
    {
      ...refused,
      when: { xl, paging: 'shadow' },
      since: VIEWS_CHECKED,
      note: 'A domain without HAP is not created.',
    },
    {
      ...refused,
      when: { xl, vendor: 'amd' },
      since: VIEWS_COUNTED,
      note: 'Xen creates no such domain on a CPU without the views, or without altp2m on its command line.',
    },
    {
      ...refused,
      when: { xl, kconfig: ['!CONFIG_ALTP2M'] },
      since: VIEWS_COUNTED,
      note: 'Xen creates no such domain.',
    },
  ];
}

/** The IOMMU for assigned devices. */
function translatedFor(device: GuestState): Offer {
  return [
    { how: 'absent', note: 'Unless a device is assigned, which turns it on.' },
    { how: 'hardware', by: 'cpu', when: { feature: ['iommu'], xl: ENABLED } },
    { how: 'hardware', by: 'cpu', when: { feature: ['iommu'], guest: [device] } },
    {
      how: 'refused',
      by: 'dom0',
      effect: 'error',
      when: { feature: ['!iommu'], xl: ENABLED },
      note: 'libxl creates no such guest on a host without an IOMMU, nor one with assigned devices.',
    },
  ];
}

const MEMORY_GRANTED: Offer = [
  { how: 'absent', note: 'No resource is granted.' },
  { how: 'passthrough', by: 'cpu', when: { xl: { iomem: '[…]' } } },
];

/** Memory and interrupts of the host. */
const GRANTED: Offer = [
  ...MEMORY_GRANTED,
  { how: 'passthrough', by: 'xen', when: { xl: { irqs: '[…]' } } },
];

export const MEMORY_SETTINGS: readonly Device[] = [
  setting(
    {
      id: 'key-altp2m',
      title: 'altp2m=, altp2mhvm= and altp2m_count=, views of memory',
      device: 'alternate p2m',
      option: 'altp2m="MODE"',
      default: false,
      keys: ['altp2m', 'altp2mhvm', 'altp2m_count'],
    },
    {
      pv: refusedWith(VIEWS, 'xen', 'Xen creates no such PV domain.', { since: VIEWS_CHECKED }),
      ...each(
        ['pvh', 'pv-shim'],
        [
          { how: 'hidden', by: 'xen' },
          { how: 'opt-in', by: 'xen', when: { ...VIEWS_NEED, xl: VIEWS }, until: VIEWS_COUNTED },
          {
            how: 'opt-in',
            by: 'xen',
            when: { ...VIEWS_NEED, xl: { ...VIEWS, altp2m_count: 'N' } },
            since: VIEWS_COUNTED,
          },
          {
            how: 'refused',
            by: 'xen',
            effect: 'error',
            when: { xl: { ...VIEWS, altp2m_count: 0 } },
            since: VIEWS_COUNTED,
            note: 'The count that libxl chooses for a PVH guest is 0, and Xen creates no such domain.',
          },
          ...viewsRefused(VIEWS),
        ],
      ),
      hvm: [
        { how: 'hidden', by: 'xen' },
        ...[VIEWS, { altp2mhvm: 1 }].flatMap((xl) => [
          { how: 'opt-in' as const, by: 'xen' as const, when: { ...VIEWS_NEED, xl } },
          ...viewsRefused(xl),
        ]),
      ],
      arm: refusedWith(VIEWS, 'xen', 'Xen creates no such domain on Arm.', {
        since: VIEWS_CHECKED,
      }),
    },
    [
      { path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_domain_build_info_setdefault' },
      { path: 'xen/arch/x86/domain.c', symbol: 'arch_sanitise_domain_config' },
    ],
  ),
  setting(
    {
      id: 'key-paging',
      title: 'hap=, oos= and shadow_memory=, how memory is translated',
      device: 'HAP or shadow paging',
      option: 'hap=1',
      default: true,
      keys: ['hap', 'oos', 'shadow_memory'],
    },
    {
      ...each(CONTAINED, [
        { how: 'hardware', by: 'cpu', when: { paging: 'hap' }, note: 'Where the host can.' },
        {
          how: 'emulated',
          by: 'xen',
          when: { xl: { hap: 0 }, kconfig: ['CONFIG_SHADOW_PAGING'] },
          note: 'Shadow paging; `oos=0` keeps every page table in step.',
        },
        {
          how: 'emulated',
          by: 'xen',
          when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
          note: 'Shadow paging, also where the host has no HAP and the key is left out.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { paging: 'shadow', xl: { hap: 1 }, kconfig: ['CONFIG_SHADOW_PAGING'] },
          note: 'Where the host has no HAP, or `hap=0` on Xen’s command line turns it off, Xen creates no such domain.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { paging: 'shadow', kconfig: ['!CONFIG_SHADOW_PAGING'] },
          note: 'Where the host has no HAP either, libxl builds no guest, whether or not the key is given.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: { hap: 0 }, kconfig: ['!CONFIG_SHADOW_PAGING'] },
          since: '4.22',
          note: 'Xen creates no such domain. A build has shadow paging only when it is asked for.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: { hap: 0 }, kconfig: ['!CONFIG_SHADOW_PAGING'] },
          until: '4.22',
          note: 'Xen creates no such domain.',
        },
      ]),
      arm: STAGE_2,
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_hap' },
      { path: 'xen/arch/x86/mm/shadow/none.c', symbol: 'shadow_domain_init' },
      SANITISE_ARM,
    ],
  ),
  setting(
    {
      id: 'key-hvm-pirq',
      title: 'hvm_pirq=, interrupts over event channels',
      device: 'PIRQs of an HVM guest',
      option: 'hvm_pirq=1',
      default: false,
      keys: ['hvm_pirq'],
    },
    each(
      HVM,
      switched(
        { hvm_pirq: 1 },
        { how: 'hidden', by: 'xen' },
        { how: 'opt-in', by: 'xen', note: 'libxl asks for XEN_X86_EMU_USE_PIRQ.' },
      ),
    ),
    [
      {
        path: `${LIBXL}libxl_x86.c`,
        symbol: 'libxl__arch_domain_prepare_config',
        anchor: 'XEN_X86_EMU_USE_PIRQ',
      },
    ],
    { since: '4.19' },
  ),
  setting(
    {
      id: 'key-shim',
      title: 'pvshim=, a PV guest in a PVH container',
      device: 'PV shim',
      option: 'pvshim=1',
      default: false,
      keys: ['pvshim', 'pvshim_path', 'pvshim_cmdline', 'pvshim_extra'],
    },
    {
      pvh: switched(
        { pvshim: 1 },
        { how: 'absent', note: 'The guest is its own kernel.' },
        {
          how: 'paravirtualized',
          by: 'shim',
          note: 'Xen itself runs inside, and a PV guest in it.',
        },
      ),
      'pv-shim': [{ how: 'paravirtualized', by: 'shim' }],
    },
    [{ path: `${LIBXL}libxl_create.c`, symbol: 'libxl__domain_build', anchor: 'shim_path' }],
  ),
  setting(
    {
      id: 'key-passthrough',
      title: 'passthrough=, translation for assigned devices',
      device: 'IOMMU',
      option: 'passthrough="STRING"',
      default: false,
      keys: ['passthrough'],
    },
    {
      ...each(['pv', 'hvm'], translatedFor('pci-device')),
      arm: translatedFor('platform-device'),
      ...each(
        ['pvh', 'pv-shim'],
        [
          { how: 'absent' },
          {
            how: 'refused',
            by: 'dom0',
            effect: 'error',
            when: { xl: ENABLED },
            note: 'libxl does not support it for PVH on x86.',
          },
        ],
      ),
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_iommu' },
      HAS_IOMMU,
      { path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_passthrough_mode_setdefault' },
    ],
  ),
  setting(
    {
      id: 'key-resources',
      title: 'ioports=, iomem= and irqs=, resources of the host',
      device: 'I/O ports, memory and interrupts of the host',
      option: 'ioports=[…], iomem=[…] or irqs=[…]',
      default: false,
      keys: ['ioports', 'iomem', 'irqs'],
    },
    {
      pv: [
        ...GRANTED,
        {
          how: 'mediated',
          by: 'xen',
          when: { xl: { ioports: '[…]' } },
          note: 'Xen checks the permission and performs the access.',
        },
      ],
      ...each(TRANSLATED, [
        ...MEMORY_GRANTED,
        {
          how: 'absent',
          when: { xl: { irqs: '[…]' } },
          note: 'The key only permits the interrupts and maps them: nothing binds them, so that none reaches the guest.',
        },
        {
          how: 'absent',
          when: { xl: { ioports: '[…]' } },
          note: 'The key only permits the ports: they reach the guest when the device model maps them.',
        },
      ]),
      arm: [
        ...GRANTED,
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: { ioports: '[…]' } },
          note: 'There are no ports on Arm: libxl does not build the guest.',
        },
      ],
      'pv-shim': [
        {
          how: 'absent',
          note: 'The keys grant to the container, and the shim hands nothing on to the guest inside.',
        },
      ],
    },
    [
      { path: `${LIBXL}libxl_create.c`, symbol: 'domcreate_launch_dm', anchor: 'num_iomem' },
      {
        path: 'xen/common/event_channel.c',
        symbol: 'evtchn_bind_pirq',
        anchor: 'pirq_guest_bind',
      },
    ],
  ),
  setting(
    {
      id: 'key-device-tree',
      title: 'dtdev= and device_tree=, platform devices of Arm',
      device: 'device tree nodes',
      option: 'dtdev=[…]',
      default: false,
      keys: ['dtdev', 'device_tree'],
    },
    {
      ...each(X86, refusedWith(DTDEV, 'dom0', 'libxl does not build the guest on x86.')),
      arm: [
        { how: 'absent', note: 'No device is assigned.' },
        {
          how: 'passthrough',
          by: 'cpu',
          when: { feature: ['iommu'], xl: DTDEV },
          note: 'Its memory and interrupts are granted by `iomem=` and `irqs=`.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { feature: ['!iommu'], xl: DTDEV },
          note: 'libxl creates no such guest on a host without an IOMMU.',
        },
      ],
    },
    [
      { path: `${LIBXL}libxl_create.c`, symbol: 'libxl__add_dtdevs' },
      HAS_IOMMU,
      { path: 'xen/drivers/passthrough/iommu.c', symbol: 'iommu_do_domctl' },
    ],
  ),
];
