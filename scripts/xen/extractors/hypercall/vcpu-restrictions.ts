/** What is kept from callers of the hypercalls about vCPUs: `sched_op` and `vcpu_op`. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { DOMU, type Restriction, restricted, SHIM } from './restriction.ts';

const SCHED_OP = {
  path: 'xen/common/sched/core.c',
  symbol: 'do_sched_op',
  anchor: 'SCHEDOP_pin_override',
} as const;
const PINNING =
  'SCHEDOP_pin_override is for the hardware domain, and SCHEDOP_remote_shutdown needs privilege over the target.';

const PHYSICAL_ID = 'VCPUOP_get_physid is for vCPUs of the hardware domain that are pinned.';
const OF_PV =
  'VCPUOP_initialise takes a vcpu_guest_context, and from vCPU 32 on it needs a registered vcpu_info.';
const OF_HVM = 'VCPUOP_initialise takes a vcpu_hvm_context.';

const vcpuOp = (
  how: 'restricted' | 'exposed',
  guests: readonly GuestType[],
  note: string,
): Restriction => ({
  hypercall: 'vcpu_op',
  guests,
  handlings: [{ how, by: 'xen', note: `${note} ${PHYSICAL_ID}` }],
  evidence: {
    path: 'xen/arch/x86/domain.c',
    symbol: 'do_vcpu_op',
    anchor: 'is_hwdom_pinned_vcpu',
  },
  formerly: {
    path: 'xen/arch/x86/domain.c',
    symbol: 'arch_do_vcpu_op',
    anchor: 'is_hwdom_pinned_vcpu',
    until: '4.17',
  },
});

export const VCPU_RESTRICTIONS: readonly Restriction[] = [
  restricted('sched_op', DOMU, PINNING, SCHED_OP),
  {
    ...restricted(
      'sched_op',
      SHIM,
      `${PINNING} The shim hands SCHEDOP_shutdown on to the hypervisor below it.`,
      SCHED_OP,
    ),
    also: [{ path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_shutdown' }],
  },
  vcpuOp('restricted', ['pv'], OF_PV),
  vcpuOp('restricted', ['pvh', 'hvm'], OF_HVM),
  vcpuOp('exposed', ['pv-dom0'], OF_PV),
  vcpuOp('exposed', ['pvh-dom0'], OF_HVM),
  {
    ...vcpuOp(
      'restricted',
      SHIM,
      `${OF_PV} VCPUOP_up and VCPUOP_down start and stop the vCPU of the container with it.`,
    ),
    also: [{ path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_cpu_up' }],
  },
];
