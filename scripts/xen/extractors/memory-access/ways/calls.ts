/** Buffers of hypercalls, and operations whose subject is memory of the caller or of another domain. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, asked, NOT_ARM, NOT_HVM, refused, type Way } from '../way.ts';

const MM = 'xen/arch/x86/mm.c';

const ENTRY = 'xen/arch/x86/x86_64/entry.S';

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
      'copy_to_user',
      'copy_from_user',
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
          since: '4.15',
        }),
        absent('Arm has no dm_op.', {
          places: [at('xen/arch/arm/traps.c', 'arm_hypercall_table')],
          until: '4.15',
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
      [
        'hvm',
        ...sinceOption('4.22', 'CONFIG_VIRIDIAN', asked({ when: { xl: { viridian: true } } })),
      ],
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
    callers: [
      'do_mmu_update',
      'do_mmuext_op',
      'write_cr',
      'arch_set_info_guest',
      'map_guest_l1e',
      'mod_l2_entry',
      'mod_l3_entry',
      'mod_l4_entry',
    ],
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
      [
        'hvms',
        refused('HVM and PVH callers may only pin and unpin page tables, those of a PV guest.', {
          places: [at(MM, 'do_mmuext_op', 'is_hvm_domain(')],
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'descriptor-tables',
    title: 'GDT and LDT of PV guests',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'CPU'],
    does: 'Xen validates the descriptor pages, which the guest can then map for reading only, and maps them into an area of its own, where the CPU uses them; single descriptors are written by update_descriptor.',
    mapping: 'lasting-map',
    names: ['MMUEXT_SET_LDT'],
    callers: ['pv_map_ldt_shadow_page', 'pv_set_gdt', 'do_update_descriptor'],
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
      { ...at(ENTRY, undefined, 'FUNC_LOCAL(create_bounce_frame)'), since: '4.19' },
      { ...at(ENTRY, undefined, 'create_bounce_frame:'), until: '4.19' },
    ],
    cells: [
      ['pvs', { how: 'paravirtualized', by: 'xen' }],
      ['hvms', absent('The CPU delivers exceptions to HVM and PVH guests.')],
      ['arms', NOT_ARM],
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
