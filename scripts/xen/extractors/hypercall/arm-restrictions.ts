/** What handlers do to callers on Arm. */
import { ARM, fails, type Restriction, restricted } from './restriction.ts';

const PHYSDEV = 'xen/arch/arm/physdev.c';

export const ARM_RESTRICTIONS: readonly Restriction[] = [
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
  {
    ...fails('physdev_op', ARM, 'No operation is implemented.', {
      path: PHYSDEV,
      symbol: 'do_physdev_op',
    }),
    until: '4.16',
  },
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
      evidence: { path: PHYSDEV, symbol: 'do_arm_physdev_op' },
      formerly: { path: PHYSDEV, symbol: 'do_physdev_op', until: '4.17' },
      since: '4.16',
    }),
  ),
  {
    ...restricted('vm_assist', ARM, 'Only the runstate_update_flag assist exists.', {
      path: 'xen/arch/arm/include/asm/domain.h',
      symbol: 'arch_vm_assist_valid_mask',
    }),
    formerly: {
      path: 'xen/arch/arm/include/asm/config.h',
      symbol: 'VM_ASSIST_VALID',
      until: ['4.13.1', '4.14'],
    },
  },
  {
    ...restricted(
      'vcpu_op',
      ARM,
      'Only VCPUOP_register_vcpu_info and VCPUOP_register_runstate_memory_area; CPUs are started by PSCI.',
      { path: 'xen/arch/arm/domain.c', symbol: 'do_vcpu_op' },
    ),
    formerly: { path: 'xen/arch/arm/domain.c', symbol: 'do_arm_vcpu_op', until: '4.17' },
  },
  ...['sched_op_compat', 'event_channel_op_compat', 'physdev_op_compat'].map(
    (name): Restriction => ({
      ...fails(name, ARM, 'A stub that returns -ENOSYS.', {
        path: 'xen/arch/arm/traps.c',
        symbol: `dep_${name}`,
      }),
      formerly: {
        path: 'xen/arch/arm/traps.c',
        symbol: 'do_deprecated_hypercall',
        until: '4.17',
      },
    }),
  ),
  restricted(
    'hvm_op',
    ARM,
    'Only reading and setting of parameters, and requests to introspection.',
    { path: 'xen/arch/arm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
