/** What wrappers and handlers do to HVM and PVH callers, and `mmuext_op` to PV ones. */
import { PHYSDEV_RESTRICTIONS } from './physdev-restrictions.ts';
import { fails, HVM_CONTAINER, type Restriction, restricted } from './restriction.ts';

const MMUEXT_OP_HVM =
  'Only pinning and unpinning of page tables, and only on a PV domain that the caller controls.';
const DO_MMUEXT_OP = {
  path: 'xen/arch/x86/mm.c',
  symbol: 'do_mmuext_op',
  anchor: 'is_hvm_domain',
} as const;
const HVM_WRAPPERS = 'xen/arch/x86/hvm/hypercall.c';

const BOTH_MAPS = 'XENMEM_machine_memory_map and XENMEM_machphys_mapping are refused';
const NESTED = 'XENMEM_acquire_resource for a caller with altp2m or nested virtualization';

const memoryOp = (guests: Restriction['guests'], refused: string): Restriction =>
  restricted(
    'memory_op',
    guests,
    `${refused}; operations on other domains need privilege over them.`,
    { path: HVM_WRAPPERS, symbol: 'hvm_memory_op' },
  );

export const CONTAINER_RESTRICTIONS: readonly Restriction[] = [
  {
    ...memoryOp(
      ['hvm', 'pvh'],
      `XENMEM_machphys_mapping is refused, and ${NESTED}; XENMEM_machine_memory_map, claims and populate-on-demand targets need privilege`,
    ),
    since: '4.19',
  },
  {
    ...memoryOp(['pvh-dom0'], `XENMEM_machphys_mapping is refused, and ${NESTED}`),
    since: '4.19',
  },
  {
    ...memoryOp(HVM_CONTAINER, `${BOTH_MAPS}, and ${NESTED}`),
    since: '4.17',
    until: '4.19',
  },
  { ...memoryOp(['hvm', 'pvh'], `${BOTH_MAPS}, and XENMEM_acquire_resource`), until: '4.17' },
  { ...memoryOp(['pvh-dom0'], BOTH_MAPS), until: '4.17' },
  restricted(
    'grant_table_op',
    HVM_CONTAINER,
    'Querying, set-up, version, mapping, unmapping, copying and swapping; transfer, unmap_and_replace, get_status_frames, dump_table and cache_flush are refused.',
    { path: HVM_WRAPPERS, symbol: 'hvm_grant_table_op' },
  ),
  ...PHYSDEV_RESTRICTIONS,
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
  {
    hypercall: 'mmuext_op',
    guests: ['pv', 'pv-shim'],
    handlings: [
      {
        how: 'restricted',
        by: 'xen',
        note: 'All operations but MMUEXT_FLUSH_CACHE and MMUEXT_FLUSH_CACHE_GLOBAL; page tables of another domain need privilege over it.',
      },
      { how: 'exposed', by: 'xen', when: { guest: ['cache-flush-permitted'] } },
    ],
    evidence: { ...DO_MMUEXT_OP, anchor: 'cache_flush_permitted' },
  },
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
    'The caller’s own parameters, event upcall, TLB flush and memory types, the time, trace records, requests to introspection where a monitor waits for them, and with shadow paging the end of page tables; operations on other domains need privilege over them, and altp2m has to be enabled.',
    { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'do_hvm_op' },
  ),
];
