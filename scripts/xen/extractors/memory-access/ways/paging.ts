/** Memory that Xen reads, writes, moves or protects while it manages it. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { at, byXenOutside, sinceOption } from '../../../authored.ts';
import { absent, follows, NOT_ARM, NOT_DOM0, NOT_PV, onDemand, refused, type Way } from '../way.ts';

const SHADOW = 'xen/arch/x86/mm/shadow/multi.c';

const SHARING = 'xen/arch/x86/mm/mem_sharing.c';

const PAGING = 'xen/arch/x86/mm/mem_paging.c';

/** What Xen does for a PV guest that it shadows. */
const shadowed = (when: Condition, note: string) =>
  follows({
    when: { ...when, paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
    note: `${note} Xen sets A and D bits only and emulates no write.`,
    places: [at('xen/arch/x86/mm/shadow/common.c', 'pv_l1tf_tasklet')],
  });

const NOT_WITH_DEVICE = refused('Xen does not turn it on while a device is assigned.', {
  when: { guest: ['pci-device'] },
  places: [at('xen/arch/x86/mm/paging.c', 'paging_log_dirty_enable')],
});

export const PAGING_WAYS: readonly Way[] = [
  {
    id: 'shadow-page-tables',
    title: 'Page tables of shadowed guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps and reads the page tables of the guest to build shadows of them, write-protects them, and emulates the writes.',
    mapping: 'brief-map',
    names: ['HVMOP_pagetable_dying'],
    callers: [
      'emulate_gva_to_mfn',
      'hvm_read',
      'sh_emulate_map_dest',
      'hvm_emulate_insn_fetch',
      'sh_write_guest_entry',
    ],
    places: [at(SHADOW, 'sh_page_fault'), at('xen/arch/x86/mm/shadow/hvm.c', 'emulate_gva_to_mfn')],
    cells: [
      ['hvms', follows({ when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] } })],
      [
        'pv',
        shadowed({ guest: ['log-dirty'] }, 'While the guest is saved or migrated.'),
        shadowed(
          { feature: ['l1tf'], guest: ['l1tf-unsafe-entry'] },
          'From the first such entry on, unless pv-l1tf=no-domu.',
        ),
      ],
      [
        'pv-dom0',
        shadowed({ cmdline: 'dom0=shadow' }, 'From the start.'),
        shadowed(
          { cmdline: 'pv-l1tf=dom0', guest: ['l1tf-unsafe-entry'] },
          'From the first such entry on.',
        ),
      ],
      [
        'pv-shim',
        shadowed(
          { cmdline: 'pv-l1tf=domu', guest: ['l1tf-unsafe-entry'] },
          'With the option on the command line of the shim, from the first such entry on.',
        ),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'log-dirty',
    title: 'Log-dirty tracking',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the toolstack'],
    does: 'Xen write-protects the memory of the guest (or lets the CPU log writes), and gives the toolstack a bitmap of what changed; the contents are not touched.',
    mapping: 'p2m',
    names: [
      'XEN_DOMCTL_shadow_op',
      'XEN_DOMCTL_SHADOW_OP_ENABLE_LOGDIRTY',
      'XEN_DOMCTL_SHADOW_OP_CLEAN',
      'XEN_DOMCTL_SHADOW_OP_PEEK',
      'XEN_DOMCTL_SHADOW_OP_ENABLE',
    ],
    places: [at('xen/arch/x86/mm/paging.c', 'paging_log_dirty_op')],
    cells: [
      ['all', onDemand({ by: 'xen', when: { guest: ['log-dirty'] } })],
      [
        'hvms',
        onDemand({ by: 'xen', when: { guest: ['log-dirty'], paging: 'hap' } }),
        onDemand({ by: 'xen', when: { guest: ['log-dirty'], paging: 'shadow' } }),
        NOT_WITH_DEVICE,
      ],
      [
        'pvs',
        onDemand({
          by: 'xen',
          when: { guest: ['log-dirty'], kconfig: ['CONFIG_SHADOW_PAGING'] },
          note: 'The guest is shadowed for it.',
        }),
        NOT_WITH_DEVICE,
      ],
      ['dom0s', NOT_DOM0],
      [
        'pv-shim',
        byXenOutside(
          onDemand({
            by: 'xen',
            when: { guest: ['log-dirty'] },
            note: 'The hypervisor outside tracks the container.',
          }),
        ),
      ],
      ['arm', absent('Arm has no log-dirty tracking.')],
      ['arm-dom0', absent('Arm has no log-dirty tracking.')],
    ],
  },
  {
    id: 'vram-tracking',
    title: 'Tracking of the video memory',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'QEMU'],
    does: 'The device model asks which pages of the frame buffer changed; Xen write-protects them or reads the dirty bits.',
    mapping: 'p2m',
    names: ['XEN_DMOP_track_dirty_vram'],
    places: [at('xen/arch/x86/hvm/dm.c', 'track_dirty_vram')],
    cells: [
      ['all', absent('There is no device model with a frame buffer.')],
      ['hvm', { how: 'exposed', by: 'qemu', when: { guest: ['ioreq-server'] } }],
    ],
  },
  {
    id: 'populate-on-demand',
    title: 'Sweeps for zero pages (populate on demand)',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps pages of the guest and looks whether they are all zero, to take them back while the guest is short of memory; new pages are cleared.',
    mapping: 'brief-map',
    names: ['XENMEM_set_pod_target', 'XENMEM_get_pod_target'],
    places: [
      at('xen/arch/x86/mm/p2m-pod.c', 'p2m_pod_zero_check'),
      at('xen/arch/x86/mm/p2m-pod.c', 'p2m_pod_demand_populate'),
    ],
    cells: [
      ['all', NOT_PV],
      ['hvm-domus', { how: 'opt-in', by: 'xen', when: { guest: ['populate-on-demand'] } }],
      ['pvh-dom0', absent('Xen gives dom0 all of its memory at once.')],
      ['arms', absent('Arm has no populate on demand.')],
    ],
  },
  {
    id: 'memory-paging',
    title: 'Paging of guest memory to disk',
    accessor: 'dom0',
    consent: 'without',
    parties: ['Xen', 'xenpaging'],
    does: 'The pager maps a page of the guest, writes it to a file and lets Xen free it; when the guest touches it, Xen copies the contents back from a buffer of the pager.',
    mapping: 'foreign-map',
    names: [
      'XENMEM_paging_op',
      'XENMEM_paging_op_nominate',
      'XENMEM_paging_op_evict',
      'XENMEM_paging_op_prep',
      'XEN_DOMCTL_VM_EVENT_OP_PAGING',
      'HVM_PARAM_PAGING_RING_PFN',
    ],
    callers: ['xenpaging_evict_page', 'xenpaging_init', 'page_in', 'prepare', 'get_paged_gfn'],
    places: [
      { ...at(PAGING, 'prepare'), since: '4.14' },
      { ...at('xen/arch/x86/mm/p2m.c', 'p2m_mem_paging_prep'), until: '4.14' },
      at('tools/xenpaging/xenpaging.c', 'xenpaging_evict_page'),
    ],
    cells: [
      ['all', NOT_PV],
      [
        'hvm-domus',
        ...sinceOption(
          '4.16',
          'CONFIG_MEM_PAGING',
          onDemand({
            by: 'dom0',
            when: { paging: 'hap', guest: ['!iommu-enabled'] },
            note: 'Not under a PVH dom0, nor for a guest that boots with populate on demand.',
            places: [at('xen/common/vm_event.c', 'vm_event_domctl')],
          }),
        ),
      ],
      ['pvh-dom0', NOT_DOM0],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'memory-sharing',
    title: 'Sharing and forking of guest memory',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the toolstack'],
    does: [
      {
        text: 'Xen lets guests share pages that a tool nominates, and copies a page when one of them writes; a fork copies pages and special pages of its parent on demand.',
        since: '4.14',
      },
      {
        text: 'Xen lets guests share pages that a tool nominates, and copies a page when one of them writes.',
        until: '4.14',
      },
    ],
    mapping: 'brief-map',
    names: [
      'XENMEM_sharing_op',
      'XENMEM_sharing_op_nominate_gfn',
      'XENMEM_sharing_op_nominate_gref',
      'XENMEM_sharing_op_share',
      'XENMEM_sharing_op_add_physmap',
      'XENMEM_sharing_op_range_share',
      'XENMEM_sharing_op_fork',
      'XENMEM_sharing_op_fork_reset',
      'XEN_DOMCTL_mem_sharing_op',
      'XEN_DOMCTL_VM_EVENT_OP_SHARING',
      'HVM_PARAM_SHARING_RING_PFN',
    ],
    callers: [
      'copy_guest_area',
      'copy_vcpu_settings',
      'copy_special_pages',
      'mem_sharing_fork_page',
    ],
    places: [
      at(SHARING, '__mem_sharing_unshare_page'),
      { ...at(SHARING, 'mem_sharing_fork_page'), since: '4.14' },
    ],
    cells: [
      ['all', NOT_PV],
      [
        'hvm-domus',
        onDemand({
          by: 'xen',
          when: { vendor: 'intel', paging: 'hap', kconfig: ['CONFIG_MEM_SHARING'] },
          note: 'Where the guest has an IOMMU, only as a fork that was asked for in spite of it.',
          since: '4.14',
          places: [at(SHARING, 'mem_sharing_control')],
        }),
        onDemand({
          by: 'xen',
          when: { paging: 'hap', kconfig: ['CONFIG_MEM_SHARING'], guest: ['!iommu-enabled'] },
          until: '4.14',
          places: [at(SHARING, 'mem_sharing_domctl')],
        }),
      ],
      ['pvh-dom0', NOT_DOM0],
      ['arms', NOT_ARM],
    ],
  },
];
