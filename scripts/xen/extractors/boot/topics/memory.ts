/** The memory of a guest. */
import { at, byXenOutside } from '../../../authored.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const SHIM = 'xen/arch/x86/pv/shim.c';

const HVM = 'xen/arch/x86/hvm/hvm.c';

const CREATE_DOM0 = [
  { ...at('xen/arch/x86/setup.c', 'create_dom0'), since: '4.14' },
  { ...at('xen/arch/x86/setup.c', '__start_xen'), until: '4.14' },
] as const;

const CREATE = 'tools/libs/light/libxl_create.c';

/** In a build without shadow paging. */
const NO_SHADOW = at('xen/arch/x86/mm/shadow/none.c', 'shadow_domain_init');

const L1TF_CHECK = at('xen/arch/x86/include/asm/shadow.h', 'pv_l1tf_check_pte');

const PAGE_TABLE_WRITES = emulated('A write to an L1 table in kernel mode is emulated.', {
  when: { guest: ['writable-pagetables'] },
  places: [at('xen/arch/x86/pv/ro-page-fault.c', 'ptwr_do_page_fault')],
});

const MEMORY_NODES = [
  { ...at('xen/common/device-tree/domain-build.c', 'make_memory_node'), since: '4.22' },
  { ...at('xen/arch/arm/domain_build.c', 'make_memory_node'), until: '4.22' },
] as const;

export const MEMORY: readonly Topic[] = [
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
      { ...at('xen/include/hypercall-defs.c', undefined, 'mmu_update'), since: '4.17' },
      { ...at('xen/arch/x86/pv/hypercall.c', undefined, 'mmu_update'), until: '4.17' },
      at(HVM, 'hvm_domain_initialise'),
    ],
    cells: [
      [
        'pvs',
        pv(
          'Direct paging: the guest holds machine addresses and changes page tables by hypercalls.',
        ),
        PAGE_TABLE_WRITES,
        emulated('Shadow paging, forced by log-dirty tracking or against L1TF.', {
          when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
          places: [at('xen/arch/x86/mm/shadow/common.c', 'pv_l1tf_tasklet')],
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          when: {
            feature: ['l1tf'],
            guest: ['l1tf-unsafe-entry'],
            kconfig: ['!CONFIG_SHADOW_PAGING'],
          },
          note: 'Without shadow paging an entry that is open to L1TF crashes the domain, unless pv-l1tf=no-domu.',
          places: [L1TF_CHECK],
        },
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
          places: [...CREATE_DOM0],
        }),
        emulated('Shadow paging against L1TF.', {
          when: { paging: 'shadow', cmdline: 'pv-l1tf=dom0', guest: ['l1tf-unsafe-entry'] },
          places: [at('xen/arch/x86/mm/shadow/common.c', 'pv_l1tf_tasklet')],
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          when: {
            cmdline: 'pv-l1tf=dom0',
            guest: ['l1tf-unsafe-entry'],
            kconfig: ['!CONFIG_SHADOW_PAGING'],
          },
          note: 'Without shadow paging an entry that is open to L1TF crashes dom0.',
          places: [L1TF_CHECK],
        },
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
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { paging: 'shadow', kconfig: ['!CONFIG_SHADOW_PAGING'] },
          note: 'A domain without HAP is not created.',
          places: [NO_SHADOW],
        },
      ],
      [
        'pvh-dom0',
        hardware('HAP: EPT or NPT.', {
          when: { paging: 'hap' },
          places: [...CREATE_DOM0],
        }),
        emulated('Shadow paging, with dom0=shadow or on a CPU without HAP.', {
          when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
          places: [...CREATE_DOM0],
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          when: { paging: 'shadow', kconfig: ['!CONFIG_SHADOW_PAGING'] },
          note: 'The boot of Xen ends in a panic.',
          places: [...CREATE_DOM0, NO_SHADOW],
        },
      ],
      [
        'pv-shim',
        pv(
          'Direct paging of the shim, within the container, whose memory the hypervisor outside translates by HAP, or by shadow paging with hap=0.',
        ),
        PAGE_TABLE_WRITES,
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
          'start_info says the number of pages; XENMEM_memory_map gives an E820 of one range that libxl sets.',
        ),
        ...[{ e820_host: true }, { pci: '[…]' }].map((xl) =>
          pv('The E820 has the holes of the host; xl asks for it where a PCI device is assigned.', {
            when: { xl },
            places: [
              at('tools/libs/light/libxl_x86.c', 'e820_sanitize'),
              at('tools/xl/xl_parse.c', undefined, 'libxl_defbool_set(&b_info->u.pv.e820_host'),
            ],
          }),
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
          'The E820 of the host cut down to its memory, by XENMEM_memory_map; hvm_start_info has no map.',
          {
            places: [
              at('xen/arch/x86/hvm/dom0_build.c', 'pvh_setup_e820'),
              at('xen/arch/x86/hvm/dom0_build.c', 'pvh_load_kernel'),
            ],
          },
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
        pv('The memory nodes of the device tree.', {
          when: { guest: ['built-at-boot'] },
          places: MEMORY_NODES,
        }),
      ],
      ['arm-dom0', pv('The memory nodes of the device tree.', { places: MEMORY_NODES })],
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
        absent('The guest keeps what it started with.', { when: { guest: ['!pv-drivers'] } }),
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
      [
        'pv-shim',
        pv('The kernel knows from start_info how much memory is there.'),
        byXenOutside(
          emulated('The container is populated on demand, as any PVH guest.', {
            when: { guest: ['populate-on-demand'] },
          }),
        ),
      ],
      ['pv-dom0', pv('As much as dom0_mem says, at once.')],
      [
        'hvm-domus',
        absent('By default: all memory is populated when the guest is built.', {
          when: { guest: ['!populate-on-demand'] },
        }),
        emulated(
          'Populate on demand: Xen gives a page when it is first touched, until the balloon driver has given back the rest.',
          { when: { guest: ['populate-on-demand'] } },
        ),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          note: 'Xen crashes a guest that touches more before it has given back the rest.',
          when: { guest: ['populate-on-demand'] },
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          note: 'libxl creates no such guest with an IOMMU, virtual NUMA or alternate views.',
          when: { guest: ['populate-on-demand', 'pci-device'] },
          places: [at(CREATE, undefined, 'pod_enabled')],
        },
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
      [
        'arm',
        absent('Not mapped directly.', { since: '4.17' }),
        hardware('Mapped at the machine address, where its node has the property direct-map.', {
          when: { guest: ['built-at-boot'] },
          since: '4.17',
        }),
        absent('Not mapped directly.', { until: '4.17' }),
      ],
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
    places: [
      { ...at('xen/arch/x86/mm/p2m-ept.c', 'epte_get_entry_emt'), since: '4.16' },
      { ...at('xen/arch/x86/hvm/mtrr.c', 'epte_get_entry_emt'), until: '4.16' },
    ],
    cells: [
      [
        'pvs',
        native('The PAT of Xen; Xen checks the attributes in page tables.', {
          places: [at('xen/arch/x86/mm.c', 'get_page_from_l1e')],
        }),
      ],
      [
        'pv-shim',
        byXenOutside(
          emulated(
            'The Xen outside forces write-back by the EPT entries, whatever the shim says, as the container has no devices.',
            { when: { paging: 'hap', vendor: 'intel' } },
          ),
        ),
        hardware(
          'The PAT of the shim, which checks the attributes; the CPU joins them with the nested page tables of the container.',
          {
            when: { paging: 'hap', vendor: 'amd' },
            places: [at('xen/arch/x86/mm.c', 'get_page_from_l1e')],
          },
        ),
        byXenOutside(
          emulated('The Xen outside takes them over into the shadow entries of the container.', {
            when: { paging: 'shadow' },
            places: [at('xen/arch/x86/hvm/mtrr.c', 'get_pat_flags')],
          }),
        ),
      ],
      [
        'hvms',
        emulated(
          'Virtual MTRRs and the guest PAT; Xen puts the type into EPT entries, and forces write-back where the guest has no devices.',
          { when: { paging: 'hap', vendor: 'intel' } },
        ),
        hardware(
          'The guest PAT, which the CPU joins with the nested page tables; Xen keeps the virtual MTRRs, and nothing reads them.',
          {
            when: { paging: 'hap', vendor: 'amd' },
            places: [at('xen/arch/x86/mm/p2m-pt.c', 'p2m_type_to_flags')],
          },
        ),
        emulated('Virtual MTRRs and the guest PAT; Xen puts the type into shadow entries.', {
          when: { paging: 'shadow' },
          places: [at('xen/arch/x86/hvm/mtrr.c', 'get_pat_flags')],
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
      [
        'pv',
        absent('By default.'),
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          note: 'libxl creates no PV guest with it.',
          when: { xl: { vnuma: 'a list of nodes' } },
          places: [at(CREATE, undefined, 'LOGD(ERROR, domid, "PV vNUMA')],
        },
      ],
      [
        'pvh',
        absent('By default.'),
        emulated('SRAT and SLIT that libxl builds.', {
          by: 'dom0',
          when: { xl: { vnuma: 'a list of nodes' } },
          places: [at('tools/libs/light/libxl_x86_acpi.c', 'init_acpi_config')],
        }),
      ],
      [
        'hvm',
        absent('By default.'),
        emulated('SRAT and SLIT that hvmloader builds.', {
          by: 'firmware',
          when: { xl: { vnuma: 'a list of nodes', acpi: true } },
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
];
