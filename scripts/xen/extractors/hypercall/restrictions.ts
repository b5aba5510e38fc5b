/**
 * What a handler does to a caller that the table lets through. Authored, because no table of the source says it; each
 * entry names the code, and extraction fails when the code is not there.
 */
import { ARM_RESTRICTIONS } from './arm-restrictions.ts';
import { CONTAINER_RESTRICTIONS } from './container-restrictions.ts';
import { FLASK_RESTRICTIONS } from './flask-restrictions.ts';
import { PRIVILEGED } from './privileged.ts';
import { DOMU, fails, failsInShim, PV, type Restriction, restricted, SHIM } from './restriction.ts';

/** Build options that the shim which comes with Xen is built without, by its own Kconfig or `pvshim_defconfig`. */
export const NOT_IN_SHIM: ReadonlySet<string> = new Set([
  '!CONFIG_PV_SHIM_EXCLUSIVE',
  'CONFIG_SYSCTL',
  'CONFIG_KEXEC',
  'CONFIG_XENOPROF',
  'CONFIG_ARGO',
  'CONFIG_HYPFS',
  'CONFIG_HVM',
  'CONFIG_IOREQ_SERVER',
]);

const GRANTS_IN_SHIM: Restriction = {
  hypercall: 'grant_table_op',
  guests: SHIM,
  handlings: [
    {
      how: 'restricted',
      by: 'shim',
      note: 'Only GNTTABOP_setup_table, which the shim does itself, and GNTTABOP_query_size, which it forwards to the hypervisor below it, one element at a time; every other operation fails.',
    },
  ],
  evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_grant_table_op' },
};

/** Without grant tables the entry exists for the shim alone: elsewhere it fails at once. */
const GRANTS_OUTSIDE_SHIM: Restriction = {
  hypercall: 'grant_table_op',
  guests: ['pv', 'pv-dom0'],
  handlings: [
    { how: 'exposed', by: 'xen', when: { kconfig: ['CONFIG_GRANT_TABLE'] } },
    {
      how: 'refused',
      by: 'xen',
      effect: 'error',
      when: { kconfig: ['!CONFIG_GRANT_TABLE', 'CONFIG_PV_SHIM'] },
      note: 'Such a build has the hypercall for the shim; outside it each operation fails.',
    },
  ],
  evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'do_grant_table_op' },
};

export const RESTRICTIONS: readonly Restriction[] = [
  ...ARM_RESTRICTIONS,
  ...CONTAINER_RESTRICTIONS,
  {
    hypercall: 'argo_op',
    guests: ['pv', 'pvh', 'hvm', 'pv-dom0', 'pvh-dom0', 'arm', 'arm-dom0'],
    handlings: [
      {
        how: 'opt-in',
        by: 'xen',
        when: { cmdline: 'argo' },
        note: 'Off by default; every operation fails then.',
      },
    ],
    evidence: { path: 'xen/common/argo.c', symbol: 'do_argo_op', anchor: 'opt_argo' },
  },
  {
    hypercall: 'xen_version',
    guests: [...DOMU, ...SHIM],
    handlings: [
      {
        how: 'exposed',
        by: 'xen',
        note: 'XENVER_commandline and XENVER_build_id need privilege.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_xen_version' },
  },
  ...PRIVILEGED,
  ...PRIVILEGED.filter(({ guests }) => guests.includes('pv')).map(failsInShim),
  {
    hypercall: 'console_io',
    guests: DOMU,
    handlings: [
      {
        how: 'restricted',
        by: 'xen',
        when: { role: 'privileged' },
        note: 'An unprivileged caller gets an error, unless Xen built the domain at boot and gave it the console.',
      },
      {
        how: 'restricted',
        by: 'xen',
        when: { kconfig: ['CONFIG_VERBOSE_DEBUG'] },
        note: 'Every domain may write.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_console_io' },
  },
  {
    hypercall: 'console_io',
    guests: SHIM,
    handlings: [
      {
        how: 'refused',
        by: 'xen',
        effect: 'error',
        note: 'It needs privilege, which the guest of the shim does not have.',
      },
      {
        how: 'restricted',
        by: 'xen',
        when: { kconfig: ['CONFIG_VERBOSE_DEBUG'] },
        note: 'Every domain may write.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_console_io' },
  },
  {
    hypercall: 'dm_op',
    guests: DOMU,
    handlings: [
      {
        how: 'restricted',
        by: 'xen',
        when: { role: 'device-model' },
        note: 'The caller must be the device model of the target domain, or privileged.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_dm_op' },
  },
  fails('dm_op', SHIM, 'The guest of the shim is the device model of no domain.', {
    path: 'xen/include/xsm/dummy.h',
    symbol: 'xsm_dm_op',
  }),
  ...FLASK_RESTRICTIONS,
  fails(
    'argo_op',
    ['pv-shim'],
    'The shim starts without Argo, and a shim-only build leaves it out.',
    { path: 'xen/common/argo.c', symbol: 'do_argo_op', anchor: 'opt_argo' },
  ),
  restricted(
    'memory_op',
    PV,
    'XENMEM_add_to_physmap and its batch form are for translated domains only.',
    { path: 'xen/common/memory.c', symbol: 'xatp_permission_check' },
  ),
  { ...GRANTS_OUTSIDE_SHIM, since: '4.17' },
  { ...GRANTS_IN_SHIM, since: '4.17' },
  { ...GRANTS_IN_SHIM, until: '4.17', atRunTime: true },
  {
    hypercall: 'event_channel_op',
    guests: ['pv-shim'],
    handlings: [
      {
        how: 'restricted',
        by: 'shim',
        note: 'The shim forwards what concerns other domains to the hypervisor below it. EVTCHNOP_bind_pirq, EVTCHNOP_init_control, EVTCHNOP_expand_array and EVTCHNOP_set_priority fail.',
      },
    ],
    evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_event_channel_op' },
  },
  restricted(
    'physdev_op',
    ['pv', 'pv-shim'],
    'The operations on physical devices and interrupts need privilege or a device that was assigned.',
    { path: 'xen/arch/x86/physdev.c', symbol: 'do_physdev_op' },
  ),
  {
    hypercall: 'xenpmu_op',
    guests: PV,
    handlings: [
      {
        how: 'opt-in',
        by: 'xen',
        when: { cmdline: 'vpmu' },
        note: 'Fails without the option; choosing the mode needs privilege.',
      },
    ],
    evidence: {
      path: 'xen/arch/x86/cpu/vpmu.c',
      symbol: 'do_xenpmu_op',
      anchor: 'opt_vpmu_enabled',
    },
  },
  restricted(
    'xenoprof_op',
    ['pv', 'pv-shim'],
    'What a domain needs that is profiled; the other operations are for the domain that profiles, which the hardware domain becomes.',
    {
      path: 'xen/common/xenoprof.c',
      symbol: 'do_xenoprof_op',
      anchor: 'xenoprof_primary_profiler',
    },
  ),
  restricted('sched_op_compat', PV, 'Only yield, block and shutdown of the old interface.', {
    path: 'xen/arch/x86/compat.c',
    symbol: 'do_sched_op_compat',
  }),
  {
    hypercall: 'set_segment_base',
    guests: PV,
    handlings: [
      { how: 'exposed', by: 'xen', when: { bits: 64 } },
      { how: 'refused', by: 'xen', effect: 'error', when: { bits: 32 } },
    ],
    evidence: {
      path: 'xen/arch/x86/pv/misc-hypercalls.c',
      symbol: 'do_set_segment_base',
      anchor: 'is_pv_32bit_vcpu',
    },
    formerly: {
      path: 'xen/arch/x86/x86_64/mm.c',
      symbol: 'do_set_segment_base',
      anchor: 'is_pv_32bit_vcpu',
      until: '4.15',
    },
  },
  restricted(
    'update_va_mapping_otherdomain',
    ['pv', 'pv-shim'],
    'Pages of the caller itself and of I/O; a page of another domain needs privilege over it.',
    { path: 'xen/arch/x86/mm.c', symbol: 'do_update_va_mapping_otherdomain' },
  ),
  restricted(
    'hvm_op',
    ['pv', 'pv-dom0', 'pv-shim'],
    'The operations that act on the caller itself need an HVM domain; those on another domain need privilege over it.',
    { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
