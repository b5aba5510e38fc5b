/** The functions that a guest calls by SMC or HVC: whose they are, those of the architecture and those of Xen. */

import type { DispatchId } from '../constructs.ts';
import {
  both,
  type Cells,
  emulated,
  error,
  type Group,
  mediated,
  type ProvidedList,
  type Treatment,
} from '../treatment.ts';
import { onPlatform, SCMI_OF_DOMU, TRAPS, UNKNOWN, WITH_SCMI } from './firmware.ts';

export function call(
  where: DispatchId,
  group: Group,
  label: string,
  title: string,
  answer: string | null,
  cells: Cells,
  more: Partial<Treatment> = {},
): Treatment {
  return { in: where, labels: [label], title, group, answer, traps: TRAPS, cells, ...more };
}

const owner = (
  name: string,
  title: string,
  answer: string,
  cells: Cells,
  more: Partial<Treatment> = {},
) =>
  call('owners', 'smccc', `ARM_SMCCC_OWNER_${name}`, `SMCCC: ${title}`, answer, cells, {
    places: [{ path: 'xen/arch/arm/vsmc.c', symbol: 'do_trap_smc' }],
    ...more,
  });

const FROM_MEDIATOR = (note: string): Cells => ({
  arm: [
    error(`${UNKNOWN} A domain has no mediator unless it asks for one.`),
    mediated(note, { when: { guest: ['tee'], kconfig: ['CONFIG_TEE'] } }),
  ],
  'arm-dom0': [
    error(UNKNOWN, { when: { guest: ['!tee'] } }),
    mediated(note, { when: { guest: ['tee'], kconfig: ['CONFIG_TEE'] } }),
  ],
});

const TO_FIRMWARE: Cells = {
  arm: [
    error(`${UNKNOWN} No platform hands the call on.`),
    mediated('Versions and the identity of the chip come from the firmware; the rest is refused.', {
      when: onPlatform('zynqmp'),
    }),
    ...SCMI_OF_DOMU,
  ],
  'arm-dom0': [
    error(`${UNKNOWN} No platform hands the call on.`),
    mediated('Xen checks the function and calls the firmware.', { when: onPlatform('zynqmp') }),
    mediated('Xen checks the function and calls the firmware.', {
      when: { ...onPlatform('imx8qm'), bits: 64 },
    }),
    mediated(
      'Calls of SCMI go to the firmware, unless scmi-smc-passthrough gives them to a domU.',
      WITH_SCMI,
    ),
  ],
};

const BEFORE_SCMI: Cells = {
  arm: [TO_FIRMWARE.arm[0], ...TO_FIRMWARE.arm.slice(1, 2)],
  'arm-dom0': [TO_FIRMWARE['arm-dom0'][0], ...TO_FIRMWARE['arm-dom0'].slice(1, 3)],
};

const ZYNQMP_ONLY: Cells = {
  arm: BEFORE_SCMI.arm,
  'arm-dom0': [TO_FIRMWARE['arm-dom0'][0], ...TO_FIRMWARE['arm-dom0'].slice(1, 2)],
};

const SCMI_AT_FIRST: Cells = {
  arm: BEFORE_SCMI.arm,
  'arm-dom0': [
    ...BEFORE_SCMI['arm-dom0'],
    mediated('Calls of SCMI go to the firmware.', WITH_SCMI),
  ],
};

const PLACES_OF_SIP = [{ path: 'xen/arch/arm/platform.c', symbol: 'platform_smc' }] as const;

const PSCI_ANSWERED = emulated('Xen answers calls of PSCI and says who it is.');

const OWNERS: readonly Treatment[] = [
  owner('ARCH', 'calls of the architecture', 'handle_arch', both(emulated('Xen answers.'))),
  owner(
    'HYPERVISOR',
    'calls of the hypervisor service',
    'handle_hypervisor',
    both(emulated('Xen tells who it is: number of calls, UID and revision.')),
  ),
  owner(
    'STANDARD',
    'calls of the standard secure service',
    'handle_sssc',
    {
      arm: [
        PSCI_ANSWERED,
        mediated('Calls of FF-A go to the mediator.', {
          when: { xl: { tee: 'ffa' }, kconfig: ['CONFIG_FFA'] },
        }),
      ],
      'arm-dom0': [
        PSCI_ANSWERED,
        mediated('Calls of FF-A go to the mediator.', {
          when: { feature: ['ffa'], kconfig: ['CONFIG_FFA'] },
        }),
      ],
    },
    { since: '4.18' },
  ),
  owner('STANDARD', 'calls of the standard secure service', 'handle_sssc', both(PSCI_ANSWERED), {
    until: '4.18',
  }),
  owner('SIP', 'calls of the silicon provider', 'handle_sip', TO_FIRMWARE, {
    since: '4.21',
    places: PLACES_OF_SIP,
  }),
  owner('SIP', 'calls of the silicon provider', 'handle_sip', SCMI_AT_FIRST, {
    since: '4.20',
    until: '4.21',
    places: PLACES_OF_SIP,
  }),
  owner('SIP', 'calls of the silicon provider', 'platform_smc', BEFORE_SCMI, {
    since: '4.19',
    until: '4.20',
    places: PLACES_OF_SIP,
  }),
  owner('SIP', 'calls of the silicon provider', 'platform_smc', ZYNQMP_ONLY, {
    until: '4.19',
    places: PLACES_OF_SIP,
  }),
  owner(
    'TRUSTED_APP',
    'calls of trusted applications',
    'tee_handle_call',
    FROM_MEDIATOR('The mediator has the call.'),
    { places: [{ path: 'xen/arch/arm/tee/tee.c', symbol: 'tee_domain_init' }] },
  ),
  owner(
    'TRUSTED_OS',
    'calls of a trusted operating system',
    'tee_handle_call',
    FROM_MEDIATOR('The mediator has the call.'),
    { places: [{ path: 'xen/arch/arm/tee/tee.c', symbol: 'tee_domain_init' }] },
  ),
  {
    in: 'owners',
    labels: ['default'],
    title: 'SMCCC: calls of other owners',
    group: 'smccc',
    answer: 'set_user_reg',
    traps: TRAPS,
    cells: both(error(UNKNOWN)),
  },
];

/** What no case of a handler names. */
export const rest = (
  where: DispatchId,
  group: Group,
  title: string,
  answer: string | null = null,
) => call(where, group, 'default', title, answer, both(error(UNKNOWN)));

const about = (where: 'hypervisor' | 'standard', owner_: string, whose: string): Treatment[] =>
  (
    [
      ['CALL_COUNT', 'number of calls', 'fill_function_call_count'],
      ['CALL_UID', 'UID', 'fill_uid'],
      ['REVISION', 'revision', 'fill_revision'],
    ] as const
  ).map(([name, title, answer]) =>
    call(
      where,
      'smccc',
      `ARM_SMCCC_${name}_FID(${owner_})`,
      `SMCCC: ${title} of ${whose}`,
      answer,
      both(emulated('A constant of Xen.')),
    ),
  );

const WORKAROUND: ProvidedList = [
  emulated(
    'The call returns at once: on a host that needs the workaround Xen runs it whenever it is entered.',
  ),
];

const SMCCC: readonly Treatment[] = [
  call(
    'architecture',
    'smccc',
    'ARM_SMCCC_VERSION_FID',
    'SMCCC_VERSION',
    'set_user_reg',
    both(emulated('A constant of Xen: version 1.2, and 1.1 before Xen 4.18.')),
  ),
  call(
    'architecture',
    'smccc',
    'ARM_SMCCC_ARCH_FEATURES_FID',
    'SMCCC_ARCH_FEATURES',
    'cpus_have_cap',
    both(emulated('Xen names the workarounds that it applies on this host.')),
  ),
  call(
    'architecture',
    'smccc',
    'ARM_SMCCC_ARCH_WORKAROUND_1_FID',
    'SMCCC_ARCH_WORKAROUND_1',
    null,
    both(...WORKAROUND),
  ),
  call(
    'architecture',
    'smccc',
    'ARM_SMCCC_ARCH_WORKAROUND_3_FID',
    'SMCCC_ARCH_WORKAROUND_3',
    null,
    both(...WORKAROUND),
    { since: ['4.13.5', '4.14.5', '4.15.3', '4.16.1', '4.17'] },
  ),
  call(
    'architecture',
    'smccc',
    'ARM_SMCCC_ARCH_WORKAROUND_2_FID',
    'SMCCC_ARCH_WORKAROUND_2',
    'get_ssbd_state',
    both(
      emulated('The call has no effect: the mitigation is always on or not needed.', {
        when: { feature: ['!ssbd-runtime'] },
      }),
      mediated('Xen turns the mitigation on or off by the firmware while the guest runs.', {
        when: { feature: ['ssbd-runtime'] },
      }),
    ),
  ),
  rest('architecture', 'smccc', 'SMCCC: other calls of the architecture'),
  ...about('hypervisor', 'HYPERVISOR', 'the hypervisor service'),
  rest('hypervisor', 'smccc', 'SMCCC: other calls of the hypervisor service'),
  ...about('standard', 'STANDARD', 'the standard secure service'),
  rest('standard', 'smccc', 'SMCCC: other calls of the standard secure service'),
];

export const CALL_TREATMENTS: readonly Treatment[] = [...OWNERS, ...SMCCC];
