/** Calls of firmware that are the same on every platform, and what calls of all platforms share. */
import { error, mediated, type Treatment } from '../treatment.ts';

/** SMC traps by it; HVC always enters Xen. */
export const TRAPS = ['HCR_TSC'] as const;
export const UNKNOWN = 'The call returns that the function is not known.';
export const HARDWARE_DOMAIN_ONLY = 'Only the hardware domain may call it.';

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
    traps: TRAPS,
    cells: {
      arm: [
        error(`${UNKNOWN} ${HARDWARE_DOMAIN_ONLY}`),
        ...(since === '4.20'
          ? []
          : [
              mediated('Xen calls the firmware for the one domain that is given SCMI.', {
                when: {
                  feature: ['scmi-smc'] as const,
                  cmdline: 'scmi-smc-passthrough',
                  xl: { arm_sci: 'type=scmi_smc' },
                  kconfig: ['CONFIG_SCMI_SMC'],
                },
              }),
            ]),
      ],
      'arm-dom0': [
        error(UNKNOWN, { when: { feature: ['!scmi-smc'] } }),
        mediated(
          since === '4.20'
            ? 'Xen calls the firmware.'
            : 'Xen calls the firmware, unless scmi-smc-passthrough gives SCMI to a domU.',
          { when: { feature: ['scmi-smc'], kconfig: ['CONFIG_SCMI_SMC'] } },
        ),
        ...(since === '4.20'
          ? []
          : [
              error('The calls are for a domU.', {
                when: { feature: ['scmi-smc'] as const, cmdline: 'scmi-smc-passthrough' },
              }),
            ]),
      ],
    },
  }),
);
