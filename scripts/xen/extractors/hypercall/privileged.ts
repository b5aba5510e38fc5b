/** Hypercalls of which the handler asks XSM for a privileged caller. */
import { DOMU, privileged, type Restriction, X86_DOMU } from './restriction.ts';

const DO_DOMCTL = { path: 'xen/common/domctl.c', symbol: 'do_domctl', anchor: 'xsm_domctl' };
const PAGING = 'xen/arch/x86/mm/paging.c';

/** What only a privileged caller may use. */
export const PRIVILEGED: readonly Restriction[] = [
  privileged('platform_op', X86_DOMU, {
    path: 'xen/arch/x86/platform_hypercall.c',
    symbol: 'do_platform_op',
    anchor: 'xsm_platform_op',
  }),
  privileged(
    'platform_op',
    ['arm'],
    {
      path: 'xen/arch/arm/platform_hypercall.c',
      symbol: 'do_platform_op',
      anchor: 'xsm_platform_op',
    },
    'Only XENPF_settime64; an unprivileged caller gets an error.',
  ),
  privileged('sysctl', DOMU, {
    path: 'xen/common/sysctl.c',
    symbol: 'do_sysctl',
    anchor: 'xsm_sysctl',
  }),
  {
    ...privileged(
      'domctl',
      DOMU,
      DO_DOMCTL,
      'A few operations are open to the device model of the target, and two that read to the xenstore domain; an unprivileged caller gets an error otherwise.',
    ),
    since: '4.21',
  },
  {
    ...privileged(
      'domctl',
      DOMU,
      DO_DOMCTL,
      'A few operations are open to the device model of the target, and XEN_DOMCTL_getdomaininfo to the xenstore domain; an unprivileged caller gets an error otherwise.',
    ),
    until: '4.21',
  },
  privileged('kexec_op', X86_DOMU, {
    path: 'xen/common/kexec.c',
    symbol: 'do_kexec_op_internal',
    anchor: 'xsm_kexec',
  }),
  privileged('hypfs_op', DOMU, {
    path: 'xen/common/hypfs.c',
    symbol: 'do_hypfs_op',
    anchor: 'xsm_hypfs_op',
  }),
  privileged('mca', ['pv'], {
    path: 'xen/arch/x86/cpu/mcheck/mce.c',
    symbol: 'do_mca',
    anchor: 'xsm_do_mca',
  }),
  {
    ...privileged(
      'paging_domctl_cont',
      X86_DOMU,
      { path: PAGING, symbol: 'do_paging_domctl_cont', anchor: 'xsm_domctl' },
      'Continuation of a long domctl; no caller issues it itself.',
    ),
    formerly: {
      path: PAGING,
      symbol: 'paging_domctl_continuation',
      anchor: 'xsm_domctl',
      until: '4.17',
    },
  },
];
