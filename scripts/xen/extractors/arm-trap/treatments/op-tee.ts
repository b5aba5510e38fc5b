/** The functions of OP-TEE, which its mediator hands on for the domains that have it. */
import {
  type Cells,
  emulated,
  error,
  mediated,
  type Provided,
  type Treatment,
} from '../treatment.ts';
import { TRAPS, UNKNOWN } from './firmware.ts';

/** What a domain that has the mediator gets; the others are told that there is no such function. */
function throughOpTee(given: Provided): Cells {
  return {
    arm: [
      error(`${UNKNOWN} The domain has no OP-TEE unless it asks for it.`),
      { ...given, when: { xl: { tee: 'optee' }, kconfig: ['CONFIG_OPTEE'] } },
    ],
    'arm-dom0': [
      error(UNKNOWN, { when: { feature: ['!optee'] } }),
      { ...given, when: { feature: ['optee'], kconfig: ['CONFIG_OPTEE'] } },
    ],
  };
}
const opTee = (label: string, answer: string | null, given: Provided): Treatment => ({
  in: 'opTee',
  labels: [label],
  group: 'op-tee',
  answer,
  traps: TRAPS,
  cells: throughOpTee(given),
});

const ASKS_OPTEE = 'Xen calls OP-TEE with the number of the domain and returns what it says.';

export const OP_TEE_TREATMENTS: readonly Treatment[] = [
  opTee('OPTEE_SMC_CALLS_COUNT', 'set_user_reg', emulated('A constant of Xen.')),
  ...['CALLS_UID', 'CALLS_REVISION', 'CALL_GET_OS_UUID', 'CALL_GET_OS_REVISION'].map((name) =>
    opTee(`OPTEE_SMC_${name}`, 'arm_smccc_smc', mediated(ASKS_OPTEE)),
  ),
  opTee('OPTEE_SMC_ENABLE_SHM_CACHE', 'arm_smccc_smc', mediated(ASKS_OPTEE)),
  {
    ...opTee(
      'OPTEE_SMC_DISABLE_SHM_CACHE',
      'free_shm_rpc',
      mediated(`${ASKS_OPTEE} Xen lets go of the buffer.`),
    ),
    since: '4.16',
  },
  {
    ...opTee(
      'OPTEE_SMC_DISABLE_SHM_CACHE',
      'free_shm_rpc',
      mediated(
        'By mistake Xen calls OP-TEE to turn the cache on; it lets go of the buffer that the answer names.',
      ),
    ),
    until: '4.16',
  },
  opTee(
    'OPTEE_SMC_GET_SHM_CONFIG',
    'set_user_reg',
    error('Guests have no static shared memory: the call returns that it is not available.'),
  ),
  opTee(
    'OPTEE_SMC_EXCHANGE_CAPABILITIES',
    'handle_exchange_capabilities',
    mediated('Xen removes the capabilities that it cannot virtualize.'),
  ),
  opTee(
    'OPTEE_SMC_CALL_WITH_ARG',
    'handle_std_call',
    mediated(
      'Xen copies the command, translates its addresses, pins its buffers and calls OP-TEE.',
    ),
  ),
  opTee(
    'OPTEE_SMC_CALL_RETURN_FROM_RPC',
    'handle_rpc',
    mediated('Xen hands the answer of the guest on, with the addresses translated.'),
  ),
  {
    ...opTee('default', null, error(UNKNOWN)),
    title: 'Other calls of OP-TEE',
    cells: { arm: [error(UNKNOWN)], 'arm-dom0': [error(UNKNOWN)] },
  },
];
