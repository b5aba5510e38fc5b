import type { Treatment } from '../treatment.ts';
import { CALL_TREATMENTS } from './calls.ts';
import { EXCEPTION_TREATMENTS } from './exceptions.ts';
import { FAULT_TREATMENTS } from './faults.ts';
import { FFA_TREATMENTS } from './ff-a.ts';
import { SCMI_TREATMENTS } from './firmware.ts';
import { OP_TEE_TREATMENTS } from './op-tee.ts';
import { PLATFORM_TREATMENTS } from './platforms.ts';
import { PSCI_TREATMENTS } from './psci.ts';
import { REGISTER_TREATMENTS } from './registers.ts';

/** What every label means, in every release. */
export const TREATMENTS: readonly Treatment[] = [
  ...EXCEPTION_TREATMENTS,
  ...FAULT_TREATMENTS,
  ...REGISTER_TREATMENTS,
  ...CALL_TREATMENTS,
  ...PSCI_TREATMENTS,
  ...OP_TEE_TREATMENTS,
  ...FFA_TREATMENTS,
  ...SCMI_TREATMENTS,
  ...PLATFORM_TREATMENTS,
];
