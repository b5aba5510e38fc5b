/** How a guest starts, and what it is told. */
import { at } from '../../../authored.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const X86 = 'tools/libs/guest/xg_dom_x86.c';
const PVH_DOM0 = 'xen/arch/x86/hvm/dom0_build.c';
const SHIM = 'xen/arch/x86/pv/shim.c';
const LOADER = 'tools/firmware/hvmloader/hvmloader.c';
const ARM = 'tools/libs/light/libxl_arm.c';

const PV_DOM0 = [
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct'), since: '4.20' },
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct_pv'), until: '4.20' },
];

export const START: readonly Topic[] = [
  {
    id: 'entry',
    topic: 'boot entry',
    area: 'start',
    about: 'Where and in which state of the CPU the first vCPU of a guest begins.',
    names: [
      'XEN_ELFNOTE_ENTRY',
      'XEN_ELFNOTE_PHYS32_ENTRY',
      'XEN_ELFNOTE_PHYS32_RELOC',
      'XEN_ELFNOTE_VIRT_BASE',
      'XEN_ELFNOTE_PADDR_OFFSET',
      'XEN_ELFNOTE_HV_START_LOW',
      'XEN_ELFNOTE_PAE_MODE',
      'XEN_ELFNOTE_LOADER',
    ],
    places: [at('tools/libs/guest/xg_dom_elfloader.c', 'xc_dom_guest_type')],
    cells: [
      ['all', pv('')],
      [
        'pv',
        pv(
          'At the entry of the ELF notes, in 64-bit long mode or 32-bit PAE, on page tables that libxenguest builds, with start_info in RSI or ESI.',
          { by: 'dom0', places: [at(X86, 'vcpu_x86_64'), at(X86, 'vcpu_x86_32')] },
        ),
      ],
      [
        'pv-dom0',
        pv('As a PV guest; Xen builds the page tables and start_info.', { places: PV_DOM0 }),
      ],
      [
        'pvh',
        pv(
          'At the PHYS32_ENTRY note in 32-bit protected mode without paging, with hvm_start_info in EBX.',
          { by: 'dom0', places: [at(X86, 'vcpu_hvm')] },
        ),
      ],
      [
        'pvh-dom0',
        pv('As a PVH guest; Xen loads the kernel and fills hvm_start_info.', {
          places: [at(PVH_DOM0, 'pvh_load_kernel')],
        }),
      ],
      [
        'hvm',
        emulated(
          'hvmloader starts by the entry of PVH guests in 32-bit mode, and starts SeaBIOS or OVMF in the state of a CPU after reset.',
          { by: 'firmware', places: [at(LOADER, 'main')] },
        ),
      ],
      [
        'pv-shim',
        pv(
          'The shim starts by the entry of PVH guests and builds the PV guest as its first domain.',
          { places: [at(SHIM, 'pv_shim_setup_dom')] },
        ),
      ],
      [
        'arm',
        pv(
          'By the protocol of Linux Image or zImage: the MMU is off and X0 or R2 holds the device tree; libxl builds the guest, or Xen at its own boot (dom0less).',
          { by: 'dom0', places: [at('tools/libs/guest/xg_dom_arm.c', 'vcpu_arm64')] },
        ),
      ],
      [
        'arm-dom0',
        pv('By the protocol of Linux Image or zImage; Xen builds the domain.', {
          places: [at('xen/arch/arm/domain_build.c', 'construct_domain')],
        }),
      ],
    ],
  },
  {
    id: 'kernel-image',
    topic: 'kernel images',
    area: 'start',
    about: 'Which images a builder takes, and who reads their notes.',
    names: [
      'XEN_ELFNOTE_INFO',
      'XEN_ELFNOTE_XEN_VERSION',
      'XEN_ELFNOTE_GUEST_OS',
      'XEN_ELFNOTE_GUEST_VERSION',
      'XEN_ELFNOTE_BSD_SYMTAB',
      'XEN_ELFNOTE_INIT_P2M',
      'XEN_ELFNOTE_MOD_START_PFN',
      'XEN_ELFNOTE_L1_MFN_VALID',
      'XEN_ELFNOTE_SUSPEND_CANCEL',
      'XEN_ELFNOTE_FEATURES',
      'XEN_ELFNOTE_SUPPORTED_FEATURES',
    ],
    places: [at('xen/common/libelf/libelf-dominfo.c', 'elf_xen_parse_note')],
    cells: [
      ['all', pv('An ELF image with Xen notes, also within a bzImage.', { by: 'dom0' })],
      ['pv-dom0', pv('An ELF image with Xen notes, also within a bzImage.')],
      ['pvh-dom0', pv('An ELF image with the PHYS32_ENTRY note, also within a bzImage.')],
      [
        'hvm',
        emulated(
          'The firmware of the guest loads what it finds on its disks; a kernel given in xl.cfg goes through QEMU.',
          { by: 'firmware' },
        ),
      ],
      ['pv-shim', pv('The guest kernel is a module of the container; the shim reads its notes.')],
      [
        'arm',
        pv('Linux Image, zImage, and compressed ones.', {
          by: 'dom0',
          places: [at('tools/libs/guest/xg_dom_armzimageloader.c', 'xc_dom_probe_zimage64_kernel')],
        }),
      ],
      [
        'arm-dom0',
        pv('Linux Image, zImage or uImage, also compressed.', {
          places: [at('xen/arch/arm/kernel.c', 'kernel_zimage_load')],
        }),
      ],
    ],
  },
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
        pv('start_info that the shim fills with the rings of the container.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_setup_dom')],
        }),
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
      ['arms', pv('The device tree.', { by: 'dom0', places: [at(ARM, 'make_hypervisor_node')] })],
      [
        'arm-dom0',
        pv('The device tree of the host, which Xen filters and completes.', {
          places: [at('xen/arch/arm/domain_build.c', 'handle_node')],
        }),
      ],
    ],
  },
  {
    id: 'firmware',
    topic: 'firmware',
    area: 'start',
    about: 'Whether software of a platform runs in the guest before its kernel.',
    places: [at(LOADER, 'main')],
    cells: [
      [
        'pvs',
        absent(
          'None; a boot loader such as pygrub or PV-GRUB takes the kernel out of the disk of the guest.',
          { places: [at('tools/libs/light/libxl_bootloader.c', 'libxl__bootloader_run')] },
        ),
      ],
      ['pv-dom0', absent('None: Xen starts the kernel that its own boot loader loaded.')],
      ['pvh', absent('None; OVMF or GRUB can be given as the kernel.')],
      ['pvh-dom0', absent('None: Xen starts the kernel that its own boot loader loaded.')],
      [
        'hvm',
        emulated('hvmloader, then SeaBIOS by default.', {
          by: 'firmware',
          when: { xl: { bios: 'seabios' } },
          places: [at('tools/firmware/hvmloader/seabios.c', 'seabios_config')],
        }),
        emulated('hvmloader, then OVMF.', {
          by: 'firmware',
          when: { xl: { bios: 'ovmf' } },
          places: [at('tools/firmware/hvmloader/ovmf.c', 'ovmf_config')],
        }),
      ],
      ['arms', absent('None by default; U-Boot or EDK2 can be given as the kernel.')],
    ],
  },
  {
    id: 'pvshim-mechanics',
    topic: 'pv-shim mechanics',
    area: 'start',
    about:
      'How Xen in the container of a PV guest passes on what the guest asks of the hypervisor.',
    places: [at(SHIM, 'pv_shim_event_channel_op'), at(SHIM, 'pv_shim_grant_table_op')],
    cells: [
      ['all', absent('The guest does not run in the shim.')],
      ['pvh', absent('The container of the shim is a PVH guest; an ordinary one runs no shim.')],
      [
        'pv-shim',
        pv(
          'Event channels and grants go to the hypervisor outside, memory comes from it by hypercalls, and the domain takes over its domid.',
          {
            by: 'shim',
            places: [
              { ...at(SHIM, 'pv_shim_get_initial_domain_id'), since: '4.21' },
              { ...at(SHIM, 'get_initial_domain_id'), until: '4.21' },
              at(SHIM, 'pv_shim_online_memory'),
              at('xen/common/event_channel.c', 'do_event_channel_op'),
            ],
          },
        ),
      ],
    ],
  },
  {
    id: 'bare-minimum',
    topic: 'what Xen always emulates for a PVH guest',
    area: 'start',
    about: 'The least platform that an HVM container has without a device model.',
    places: [
      at('xen/arch/x86/domain.c', 'emulation_flags_ok'),
      at('xen/arch/x86/hvm/hvm.c', 'hvm_domain_initialise'),
      at('xen/arch/x86/hvm/ioreq.c', 'arch_ioreq_domain_init'),
    ],
    cells: [
      [
        'pvs',
        absent('PV guests have no emulated platform but the latches of ports 0x70 and 0xcf8.'),
      ],
      [
        'pvh',
        emulated(
          'The local APIC (by MMIO or x2APIC MSRs), the write-only debug port 0xe9, the PCI address latch at 0xcf8; other ports and memory read all ones.',
        ),
      ],
      ['pvh-dom0', emulated('As for a PVH guest, with IO-APICs and virtual PCI besides.')],
      [
        'hvm',
        emulated(
          'As for a PVH guest, with PIC, IO-APIC, PIT, RTC, HPET, PM timer, and a device model.',
        ),
      ],
      [
        'arms',
        emulated('The virtual interrupt controller, the timer and PSCI.', {
          places: [at('xen/arch/arm/domain.c', 'arch_domain_create')],
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
        pv('SYSCALL in 64-bit guests and INT 0x82 in 32-bit ones, through the hypercall page.', {
          places: [at('xen/arch/x86/pv/hypercall.c', 'pv_ring3_init_hypercall_page')],
        }),
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
        pv('Preserving A and D bits, high memory in page tables, grant map bits; direct_mapped.'),
      ],
      ['pv-dom0', pv('As a PV guest, with XENFEAT_dom0.')],
      [
        'hvms',
        pv(
          'Translated memory, the callback vector, safe pvclock; XENFEAT_hvm_pirqs where the domain has PIRQs.',
        ),
      ],
      ['pvh-dom0', pv('As a PVH guest, with XENFEAT_dom0.')],
      ['arms', pv('Translated memory, SMCCC; direct_mapped where the domain is mapped directly.')],
    ],
  },
  {
    id: 'dom0-build',
    topic: 'who builds the domain',
    area: 'start',
    about: 'The program that makes the memory, the kernel and the tables of a domain ready.',
    places: [at('xen/arch/x86/setup.c', 'create_dom0')],
    cells: [
      [
        'all',
        pv('libxl and libxenguest in dom0.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_dom.c', 'libxl__build_dom')],
        }),
      ],
      ['pv-dom0', pv('Xen at its boot.', { places: PV_DOM0 })],
      [
        'pvh-dom0',
        pv('Xen at its boot.', {
          when: { cmdline: 'dom0=pvh' },
          places: [at(PVH_DOM0, 'dom0_construct_pvh')],
        }),
      ],
      [
        'pv-shim',
        pv('The shim, in the container that libxl and libxenguest build.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_setup_dom')],
        }),
      ],
      [
        'arm',
        pv('libxl and libxenguest in dom0.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_dom.c', 'libxl__build_dom')],
        }),
        pv('Xen at its boot, for domains in the host device tree (dom0less).', {
          places: [
            { ...at('xen/common/device-tree/dom0less-build.c', 'create_domUs'), since: '4.21' },
            {
              ...at('xen/arch/arm/dom0less-build.c', 'create_domUs'),
              since: '4.19',
              until: '4.21',
            },
            { ...at('xen/arch/arm/domain_build.c', 'create_domUs'), until: '4.19' },
          ],
        }),
      ],
      [
        'arm-dom0',
        pv('Xen at its boot.', { places: [at('xen/arch/arm/domain_build.c', 'create_dom0')] }),
      ],
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
        native('32-bit guests: the kernel in ring 1.', {
          when: { bits: 32, kconfig: ['CONFIG_PV32'] },
        }),
      ],
      ['hvms', hardware('All modes in non-root operation or guest mode.')],
      ['arms', hardware('EL1 or the modes of AArch32, below the hypervisor in EL2.')],
    ],
  },
];
