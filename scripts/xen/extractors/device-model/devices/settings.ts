/** Keys of xl.cfg that choose or alter emulated hardware in which QEMU has no part. */
import type { GuestType } from '../../../../../src/model/guest-types.ts';
import type { Device, Offer, Place } from '../device.ts';

const LIBXL = 'tools/libs/light/';
const X86_PARAMETERS = { path: `${LIBXL}libxl_x86.c`, symbol: 'hvm_set_conf_params' } as const;
const MAKE = { path: `${LIBXL}libxl_create.c`, symbol: 'libxl__domain_make' } as const;
const PREPARE_ARM = {
  path: `${LIBXL}libxl_arm.c`,
  symbol: 'libxl__arch_domain_prepare_config',
} as const;
const LOADER = 'tools/firmware/hvmloader/';

type Setting = Readonly<Record<string, string | number>>;
type Offered = Omit<Offer[0], 'when' | 'evidence'>;

/** The first offer without the setting, the second with it. */
function switched(xl: Setting, without: Offered, within: Offered): Offer {
  return [without, { ...within, when: { xl } }];
}

function each(guests: readonly GuestType[], offer: Offer): Device['guests'] {
  return Object.fromEntries(guests.map((guest) => [guest, offer]));
}

interface Words {
  readonly id: string;
  readonly title: string;
  readonly device: string;
  readonly option: string;
  readonly default: boolean;
  readonly keys: readonly string[];
}

function setting(
  words: Words,
  guests: Device['guests'],
  places: readonly Place[] = [],
  releases: { since?: string; until?: string } = {},
): Device {
  return { ...words, machines: [], setting: true, guests, places, ...releases };
}

const HVM = ['hvm'] as const;
const TRANSLATED = ['hvm', 'pvh'] as const;
const CONTAINED = ['hvm', 'pvh', 'pv-shim'] as const;
const X86 = ['pv', 'pvh', 'hvm', 'pv-shim'] as const;

/** Memory and interrupts of the host. */
const GRANTED: Offer = [
  { how: 'absent', note: 'No resource is granted.' },
  { how: 'passthrough', by: 'cpu', when: { xl: { iomem: '[…]' } } },
  { how: 'passthrough', by: 'xen', when: { xl: { irqs: '[…]' } } },
];

export const SETTINGS: readonly Device[] = [
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
    [{ ...X86_PARAMETERS, anchor: 'HVM_PARAM_HPET_ENABLED' }],
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
    [{ ...X86_PARAMETERS, anchor: 'HVM_PARAM_VPT_ALIGN' }],
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
    each(TRANSLATED, [
      {
        how: 'emulated',
        by: 'xen',
        note: 'The default mode is no_delay_for_missed_ticks: missed ticks are delivered, and time follows the clock on the wall.',
      },
    ]),
    [{ ...X86_PARAMETERS, anchor: 'HVM_PARAM_TIMER_MODE' }],
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
        ['hvm', 'pvh', 'pv-shim'],
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
      pv: [
        { how: 'native', by: 'cpu', when: { guest: ['!vtsc', '!cr4-tsd'] } },
        { how: 'emulated', by: 'xen', when: { guest: ['vtsc'] } },
        { how: 'emulated', by: 'xen', when: { xl: { tsc_mode: 'always_emulate' } } },
      ],
    },
    [{ path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_domain_create', anchor: 'tsc_mode' }],
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
  setting(
    {
      id: 'key-apic',
      title: 'apic=, tables about the interrupt controllers',
      device: 'MP and PIR tables',
      option: 'apic=1',
      default: true,
      keys: ['apic'],
    },
    {
      hvm: switched(
        { apic: 0, vcpus: 1 },
        { how: 'exposed', by: 'firmware', note: 'The local APIC itself is always there.' },
        { how: 'hidden', by: 'firmware', note: 'A guest with several CPUs has the tables anyway.' },
      ),
    },
    [
      { path: `${LIBXL}libxl_dom.c`, symbol: 'hvm_build_set_params', anchor: 'apic_mode' },
      { path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'apic_mode' },
    ],
  ),
  setting(
    {
      id: 'key-acpi',
      title: 'acpi=, the ACPI tables',
      device: 'ACPI tables',
      option: 'acpi=1',
      default: true,
      keys: ['acpi', 'acpi_firmware'],
    },
    {
      hvm: switched(
        { acpi: 0 },
        { how: 'exposed', by: 'firmware', note: 'hvmloader writes them.' },
        { how: 'hidden', by: 'firmware' },
      ),
      pvh: [{ how: 'exposed', by: 'dom0', note: 'libxl writes them, whatever the key says.' }],
      'pv-shim': [
        { how: 'hidden', by: 'shim', note: 'The shim gets them; the guest inside does not.' },
      ],
      arm: switched(
        { acpi: 1 },
        { how: 'hidden', by: 'dom0', note: 'A guest on Arm has a device tree.' },
        { how: 'opt-in', by: 'dom0', note: 'libxl writes them beside the device tree.' },
      ),
    },
    [
      { path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'acpi_enabled' },
      { path: `${LIBXL}libxl_x86_acpi.c`, symbol: 'libxl__dom_load_acpi' },
      { path: `${LIBXL}libxl_arm.c`, symbol: 'libxl__arch_domain_build_info_setdefault' },
    ],
  ),
  setting(
    {
      id: 'key-acpi-states',
      title: 'acpi_s3=, acpi_s4= and acpi_laptop_slate=, parts of the ACPI tables',
      device: 'ACPI tables',
      option: 'acpi_s3=1, acpi_s4=1, acpi_laptop_slate=1',
      default: true,
      keys: ['acpi_s3', 'acpi_s4', 'acpi_laptop_slate'],
    },
    {
      hvm: [
        { how: 'exposed', by: 'firmware', note: 'S3 and S4; the mode switch is not.' },
        { how: 'hidden', by: 'firmware', when: { xl: { acpi_s3: 0 } }, note: 'S3 alone.' },
        { how: 'hidden', by: 'firmware', when: { xl: { acpi_s4: 0 } }, note: 'S4 alone.' },
        {
          how: 'opt-in',
          by: 'firmware',
          when: { xl: { acpi_laptop_slate: 1 } },
          note: 'The mode switch.',
        },
      ],
    },
    [{ path: `${LIBXL}libxl_create.c`, symbol: 'libxl__domain_build', anchor: 'platform/acpi_s3' }],
  ),
  setting(
    {
      id: 'key-smbios',
      title: 'smbios= and smbios_firmware=, the SMBIOS tables',
      device: 'SMBIOS tables',
      option: 'smbios=[…]',
      default: false,
      keys: ['smbios', 'smbios_firmware'],
    },
    {
      hvm: [
        { how: 'exposed', by: 'firmware', note: 'hvmloader writes them, with its own strings.' },
        { how: 'exposed', by: 'firmware', when: { xl: { smbios: '[…]' } }, note: 'Other strings.' },
        { how: 'exposed', by: 'firmware', when: { xl: { smbios_firmware: 'PATH' } } },
      ],
    },
    [{ path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'create_smbios_tables' }],
  ),
  setting(
    {
      id: 'key-vm-genid',
      title: 'ms_vm_genid=, the generation ID of the guest',
      device: 'VM Generation ID',
      option: 'ms_vm_genid="generate"',
      default: false,
      keys: ['ms_vm_genid'],
    },
    {
      hvm: switched(
        { ms_vm_genid: 'generate' },
        { how: 'hidden', by: 'firmware' },
        { how: 'opt-in', by: 'firmware', note: 'A new one at each creation and restore.' },
      ),
    },
    [{ path: `${LIBXL}libxl_dom.c`, anchor: 'libxl__ms_vm_genid_set' }],
  ),
  setting(
    {
      id: 'key-pae',
      title: 'pae=, physical address extension',
      device: 'CPUID bit PAE',
      option: 'pae=1',
      default: true,
      keys: ['pae'],
    },
    {
      hvm: switched(
        { pae: 0 },
        { how: 'exposed', by: 'xen' },
        { how: 'hidden', by: 'xen', note: 'libxl clears the bit in the CPUID policy.' },
      ),
    },
    [{ path: `${LIBXL}libxl_cpuid.c`, anchor: 'u.hvm.pae' }],
  ),
  setting(
    {
      id: 'key-nx',
      title: 'nx=, the no-execute bit',
      device: 'CPUID bit NX',
      option: 'nx=1',
      default: true,
      keys: ['nx'],
    },
    {
      hvm: [
        {
          how: 'exposed',
          by: 'xen',
          note: 'libxl gives the key a default and never reads it: `nx=0` hides nothing, `cpuid=` does.',
        },
      ],
    },
    [{ path: `${LIBXL}libxl_create.c`, anchor: 'u.hvm.nx' }],
  ),
  setting(
    {
      id: 'key-cpuid',
      title: 'cpuid=, the CPUID policy',
      device: 'CPUID',
      option: 'cpuid="LIBXL_STRING"',
      default: false,
      keys: ['cpuid'],
    },
    {
      hvm: [{ how: 'emulated', by: 'xen', note: 'By the policy that the key changes.' }],
      pvh: [{ how: 'emulated', by: 'xen', note: 'By the policy that the key changes.' }],
      'pv-shim': [
        { how: 'emulated', by: 'xen', note: 'The key changes the policy of the container.' },
      ],
      pv: [
        {
          how: 'native',
          by: 'cpu',
          when: { feature: ['!cpuid-faulting', '!cpuid-user-dis'] },
          note: 'Plain CPUID; the forced prefix is emulated by the policy.',
        },
        { how: 'emulated', by: 'xen', when: { feature: ['cpuid-faulting'] } },
        { how: 'emulated', by: 'xen', when: { feature: ['cpuid-user-dis'] } },
      ],
    },
    [{ path: `${LIBXL}libxl_cpuid.c`, symbol: 'libxl__cpuid_legacy' }],
  ),
  setting(
    {
      id: 'key-nested-hvm',
      title: 'nestedhvm=, hardware virtualization inside of the guest',
      device: 'VMX or SVM',
      option: 'nestedhvm=1',
      default: false,
      keys: ['nestedhvm'],
    },
    each(
      TRANSLATED,
      switched(
        { nestedhvm: 1 },
        { how: 'hidden', by: 'xen' },
        { how: 'opt-in', by: 'xen', note: 'libxl refuses it together with altp2m.' },
      ),
    ),
    [{ ...MAKE, anchor: 'XEN_DOMCTL_CDF_nested_virt' }],
  ),
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
      pvh: switched({ altp2m: 'MODE' }, { how: 'hidden', by: 'xen' }, { how: 'opt-in', by: 'xen' }),
      hvm: [
        { how: 'hidden', by: 'xen' },
        { how: 'opt-in', by: 'xen', when: { xl: { altp2m: 'MODE' } } },
        { how: 'opt-in', by: 'xen', when: { xl: { altp2mhvm: 1 } } },
      ],
    },
    [{ path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_domain_build_info_setdefault' }],
  ),
  setting(
    {
      id: 'key-viridian',
      title: 'viridian=, interfaces of Hyper-V',
      device: 'Viridian',
      option: 'viridian=1',
      default: false,
      keys: ['viridian'],
    },
    each(
      HVM,
      switched(
        { viridian: 1 },
        { how: 'hidden', by: 'xen' },
        { how: 'opt-in', by: 'xen', note: 'The groups of `defaults`; a list names groups.' },
      ),
    ),
    [{ path: `${LIBXL}libxl_x86.c`, symbol: 'hvm_set_viridian_features' }],
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
      id: 'key-paging',
      title: 'hap=, oos= and shadow_memory=, how memory is translated',
      device: 'HAP or shadow paging',
      option: 'hap=1',
      default: true,
      keys: ['hap', 'oos', 'shadow_memory'],
    },
    each(CONTAINED, [
      { how: 'hardware', by: 'cpu', note: 'Where the host can.' },
      {
        how: 'emulated',
        by: 'xen',
        when: { xl: { hap: 0 } },
        note: 'Shadow paging; `oos=0` keeps every page table in step.',
      },
    ]),
    [{ ...MAKE, anchor: 'XEN_DOMCTL_CDF_hap' }],
  ),
  setting(
    {
      id: 'key-mca',
      title: 'mca_caps=, machine check capabilities',
      device: 'MCG_CAP',
      option: 'mca_caps=[…]',
      default: false,
      keys: ['mca_caps'],
    },
    each(
      HVM,
      switched(
        { mca_caps: 'lmce' },
        { how: 'hidden', by: 'xen', note: 'Local machine checks are not announced.' },
        { how: 'opt-in', by: 'xen' },
      ),
    ),
    [{ ...X86_PARAMETERS, anchor: 'HVM_PARAM_MCA_CAP' }],
  ),
  setting(
    {
      id: 'key-msr-relaxed',
      title: 'msr_relaxed=, MSRs that nothing handles',
      device: 'unknown MSRs',
      option: 'msr_relaxed=1',
      default: false,
      keys: ['msr_relaxed'],
    },
    each(
      ['pv', 'pvh', 'hvm'],
      [
        { how: 'refused', by: 'xen', effect: '#GP' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'zero',
          when: { xl: { msr_relaxed: 1 }, feature: ['host-msr'] },
          note: 'Reads give zero and writes are dropped for an MSR that the host has.',
        },
      ],
    ),
    [{ path: `${LIBXL}libxl_x86.c`, anchor: 'XEN_X86_MSR_RELAXED' }],
  ),
  setting(
    {
      id: 'key-vpmu',
      title: 'vpmu=, performance counters',
      device: 'PMU',
      option: 'vpmu=1',
      default: false,
      keys: ['vpmu'],
    },
    {
      ...each(
        X86,
        switched(
          { vpmu: 1 },
          { how: 'absent', note: 'On x86 the option `vpmu=` of Xen decides.' },
          {
            how: 'refused',
            by: 'dom0',
            effect: 'error',
            note: 'libxl refuses the key where Xen does not announce it, as on x86.',
          },
        ),
      ),
      arm: switched(
        { vpmu: 1 },
        { how: 'hidden', by: 'xen', note: 'Accesses trap.' },
        { how: 'passthrough', by: 'cpu', note: 'Xen does not trap them and saves nothing.' },
      ),
    },
    [{ ...MAKE, anchor: 'XEN_DOMCTL_CDF_vpmu' }],
  ),
  setting(
    {
      id: 'key-gic',
      title: 'gic_version=, the interrupt controller of Arm',
      device: 'GIC',
      option: 'gic_version="vN"',
      default: true,
      keys: ['gic_version'],
    },
    {
      arm: [
        {
          how: 'emulated',
          by: 'xen',
          note: 'The distributor, of the version of the host unless the key names one; the CPU interface is hardware.',
        },
      ],
    },
    [{ ...PREPARE_ARM, anchor: 'gic_version' }],
  ),
  setting(
    {
      id: 'key-vuart',
      title: 'vuart=, the serial port of Arm',
      device: 'SBSA UART',
      option: 'vuart="sbsa_uart"',
      default: false,
      keys: ['vuart'],
    },
    {
      arm: switched(
        { vuart: 'sbsa_uart' },
        { how: 'absent' },
        { how: 'emulated', by: 'xen', note: 'Xen emulates a PL011; xenconsoled serves it.' },
      ),
    },
    [
      {
        path: `${LIBXL}libxl_create.c`,
        symbol: 'domcreate_launch_dm',
        anchor: 'LIBXL_VUART_TYPE_SBSA_UART',
      },
    ],
  ),
  setting(
    {
      id: 'key-tee',
      title: 'tee=, the trusted execution environment of Arm',
      device: 'TEE mediator',
      option: 'tee="STRING"',
      default: false,
      keys: ['tee'],
    },
    {
      arm: switched(
        { tee: 'optee' },
        { how: 'absent' },
        {
          how: 'mediated',
          by: 'xen',
          note: 'Calls to the secure world are checked and passed on.',
        },
      ),
    },
    [{ ...PREPARE_ARM, anchor: 'tee_type' }],
  ),
  setting(
    {
      id: 'key-sve',
      title: 'sve=, scalable vectors of Arm',
      device: 'SVE',
      option: 'sve="vl"',
      default: false,
      keys: ['sve'],
    },
    {
      arm: switched({ sve: 'hw' }, { how: 'hidden', by: 'xen' }, { how: 'hardware', by: 'cpu' }),
    },
    [{ ...PREPARE_ARM, anchor: 'sve_vl' }],
    { since: '4.18' },
  ),
  setting(
    {
      id: 'key-nr-spis',
      title: 'nr_spis=, interrupts of Arm',
      device: 'GIC',
      option: 'nr_spis="NR_SPIS"',
      default: false,
      keys: ['nr_spis'],
    },
    {
      arm: [
        { how: 'emulated', by: 'xen', note: 'As many as the toolstack reckons.' },
        { how: 'emulated', by: 'xen', when: { xl: { nr_spis: 'NR_SPIS' } } },
      ],
    },
    [{ ...PREPARE_ARM, anchor: 'nr_spis' }],
    { since: '4.19' },
  ),
  setting(
    {
      id: 'key-unmapped',
      title: 'trap_unmapped_accesses=, addresses of Arm that nothing answers',
      device: 'unmapped memory',
      option: 'trap_unmapped_accesses=1',
      default: true,
      keys: ['trap_unmapped_accesses'],
    },
    {
      arm: switched(
        { trap_unmapped_accesses: 0 },
        { how: 'refused', by: 'xen', note: 'The guest gets a data abort.' },
        { how: 'refused', by: 'xen', effect: 'all-ones', note: 'Writes are dropped.' },
      ),
    },
    [{ ...MAKE, anchor: 'XEN_DOMCTL_CDF_trap_unmapped_accesses' }],
    { since: '4.21' },
  ),
  setting(
    {
      id: 'key-arm-sci',
      title: 'arm_sci=, the system control interface of Arm',
      device: 'SCMI over SMC',
      option: 'arm_sci="type=scmi_smc"',
      default: false,
      keys: ['arm_sci'],
    },
    {
      arm: switched(
        { arm_sci: 'type=scmi_smc' },
        { how: 'absent' },
        { how: 'mediated', by: 'xen', note: 'SMC calls are passed to the firmware at EL3.' },
      ),
    },
    [{ ...PREPARE_ARM, anchor: 'XEN_DOMCTL_CONFIG_ARM_SCI_SCMI_SMC' }],
    { since: '4.21' },
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
      id: 'key-e820-host',
      title: 'e820_host=, the memory map of the host',
      device: 'E820',
      option: 'e820_host=1',
      default: false,
      keys: ['e820_host'],
    },
    {
      pv: switched(
        { e820_host: 1 },
        { how: 'paravirtualized', by: 'xen', note: 'A plain map of the guest’s memory.' },
        { how: 'paravirtualized', by: 'xen', note: 'The holes of the host are in it.' },
      ),
    },
    [{ path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__e820_alloc' }],
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
      ...each(
        ['pv', 'hvm', 'arm'],
        [
          { how: 'absent', note: 'Unless a device is assigned, which turns it on.' },
          { how: 'hardware', by: 'cpu', when: { xl: { passthrough: 'enabled' } } },
          { how: 'hardware', by: 'cpu', when: { guest: ['pci-device'] } },
        ],
      ),
      ...each(
        ['pvh', 'pv-shim'],
        [
          { how: 'absent' },
          {
            how: 'refused',
            by: 'dom0',
            effect: 'error',
            when: { xl: { passthrough: 'enabled' } },
            note: 'libxl does not support it for PVH on x86.',
          },
        ],
      ),
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_iommu' },
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
        ...GRANTED,
        {
          how: 'absent',
          when: { xl: { ioports: '[…]' } },
          note: 'The key only permits the ports: they reach the guest when the device model maps them.',
        },
      ]),
      arm: GRANTED,
    },
    [{ path: `${LIBXL}libxl_create.c`, symbol: 'domcreate_launch_dm', anchor: 'num_iomem' }],
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
      arm: switched(
        { dtdev: '[…]' },
        { how: 'absent', note: 'No device is assigned.' },
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Its memory and interrupts are granted by `iomem=` and `irqs=`.',
        },
      ),
    },
    [{ path: `${LIBXL}libxl_create.c`, symbol: 'libxl__add_dtdevs' }],
  ),
];
