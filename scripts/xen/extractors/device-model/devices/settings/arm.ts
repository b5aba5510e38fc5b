/** Settings of Arm. */
import type { PlatformFeature } from '../../../../../../src/model/condition.ts';
import type { Device, Offered } from '../../device.ts';
import { each, LIBXL, MAKE, refusedWith, setting, switched, X86 } from './setting.ts';

const PREPARE_ARM = {
  path: `${LIBXL}libxl_arm.c`,
  symbol: 'libxl__arch_domain_prepare_config',
} as const;

const NAMED_GIC = { gic_version: 'vN' } as const;
const NAMED_SPIS = { nr_spis: 'NR_SPIS' } as const;
const SBSA_UART = { vuart: 'sbsa_uart' } as const;

/** Where Xen has a mediator of SCMI, and the guest is to use it. */
const SCMI = {
  feature: ['scmi-smc'],
  xl: { arm_sci: 'type=scmi_smc' },
  kconfig: ['CONFIG_SCMI_SMC'],
} as const;

/** Calls to the secure world, for which Xen has at most one mediator in use. */
function mediated(
  xl: Readonly<Record<string, string>>,
  mediator: PlatformFeature,
  option: string,
): Offered[] {
  return [
    {
      how: 'mediated',
      by: 'xen',
      when: { feature: [mediator], xl, kconfig: [option] },
      note: 'Calls to the secure world are checked and passed on.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'error',
      when: { feature: [`!${mediator}`], xl },
      note: 'Xen creates no such domain.',
    },
  ];
}

export const ARM_SETTINGS: readonly Device[] = [
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
          note: 'The distributor, of the version of the host; the CPU interface is hardware.',
        },
        { how: 'emulated', by: 'xen', when: { xl: NAMED_GIC }, note: 'The version that is named.' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: NAMED_GIC },
          note: 'Xen creates no domain with a version that it or the host does not support.',
        },
      ],
    },
    [
      { ...PREPARE_ARM, anchor: 'gic_version' },
      { path: 'xen/arch/arm/vgic.c', symbol: 'domain_vgic_register' },
    ],
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
      arm: [
        { how: 'absent' },
        {
          how: 'emulated',
          by: 'xen',
          when: { xl: SBSA_UART, kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
          note: 'Xen emulates a PL011; xenconsoled serves it.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: SBSA_UART, kconfig: ['!CONFIG_SBSA_VUART_CONSOLE'] },
          note: 'libxl does not build the guest then.',
        },
      ],
    },
    [
      { path: 'xen/arch/arm/vpl011.c', symbol: 'domain_vpl011_init' },
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
      arm: [
        { how: 'absent' },
        ...mediated({ tee: 'optee' }, 'optee', 'CONFIG_OPTEE'),
        ...mediated({ tee: 'ffa' }, 'ffa', 'CONFIG_FFA').map((one) => ({ ...one, since: '4.18' })),
      ],
    },
    [
      { ...PREPARE_ARM, anchor: 'tee_type' },
      { path: 'xen/arch/arm/tee/tee.c', symbol: 'tee_domain_init' },
    ],
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
      arm: [
        { how: 'hidden', by: 'xen' },
        {
          how: 'hardware',
          by: 'cpu',
          when: {
            bits: 64,
            feature: ['host-feature'],
            xl: { sve: 'hw' },
            kconfig: ['CONFIG_ARM64_SVE'],
          },
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { feature: ['!host-feature'], xl: { sve: 'hw' } },
          note: 'libxl creates no such guest.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { sve: 'hw' }, kconfig: ['!CONFIG_ARM64_SVE'] },
          note: 'libxl creates no such guest.',
        },
      ],
    },
    [
      { ...PREPARE_ARM, anchor: 'sve_vl' },
      { path: `${LIBXL}libxl_arm.c`, symbol: 'libxl__arch_domain_build_info_setdefault' },
    ],
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
        { how: 'emulated', by: 'xen', when: { xl: NAMED_SPIS } },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: NAMED_SPIS },
          note: 'libxl creates no guest with fewer than it reckons.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: NAMED_SPIS },
          note: 'Xen creates no domain with more than the virtual GIC has.',
        },
      ],
    },
    [
      { ...PREPARE_ARM, anchor: 'nr_spis' },
      { path: 'xen/arch/arm/vgic.c', symbol: 'domain_vgic_init' },
    ],
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
      ...each(
        X86,
        refusedWith(
          { trap_unmapped_accesses: 1 },
          'dom0',
          'libxl creates no such guest on x86, where the key is off by default.',
        ),
      ),
      arm: switched(
        { trap_unmapped_accesses: 0 },
        { how: 'refused', by: 'xen', note: 'The guest gets a data abort.' },
        { how: 'refused', by: 'xen', effect: 'all-ones', note: 'Writes are dropped.' },
      ),
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_trap_unmapped_accesses' },
      { path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__arch_domain_prepare_config' },
      { path: 'xen/arch/arm/io.c', symbol: 'try_handle_mmio', anchor: 'trap_unmapped' },
    ],
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
      arm: [
        { how: 'absent' },
        {
          how: 'mediated',
          by: 'xen',
          when: { ...SCMI, cmdline: 'scmi-smc-passthrough' },
          note: 'SMC calls of the one domain that has the key are passed to the firmware at EL3.',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: SCMI,
          note: 'Without scmi-smc-passthrough on its command line Xen creates no such domain, and never a second one.',
        },
      ],
    },
    [
      { ...PREPARE_ARM, anchor: 'XEN_DOMCTL_CONFIG_ARM_SCI_SCMI_SMC' },
      { path: 'xen/arch/arm/firmware/scmi-smc.c', symbol: 'scmi_handle_smc' },
    ],
    { since: '4.21' },
  ),
];
