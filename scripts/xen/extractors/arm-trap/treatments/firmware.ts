/** Calls of firmware that are the same on every platform, and what calls of all platforms share. */
import { error, mediated, type Provided, type Treatment } from '../treatment.ts';

/** SMC traps by it; HVC always enters Xen. */
export const TRAPS = ['HCR_TSC'] as const;
export const UNKNOWN = 'The call returns that the function is not known.';
export const HARDWARE_DOMAIN_ONLY = 'Only the hardware domain may call it.';

/** The build option with which Xen knows a platform. */
const OPTIONS = { zynqmp: 'CONFIG_MPSOC_PLATFORM', imx8qm: 'CONFIG_ALL64_PLAT' } as const;
export type Platform = keyof typeof OPTIONS;

export function onPlatform(where: Platform): NonNullable<Provided['when']> {
  return { feature: [where], kconfig: [OPTIONS[where]] };
}

export const WITH_SCMI = {
  when: { feature: ['scmi-smc'], kconfig: ['CONFIG_SCMI_SMC'] },
} as const;

const PASSTHROUGH = { ...WITH_SCMI.when, cmdline: 'scmi-smc-passthrough' } as const;

/** Since Xen 4.21 one domU can have SCMI. */
export const SCMI_OF_DOMU: readonly Provided[] = [
  mediated('Calls of SCMI go to the firmware, for the one domain that is given them.', {
    when: { ...PASSTHROUGH, xl: { arm_sci: 'type=scmi_smc' } },
  }),
  mediated(
    'Calls of SCMI go to the firmware, for the one domain whose node has the property xen,sci_type.',
    { when: { ...PASSTHROUGH, guest: ['built-at-boot'] } },
  ),
];

export const SCMI_TREATMENTS: readonly Treatment[] = (
  [
    ['4.20', '4.21'],
    ['4.21', undefined],
  ] as const
).map(
  ([since, until]): Treatment => ({
    in: 'scmi',
    labels: ['default'],
    title: 'SCMI by SMC',
    since,
    ...(until === undefined ? {} : { until }),
    group: 'firmware',
    answer: 'arm_smccc_1_1_smc',
    decidedBy: ['scmi_smc_domain_init', 'domu_dt_sci_parse'],
    traps: TRAPS,
    cells: {
      arm: [error(`${UNKNOWN} ${HARDWARE_DOMAIN_ONLY}`), ...(since === '4.20' ? [] : SCMI_OF_DOMU)],
      'arm-dom0': [
        error(UNKNOWN, { when: { feature: ['!scmi-smc'] } }),
        mediated(
          since === '4.20'
            ? 'Xen calls the firmware.'
            : 'Xen calls the firmware, unless scmi-smc-passthrough gives SCMI to a domU.',
          WITH_SCMI,
        ),
        ...(since === '4.20' ? [] : [error('The calls are for a domU.', { when: PASSTHROUGH })]),
      ],
    },
  }),
);
