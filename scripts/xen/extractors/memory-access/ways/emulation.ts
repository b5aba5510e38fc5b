/** Memory that Xen reads and writes because it emulates what the guest does. */
import { at } from '../../../authored.ts';
import { absent, follows, NOT_ARM, NOT_HVM, NOT_PV, NOT_X86, type Way } from '../way.ts';

const EMULATE = 'xen/arch/x86/hvm/emulate.c';
const HVM = 'xen/arch/x86/hvm/hvm.c';
const PRIV = 'xen/arch/x86/pv/emul-priv-op.c';
const GATE = 'xen/arch/x86/pv/emul-gate-op.c';
const RO = 'xen/arch/x86/pv/ro-page-fault.c';

const NESTED = { guest: ['nested-hvm'] } as const;

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
    id: 'arm-instruction-decode',
    title: 'Instruction bytes that Arm decodes for an MMIO access',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the instruction of the guest when the syndrome of a data abort does not describe the access.',
    mapping: 'copy',
    places: [at('xen/arch/arm/decode.c', 'decode_instruction')],
    cells: [
      ['all', NOT_X86],
      [
        'arms',
        follows({
          note: 'Only for a data abort without a valid syndrome, such as a load with post-index.',
        }),
      ],
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
          note: 'INS and OUTS only.',
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
    places: [at('xen/arch/x86/mm/guest_walk.c', 'map_domain_gfn')],
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
    id: 'arm-page-table-walk',
    title: 'Walks in software of the page tables of an Arm guest',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the page tables of the guest when the translation by the CPU fails because of restricted stage-2 permissions.',
    mapping: 'copy',
    callers: ['guest_walk_sd', 'guest_walk_ld'],
    places: [
      at('xen/arch/arm/guest_walk.c', 'guest_walk_tables'),
      at('xen/arch/arm/mem_access.c', 'p2m_mem_access_check_and_get_page'),
    ],
    cells: [
      ['all', NOT_X86],
      ['arms', follows({ when: { guest: ['introspection'] } })],
      ['arm-dom0', absent('mem_access is not applied to dom0.')],
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
    id: 'pv-page-table-write',
    title: 'Emulated writes to page tables of PV guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps the L1 table that the guest tried to write, validates the entry and writes it.',
    mapping: 'brief-map',
    callers: ['ptwr_emulated_read', 'ptwr_emulated_update'],
    places: [at(RO, 'ptwr_emulated_update')],
    cells: [
      [
        'pvs',
        follows({
          when: { guest: ['writable-pagetables'] },
          note: 'L1 tables in kernel mode only.',
        }),
      ],
      [
        'pv-dom0',
        follows({
          note: 'L1 tables in kernel mode only; without the assist as well where the faulting entry is present.',
          places: [at('xen/arch/x86/traps.c', undefined, 'pv_ro_page_fault')],
        }),
      ],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'pv-io-bitmap',
    title: 'I/O permission bitmap of PV guests',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen reads two bytes of the bitmap that the guest kernel registered, to decide on a port access of user mode.',
    mapping: 'copy',
    names: ['PHYSDEVOP_set_iobitmap'],
    callers: ['guest_io_okay'],
    places: [at(PRIV, 'guest_io_okay')],
    cells: [
      [
        'pvs',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { guest: ['registered', '!io-permission'] },
          note: 'Only when IOPL does not allow the access.',
        },
      ],
      ['hvms', absent('The CPU reads the bitmap from the TSS of the guest.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'pv-gates',
    title: 'Gates, descriptors and stacks of 32-bit PV guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the gate and the segment descriptors, and copies parameters between the stacks of the two privilege levels.',
    mapping: 'copy',
    callers: ['pv_emulate_gate_op', 'read_mem', 'read_gate_descriptor', 'pv_emul_read_descriptor'],
    places: [
      at(GATE, 'pv_emulate_gate_op'),
      at('xen/arch/x86/pv/emulate.c', 'pv_emul_read_descriptor'),
    ],
    cells: [
      ['pvs', follows({ when: { bits: 32, kconfig: ['CONFIG_PV32'] } })],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'real-mode',
    title: 'Interrupt vectors and stack in emulated real mode',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the vector of the interrupt table and pushes the frame of an interrupt onto the stack of the guest.',
    mapping: 'copy',
    callers: ['realmode_deliver_exception'],
    places: [at('xen/arch/x86/hvm/vmx/realmode.c', 'realmode_deliver_exception')],
    cells: [
      ['all', NOT_PV],
      [
        'hvms',
        follows({
          when: { vendor: 'intel', feature: ['!unrestricted-guest'], guest: ['real-mode'] },
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'real-mode-helpers',
    title: 'VM86 TSS and identity page table in the RAM of the guest',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'libxenguest', 'hvmloader'],
    does: 'The builder reserves the two pages and writes the identity page table; Xen clears the TSS and uses both to run real and unpaged mode on VMX.',
    mapping: 'copy',
    moment: 'before-first-run',
    names: ['HVM_PARAM_IDENT_PT', 'HVM_PARAM_VM86_TSS', 'HVM_PARAM_VM86_TSS_SIZED'],
    callers: ['hvm_prepare_vm86_tss', 'pvh_setup_vmx_realmode_helpers', 'alloc_magic_pages_hvm'],
    places: [at('tools/libs/guest/xg_dom_x86.c', 'alloc_magic_pages_hvm')],
    cells: [
      ['all', NOT_PV],
      [
        'hvm-domus',
        follows({
          when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
          note: 'The pages are written for every guest; a CPU with unrestricted guest does not use them at run time.',
          places: [
            at('tools/libs/guest/xg_dom_x86.c', 'alloc_magic_pages_hvm'),
            at(HVM, 'hvm_prepare_vm86_tss'),
          ],
        }),
      ],
      [
        'pvh-dom0',
        follows({
          when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
          note: 'Written while Xen builds dom0.',
          places: [at('xen/arch/x86/hvm/dom0_build.c', 'pvh_setup_vmx_realmode_helpers')],
        }),
      ],
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
          when: { vendor: 'amd' },
          note: 'When the emulator injects a software interrupt.',
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'nested-vmx',
    title: 'Virtual VMCS and bitmaps of a nested hypervisor on VMX',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps the VMCS of the inner guest and the MSR and I/O bitmaps, and reads and writes the operands of VMX instructions.',
    mapping: 'lasting-map',
    callers: [
      'nvmx_handle_vmptrld',
      'nvmx_handle_vmclear',
      'nvmx_handle_vmptrst',
      'nvmx_handle_vmread',
      'nvmx_handle_vmxon',
      '_map_msr_bitmap',
      '_map_io_bitmap',
      'decode_vmx_inst',
      'nvmx_update_apic_access_address',
      'nvmx_update_virtual_apic_address',
    ],
    places: [
      at('xen/arch/x86/hvm/vmx/vvmx.c', 'nvmx_handle_vmptrld'),
      at('xen/arch/x86/hvm/vmx/vvmx.c', '_map_msr_bitmap'),
    ],
    cells: [
      ['all', NOT_PV],
      ['hvms', follows({ when: { vendor: 'intel', ...NESTED } })],
      ['pvh-dom0', absent('Dom0 is built without nested virtualization.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'nested-svm',
    title: 'Virtual VMCB and permission maps of a nested hypervisor on SVM',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps the VMCB of the inner guest, copies the MSR permission map and maps the I/O permission map.',
    mapping: 'lasting-map',
    callers: [
      'nestedsvm_vmcb_map',
      'nsvm_vmrun_permissionmap',
      'nsvm_vmcb_guest_intercepts_ioio',
      'nsvm_get_nvmcb_page',
    ],
    places: [
      at('xen/arch/x86/hvm/svm/nestedsvm.c', 'nestedsvm_vmcb_map'),
      at('xen/arch/x86/hvm/svm/nestedsvm.c', 'nsvm_vmrun_permissionmap'),
    ],
    cells: [
      ['all', NOT_PV],
      ['hvms', follows({ when: { vendor: 'amd', ...NESTED } })],
      ['pvh-dom0', absent('Dom0 is built without nested virtualization.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'arm-its-tables',
    title: 'Tables and command queue of the virtual ITS',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen reads commands from the queue, and keeps the device, collection and interrupt translation tables in the memory that the guest provides.',
    mapping: 'copy',
    callers: [
      'vgic_its_handle_cmds',
      'get_vcpu_from_collection',
      'its_get_itt',
      'its_set_collection',
      'its_set_itt_address',
      'read_itte',
      'write_itte',
    ],
    places: [
      at('xen/arch/arm/vgic-v3-its.c', 'vgic_its_handle_cmds'),
      at('xen/arch/arm/vgic-v3-its.c', 'its_set_itt_address'),
    ],
    cells: [
      ['all', NOT_X86],
      [
        'arm',
        absent('Only the hardware domain is given an ITS.', {
          places: [at('xen/arch/arm/vgic-v3-its.c', 'vgic_v3_its_init_domain')],
        }),
      ],
      [
        'arm-dom0',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { kconfig: ['CONFIG_HAS_ITS'] },
          note: 'On a host with an ITS.',
          places: [at('xen/arch/arm/vgic-v3-its.c', 'vgic_v3_its_init_domain')],
        },
      ],
    ],
  },
  {
    id: 'arm-lpi-tables',
    title: 'LPI property table',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen reads the priority and the enable bit of an LPI from the table of the guest; the pending table is not used.',
    mapping: 'copy',
    callers: ['update_lpi_property'],
    places: [at('xen/arch/arm/vgic-v3-its.c', 'update_lpi_property')],
    cells: [
      ['all', NOT_X86],
      ['arm', absent('Only the hardware domain is given an ITS.')],
      [
        'arm-dom0',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { kconfig: ['CONFIG_HAS_ITS'] },
          note: 'On a host with an ITS.',
        },
      ],
    ],
  },
  {
    id: 'arm-set-way',
    title: 'Cache maintenance by set and way',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen traps the instructions and cleans the caches for all memory of the guest that is mapped since the last time.',
    mapping: 'brief-map',
    places: [
      at('xen/arch/arm/p2m.c', 'p2m_set_way_flush'),
      { ...at('xen/arch/arm/mmu/p2m.c', 'p2m_flush_vm'), since: '4.19' },
    ],
    cells: [
      ['all', NOT_X86],
      [
        'arms',
        follows({ when: { guest: ['!iommu-enabled'] } }),
        {
          how: 'refused',
          by: 'xen',
          effect: '#UD',
          when: { guest: ['iommu-enabled'] },
          note: 'Where the IOMMU shares the page tables.',
        },
      ],
    ],
  },
  {
    id: 'optee-buffers',
    title: 'Command and RPC buffers of OP-TEE',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'OP-TEE'],
    does: 'Xen copies the command of the guest into a page of its own, pins and translates the pages of shared buffers, and copies the results back.',
    mapping: 'copy',
    callers: [
      'copy_std_request',
      'get_domain_ram_page',
      'handle_rpc_cmd',
      'handle_rpc_return',
      'issue_rpc_cmd_free',
    ],
    places: [
      at('xen/arch/arm/tee/optee.c', 'copy_std_request'),
      at('xen/arch/arm/tee/optee.c', 'get_domain_ram_page'),
    ],
    cells: [
      ['all', NOT_X86],
      [
        'arm',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { xl: { tee: 'optee' }, kconfig: ['CONFIG_OPTEE'] },
        },
      ],
      ['arm-dom0', { how: 'paravirtualized', by: 'xen', when: { kconfig: ['CONFIG_OPTEE'] } }],
    ],
  },
  {
    id: 'ffa-buffers',
    title: 'Message buffers and shared memory of FF-A',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'the secure world'],
    does: 'Xen maps the RX and TX buffers that the guest registers and keeps them mapped, and holds references of the pages that the guest shares.',
    mapping: 'lasting-map',
    callers: ['ffa_handle_rxtx_map', 'get_shm_pages'],
    since: '4.18',
    places: [
      {
        ...at('xen/arch/arm/tee/ffa_rxtx.c', undefined, '__map_domain_page_global'),
        since: '4.19',
      },
      { ...at('xen/arch/arm/tee/ffa_shm.c', 'get_shm_pages'), since: '4.19' },
      { ...at('xen/arch/arm/tee/ffa.c', 'get_shm_pages'), until: '4.19' },
    ],
    cells: [
      ['all', NOT_X86],
      [
        'arm',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { xl: { tee: 'ffa' }, kconfig: ['CONFIG_FFA'], guest: ['registered'] },
        },
      ],
      [
        'arm-dom0',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { kconfig: ['CONFIG_FFA'], guest: ['registered'] },
        },
      ],
    ],
  },
];
