/** What wrappers and handlers do to HVM and PVH callers. */
import { fails, HVM_CONTAINER, type Restriction, restricted } from './restriction.ts';

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

export const CONTAINER_RESTRICTIONS: readonly Restriction[] = [
  restricted('memory_op', HVM_CONTAINER, MEMORY_OP_HVM, {
    path: HVM_WRAPPERS,
    symbol: 'hvm_memory_op',
  }),
  restricted(
    'grant_table_op',
    HVM_CONTAINER,
    'Querying, set-up, version, mapping, unmapping, copying and swapping; transfer, unmap_and_replace, get_status_frames, dump_table and cache_flush are refused.',
    { path: HVM_WRAPPERS, symbol: 'hvm_grant_table_op' },
  ),
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
  fails('xenpmu_op', HVM_CONTAINER, 'Fails for every domain with an emulated local APIC.', {
    path: 'xen/arch/x86/cpu/vpmu.c',
    symbol: 'do_xenpmu_op',
    anchor: 'has_vlapic',
  }),
  restricted(
    'hvm_op',
    HVM_CONTAINER,
    'The caller’s own parameters and event upcall; operations on other domains need privilege over them, altp2m has to be enabled.',
    { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
