/** Buffers of hypercalls, and operations whose subject is memory of the caller or of another domain. */
import { at } from '../../../authored.ts';
import { absent, asked, NOT_ARM, NOT_HVM, NOT_PV, NOT_X86, onDemand, type Way } from '../way.ts';

const MM = 'xen/arch/x86/mm.c';
const MEMORY = 'xen/common/memory.c';
const GRANT = 'xen/common/grant_table.c';
const HVM_GRANT = at('xen/arch/x86/hvm/hypercall.c', 'hvm_grant_table_op');
const MAP_FRAME = [
  { ...at(GRANT, 'gnttab_map_frame_begin'), since: '4.22' },
  { ...at(GRANT, 'gnttab_map_frame'), until: '4.22' },
];
const SHIM_GRANT = at('xen/arch/x86/pv/shim.c', 'pv_shim_grant_table_op');

const refusedByShim = {
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note: 'The shim offers only the set-up and the size of the grant table.',
  places: [SHIM_GRANT],
} as const;
const refusedForHvm = {
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note: 'The operation is not in the list for HVM and PVH callers.',
  places: [HVM_GRANT],
} as const;

export const CALLS: readonly Way[] = [
  {
    id: 'hypercall-buffers',
    title: 'Arguments and buffers of hypercalls',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen copies the arguments of a hypercall from the memory of the caller, and its results back.',
    mapping: 'copy',
    names: ['XEN_DMOP_nr_vcpus'],
    callers: [
      'copy_to_user_hvm',
      'copy_from_user_hvm',
      'clear_user_hvm',
      'copy_to_guest_pv',
      'copy_from_guest_pv',
      'clear_guest_pv',
      'raw_copy_to_guest',
      'raw_copy_from_guest',
      'raw_clear_guest',
      'translate_get_page',
      'get_page_from_gva',
    ],
    places: [],
    cells: [
      [
        'pvs',
        asked({
          note: 'Through the page tables of the guest, which are the active ones.',
          places: [
            { ...at('xen/arch/x86/lib/copy-guest.c', 'copy_from_guest_pv'), since: '4.22' },
            at('xen/arch/x86/include/asm/guest_access.h', 'raw_copy_from_guest'),
          ],
        }),
      ],
      [
        'hvms',
        asked({
          note: 'By linear address: Xen walks the page tables of the guest, then maps each page.',
          places: [
            at('xen/arch/x86/hvm/hvm.c', 'copy_from_user_hvm'),
            at('xen/arch/x86/include/asm/guest_access.h', 'raw_copy_from_guest'),
          ],
        }),
      ],
      [
        'arms',
        asked({
          note: 'By virtual address: the CPU translates it, Xen maps each page of RAM.',
          places: [at('xen/arch/arm/guestcopy.c', 'copy_guest')],
        }),
      ],
    ],
  },
  {
    id: 'device-model-buffers',
    title: 'Buffers of dm_op',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'QEMU'],
    does: 'Xen copies buffers of the device model, at offsets within lists that the caller gives; the memory is that of the domain of the device model.',
    mapping: 'copy',
    names: [
      'XEN_DMOP_create_ioreq_server',
      'XEN_DMOP_set_ioreq_server_state',
      'XEN_DMOP_destroy_ioreq_server',
    ],
    places: [at('xen/arch/x86/hvm/dm.c', 'dm_op')],
    cells: [
      ['all', absent('Only a device model makes this hypercall: dom0, or a stub domain.')],
      ['dom0s', asked({ when: { role: 'device-model' } })],
      ['pv', asked({ when: { role: 'device-model' }, note: 'A stub domain.' })],
      ['pvh', asked({ when: { role: 'device-model' }, note: 'A stub domain.' })],
      ['hvm', asked({ when: { role: 'device-model' } })],
      [
        'arm-dom0',
        asked({
          when: { role: 'device-model', kconfig: ['CONFIG_IOREQ_SERVER'] },
          places: [at('xen/arch/arm/dm.c', 'dm_op')],
        }),
      ],
    ],
  },
  {
    id: 'viridian-hypercalls',
    title: 'Inputs of Viridian hypercalls',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen copies the input of a Hyper-V hypercall from the physical address that the guest gives.',
    mapping: 'copy',
    callers: [
      'hv_vpset_to_vpmask',
      'hvcall_flush',
      'hvcall_flush_ex',
      'hvcall_ipi',
      'hvcall_ipi_ex',
      'viridian_hypercall',
    ],
    places: [at('xen/arch/x86/hvm/viridian/viridian.c', 'viridian_hypercall')],
    cells: [
      ['all', absent('libxl offers the enlightenments to HVM guests only.')],
      ['hvm', asked({ when: { xl: { viridian: true } } })],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'page-table-hypercalls',
    title: 'Page-table updates and pinning',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen maps the page tables of a PV guest, reads every entry to validate it, and writes the entries that mmu_update, update_va_mapping and mmuext_op name.',
    mapping: 'brief-map',
    names: [
      'MMUEXT_PIN_L1_TABLE',
      'MMUEXT_PIN_L2_TABLE',
      'MMUEXT_PIN_L3_TABLE',
      'MMUEXT_PIN_L4_TABLE',
      'MMUEXT_UNPIN_TABLE',
      'MMUEXT_NEW_BASEPTR',
      'MMUEXT_NEW_USER_BASEPTR',
      'MMUEXT_MARK_SUPER',
      'MMUEXT_UNMARK_SUPER',
    ],
    callers: ['do_mmu_update', 'do_mmuext_op', 'write_cr', 'arch_set_info_guest'],
    places: [at(MM, 'do_mmu_update'), at(MM, 'do_mmuext_op')],
    cells: [
      ['pvs', asked()],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'clear-copy-page',
    title: 'MMUEXT_CLEAR_PAGE and MMUEXT_COPY_PAGE',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen clears or copies a page of the guest on its behalf.',
    mapping: 'brief-map',
    names: ['MMUEXT_CLEAR_PAGE', 'MMUEXT_COPY_PAGE'],
    places: [
      at(MM, 'do_mmuext_op', 'MMUEXT_CLEAR_PAGE'),
      at(MM, 'do_mmuext_op', 'MMUEXT_COPY_PAGE'),
    ],
    cells: [
      ['pvs', asked()],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'descriptor-tables',
    title: 'GDT and LDT of PV guests',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'CPU'],
    does: 'Xen validates the descriptor pages, maps them read-only for the guest into its own per-domain area, and the CPU uses them there; single descriptors are written by update_descriptor.',
    mapping: 'lasting-map',
    names: ['MMUEXT_SET_LDT'],
    callers: ['pv_map_ldt_shadow_page', 'do_update_descriptor'],
    places: [
      at('xen/arch/x86/pv/descriptor-tables.c', 'pv_set_gdt'),
      at('xen/arch/x86/pv/mm.c', 'pv_map_ldt_shadow_page'),
      at('xen/arch/x86/pv/descriptor-tables.c', 'do_update_descriptor'),
    ],
    cells: [
      ['pvs', asked()],
      [
        'hvms',
        absent('The CPU loads the descriptor tables of HVM and PVH guests from their own memory.'),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'bounce-frame',
    title: 'Exception frames on the stack of a PV guest',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen writes the frame of an exception, event or failsafe callback onto the kernel stack of the guest, and reads it back for the iret hypercall.',
    mapping: 'copy',
    places: [
      at('xen/arch/x86/pv/iret.c', 'do_iret'),
      at('xen/arch/x86/pv/traps.c', 'pv_inject_event'),
    ],
    cells: [
      ['pvs', { how: 'paravirtualized', by: 'xen' }],
      ['hvms', absent('The CPU delivers exceptions to HVM and PVH guests.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'grant-frames',
    title: 'Frames of the grant table',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen owns the frames, lets the guest map them, reads the entries that the guest writes, and marks those in use.',
    mapping: 'own-page',
    names: [
      'GNTTABOP_setup_table',
      'GNTTABOP_set_version',
      'GNTTABOP_swap_grant_ref',
      'XENMAPSPACE_grant_table',
    ],
    places: [at(GRANT, 'gnttab_grow_table'), at(GRANT, 'map_grant_ref')],
    cells: [
      [
        'all',
        asked({ note: 'The guest maps them with XENMEM_add_to_physmap.', places: [...MAP_FRAME] }),
      ],
      [
        'pvs',
        asked({
          note: 'The guest maps the machine frames that GNTTABOP_setup_table returns.',
          places: [at(GRANT, 'gnttab_setup_table')],
        }),
      ],
      [
        'pv-shim',
        asked({
          note: 'The shim sets up the frames of the hypervisor outside and hands them to the guest.',
          places: [SHIM_GRANT],
        }),
      ],
    ],
  },
  {
    id: 'grant-status-frames',
    title: 'Status frames of version 2 of the grant table',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes the state of each grant into frames of its own that the guest maps.',
    mapping: 'own-page',
    names: ['GNTTABOP_get_status_frames'],
    places: [at(GRANT, 'gnttab_get_status_frames'), at(GRANT, 'gnttab_set_version')],
    cells: [
      [
        'all',
        asked({
          when: { guest: ['grant-v2'] },
          note: 'Only where Xen and the configuration of the guest allow version 2.',
        }),
      ],
      [
        'hvms',
        asked({
          when: { guest: ['grant-v2'] },
          note: 'Mapped with XENMEM_add_to_physmap; GNTTABOP_get_status_frames is not for HVM and PVH callers.',
          places: [...MAP_FRAME, HVM_GRANT],
        }),
      ],
      ['pv-shim', refusedByShim],
      [
        'arms',
        absent('Arm has version 1 only.', {
          places: [at('xen/arch/arm/include/asm/grant_table.h', 'GNTTAB_MAX_VERSION')],
        }),
      ],
    ],
  },
  {
    id: 'grant-map',
    title: 'Pages that another domain maps by a grant',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the domain that the grant names'],
    does: 'The domain that the guest names in a grant maps the page, for reading only or for both, until it unmaps it.',
    mapping: 'grant-map',
    names: ['GNTTABOP_map_grant_ref', 'GNTTABOP_unmap_grant_ref', 'GNTTABOP_unmap_and_replace'],
    callers: ['get_paged_frame', 'init_gnt_cli', 'connect_device', 'xengntshr_share'],
    places: [at(GRANT, 'map_grant_ref')],
    cells: [
      ['all', asked()],
      ['pvs', asked({ places: [at('xen/arch/x86/pv/grant_table.c', 'create_grant_pv_mapping')] })],
      [
        'hvms',
        asked({ places: [at('xen/arch/x86/hvm/grant_table.c', 'create_grant_p2m_mapping')] }),
      ],
      [
        'pv-shim',
        asked({
          note: 'Backends outside map what the guest grants; the guest itself can map nothing, since the shim refuses that.',
          places: [SHIM_GRANT],
        }),
      ],
    ],
  },
  {
    id: 'grant-copy',
    title: 'Copies between domains by grant',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen copies between a page of the caller and a granted page of another domain, with both mapped for the copy.',
    mapping: 'brief-map',
    names: ['GNTTABOP_copy'],
    places: [at(GRANT, 'gnttab_copy')],
    cells: [
      ['all', asked()],
      ['hvms', asked({ places: [HVM_GRANT] })],
      ['pv-shim', refusedByShim],
    ],
  },
  {
    id: 'grant-transfer',
    title: 'Transfer of pages between domains',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the domain that gives the page'],
    does: 'A page changes its owner; the receiver has granted the slot for it.',
    mapping: 'p2m',
    names: ['GNTTABOP_transfer'],
    places: [at(GRANT, 'gnttab_transfer')],
    cells: [
      ['all', asked({ when: { kconfig: ['CONFIG_PV'] } })],
      ['pvs', asked()],
      ['hvms', refusedForHvm],
      ['pv-shim', refusedByShim],
      [
        'arms',
        absent('Stealing a page from its owner is not implemented on Arm.', {
          places: [at('xen/arch/arm/mm.c', 'steal_page')],
        }),
      ],
    ],
  },
  {
    id: 'grant-cache-flush',
    title: 'Cache maintenance of granted pages',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen cleans or invalidates the caches for a page of the caller or one that it has mapped by a grant.',
    mapping: 'brief-map',
    names: ['GNTTABOP_cache_flush'],
    places: [at(GRANT, '_cache_flush')],
    cells: [
      ['arms', asked()],
      [
        'pvs',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'The operation is not built for x86.',
          since: '4.21',
        },
        { ...asked(), until: '4.21' },
      ],
      ['hvms', refusedForHvm],
    ],
  },
  {
    id: 'balloon',
    title: 'Ballooning and exchange of memory',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'The guest gives pages back, asks for others or exchanges them; Xen changes the owner of the pages and the translation, not the contents.',
    mapping: 'p2m',
    names: [
      'XENMEM_increase_reservation',
      'XENMEM_decrease_reservation',
      'XENMEM_populate_physmap',
      'XENMEM_exchange',
      'XENMEM_remove_from_physmap',
    ],
    places: [at(MEMORY, 'do_memory_op'), at(MEMORY, 'decrease_reservation')],
    cells: [['all', asked()]],
  },
  {
    id: 'p2m-remap',
    title: 'Own frames mapped at another address',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'The guest asks for a frame of its own at another guest address; only the translation changes.',
    mapping: 'p2m',
    names: [
      'XENMEM_add_to_physmap',
      'XENMEM_add_to_physmap_batch',
      'XENMEM_add_to_physmap_range',
      'XENMAPSPACE_gmfn',
      'XENMAPSPACE_gmfn_range',
    ],
    callers: ['xenmem_add_to_physmap_one'],
    places: [at('xen/arch/x86/mm/p2m.c', 'xenmem_add_to_physmap_one')],
    cells: [
      ['pvs', absent('PV guests hold machine frames and have no translation of their own.')],
      ['hvms', asked()],
      [
        'arms',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'Arm knows the shared info page, the grant table, foreign frames and device memory only.',
          places: [at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one')],
        },
      ],
    ],
  },
  {
    id: 'foreign-map-p2m',
    title: 'Foreign frames in the p2m of the mapper',
    accessor: 'dom0',
    consent: 'without',
    parties: ['the toolstack', 'QEMU'],
    does: 'A privileged domain with a p2m of its own maps a frame of another domain into it; Xen holds a reference of the page. On x86 nr_foreign counts such entries in the p2m of the mapper; nothing counts them for the target.',
    mapping: 'foreign-map',
    names: ['XENMAPSPACE_gmfn_foreign'],
    callers: ['p2m_add_foreign'],
    places: [at('xen/arch/x86/mm/p2m.c', 'p2m_add_foreign')],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          note: 'Its memory can be mapped by a domain that is privileged over it, such as PVH dom0 or a device model.',
        }),
      ],
      [
        'dom0s',
        absent('Other domains are not privileged over dom0; PVH and Arm dom0 are the mappers.'),
      ],
      [
        'arm',
        onDemand({
          by: 'dom0',
          note: 'The mapper holds a reference of the page; Arm counts nothing.',
          places: [
            at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_gmfn_foreign'),
          ],
        }),
      ],
    ],
  },
  {
    id: 'foreign-map-pv',
    title: 'Foreign frames in the page tables of a PV mapper',
    accessor: 'dom0',
    consent: 'without',
    parties: ['the toolstack', 'QEMU'],
    does: 'PV dom0 writes an entry that names a frame of another domain into its own page table by mmu_update; Xen checks that it is privileged over the owner and takes a reference.',
    mapping: 'foreign-map',
    callers: ['mod_l1_entry'],
    places: [at(MM, 'get_page_from_l1e'), at(MM, 'mod_l1_entry')],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          note: 'Its memory can be mapped by PV dom0 or another PV domain that is privileged over it.',
        }),
      ],
      ['dom0s', absent('Other domains are not privileged over dom0; PV dom0 is the mapper.')],
      ['arms', absent('There is no PV dom0 on Arm.')],
    ],
  },
  {
    id: 'resource-map',
    title: 'Resources of a guest mapped by XENMEM_acquire_resource',
    accessor: 'dom0',
    consent: 'implicit',
    parties: ['the toolstack', 'QEMU'],
    does: 'A privileged domain maps pages that belong to Xen or to the mapper and concern the guest: ioreq pages, grant-table frames, the trace buffer. No page of the RAM of the guest is mapped.',
    mapping: 'resource-map',
    names: [
      'XENMEM_acquire_resource',
      'XENMEM_resource_grant_table',
      'XENMEM_resource_grant_table_id_shared',
      'XENMEM_resource_grant_table_id_status',
    ],
    places: [at(MEMORY, 'acquire_resource')],
    cells: [
      ['all', { how: 'exposed', by: 'dom0' }],
      ['dom0s', absent('The caller must be privileged over the target; dom0 is the caller.')],
    ],
  },
  {
    id: 'device-memory-map',
    title: 'Device memory mapped by XENMAPSPACE_dev_mmio',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the hardware domain'],
    does: 'A domain maps memory of a device that it was granted; no RAM of a guest is reached.',
    mapping: 'p2m',
    names: ['XENMAPSPACE_dev_mmio', 'XEN_DOMCTL_memory_mapping'],
    places: [at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_dev_mmio')],
    cells: [
      ['all', NOT_X86],
      [
        'hvms',
        absent('x86 has XEN_DOMCTL_memory_mapping instead, which the toolstack calls.', {
          places: [at('xen/common/domctl.c', 'do_domctl')],
        }),
      ],
      ['pvs', NOT_PV],
      ['arms', asked({ when: { guest: ['iomem-granted'] } })],
    ],
  },
  {
    id: 'argo-rings',
    title: 'Argo rings',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen maps the ring that a domain registers, piece by piece as messages come, and copies the messages of senders into it.',
    mapping: 'lasting-map',
    names: [
      'XEN_ARGO_OP_register_ring',
      'XEN_ARGO_OP_unregister_ring',
      'XEN_ARGO_OP_sendv',
      'XEN_ARGO_OP_notify',
    ],
    callers: ['find_ring_mfn', 'ring_map_page'],
    places: [
      at('xen/common/argo.c', 'ring_map_page'),
      at('xen/common/argo.c', 'memcpy_to_guest_ring'),
    ],
    cells: [
      [
        'all',
        asked({ when: { kconfig: ['CONFIG_ARGO'], cmdline: 'argo', guest: ['registered'] } }),
      ],
    ],
  },
  {
    id: 'tmem',
    title: 'Transcendent memory',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen copied pages between the guest and pools of its own; the hypercall is gone since 4.13.',
    mapping: 'copy',
    names: ['XEN_SYSCTL_tmem_op'],
    places: [at('xen/include/public/xen.h', undefined, '__HYPERVISOR_tmem_op')],
    cells: [['all', absent('The hypercall was removed; only its number is reserved.')]],
  },
];
