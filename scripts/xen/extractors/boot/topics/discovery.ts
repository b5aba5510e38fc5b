/** What a guest is told, and how it reaches Xen. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const X86 = 'tools/libs/guest/xg_dom_x86.c';

const PVH_DOM0 = 'xen/arch/x86/hvm/dom0_build.c';

const SHIM = 'xen/arch/x86/pv/shim.c';

const LOADER = 'tools/firmware/hvmloader/hvmloader.c';

const ARM = 'tools/libs/light/libxl_arm.c';

const REAL_MODE = at('xen/arch/x86/hvm/vmx/realmode.c', 'vmx_realmode');

const PV_DOM0 = [
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct'), since: '4.20' },
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct_pv'), until: '4.20' },
];

export const DISCOVERY: readonly Topic[] = [
  {
    id: 'start-info',
    topic: 'start information',
    area: 'start',
    about: 'The record that tells a guest its memory, modules, command line and first channels.',
    names: [
      'SIF_PRIVILEGED',
      'SIF_INITDOMAIN',
      'SIF_MULTIBOOT_MOD',
      'SIF_MOD_START_PFN',
      'SIF_VIRT_P2M_4TOOLS',
      'SIF_PM_MASK',
    ],
    places: [
      at('xen/include/public/xen.h', 'start_info'),
      at('xen/include/public/arch-x86/hvm/start_info.h', 'hvm_start_info'),
    ],
    cells: [
      [
        'pvs',
        pv(
          'start_info: pages, shared info, page tables, p2m, modules, the rings of XenStore and console.',
          { by: 'dom0', places: [at(X86, 'start_info_x86_64')] },
        ),
      ],
      [
        'pv-dom0',
        pv('start_info with SIF_PRIVILEGED and SIF_INITDOMAIN; it names no rings.', {
          places: PV_DOM0,
        }),
      ],
      [
        'pv-shim',
        pv(
          'start_info that the shim fills, with the XenStore ring of the container and the console ring that it serves.',
          {
            by: 'shim',
            places: [at(SHIM, 'pv_shim_setup_dom')],
          },
        ),
      ],
      [
        'pvh',
        pv(
          'hvm_start_info: modules, command line, RSDP and memory map; the rings are HVM parameters.',
          { by: 'dom0', places: [at(X86, 'bootlate_hvm')] },
        ),
      ],
      [
        'pvh-dom0',
        pv('hvm_start_info, filled by Xen.', { places: [at(PVH_DOM0, 'pvh_load_kernel')] }),
      ],
      [
        'hvm',
        emulated('hvmloader takes hvm_start_info; the operating system sees BIOS or UEFI tables.', {
          by: 'firmware',
          places: [at(LOADER, 'main')],
        }),
      ],
      [
        'arm',
        pv('The device tree.', { by: 'dom0', places: [at(ARM, 'make_hypervisor_node')] }),
        pv('The device tree, which Xen writes.', { when: { guest: ['built-at-boot'] } }),
      ],
      [
        'arm-dom0',
        pv('The device tree of the host, which Xen filters and completes.', {
          places: [at('xen/arch/arm/domain_build.c', 'handle_node')],
        }),
      ],
    ],
  },
  {
    id: 'hypercall-abi',
    topic: 'hypercall instruction',
    area: 'start',
    about: 'The instruction by which a guest calls Xen, and the page that hides it.',
    names: ['XEN_ELFNOTE_HYPERCALL_PAGE'],
    places: [at('xen/include/public/arch-x86/xen.h', undefined, 'hypercall')],
    cells: [
      [
        'pvs',
        pv('SYSCALL, through the hypercall page.', {
          when: { bits: 64 },
          places: [at('xen/arch/x86/pv/hypercall.c', 'pv_ring3_init_hypercall_page')],
        }),
        ...sinceOption(
          '4.14',
          'CONFIG_PV32',
          pv('INT 0x82, through the hypercall page.', {
            when: { bits: 32 },
            places: [at('xen/arch/x86/pv/hypercall.c', 'pv_ring1_init_hypercall_page')],
          }),
        ),
      ],
      [
        'hvms',
        pv('VMCALL on Intel.', {
          when: { vendor: 'intel' },
          places: [at('xen/arch/x86/hvm/vmx/vmx.c', 'vmx_init_hypercall_page')],
        }),
        pv('VMMCALL on AMD.', {
          when: { vendor: 'amd' },
          places: [at('xen/arch/x86/hvm/svm/svm.c', 'svm_init_hypercall_page')],
        }),
      ],
      [
        'arms',
        pv('HVC with the immediate of Xen; the number in X16 or R12.', {
          places: [at('xen/include/public/arch-arm.h', undefined, 'XEN_HYPERCALL_TAG')],
        }),
      ],
    ],
  },
  {
    id: 'xen-detection',
    topic: 'detection of Xen',
    area: 'start',
    about: 'How a kernel finds out that it runs on Xen.',
    names: [
      'XEN_HVM_CPUID_APIC_ACCESS_VIRT',
      'XEN_HVM_CPUID_X2APIC_VIRT',
      'XEN_HVM_CPUID_VCPU_ID_PRESENT',
      'XEN_HVM_CPUID_DOMID_PRESENT',
      'XEN_CPUID_MACHINE_ADDRESS_WIDTH_MASK',
    ],
    places: [at('xen/arch/x86/cpuid.c', undefined, 'cpuid_hypervisor_leaves')],
    cells: [
      [
        'pvs',
        pv(
          'By its own entry point; CPUID leaves of Xen by the forced-emulation prefix, or by plain CPUID where it faults.',
        ),
      ],
      [
        'hvms',
        emulated('CPUID leaves from 0x40000000 on.', {
          places: [at('xen/include/public/arch-x86/cpuid.h', undefined, 'XEN_CPUID_FIRST_LEAF')],
        }),
      ],
      [
        'hvm',
        emulated(
          'CPUID leaves from 0x40000000 on, or from 0x40000100 on behind those of Viridian.',
          {
            places: [at('xen/include/public/arch-x86/cpuid.h', undefined, 'XEN_CPUID_FIRST_LEAF')],
          },
        ),
      ],
      [
        'arms',
        pv('The hypervisor node of the device tree, or the FADT with ACPI.', {
          by: 'dom0',
          places: [at(ARM, 'make_hypervisor_node')],
        }),
        pv(
          'The hypervisor node of the device tree, where the node of the domain has xen,enhanced.',
          {
            when: { guest: ['built-at-boot'] },
            places: [at('xen/arch/arm/domain_build.c', 'make_hypervisor_node')],
            since: '4.17',
          },
        ),
        absent('The device tree names no hypervisor.', {
          when: { guest: ['built-at-boot'] },
          places: [at('xen/arch/arm/domain_build.c', 'prepare_dtb_domU')],
          until: '4.17',
        }),
      ],
      [
        'arm-dom0',
        pv('The hypervisor node of the device tree, or the FADT with ACPI.', {
          places: [at('xen/arch/arm/domain_build.c', 'make_hypervisor_node')],
        }),
      ],
    ],
  },
  {
    id: 'feature-flags',
    topic: 'feature flags (XENFEAT)',
    area: 'start',
    about: 'The features of the interface that Xen tells a guest by xen_version.',
    names: [
      'XEN_CPUID_FEAT1_MMU_PT_UPDATE_PRESERVE_AD',
      'XENFEAT_writable_page_tables',
      'XENFEAT_writable_descriptor_tables',
      'XENFEAT_auto_translated_physmap',
      'XENFEAT_supervisor_mode_kernel',
      'XENFEAT_pae_pgdir_above_4gb',
      'XENFEAT_mmu_pt_update_preserve_ad',
      'XENFEAT_highmem_assist',
      'XENFEAT_gnttab_map_avail_bits',
      'XENFEAT_hvm_callback_vector',
      'XENFEAT_hvm_safe_pvclock',
      'XENFEAT_hvm_pirqs',
      'XENFEAT_dom0',
      'XENFEAT_grant_map_identity',
      'XENFEAT_memory_op_vnode_supported',
      'XENFEAT_ARM_SMCCC_supported',
      'XENFEAT_linux_rsdp_unrestricted',
      'XENFEAT_not_direct_mapped',
      'XENFEAT_direct_mapped',
      'XENFEAT_runstate_phys_area',
      'XENFEAT_vcpu_time_phys_area',
      'XENFEAT_dm_msix_all_writes',
    ],
    places: [at('xen/common/kernel.c', undefined, 'XENVER_get_features')],
    cells: [
      [
        'pvs',
        pv(
          'Updates that preserve A and D bits, clearing and copying of pages, grant map bits; direct_mapped.',
          { since: '4.16' },
        ),
        pv('Updates that preserve A and D bits, clearing and copying of pages, grant map bits.', {
          until: '4.16',
        }),
      ],
      ['pv-dom0', pv('As a PV guest, with XENFEAT_dom0.')],
      [
        'hvms',
        pv(
          'Translated memory, the callback vector, safe pvclock; XENFEAT_hvm_pirqs where the domain has PIRQs.',
        ),
      ],
      ['pvh-dom0', pv('As a PVH guest, with XENFEAT_dom0.')],
      [
        'arms',
        pv('Translated memory, SMCCC; direct_mapped where the domain is mapped directly.', {
          since: '4.16',
        }),
        pv('Translated memory, SMCCC.', { until: '4.16' }),
      ],
      ['arm-dom0', pv('As a guest, with XENFEAT_dom0.')],
    ],
  },
  {
    id: 'xenstore-discovery',
    topic: 'finding XenStore',
    area: 'start',
    about: 'How a guest finds the ring and the event channel of XenStore.',

    places: [at('xen/include/public/hvm/params.h', undefined, 'HVM_PARAM_STORE_PFN')],
    cells: [
      [
        'pvs',
        pv('In start_info.', {
          by: 'dom0',
          places: [at('xen/include/public/xen.h', 'start_info', 'store_evtchn')],
        }),
      ],
      ['pv-dom0', pv('It runs or reaches the daemon itself and tells it of the ring.')],
      ['hvms', pv('HVM parameters.')],
      ['pvh-dom0', pv('It runs or reaches the daemon itself and tells it of the ring.')],
      [
        'pv-shim',
        pv('In start_info, from the parameters of the container.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_setup_dom')],
        }),
      ],
      ['arm', pv('HVM parameters.')],
      ['arm-dom0', pv('It runs or reaches the daemon itself and tells it of the ring.')],
    ],
  },
  {
    id: 'cpu-mode',
    topic: 'CPU mode and privilege of the kernel',
    area: 'cpus',
    about: 'The mode in which the kernel of the guest runs on the CPU.',
    names: [
      'VMASST_TYPE_4gb_segments',
      'VMASST_TYPE_4gb_segments_notify',
      'VMASST_TYPE_architectural_iopl',
    ],
    places: [at('xen/arch/x86/pv/domain.c', undefined, 'switch_compat')],
    cells: [
      [
        'pvs',
        native('64-bit guests: kernel and user in ring 3.', { when: { bits: 64 } }),
        ...sinceOption(
          '4.14',
          'CONFIG_PV32',
          native('32-bit guests: the kernel in ring 1.', { when: { bits: 32 } }),
        ),
      ],
      [
        'pv-shim',
        hardware('64-bit guests: kernel and user in ring 3 of the container.', {
          when: { bits: 64 },
        }),
        ...sinceOption(
          '4.14',
          'CONFIG_PV32',
          hardware('32-bit guests: the kernel in ring 1 of the container.', { when: { bits: 32 } }),
        ),
      ],
      [
        'hvms',
        hardware('All modes in non-root operation or guest mode, but real mode on some of Intel.'),
        emulated('Real mode.', {
          when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
          places: [REAL_MODE],
        }),
        emulated('Real mode.', {
          when: { vendor: 'intel', paging: 'shadow' },
          places: [REAL_MODE],
        }),
      ],
      ['arms', hardware('EL1 or the modes of AArch32, below the hypervisor in EL2.')],
    ],
  },
];
