/**
 * What a handler does to a caller that the table lets through. Authored, because no table of the source says it; each
 * entry names the code, and extraction fails when the code is not there.
 */
import { ARM_RESTRICTIONS } from './arm-restrictions.ts';
import { COMPAT_RESTRICTIONS } from './compat-restrictions.ts';
import { CONSOLE_RESTRICTIONS } from './console-restrictions.ts';
import { CONTAINER_RESTRICTIONS } from './container-restrictions.ts';
import { EVENT_RESTRICTIONS } from './event-restrictions.ts';
import { FLASK_RESTRICTIONS } from './flask-restrictions.ts';
import { PRIVILEGED } from './privileged.ts';
import {
  DOMU,
  fails,
  failsInShim,
  ofDeviceModel,
  PV,
  type Restriction,
  restricted,
  SHIM,
  X86_DOMU,
} from './restriction.ts';
import { VCPU_RESTRICTIONS } from './vcpu-restrictions.ts';

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
const grantsOutsideShim = (guest: 'pv' | 'pv-dom0', permits: string): Restriction => ({
  since: '4.17',
  hypercall: 'grant_table_op',
  guests: [guest],
  handlings: [
    {
      how: 'exposed',
      by: 'xen',
      when: { kconfig: ['CONFIG_GRANT_TABLE'] },
      note: `Version 2 where ${permits} it.`,
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'error',
      when: { kconfig: ['!CONFIG_GRANT_TABLE', 'CONFIG_PV_SHIM'] },
      note: 'Such a build has the hypercall for the shim; outside it each operation fails.',
    },
  ],
  evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'do_grant_table_op' },
});

const TRANSLATED = { path: 'xen/common/memory.c', symbol: 'xatp_permission_check' } as const;
const PHYSMAP =
  'XENMEM_add_to_physmap, its batch form and XENMEM_remove_from_physmap are for translated domains only';

const xenpmuOp = (
  guests: Restriction['guests'],
  handling: Restriction['handlings'][0],
): Restriction => ({
  hypercall: 'xenpmu_op',
  guests,
  handlings: [handling],
  evidence: {
    path: 'xen/arch/x86/cpu/vpmu.c',
    symbol: 'do_xenpmu_op',
    anchor: 'opt_vpmu_enabled',
  },
});

export const RESTRICTIONS: readonly Restriction[] = [
  ...ARM_RESTRICTIONS,
  ...CONTAINER_RESTRICTIONS,
  ...COMPAT_RESTRICTIONS,
  ...CONSOLE_RESTRICTIONS,
  ...EVENT_RESTRICTIONS,
  ...VCPU_RESTRICTIONS,
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
        how: 'restricted',
        by: 'xen',
        note: 'XENVER_build_id needs privilege, and so does the command line: without it XENVER_commandline answers “<denied>”.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_xen_version' },
  },
  ...PRIVILEGED,
  ...PRIVILEGED.filter(({ guests }) => guests.includes('pv')).map(failsInShim),
  ofDeviceModel(
    'dm_op',
    X86_DOMU,
    'The caller must be the device model of the target domain, or privileged.',
    { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_dm_op' },
  ),
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
    ['pv'],
    `${PHYSMAP}; XENMEM_machine_memory_map, claims and operations on other domains need privilege.`,
    TRANSLATED,
  ),
  restricted('memory_op', ['pv-dom0'], `${PHYSMAP}.`, TRANSLATED),
  {
    ...restricted(
      'memory_op',
      SHIM,
      `${PHYSMAP}; XENMEM_machine_memory_map and claims need privilege. What the guest adds and gives back, the shim takes from the hypervisor below it and returns.`,
      TRANSLATED,
    ),
    also: [{ path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_online_memory' }],
  },
  grantsOutsideShim('pv', 'gnttab= and max_grant_version= permit'),
  grantsOutsideShim('pv-dom0', 'gnttab= on Xen’s command line permits'),
  { ...GRANTS_IN_SHIM, since: '4.17' },
  { ...GRANTS_IN_SHIM, until: '4.17', atRunTime: true },
  restricted(
    'physdev_op',
    ['pv', 'pv-shim'],
    'Every PV domain has IOPL, the I/O bitmap, and the operations on interrupts that it holds. Mapping of interrupts is for the device model of the target, and what concerns PCI devices, GSIs, I/O APICs and the debug port needs privilege.',
    { path: 'xen/arch/x86/physdev.c', symbol: 'do_physdev_op' },
  ),
  xenpmuOp(['pv', 'pv-dom0'], {
    how: 'opt-in',
    by: 'xen',
    when: { cmdline: 'vpmu' },
    note: 'Fails without the option, and with the NMI watchdog; choosing and reading the mode and the features needs privilege.',
  }),
  xenpmuOp(SHIM, {
    how: 'opt-in',
    by: 'xen',
    when: { cmdline: 'vpmu' },
    note: 'With vpmu on the command line of the shim, where the container has a PMU that the shim can drive; choosing and reading the mode and the features fails.',
  }),
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
    PV,
    'HVMOP_get_time and HVMOP_xentrace; HVMOP_guest_request_vm_event does nothing, as no monitor can wait for it, and the other operations need an HVM domain, and privilege over it.',
    { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
