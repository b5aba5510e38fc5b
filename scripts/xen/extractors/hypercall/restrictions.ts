/**
 * What a handler does to a caller that the table lets through. Authored, because no table of the source says it; each
 * entry names the code, and extraction fails when the code is not there.
 */
import { PRIVILEGED } from './privileged.ts';
import {
  ARM,
  DOMU,
  fails,
  failsInShim,
  HVM_CONTAINER,
  PV,
  type Restriction,
  restricted,
  SHIM,
} from './restriction.ts';

const MEMORY_OP_HVM =
  'XENMEM_machphys_mapping is refused, and XENMEM_acquire_resource for a caller with altp2m or nested virtualization; operations on other domains need privilege over them.';
const MMUEXT_OP_HVM =
  'Only pinning and unpinning of page tables, and only on a PV domain that the caller controls.';
const DO_MMUEXT_OP = {
  path: 'xen/arch/x86/mm.c',
  symbol: 'do_mmuext_op',
  anchor: 'is_hvm_domain',
} as const;
const HVM_WRAPPERS = 'xen/arch/x86/hvm/hypercall.c';

/** Build options that the shim which comes with Xen is built without, by its own Kconfig or `pvshim_defconfig`. */
export const NOT_IN_SHIM: ReadonlySet<string> = new Set([
  '!CONFIG_PV_SHIM_EXCLUSIVE',
  'CONFIG_SYSCTL',
  'CONFIG_KEXEC',
  'CONFIG_ARGO',
  'CONFIG_HYPFS',
  'CONFIG_HVM',
  'CONFIG_IOREQ_SERVER',
]);

export const RESTRICTIONS: readonly Restriction[] = [
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
  {
    hypercall: 'xsm_op',
    guests: ['pv', 'pvh', 'hvm', 'pv-dom0', 'pvh-dom0', 'pv-shim', 'arm', 'arm-dom0'],
    handlings: [
      {
        how: 'refused',
        by: 'xen',
        effect: 'error',
        note: 'Without FLASK there is nothing to operate on.',
      },
      {
        how: 'restricted',
        by: 'xen',
        when: { kconfig: ['CONFIG_XSM_FLASK'] },
        note: 'The FLASK policy decides who may do what.',
      },
    ],
    evidence: { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_do_xsm_op' },
  },
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
  fails(
    'argo_op',
    ['pv-shim'],
    'The shim starts without Argo, and a shim-only build leaves it out.',
    { path: 'xen/common/argo.c', symbol: 'do_argo_op', anchor: 'opt_argo' },
  ),
  restricted('memory_op', HVM_CONTAINER, MEMORY_OP_HVM, {
    path: HVM_WRAPPERS,
    symbol: 'hvm_memory_op',
  }),
  restricted(
    'memory_op',
    PV,
    'XENMEM_add_to_physmap and its batch form are for translated domains only.',
    { path: 'xen/common/memory.c', symbol: 'xatp_permission_check' },
  ),
  restricted(
    'memory_op',
    ARM,
    'Operations on other domains need privilege over them; the operations that only x86 has fail.',
    { path: 'xen/common/memory.c', symbol: 'do_memory_op' },
  ),
  restricted('platform_op', ['arm-dom0'], 'Only XENPF_settime64 is implemented.', {
    path: 'xen/arch/arm/platform_hypercall.c',
    symbol: 'do_platform_op',
    anchor: 'XENPF_settime64',
  }),
  restricted(
    'dm_op',
    ['arm-dom0'],
    'Only the operations on ioreq servers, the setting of an interrupt, and the number of vCPUs.',
    { path: 'xen/arch/arm/dm.c', symbol: 'dm_op' },
  ),
  {
    hypercall: 'grant_table_op',
    guests: ARM,
    handlings: [{ how: 'exposed', by: 'xen', note: 'Only version 1 of grant tables.' }],
    evidence: { path: 'xen/arch/arm/include/asm/grant_table.h', symbol: 'GNTTAB_MAX_VERSION' },
  },
  restricted(
    'grant_table_op',
    HVM_CONTAINER,
    'Querying, set-up, version, mapping, unmapping, copying and swapping; transfer, unmap_and_replace, get_status_frames, dump_table and cache_flush are refused.',
    { path: HVM_WRAPPERS, symbol: 'hvm_grant_table_op' },
  ),
  {
    hypercall: 'grant_table_op',
    guests: ['pv-shim'],
    handlings: [
      {
        how: 'restricted',
        by: 'shim',
        note: 'The shim forwards it to the hypervisor below it, one element at a time.',
      },
    ],
    evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_grant_table_op' },
  },
  {
    hypercall: 'event_channel_op',
    guests: ['pv-shim'],
    handlings: [
      {
        how: 'exposed',
        by: 'shim',
        note: 'The shim forwards what concerns other domains to the hypervisor below it.',
      },
    ],
    evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_event_channel_op' },
  },
  restricted(
    'physdev_op',
    ['pvh'],
    'Only PHYSDEVOP_map_pirq and PHYSDEVOP_unmap_pirq pass the wrapper.',
    { path: HVM_WRAPPERS, symbol: 'hvm_physdev_op' },
  ),
  {
    hypercall: 'physdev_op',
    guests: ['hvm'],
    handlings: [
      {
        how: 'restricted',
        by: 'xen',
        note: 'Only PHYSDEVOP_map_pirq and PHYSDEVOP_unmap_pirq pass the wrapper.',
      },
      {
        how: 'restricted',
        by: 'xen',
        when: { xl: { hvm_pirq: 1 } },
        note: 'PHYSDEVOP_eoi, PHYSDEVOP_irq_status_query and PHYSDEVOP_get_free_pirq pass as well.',
      },
    ],
    evidence: { path: HVM_WRAPPERS, symbol: 'hvm_physdev_op' },
  },
  restricted(
    'physdev_op',
    ['pvh-dom0'],
    'Mapping of interrupts, set-up of GSIs, announcing and resetting PCI devices, MMCFG and the debug port pass the wrapper; the PIRQ operations do not.',
    { path: HVM_WRAPPERS, symbol: 'hvm_physdev_op' },
  ),
  restricted(
    'physdev_op',
    ['pv', 'pv-shim'],
    'The operations on physical devices and interrupts need privilege or a device that was assigned.',
    { path: 'xen/arch/x86/physdev.c', symbol: 'do_physdev_op' },
  ),
  ...ARM.map(
    (guest): Restriction => ({
      hypercall: 'physdev_op',
      guests: [guest],
      handlings: [
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { kconfig: ['!CONFIG_HAS_PCI'] },
          note: 'No operation is implemented.',
        },
        {
          how: 'restricted',
          by: 'xen',
          when: {
            kconfig: ['CONFIG_HAS_PCI'],
            ...(guest === 'arm' ? { role: 'privileged' as const } : {}),
          },
          note: 'Only the operations on PCI devices are implemented, for a privileged caller.',
        },
      ],
      evidence: { path: 'xen/arch/arm/physdev.c', symbol: 'do_arm_physdev_op' },
    }),
  ),
  {
    hypercall: 'mmuext_op',
    guests: ['hvm', 'pvh'],
    handlings: [
      {
        how: 'restricted',
        by: 'xen',
        when: { role: 'privileged' },
        note: MMUEXT_OP_HVM,
      },
    ],
    evidence: DO_MMUEXT_OP,
  },
  restricted('mmuext_op', ['pvh-dom0'], MMUEXT_OP_HVM, DO_MMUEXT_OP),
  restricted('vm_assist', HVM_CONTAINER, 'Only the runstate_update_flag assist exists.', {
    path: 'xen/arch/x86/include/asm/domain.h',
    symbol: 'HVM_VM_ASSIST_MASK',
  }),
  restricted('vm_assist', ARM, 'Only the runstate_update_flag assist exists.', {
    path: 'xen/arch/arm/include/asm/domain.h',
    symbol: 'arch_vm_assist_valid_mask',
  }),
  restricted(
    'vcpu_op',
    ARM,
    'Only VCPUOP_register_vcpu_info and VCPUOP_register_runstate_memory_area; CPUs are started by PSCI.',
    { path: 'xen/arch/arm/domain.c', symbol: 'do_vcpu_op' },
  ),
  fails('xenpmu_op', HVM_CONTAINER, 'Fails for every domain with an emulated local APIC.', {
    path: 'xen/arch/x86/cpu/vpmu.c',
    symbol: 'do_xenpmu_op',
    anchor: 'has_vlapic',
  }),
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
  fails('sched_op_compat', ARM, 'A stub that returns -ENOSYS.', {
    path: 'xen/arch/arm/traps.c',
    symbol: 'dep_sched_op_compat',
  }),
  fails('event_channel_op_compat', ARM, 'A stub that returns -ENOSYS.', {
    path: 'xen/arch/arm/traps.c',
    symbol: 'dep_event_channel_op_compat',
  }),
  fails('physdev_op_compat', ARM, 'A stub that returns -ENOSYS.', {
    path: 'xen/arch/arm/traps.c',
    symbol: 'dep_physdev_op_compat',
  }),
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
  restricted(
    'hvm_op',
    HVM_CONTAINER,
    'The caller’s own parameters and event upcall; operations on other domains need privilege over them, altp2m has to be enabled.',
    { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'do_hvm_op' },
  ),
  restricted(
    'hvm_op',
    ARM,
    'Only reading and setting of parameters, and requests to introspection.',
    { path: 'xen/arch/arm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
