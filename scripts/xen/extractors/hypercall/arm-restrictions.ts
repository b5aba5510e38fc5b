/** What handlers do to callers on Arm. */
import type { Handling } from '../../../../src/model/handling.ts';
import { ARM, fails, ofDeviceModel, type Restriction, restricted } from './restriction.ts';

const PHYSDEV = 'xen/arch/arm/physdev.c';
const HVM_OP = { path: 'xen/arch/arm/hvm.c', symbol: 'do_hvm_op' } as const;

const DEVICE_MODEL =
  'Only the operations on ioreq servers, the setting of an interrupt, and the number of vCPUs';

const NO_PCI = {
  how: 'refused',
  by: 'xen',
  effect: 'error',
  when: { kconfig: ['!CONFIG_HAS_PCI'] },
  note: 'No operation is implemented.',
} as const;

/** The operations on PCI devices fail with it where nothing asks for PCI devices. */
const pciFails = (when: Handling['when'], note: string): Omit<Handling, 'evidence'> => ({
  how: 'refused',
  by: 'xen',
  effect: 'error',
  when: { ...when, kconfig: ['CONFIG_HAS_PCI'] },
  note,
});

const pciWorks = (
  guest: 'arm' | 'arm-dom0',
  when: Handling['when'],
): Omit<Handling, 'evidence'> => ({
  how: 'restricted',
  by: 'xen',
  when: {
    ...when,
    kconfig: ['CONFIG_HAS_PCI'],
    ...(guest === 'arm' ? { role: 'privileged' as const } : {}),
  },
  note: 'Only the operations on PCI devices are implemented, for a privileged caller.',
});

const PASSTHROUGH = { cmdline: 'pci-passthrough=on' } as const;

const physdevOp = (guest: 'arm' | 'arm-dom0', pci: Restriction['handlings']): Restriction => ({
  hypercall: 'physdev_op',
  guests: [guest],
  handlings: [NO_PCI, ...pci],
  evidence: { path: PHYSDEV, symbol: 'do_arm_physdev_op' },
  formerly: { path: PHYSDEV, symbol: 'do_physdev_op', until: '4.17' },
  also: [
    {
      path: 'xen/drivers/pci/physdev.c',
      symbol: 'pci_physdev_op',
      anchor: 'is_pci_passthrough_enabled',
    },
    { path: 'xen/arch/arm/pci/pci.c', symbol: 'arch_pci_device_physdevop', since: '4.21' },
  ],
});

export const ARM_RESTRICTIONS: readonly Restriction[] = [
  restricted(
    'memory_op',
    ARM,
    'Claims and operations on other domains need privilege over them; the operations that only x86 has fail.',
    { path: 'xen/common/memory.c', symbol: 'do_memory_op' },
  ),
  restricted('platform_op', ['arm-dom0'], 'Only XENPF_settime64 is implemented.', {
    path: 'xen/arch/arm/platform_hypercall.c',
    symbol: 'do_platform_op',
    anchor: 'XENPF_settime64',
  }),
  ofDeviceModel(
    'dm_op',
    ['arm'],
    `${DEVICE_MODEL}; the caller must be the device model of the target domain, or privileged.`,
    { path: 'xen/arch/arm/dm.c', symbol: 'dm_op', anchor: 'xsm_dm_op' },
  ),
  restricted('dm_op', ['arm-dom0'], `${DEVICE_MODEL}.`, {
    path: 'xen/arch/arm/dm.c',
    symbol: 'dm_op',
  }),
  {
    ...restricted(
      'grant_table_op',
      ARM,
      'Only version 1 of grant tables; GNTTABOP_transfer, GNTTABOP_get_status_frames and GNTTABOP_unmap_and_replace with a new address fail.',
      { path: 'xen/arch/arm/include/asm/grant_table.h', symbol: 'GNTTAB_MAX_VERSION' },
    ),
    also: [{ path: 'xen/arch/arm/mm.c', symbol: 'steal_page' }],
  },
  {
    ...fails('physdev_op', ARM, 'No operation is implemented.', {
      path: PHYSDEV,
      symbol: 'do_physdev_op',
    }),
    until: '4.16',
  },
  ...ARM.flatMap((guest): Restriction[] => [
    {
      ...physdevOp(guest, [
        pciFails({ feature: ['!iommu'] }, 'Each operation fails without pci-passthrough=on.'),
        pciWorks(guest, { feature: ['iommu'] }),
        pciWorks(guest, PASSTHROUGH),
      ]),
      since: '4.21',
    },
    {
      ...physdevOp(guest, [
        pciFails({}, 'Each operation fails without pci-passthrough=on.'),
        pciWorks(guest, PASSTHROUGH),
      ]),
      since: '4.16',
      until: '4.21',
    },
  ]),
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
  {
    ...restricted(
      'hvm_op',
      ARM,
      'Reading of parameters, its own ones too, setting those of a domain that it controls, and requests to introspection where a monitor waits for them.',
      HVM_OP,
    ),
    since: '4.14',
  },
  {
    ...restricted(
      'hvm_op',
      ARM,
      'Only reading and setting of parameters, and requests to introspection where a monitor waits for them.',
      HVM_OP,
    ),
    until: '4.14',
  },
];
