/** Memory that Xen reads and writes because it emulates what the guest does. */
import { at } from '../../../authored.ts';
import { absent, follows, NOT_ARM, NOT_PV, type Way } from '../way.ts';

const EMULATE = 'xen/arch/x86/hvm/emulate.c';

const HVM = 'xen/arch/x86/hvm/hvm.c';

const PRIV = 'xen/arch/x86/pv/emul-priv-op.c';

export const EMULATION: readonly Way[] = [
  {
    id: 'instruction-fetch',
    title: 'Instruction bytes for emulation',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the bytes of the instruction that it emulates, at the instruction pointer of the guest.',
    mapping: 'copy',
    callers: [
      'hvm_emulate_init_per_insn',
      'insn_fetch',
      'hvm_ud_intercept',
      'svm_get_insn_len',
      'shadow_init_emulation',
      'shadow_continue_emulation',
      'hvmemul_insn_fetch',
    ],
    places: [at(EMULATE, 'hvm_emulate_init_per_insn')],
    cells: [
      [
        'hvms',
        follows({
          note: 'Unless the exit supplies the bytes (SVM decode assists) or a cache of the emulator holds them. Access to the local APIC needs it as well, unless registers are virtualized or x2APIC mode is used.',
          places: [at(EMULATE, 'hvm_emulate_init_per_insn')],
        }),
        follows({
          note: 'The emulation of writes to shadowed page tables always reads the memory of the guest.',
          when: { paging: 'shadow' },
          places: [at('xen/arch/x86/mm/shadow/hvm.c', 'shadow_init_emulation')],
        }),
      ],
      [
        'pvs',
        follows({
          note: 'Privileged instructions, writes to page tables and gates.',
          places: [at(PRIV, 'insn_fetch')],
        }),
      ],
      ['arms', absent('Arm has no such emulator; what it decodes is a way of its own.')],
    ],
  },
  {
    id: 'emulated-data',
    title: 'Operands in memory of emulated instructions',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads and writes the memory operands of an instruction that it emulates, among them the data of INS, OUTS and MOVS.',
    mapping: 'copy',
    callers: [
      'linear_read',
      'linear_write',
      'hvmemul_rep_movs',
      'hvmemul_rep_stos',
      'hvmemul_acquire_page',
      'hvmemul_map_linear_addr',
      'ioreq_server_read',
      'hvm_process_io_intercept',
      'hvm_translate_get_page',
      'rep_ins',
      'rep_outs',
    ],
    places: [at(EMULATE, 'linear_read'), at(EMULATE, 'linear_write')],
    cells: [
      [
        'hvms',
        follows({
          places: [
            at(EMULATE, 'linear_read'),
            at(EMULATE, 'linear_write'),
            at('xen/arch/x86/hvm/intercept.c', 'hvm_process_io_intercept'),
          ],
        }),
      ],
      [
        'pvs',
        follows({
          note: 'INS and OUTS only; what writes a page table is a way of its own.',
          places: [at(PRIV, 'rep_ins'), at(PRIV, 'rep_outs')],
        }),
      ],
      ['arms', absent('The data of an emulated access is in a register.')],
    ],
  },
  {
    id: 'page-table-walk',
    title: 'Walks of the page tables of the guest',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps each page table of the guest on the way from a linear to a physical address, and sets the accessed and dirty bits.',
    mapping: 'brief-map',
    callers: ['map_domain_gfn', 'hap_p2m_ga_to_gfn', 'guest_walk_tables'],
    places: [
      { ...at('xen/arch/x86/mm/guest_walk.c', 'map_domain_gfn'), since: '4.17' },
      { ...at('xen/arch/x86/mm/p2m.c', 'map_domain_gfn'), until: '4.17' },
    ],
    cells: [
      [
        'hvms',
        follows({
          when: { paging: 'hap' },
          note: 'When Xen needs the physical address: for buffers of hypercalls and for emulation.',
        }),
        follows({
          when: { paging: 'shadow' },
          note: 'At each page fault.',
          places: [at('xen/arch/x86/mm/shadow/multi.c', 'sh_page_fault')],
        }),
      ],
      [
        'pvs',
        follows({
          when: { paging: 'shadow' },
          note: 'Only while the guest is shadowed, at each page fault; with direct paging Xen reads through the active page tables.',
          places: [at('xen/arch/x86/mm/shadow/multi.c', 'sh_page_fault')],
        }),
      ],
      ['arms', absent('The CPU translates the address; the walk in software is a way of its own.')],
    ],
  },
  {
    id: 'pae-pdptes',
    title: 'Page-directory pointers of PAE guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the four entries at CR3 and loads them into the VMCS or the shadow.',
    mapping: 'brief-map',
    callers: [
      'vmx_load_pdptrs',
      'vmx_restore_cr0_cr3',
      'svm_vmcb_restore',
      'hvm_set_cr0',
      'hvm_set_cr3',
      'arch_set_info_hvm_guest',
    ],
    places: [at('xen/arch/x86/hvm/vmx/vmx.c', 'vmx_load_pdptrs')],
    cells: [
      ['all', NOT_PV],
      [
        'hvms',
        follows({ when: { vendor: 'intel', paging: 'hap', guest: ['pae-paging'] } }),
        follows({
          when: { paging: 'shadow', guest: ['pae-paging'] },
          places: [at('xen/arch/x86/mm/shadow/multi.c', 'sh_update_cr3')],
        }),
        absent('The CPU reads them itself.', {
          when: { vendor: 'amd', paging: 'hap', guest: ['pae-paging'] },
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'task-switch',
    title: 'TSS and GDT for a hardware task switch',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads both task state segments and the descriptors, writes the old state back and pushes an error code.',
    mapping: 'copy',
    callers: [
      'hvm_map_entry',
      'hvm_task_switch',
      'task_switch_load_seg',
      '_hvm_map_guest_frame',
      'hvm_load_segment_selector',
    ],
    places: [at(HVM, 'hvm_map_entry'), at(HVM, 'hvm_task_switch')],
    cells: [
      ['pvs', absent('PV guests cannot load a task register.')],
      ['hvms', follows({ when: { guest: ['hardware-task-switch'] } })],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'msix-snoop',
    title: 'Writes to an MSI-X table by a string instruction',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the data that a MOVS of the guest writes to the MSI-X table, so that it can unmask the interrupt.',
    mapping: 'copy',
    callers: ['msix_write_completion'],
    places: [at('xen/arch/x86/hvm/vmsi.c', 'msix_write_completion')],
    cells: [
      [
        'all',
        absent(
          'Only HVM guests with an assigned device have the MSI-X table that Xen and QEMU share.',
        ),
      ],
      ['hvm', follows({ when: { guest: ['pci-device'] } })],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'svm-idt-read',
    title: 'Interrupt descriptors for software interrupts on SVM',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the descriptor of the vector, to check by software what the CPU does not when it injects INT n.',
    mapping: 'copy',
    callers: ['svm_emul_swint_injection'],
    places: [at('xen/arch/x86/hvm/svm/svm.c', 'svm_emul_swint_injection')],
    cells: [
      ['all', NOT_PV],
      [
        'hvms',
        follows({
          when: { vendor: 'amd', feature: ['!nrips'] },
          note: 'When a software interrupt is injected.',
        }),
        follows({ when: { vendor: 'amd', feature: ['nrips'] }, note: 'For ICEBP only.' }),
      ],
      ['arms', NOT_ARM],
    ],
  },
];
