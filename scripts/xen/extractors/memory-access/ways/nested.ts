/** Structures of a nested hypervisor, and pages for real mode. */
import { at } from '../../../authored.ts';
import { absent, follows, NOT_ARM, NOT_PV, type Way } from '../way.ts';

const HVM = 'xen/arch/x86/hvm/hvm.c';

const NESTED = { guest: ['nested-hvm'] } as const;

const NEEDS_HELPERS = {
  vendor: 'intel',
  paging: 'hap',
  feature: ['!unrestricted-guest'],
} as const;

const WRITTEN_FOR_ALL =
  'The builder writes the identity page table on every CPU; elsewhere nothing uses it.';

export const NESTED_WAYS: readonly Way[] = [
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
        follows({
          when: { vendor: 'intel', paging: 'shadow', guest: ['real-mode'] },
          note: 'Unrestricted guest needs HAP.',
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', 'construct_vmcs')],
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
    does: 'The builder writes the identity page table, hvmloader or the builder of PVH dom0 reserves the TSS; Xen clears the TSS and uses both to run real and unpaged mode on VMX.',
    mapping: 'copy',
    moment: 'before-first-run',
    names: ['HVM_PARAM_IDENT_PT', 'HVM_PARAM_VM86_TSS', 'HVM_PARAM_VM86_TSS_SIZED'],
    callers: ['hvm_prepare_vm86_tss', 'pvh_setup_vmx_realmode_helpers', 'alloc_magic_pages_hvm'],
    places: [at('tools/libs/guest/xg_dom_x86.c', 'alloc_magic_pages_hvm')],
    cells: [
      ['all', NOT_PV],
      [
        'hvm',
        follows({
          when: NEEDS_HELPERS,
          note: `Both. ${WRITTEN_FOR_ALL}`,
          places: [at(HVM, 'hvm_prepare_vm86_tss')],
        }),
        follows({
          when: { vendor: 'intel', paging: 'shadow' },
          note: 'The TSS alone. Unrestricted guest needs HAP.',
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', 'construct_vmcs')],
        }),
      ],
      [
        'pvh',
        follows({
          when: NEEDS_HELPERS,
          note: `The identity page table alone: only hvmloader tells Xen of a TSS. ${WRITTEN_FOR_ALL}`,
          places: [at('xen/arch/x86/hvm/vmx/vmx.c', undefined, 'HVM_PARAM_IDENT_PT]')],
        }),
      ],
      [
        'pvh-dom0',
        follows({
          when: NEEDS_HELPERS,
          note: 'Written while Xen builds dom0.',
          places: [at('xen/arch/x86/hvm/dom0_build.c', 'pvh_setup_vmx_realmode_helpers')],
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
];
