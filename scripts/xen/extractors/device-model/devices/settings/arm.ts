/** Settings of Arm. */
import type { PlatformFeature } from '../../../../../../src/model/condition.ts';
import type { Device, Offered } from '../../device.ts';
import { LIBXL, MAKE, setting, switched } from './setting.ts';

const PREPARE_ARM = {
  path: `${LIBXL}libxl_arm.c`,
  symbol: 'libxl__arch_domain_prepare_config',
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
];
