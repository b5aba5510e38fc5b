/** The functions of PSCI, all of which Xen answers itself. */
import { both, emulated, error, type Treatment } from '../treatment.ts';
import { call, rest } from './calls.ts';

const psci = (
  label: string,
  title: string,
  answer: string,
  note: string,
  more: Partial<Treatment> = {},
) => call('psci', 'psci', `PSCI_${label}`, `PSCI ${title}`, answer, both(emulated(note)), more);

const HOST_STOPS = (arm: string, dom0: string): Partial<Treatment> => ({
  cells: { arm: [emulated(arm)], 'arm-dom0': [emulated(dom0)] },
});

const SUSPEND: Partial<Treatment> = {
  since: '4.22',
  cells: {
    arm: [
      emulated(
        'The domain shuts down for a suspend when its other vCPUs are off, and resumes at the entry point; a technology preview.',
      ),
    ],
    'arm-dom0': [
      error('The call returns that it is not supported: the hardware domain cannot suspend.'),
    ],
  },
};

const CPU_ON = 'Xen starts the vCPU at the entry point.';
const CPU_SUSPEND = 'The vCPU blocks until an event comes; a request for power-off is a standby.';
const AFFINITY = 'Xen says whether a vCPU of the affinity level is on.';

export const PSCI_TREATMENTS: readonly Treatment[] = [
  call(
    'psciOld',
    'psci',
    'PSCI_cpu_off',
    'PSCI 0.1 CPU_OFF',
    'do_psci_cpu_off',
    both(emulated('Xen takes the vCPU down.')),
  ),
  call(
    'psciOld',
    'psci',
    'PSCI_cpu_on',
    'PSCI 0.1 CPU_ON',
    'do_psci_cpu_on',
    both(emulated(CPU_ON)),
  ),
  rest('psciOld', 'psci', 'Other calls of PSCI 0.1'),
  psci('0_2_FN32_PSCI_VERSION', 'VERSION', 'do_psci_0_2_version', 'Xen reports version 1.1.'),
  psci('0_2_FN32_CPU_OFF', 'CPU_OFF', 'do_psci_0_2_cpu_off', 'Xen takes the vCPU down.'),
  psci(
    '0_2_FN32_MIGRATE_INFO_TYPE',
    'MIGRATE_INFO_TYPE',
    'do_psci_0_2_migrate_info_type',
    'A constant: there is no trusted operating system that needs migration.',
  ),
  psci(
    '0_2_FN32_SYSTEM_OFF',
    'SYSTEM_OFF',
    'do_psci_0_2_system_off',
    '',
    HOST_STOPS('The domain powers off.', 'The hardware domain shuts down, and the host with it.'),
  ),
  psci(
    '0_2_FN32_SYSTEM_RESET',
    'SYSTEM_RESET',
    'do_psci_0_2_system_reset',
    '',
    HOST_STOPS('The domain reboots.', 'The hardware domain reboots, and the host with it.'),
  ),
  psci('0_2_FN32_CPU_ON', 'CPU_ON', 'do_psci_0_2_cpu_on', CPU_ON),
  psci('0_2_FN64_CPU_ON', 'CPU_ON (64-bit call)', 'do_psci_0_2_cpu_on', CPU_ON),
  psci('0_2_FN32_CPU_SUSPEND', 'CPU_SUSPEND', 'do_psci_0_2_cpu_suspend', CPU_SUSPEND),
  psci('0_2_FN64_CPU_SUSPEND', 'CPU_SUSPEND (64-bit call)', 'do_psci_0_2_cpu_suspend', CPU_SUSPEND),
  psci('0_2_FN32_AFFINITY_INFO', 'AFFINITY_INFO', 'do_psci_0_2_affinity_info', AFFINITY),
  psci(
    '0_2_FN64_AFFINITY_INFO',
    'AFFINITY_INFO (64-bit call)',
    'do_psci_0_2_affinity_info',
    AFFINITY,
  ),
  psci(
    '1_0_FN32_PSCI_FEATURES',
    'PSCI_FEATURES',
    'do_psci_1_0_features',
    'Xen says which functions it has.',
  ),
  psci('1_0_FN32_SYSTEM_SUSPEND', 'SYSTEM_SUSPEND', 'do_psci_1_0_system_suspend', '', SUSPEND),
  psci(
    '1_0_FN64_SYSTEM_SUSPEND',
    'SYSTEM_SUSPEND (64-bit call)',
    'do_psci_1_0_system_suspend',
    '',
    SUSPEND,
  ),
  rest('psci', 'psci', 'Other calls of PSCI'),
];
