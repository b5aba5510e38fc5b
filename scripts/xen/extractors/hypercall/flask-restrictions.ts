/** `xsm_op`: it works where FLASK is the module that XSM uses, and fails elsewhere. */

import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { ARM, type Restriction, SHIM } from './restriction.ts';

const POLICY = 'The FLASK policy decides who may do what';

const REFUSED = {
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note: 'Without FLASK, or with another module of XSM in use, there is nothing to operate on.',
} as const;

const restrictedBy = (when: Handling['when'], note: string): Omit<Handling, 'evidence'> => ({
  how: 'restricted',
  by: 'xen',
  when,
  note,
});

const CHOSEN = restrictedBy({ kconfig: ['CONFIG_XSM_FLASK'], cmdline: 'xsm=flask' }, `${POLICY}.`);

const byDefault = (note: string) =>
  restrictedBy({ kconfig: ['CONFIG_XSM_FLASK', 'CONFIG_XSM_FLASK_DEFAULT'] }, note);

const xsmOp = (
  guests: readonly GuestType[],
  ...handlings: readonly Omit<Handling, 'evidence'>[]
): Restriction => ({
  hypercall: 'xsm_op',
  guests,
  handlings: [REFUSED, ...handlings],
  evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_do_xsm_op' },
  also: [{ path: 'xen/xsm/xsm_core.c', symbol: 'parse_xsm_param' }],
});

export const FLASK_RESTRICTIONS: readonly Restriction[] = [
  xsmOp(
    ['pv', 'pvh', 'hvm', 'pv-dom0', 'pvh-dom0'],
    CHOSEN,
    byDefault(
      `${POLICY}, unless xsm=dummy or xsm=silo is on Xen’s command line. A build with FLASK has this default on x86.`,
    ),
  ),
  xsmOp(
    ARM,
    CHOSEN,
    byDefault(
      `${POLICY}, unless xsm=dummy or xsm=silo is on Xen’s command line. The default on Arm is SILO, with which the hypercall fails.`,
    ),
  ),
  // The command line of the shim is its own, not the one of the hypervisor below it.
  xsmOp(SHIM, byDefault(`${POLICY}, unless the command line of the shim says otherwise.`)),
];
