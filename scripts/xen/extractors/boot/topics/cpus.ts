/** CPUs and memory of the platform. */
import { at } from '../../../authored.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const DOMAIN = 'xen/common/domain.c';
const SHIM = 'xen/arch/x86/pv/shim.c';
const HVM = 'xen/arch/x86/hvm/hvm.c';
const CREATE = 'tools/libs/light/libxl_create.c';

export const CPUS: readonly Topic[] = [
  {
    id: 'ap-bringup',
    topic: 'secondary CPU bring-up',
    area: 'cpus',
    about: 'How a guest starts its other vCPUs.',
    names: ['VCPUOP_initialise', 'VCPUOP_up', 'VCPUOP_down', 'VCPUOP_is_up', 'VCPUOP_get_physid'],
    places: [at(DOMAIN, undefined, 'VCPUOP_initialise')],
    cells: [
      [
        'pvs',
        pv('VCPUOP_initialise with a vcpu_guest_context, then VCPUOP_up.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
      ],
      [
        'pv-shim',
        pv(
          'As PV; VCPUOP_up becomes an operation of the shim that brings up the CPU of the container.',
          { places: [at(SHIM, 'pv_shim_cpu_up')] },
        ),
      ],
      [
        'hvms',
        pv('VCPUOP_initialise with a vcpu_hvm_context, then VCPUOP_up.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
        emulated('Or INIT and SIPI through the emulated local APIC.', {
          places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init_sipi_one')],
        }),
      ],
      [
        'hvm',
        emulated('INIT and SIPI through the emulated local APIC.', {
          places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init_sipi_one')],
        }),
        pv('The hypercalls of PVH guests work as well.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
      ],
      [
        'arms',
        emulated('PSCI CPU_ON; the operations of vcpu_op for it are refused.', {
          places: [
            at('xen/arch/arm/vpsci.c', 'do_vpsci_0_2_call'),
            at('xen/arch/arm/domain.c', 'do_vcpu_op'),
          ],
        }),
      ],
    ],
  },
  {
    id: 'cpu-hotplug',
    topic: 'CPU hotplug',
    area: 'cpus',
    about: 'How the number of vCPUs in use changes while the guest runs.',
    places: [at('tools/libs/light/libxl_domain.c', 'libxl_set_vcpuonline')],
    cells: [
      [
        'all',
        pv('The availability nodes of XenStore, then the hypercalls or PSCI.', { by: 'dom0' }),
      ],
      [
        'hvm',
        emulated(
          'QEMU adds the CPU for ACPI, asked by QMP; the XenStore nodes are written as well.',
          {
            by: 'qemu',
            places: [at('tools/libs/light/libxl_domain.c', 'set_vcpuonline_qmp_cpus_fast_queried')],
          },
        ),
      ],
      [
        'pv-shim',
        pv(
          'The availability nodes of XenStore; the shim turns the operation into that of its container.',
          { by: 'dom0', places: [at(SHIM, 'pv_shim_cpu_up')] },
        ),
      ],
      [
        'arm',
        {
          how: 'unknown',
          note: 'libxl refuses no other type than HVM, PVH and PV by name; whether an Arm guest acts on the nodes is not established.',
        },
      ],
      ['dom0s', pv('Dom0 takes its own vCPUs on and off line; the CPUs of the host by sysctl.')],
    ],
  },
  {
    id: 'paging',
    topic: 'memory virtualization',
    area: 'memory',
    about: 'Who translates the addresses of a guest, and how it changes its page tables.',
    names: [
      'VMASST_TYPE_writable_pagetables',
      'VMASST_TYPE_pae_extended_cr3',
      'VMASST_TYPE_m2p_strict',
    ],
    places: [
      at('xen/include/hypercall-defs.c', undefined, 'mmu_update'),
      at(HVM, 'hvm_domain_initialise'),
    ],
    cells: [
      [
        'pvs',
        pv(
          'Direct paging: the guest holds machine addresses and changes page tables by hypercalls.',
        ),
        emulated('A write to an L1 table in kernel mode is emulated.', {
          when: { guest: ['writable-pagetables'] },
          places: [at('xen/arch/x86/pv/ro-page-fault.c', 'ptwr_do_page_fault')],
        }),
        emulated('Shadow paging, forced by log-dirty tracking or against L1TF.', {
          when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
          places: [at('xen/arch/x86/mm/shadow/common.c', 'pv_l1tf_tasklet')],
        }),
      ],
      [
        'pv-dom0',
        pv('Direct paging: it holds machine addresses and changes page tables by hypercalls.'),
        emulated(
          'A write to an L1 table in kernel mode is emulated, without the assist too where the entry is present.',
          { places: [at('xen/arch/x86/pv/ro-page-fault.c', 'ptwr_do_page_fault')] },
        ),
        emulated('Shadow paging.', {
          when: { paging: 'shadow', cmdline: 'dom0=shadow' },
          places: [at('xen/arch/x86/setup.c', 'create_dom0')],
        }),
        emulated('Shadow paging against L1TF.', {
          when: { paging: 'shadow', cmdline: 'pv-l1tf=dom0' },
          places: [at('xen/arch/x86/mm/shadow/common.c', 'pv_l1tf_tasklet')],
        }),
      ],
      [
        'hvms',
        hardware('HAP: EPT or NPT.', {
          when: { paging: 'hap' },
          places: [at(CREATE, 'libxl__domain_create_info_setdefault')],
        }),
        emulated('Shadow paging, with hap=0 or on a CPU without HAP.', {
          when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
        }),
      ],
      [
        'pvh-dom0',
        hardware('HAP: EPT or NPT.', {
          when: { paging: 'hap' },
          places: [at('xen/arch/x86/setup.c', 'create_dom0')],
        }),
        emulated('Shadow paging.', {
          when: { paging: 'shadow', cmdline: 'dom0=shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
          places: [at('xen/arch/x86/setup.c', 'create_dom0')],
        }),
      ],
      [
        'pv-shim',
        pv(
          'Direct paging of the shim, within the container, whose memory the hypervisor outside translates by HAP.',
        ),
      ],
      [
        'arms',
        hardware('Stage 2 translation; there is nothing else.', {
          places: [at('xen/arch/arm/domain.c', 'arch_sanitise_domain_config')],
        }),
      ],
    ],
  },
  {
    id: 'memory-map',
    topic: 'memory map',
    area: 'memory',
    about: 'Where a guest learns which addresses are RAM.',
    names: [
      'XEN_HVM_MEMMAP_TYPE_RAM',
      'XEN_HVM_MEMMAP_TYPE_RESERVED',
      'XEN_HVM_MEMMAP_TYPE_ACPI',
      'XEN_HVM_MEMMAP_TYPE_NVS',
      'XEN_HVM_MEMMAP_TYPE_UNUSABLE',
      'XEN_HVM_MEMMAP_TYPE_DISABLED',
      'XEN_HVM_MEMMAP_TYPE_PMEM',
    ],
    places: [at('xen/common/memory.c', 'do_memory_op')],
    cells: [
      [
        'pv',
        pv(
          'start_info says the number of pages; XENMEM_memory_map gives an E820 that libxl sets, by default one range, or that of the host with e820_host=.',
          { places: [at('tools/libs/light/libxl_x86.c', 'e820_sanitize')] },
        ),
      ],
      ['pv-dom0', pv('XENMEM_machine_memory_map gives the E820 of the host.')],
      [
        'pvh',
        pv('The memory map of hvm_start_info, and XENMEM_memory_map.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_x86.c', 'domain_construct_memmap')],
        }),
      ],
      [
        'pvh-dom0',
        pv(
          'The E820 of the host cut down to its memory, in hvm_start_info and by XENMEM_memory_map.',
          { places: [at('xen/arch/x86/hvm/dom0_build.c', 'pvh_setup_e820')] },
        ),
      ],
      [
        'hvm',
        emulated(
          'hvmloader takes XENMEM_memory_map and makes the E820 of the BIOS or UEFI out of it.',
          { by: 'firmware', places: [at('tools/firmware/hvmloader/e820.c', 'build_e820_table')] },
        ),
      ],
      ['pv-shim', pv('start_info says the number of pages.')],
      [
        'arm',
        pv('The memory nodes of the device tree; guests have fixed banks.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_arm.c', 'make_memory_nodes')],
        }),
      ],
      [
        'arm-dom0',
        pv('The memory nodes of the device tree.', {
          places: [
            { ...at('xen/common/device-tree/domain-build.c', 'make_memory_node'), since: '4.21' },
            { ...at('xen/arch/arm/domain_build.c', 'make_memory_node'), until: '4.21' },
          ],
        }),
      ],
    ],
  },
  {
    id: 'ballooning',
    topic: 'memory balloon',
    area: 'memory',
    about: 'How a guest gives memory back and gets it again.',
    places: [at('xen/common/memory.c', 'do_memory_op')],
    cells: [
      [
        'all',
        pv(
          'XENMEM_decrease_reservation, XENMEM_increase_reservation and XENMEM_populate_physmap; the target is a node of XenStore.',
        ),
      ],
      [
        'hvm',
        pv(
          'XENMEM_decrease_reservation and XENMEM_populate_physmap; the target is a node of XenStore.',
          { when: { guest: ['pv-drivers'] } },
        ),
      ],
      [
        'pv-shim',
        pv('Within the memory of the shim; it gets more from the hypervisor outside.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_online_memory')],
        }),
      ],
    ],
  },
  {
    id: 'populate-on-demand',
    topic: 'booting with less memory than the maximum',
    area: 'memory',
    about: 'How a guest starts ballooned.',
    places: [at('xen/arch/x86/mm/p2m-pod.c', 'p2m_pod_demand_populate')],
    cells: [
      ['pvs', pv('The kernel knows from start_info how much memory is there.')],
      ['pv-dom0', pv('As much as dom0_mem says, at once.')],
      [
        'hvm-domus',
        emulated(
          'Populate on demand: Xen gives a page when it is first touched, until the balloon driver has given back the rest.',
          { when: { guest: ['populate-on-demand'] } },
        ),
      ],
      ['pvh-dom0', pv('As much as dom0_mem says, at once.')],
      ['arms', absent('All memory is populated when the guest is built.')],
    ],
  },
  {
    id: 'dom0-memory',
    topic: 'memory of dom0 and direct mapping',
    area: 'memory',
    about:
      'Where the memory of the domain comes from, and whether guest and machine addresses agree.',
    places: [at('xen/arch/x86/dom0_build.c', 'dom0_compute_nr_pages')],
    cells: [
      [
        'all',
        absent(
          'Memory of a domU comes from the allocator; guest addresses are not machine addresses.',
        ),
      ],
      ['pv', pv('Machine addresses, scattered; the guest keeps the p2m.')],
      ['pv-shim', pv('Machine addresses within the container.')],
      ['pv-dom0', pv('dom0_mem, in machine addresses; the guest keeps the p2m.')],
      [
        'pvh-dom0',
        hardware(
          'dom0_mem; RAM is scattered behind the p2m, and regions of devices and tables are mapped at their own address.',
          { places: [at('xen/arch/x86/hvm/dom0_build.c', 'pvh_populate_p2m')] },
        ),
      ],
      ['arm', absent('Not mapped directly, unless the host device tree asks for it (dom0less).')],
      [
        'arm-dom0',
        hardware('dom0_mem; mapped at the machine address.', {
          places: [at('xen/arch/arm/domain_build.c', 'allocate_memory_11')],
        }),
      ],
    ],
  },
  {
    id: 'memory-types',
    topic: 'cacheability of memory',
    area: 'memory',
    about: 'Who decides how memory of the guest is cached.',
    places: [at('xen/arch/x86/mm/p2m-ept.c', 'epte_get_entry_emt')],
    cells: [
      [
        'pvs',
        native('The PAT of Xen; Xen checks the attributes in page tables.', {
          places: [at('xen/arch/x86/mm.c', 'get_page_from_l1e')],
        }),
      ],
      [
        'hvms',
        emulated(
          'Virtual MTRRs and the guest PAT; Xen puts the type into EPT entries, and forces write-back without devices.',
          { when: { paging: 'hap', vendor: 'intel' } },
        ),
        emulated('Virtual MTRRs and the guest PAT, joined by the CPU or in the shadow.', {
          when: { vendor: 'amd' },
        }),
      ],
      ['arms', hardware('Stage 1 attributes of the guest joined with those of stage 2.')],
    ],
  },
  {
    id: 'vnuma',
    topic: 'NUMA topology',
    area: 'memory',
    about: 'How a guest learns of memory nodes.',

    places: [at('xen/common/memory.c', 'do_memory_op')],
    cells: [
      ['all', pv('XENMEM_get_vnumainfo, with vnuma= in xl.cfg.', { by: 'dom0' })],
      [
        'pvh',
        emulated('SRAT and SLIT that libxl builds, with vnuma= in xl.cfg.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_x86_acpi.c', 'init_acpi_config')],
        }),
      ],
      [
        'hvm',
        emulated('SRAT and SLIT that hvmloader builds, with vnuma= in xl.cfg.', {
          by: 'firmware',
          places: [at('tools/firmware/hvmloader/vnuma.c', 'init_vnuma_info')],
        }),
      ],
      ['pv-shim', absent('The shim offers no vNUMA.')],
      [
        'dom0s',
        absent(
          'Dom0 sees no virtual NUMA nodes; the tables of the host do not apply to its memory.',
        ),
      ],
      ['arm', absent('vNUMA is for x86.')],
    ],
  },
  {
    id: 'nested-virtualization',
    topic: 'nested virtualization',
    area: 'cpus',
    about: 'Whether the guest can run a hypervisor of its own on VMX or SVM.',

    places: [at(CREATE, 'libxl__domain_make')],
    cells: [
      ['pvs', absent('PV guests cannot use VMX or SVM.')],
      [
        'hvms',
        emulated('VMX or SVM instructions are emulated.', { when: { xl: { nestedhvm: true } } }),
        absent('By default.', { when: { xl: { nestedhvm: false } } }),
      ],
      ['pvh-dom0', absent('Dom0 is created without it.')],
      ['arms', absent('Guests have no EL2.')],
    ],
  },
  {
    id: 'idle',
    topic: 'idling',
    area: 'cpus',
    about: 'How a vCPU says that it has nothing to do.',
    names: ['SCHEDOP_yield', 'SCHEDOP_block', 'SCHEDOP_poll'],
    places: [at('xen/common/sched/core.c', 'do_sched_op')],
    cells: [
      ['pvs', pv('SCHEDOP_block.')],
      ['hvms', emulated('HLT exits, and Xen blocks the vCPU.', { places: [at(HVM, 'hvm_hlt')] })],
      [
        'arms',
        emulated('WFI traps, and Xen blocks the vCPU; vwfi=native lets the CPU wait.', {
          places: [at('xen/arch/arm/traps.c', undefined, 'vwfi')],
        }),
      ],
    ],
  },
  {
    id: 'machine-check',
    topic: 'machine checks',
    area: 'cpus',
    about: 'Who learns of errors of the hardware.',
    names: [
      'VIRQ_ARCH_0',
      'VIRQ_ARCH_1',
      'VIRQ_ARCH_2',
      'VIRQ_ARCH_3',
      'VIRQ_ARCH_4',
      'VIRQ_ARCH_5',
      'VIRQ_ARCH_6',
      'VIRQ_ARCH_7',
    ],
    places: [at('xen/arch/x86/cpu/mcheck/vmce.c', 'vmce_init_vcpu')],
    cells: [
      ['pvs', pv('A virtual machine check as an exception, with banks by emulated MSRs.')],
      ['hvms', emulated('A virtual machine check with emulated banks.')],
      [
        'pv-dom0',
        pv(
          'VIRQ_MCA and the mca hypercall for the logs of the host, and a virtual machine check for its own memory.',
          { places: [at('xen/arch/x86/cpu/mcheck/mce.c', 'do_mca')] },
        ),
      ],
      [
        'pvh-dom0',
        pv(
          'VIRQ_MCA and the mca hypercall for the logs of the host, and a virtual machine check for its own memory.',
          { places: [at('xen/arch/x86/cpu/mcheck/mce.c', 'do_mca')] },
        ),
      ],
      ['arms', absent('Arm passes no errors of the hardware to guests.')],
    ],
  },
  {
    id: 'power-management',
    topic: 'frequency and idle states of the host CPUs',
    area: 'cpus',
    about: 'Who manages the power of the physical CPUs.',
    places: [at('xen/arch/x86/platform_hypercall.c', 'do_platform_op')],
    cells: [
      ['all', absent('Guests do not see it.')],
      ['pv-dom0', pv('Dom0 uploads the states from ACPI by platform_op; Xen uses them.')],
      ['pvh-dom0', pv('Dom0 uploads the states from ACPI by platform_op; Xen uses them.')],
      [
        'arms',
        absent('Xen manages none; firmware calls of dom0 can be passed on on some platforms.'),
      ],
    ],
  },
  {
    id: 'vpmu',
    topic: 'performance counters',
    area: 'cpus',
    about: 'Whether a guest can use the counters of the CPU.',
    names: ['VIRQ_XENPMU'],
    places: [at('xen/arch/x86/cpu/vpmu.c', 'vpmu_initialise')],
    cells: [
      [
        'pvs',
        pv('By xenpmu_op and a page that is shared.', { when: { cmdline: 'vpmu' } }),
        absent('By default.'),
      ],
      [
        'hvms',
        emulated('The MSRs of the counters, as far as the CPU is known.', {
          when: { cmdline: 'vpmu' },
        }),
        absent('By default.'),
      ],
      [
        'arms',
        {
          how: 'passthrough',
          by: 'cpu',
          when: { xl: { vpmu: true } },
          note: 'The counters are not switched between guests.',
          places: [at('xen/arch/arm/domain.c', 'arch_sanitise_domain_config')],
        },
        absent('By default.'),
      ],
    ],
  },
];
