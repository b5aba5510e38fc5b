/** Settings of clocks and timers. */
import type { Device } from '../../device.ts';
import {
  each,
  HVM,
  LIBXL,
  parameterPlaces,
  refusedWith,
  setting,
  switched,
  TRANSLATED,
} from './setting.ts';

const DEFAULT_MODE =
  'The default mode is no_delay_for_missed_ticks: missed ticks are delivered, and time follows the clock on the wall.';

export const TIME_SETTINGS: readonly Device[] = [
  setting(
    {
      id: 'key-hpet',
      title: 'hpet=, the HPET',
      device: 'HPET',
      option: 'hpet=0',
      default: true,
      keys: ['hpet'],
    },
    each(
      HVM,
      switched(
        { hpet: 0 },
        { how: 'emulated', by: 'xen' },
        { how: 'refused', by: 'xen', effect: 'all-ones', note: 'The emulation flag stays set.' },
      ),
    ),
    parameterPlaces('HVM_PARAM_HPET_ENABLED'),
  ),
  setting(
    {
      id: 'key-vpt-align',
      title: 'vpt_align=, alignment of periodic timers',
      device: 'virtual platform timers',
      option: 'vpt_align=1',
      default: true,
      keys: ['vpt_align'],
    },
    each(
      HVM,
      switched(
        { vpt_align: 0 },
        { how: 'emulated', by: 'xen', note: 'The timers of Xen fire together.' },
        { how: 'emulated', by: 'xen', note: 'Each timer fires when it is due.' },
      ),
    ),
    parameterPlaces('HVM_PARAM_VPT_ALIGN'),
  ),
  setting(
    {
      id: 'key-timer-mode',
      title: 'timer_mode=, missed ticks of virtual timers',
      device: 'virtual platform timers',
      option: 'timer_mode="MODE"',
      default: true,
      keys: ['timer_mode'],
    },
    {
      ...each(TRANSLATED, [{ how: 'emulated', by: 'xen', note: DEFAULT_MODE }]),
      'pv-shim': [{ how: 'emulated', by: 'xen', note: `Of the container. ${DEFAULT_MODE}` }],
      pv: refusedWith({ timer_mode: 'MODE' }, 'dom0', 'xl accepts the key for no PV guest.'),
    },
    parameterPlaces('HVM_PARAM_TIMER_MODE'),
  ),
  setting(
    {
      id: 'key-tsc-mode',
      title: 'tsc_mode=, the time stamp counter',
      device: 'TSC',
      option: 'tsc_mode="MODE"',
      default: true,
      keys: ['tsc_mode'],
    },
    {
      ...each(
        ['hvm', 'pvh'],
        [
          { how: 'hardware', by: 'cpu', when: { guest: ['!vtsc'] } },
          {
            how: 'emulated',
            by: 'xen',
            when: { guest: ['vtsc'] },
            note: 'The mode default decides by the host; always_emulate sets it.',
          },
          { how: 'emulated', by: 'xen', when: { xl: { tsc_mode: 'always_emulate' } } },
        ],
      ),
      'pv-shim': [
        {
          how: 'emulated',
          by: 'shim',
          when: { guest: ['vtsc'] },
          note: 'The default: the shim relies on the TSC only where the container is shown an invariant one, which needs a host that has it and `nomigrate=1` or `tsc_mode=always_emulate`.',
        },
        {
          how: 'hardware',
          by: 'cpu',
          when: { guest: ['!vtsc'] },
          note: 'The TSC of the host, with the offset and the scale of the container.',
        },
        {
          how: 'emulated',
          by: 'xen',
          when: { guest: ['!vtsc'], xl: { tsc_mode: 'always_emulate' } },
          note: 'The Xen outside emulates the TSC of the container.',
        },
      ],
      pv: [
        { how: 'native', by: 'cpu', when: { guest: ['!vtsc', '!cr4-tsd'] } },
        { how: 'emulated', by: 'xen', when: { guest: ['vtsc'] } },
        { how: 'emulated', by: 'xen', when: { xl: { tsc_mode: 'always_emulate' } } },
      ],
    },
    [
      { path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_domain_create', anchor: 'tsc_mode' },
      { path: 'xen/arch/x86/time.c', symbol: 'tsc_set_info', anchor: 'is_hardware_domain' },
      {
        path: 'xen/arch/x86/cpu/intel.c',
        symbol: 'init_intel',
        anchor: 'X86_FEATURE_TSC_RELIABLE',
      },
      {
        path: `${LIBXL}libxl_cpuid.c`,
        symbol: 'libxl__cpuid_legacy',
        anchor: 'disable_migrate',
        since: '4.15',
      },
    ],
  ),
  setting(
    {
      id: 'key-rtc',
      title: 'localtime= and rtc_timeoffset=, the time of the RTC',
      device: 'RTC',
      option: 'localtime=1 or rtc_timeoffset=SECONDS',
      default: false,
      keys: ['localtime', 'rtc_timeoffset'],
    },
    {
      hvm: [
        { how: 'emulated', by: 'xen', note: 'The RTC of Xen starts at UTC.' },
        { how: 'emulated', by: 'xen', when: { xl: { localtime: 1 } } },
        { how: 'emulated', by: 'xen', when: { xl: { rtc_timeoffset: 'SECONDS' } } },
      ],
      ...each(
        ['pv', 'pvh', 'pv-shim'],
        [
          {
            how: 'paravirtualized',
            by: 'xen',
            note: 'There is no RTC; the offset shifts the wall clock of the shared page.',
          },
        ],
      ),
    },
    [
      {
        path: `${LIBXL}libxl_x86.c`,
        symbol: 'libxl__arch_domain_create',
        anchor: 'rtc_timeoffset',
      },
    ],
  ),
];
