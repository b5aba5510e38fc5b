/** What a guest gets from the performance monitors. */
import {
  type Cells,
  KERNEL_ONLY,
  type Provided,
  type ProvidedList,
  READ_ONLY,
  undefined_,
  zeroAndIgnored,
} from '../treatment.ts';
import type { Shared } from './register-cells.ts';

export const PMU_PLACES = [
  { path: 'xen/arch/arm/domain.c', symbol: 'arch_vcpu_create', anchor: 'HDCR_TPM' },
] as const;

const PMU_ZERO = 'Reads as zero, as of a CPU without counters.';

/** What the configuration of a domU can ask for; the hardware domain never has it. */
export const VPMU: Provided = {
  how: 'passthrough',
  by: 'cpu',
  when: { xl: { vpmu: 1 } },
  note: 'The registers do not trap: the guest has those of the CPU, which Xen does not switch with the vCPU. HPMN stays 0, so that it depends on the CPU whether there are event counters beside the cycle counter.',
};

function performanceMonitor(...trapped: ProvidedList): Cells {
  return { arm: [...trapped, VPMU], 'arm-dom0': trapped };
}

/** `handle_raz_wi()` for the kernel only. */
export const USER_ACCESS = undefined_(
  'Undefined instruction exception; the CPU itself refuses while its own PMUSERENR is clear.',
  { when: { guest: ['user-mode'] } },
);

export const PMU: Shared = {
  group: 'performance-monitor',
  answer: 'handle_raz_wi',
  traps: ['HDCR_TPM'],
  cells: performanceMonitor(...zeroAndIgnored(PMU_ZERO), USER_ACCESS),
};

/** The interrupts of the counters, which PMUSERENR does not open to user mode. */
export const PMU_INTERRUPTS: Shared = {
  ...PMU,
  cells: performanceMonitor(...zeroAndIgnored(PMU_ZERO), KERNEL_ONLY),
};

const USER_WRITE: Provided = { ...READ_ONLY, when: { guest: ['user-mode'] } };

export const PMU_CONTROL: Shared = { ...PMU, traps: ['HDCR_TPM', 'HDCR_TPMCR'] };

export const PMU_USER: Shared = {
  ...PMU,
  cells: performanceMonitor(
    ...zeroAndIgnored('Reads as zero: user mode has no access to the counters.'),
    USER_WRITE,
  ),
};

/** Before Xen 4.16 no domain could have the registers of the CPU. */
export const withoutVpmu = (shared: Shared): Shared => ({
  ...shared,
  cells: { arm: shared.cells['arm-dom0'], 'arm-dom0': shared.cells['arm-dom0'] },
});

export const PMU_PLACES_BEFORE = [
  { path: 'xen/arch/arm/traps.c', symbol: 'init_traps', anchor: 'HDCR_TPM' },
] as const;
