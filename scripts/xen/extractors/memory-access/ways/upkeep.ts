/** Memory that Xen scrubs, takes away or checks, and what is reached beside it. */
import { type AuthoredHandling, at, byXenOutside } from '../../../authored.ts';
import {
  absent,
  follows,
  LATER,
  NOT_ARM,
  NOT_X86,
  onDemand,
  open,
  refused,
  type Way,
} from '../way.ts';

const VMCE = 'xen/arch/x86/cpu/mcheck/vmce.c';

/** Only the machine checks of Intel have a handler of errors in memory. */
const INTEL_CHECKS = [at('xen/arch/x86/cpu/mcheck/mcaction.c', 'mc_memerr_dhandler')] as const;

const NO_CHECKS_ON_AMD = absent('Xen has no handler of memory errors for AMD CPUs.', {
  when: { vendor: 'amd' },
  places: [at('xen/arch/x86/cpu/mcheck/mce_intel.c', undefined, 'mce_dhandlers')],
});

const broken = (more: Parameters<typeof open>[0]) =>
  open({ by: 'xen', places: [...INTEL_CHECKS, at(VMCE, 'unmmap_broken_page')], ...more });

const crashed = (more: Parameters<typeof open>[0]) =>
  refused('Xen cannot take the page away and crashes the guest.', {
    effect: 'crash',
    places: [at(VMCE, 'unmmap_broken_page')],
    ...more,
  });

const SCRUB_DEBUG = { kconfig: ['CONFIG_SCRUB_DEBUG'] } as const;

const OWN_CHECK = 'After a machine check in its memory, the guest gets a virtual one.';

/** What the CPU does in the page of a virtual local APIC. */
const byTheCpu = (note: string, feature: ['tpr-shadow'] | ['apicv']): AuthoredHandling => ({
  how: 'hardware',
  by: 'cpu',
  note,
  when: { vendor: 'intel', feature },
  places: [at('xen/arch/x86/hvm/vmx/vmcs.c', undefined, 'VIRTUAL_APIC_PAGE_ADDR')],
});

export const UPKEEP: readonly Way[] = [
  {
    id: 'scrub',
    title: 'Scrubbing of freed pages',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen overwrites pages of a dying domain before another domain can get them.',
    mapping: 'brief-map',
    moment: 'end',
    callers: ['scrub_one_page'],
    places: [
      at('xen/common/page_alloc.c', 'scrub_one_page'),
      at('xen/common/page_alloc.c', 'free_domheap_pages'),
    ],
    cells: [
      [
        'all',
        open({ by: 'xen', when: { guest: ['dying'] } }),
        open({
          by: 'xen',
          when: { cmdline: 'scrub-domheap' },
          note: 'Pages that a running guest gives back; without the option they are scrubbed where memory paging is on.',
        }),
        open({ by: 'xen', when: SCRUB_DEBUG, note: 'Every page that a running guest gives back.' }),
      ],
      [
        'pv-shim',
        byXenOutside(
          open({ by: 'xen', when: { guest: ['dying'] }, note: 'The pages of the container.' }),
        ),
        byXenOutside(
          open({
            by: 'xen',
            when: { cmdline: 'scrub-domheap' },
            note: 'The pages that the shim gives back, with the option for the Xen outside.',
          }),
        ),
        byXenOutside(
          open({
            by: 'xen',
            when: SCRUB_DEBUG,
            note: 'The pages that the shim gives back, with such a build outside.',
          }),
        ),
      ],
    ],
  },
  {
    id: 'tboot-integrity',
    title: 'Integrity code over guest memory at host sleep (tboot)',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen'],
    does: 'Before the host sleeps, Xen reads every page of a domain that is flagged so and computes a code over them, which is compared afterwards.',
    mapping: 'brief-map',
    moment: 'paused',
    places: [
      at('xen/arch/x86/tboot.c', 'tboot_gen_domain_integrity'),
      { ...at('xen/arch/x86/setup.c', 'create_dom0'), since: '4.14' },
      { ...at('xen/arch/x86/setup.c', '__start_xen'), until: '4.14' },
    ],
    cells: [
      ['all', absent('libxl does not set the flag for guests.')],
      [
        'pv-dom0',
        onDemand({
          by: 'xen',
          when: { kconfig: ['CONFIG_TBOOT'] },
          note: 'Only where tboot started Xen and the host sleeps.',
        }),
      ],
      [
        'pvh-dom0',
        onDemand({
          by: 'xen',
          when: { kconfig: ['CONFIG_TBOOT'] },
          note: 'Only where tboot started Xen and the host sleeps.',
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'broken-page',
    title: 'Broken pages and offlining of pages',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the toolstack'],
    does: 'Xen takes a page with a memory error away from the guest; the toolstack can exchange a page that is to go offline by copying it and updating the page tables.',
    mapping: 'foreign-map',
    names: ['XEN_SYSCTL_page_offline_op', 'XEN_DOMCTL_set_broken_page_p2m'],
    callers: ['xc_exchange_page', 'change_pte'],
    places: [at('xen/common/page_alloc.c', 'offline_page')],
    cells: [
      [
        'all',
        broken({ when: { vendor: 'intel', paging: 'hap' }, note: OWN_CHECK }),
        crashed({ when: { vendor: 'intel', paging: 'shadow' } }),
        NO_CHECKS_ON_AMD,
      ],
      [
        'pv',
        onDemand({
          by: 'dom0',
          note: 'The toolstack exchanges a page that is to go offline, while the guest is suspended.',
          places: [at('tools/libs/guest/xg_offline_page.c', 'xc_exchange_page')],
        }),
        crashed({ when: { vendor: 'intel' } }),
        NO_CHECKS_ON_AMD,
      ],
      [
        'pv-shim',
        byXenOutside(
          broken({
            when: { vendor: 'intel', paging: 'hap' },
            note: 'After a machine check in its memory, the container gets a virtual one.',
          }),
        ),
        byXenOutside(crashed({ when: { vendor: 'intel', paging: 'shadow' } })),
        NO_CHECKS_ON_AMD,
      ],
      [
        'dom0s',
        broken({
          when: { vendor: 'intel' },
          note: 'Dom0 gets a virtual machine check, and keeps the page.',
        }),
        NO_CHECKS_ON_AMD,
      ],
      [
        'arms',
        absent('Pages cannot be taken offline on Arm.', {
          places: [{ ...at('xen/arch/arm/mm.c', 'page_is_offlinable'), since: '4.21' }],
        }),
      ],
    ],
  },
  {
    id: 'soft-reset',
    title: 'Soft reset',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'libxl'],
    does: 'Xen replaces the shared info page by an ordinary one and drops what the guest registered; the toolstack builds the rest anew and leaves the memory of the guest.',
    mapping: 'p2m',
    moment: 'paused',
    names: ['XEN_DOMCTL_soft_reset', 'XEN_DOMCTL_soft_reset_cont'],
    places: [at('xen/arch/x86/domain.c', 'arch_domain_soft_reset')],
    cells: [
      ['all', absent('Soft reset is for HVM containers.')],
      [
        'hvm-domus',
        {
          how: 'opt-in',
          by: 'xen',
          note: 'When the guest asks for it with SHUTDOWN_soft_reset and on_soft_reset= says so.',
        },
      ],
      [
        'arms',
        absent('Arm does not implement it.', {
          places: [at('xen/common/domain.c', 'domain_soft_reset')],
        }),
      ],
    ],
  },
  {
    id: 'domctl-cacheflush',
    title: 'Cache flush by the toolstack',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'libxenguest'],
    does: 'Xen cleans the caches for pages that the toolstack wrote while it built the guest.',
    mapping: 'brief-map',
    moment: 'before-first-run',
    names: ['XEN_DOMCTL_cacheflush'],
    places: [at('xen/arch/arm/p2m.c', 'p2m_cache_flush_range')],
    cells: [
      ['all', NOT_X86],
      ['arm', open({ by: 'xen', when: LATER })],
      ['arm-dom0', absent('Xen builds dom0 and cleans the caches itself.')],
    ],
  },
  {
    id: 'local-apic-page',
    title: 'Registers of the local APIC and the APIC-access page',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'CPU'],
    does: 'Xen keeps the registers of the virtual local APIC in a page of its own that is not in the memory of the guest; on VMX the APIC-access page stands in the p2m for it.',
    mapping: 'own-page',
    callers: ['vlapic_init'],
    places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init')],
    cells: [
      ['pvs', absent('PV guests have no local APIC.')],
      [
        'hvms',
        follows(),
        byTheCpu('The CPU keeps the task priority in the page.', ['tpr-shadow']),
        byTheCpu(
          'The CPU reads most of the registers from the page as well, and writes those that end an interrupt or send one to the vCPU itself.',
          ['apicv'],
        ),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'device-dma',
    title: 'DMA of assigned devices',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the device', 'IOMMU'],
    does: 'A device that the guest drives reads and writes the memory of the guest, limited by the IOMMU.',
    mapping: 'dma',
    names: ['XEN_DOMCTL_assign_device', 'XENMEM_reserved_device_memory_map'],
    places: [at('xen/drivers/passthrough/iommu.c', 'iommu_domain_init')],
    cells: [
      [
        'all',
        { how: 'passthrough', by: 'cpu', when: { guest: ['pci-device'], feature: ['iommu'] } },
      ],
      [
        'pv',
        { how: 'passthrough', by: 'cpu', when: { guest: ['pci-device'], feature: ['iommu'] } },
        absent('Without an IOMMU libxl refuses the device, and Xen does not assign it.', {
          when: { feature: ['!iommu'] },
          places: [at('xen/drivers/passthrough/iommu.c', 'iommu_do_domctl')],
        }),
      ],
      [
        'pvh',
        absent('libxl refuses passthrough to PVH guests.', {
          places: [at('tools/libs/light/libxl_x86.c', 'libxl__arch_passthrough_mode_setdefault')],
        }),
      ],
      ['pv-shim', absent('libxl refuses passthrough to the container.')],
      [
        'pv-dom0',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'With an IOMMU, limited to the memory that dom0 may use.',
        },
      ],
      ['pvh-dom0', { how: 'passthrough', by: 'cpu', when: { feature: ['iommu'] } }],
      [
        'arm',
        {
          how: 'passthrough',
          by: 'cpu',
          when: { guest: ['platform-device'], feature: ['iommu'] },
          note: 'Devices of the device tree; without an IOMMU only to a domain that is mapped directly.',
          places: [at('xen/drivers/passthrough/device_tree.c', 'iommu_assign_dt_device')],
        },
      ],
      [
        'arm-dom0',
        {
          how: 'passthrough',
          by: 'cpu',
          note: 'Dom0 is mapped directly where devices have no IOMMU.',
        },
      ],
    ],
  },
];
