/** Changes of the translation: balloon, own and foreign frames, resources. */
import { type AuthoredHandling, at } from '../../../authored.ts';
import { absent, asked, NOT_X86, onDemand, type Way } from '../way.ts';

const MM = 'xen/arch/x86/mm.c';

const MEMORY = 'xen/common/memory.c';

const notExchanged = (path: string): AuthoredHandling => ({
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note: 'XENMEM_exchange fails where the guest has a p2m of its own.',
  places: [at(path, 'steal_page')],
});
const NO_EXCHANGE = notExchanged(MM);
const NO_EXCHANGE_ON_ARM = notExchanged('xen/arch/arm/mm.c');

export const TRANSLATION: readonly Way[] = [
  {
    id: 'balloon',
    title: 'Ballooning and exchange of memory',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'The guest gives pages back, asks for others or exchanges them; Xen changes the owner of the pages and the translation, not the contents.',
    mapping: 'p2m',
    names: [
      'XENMEM_increase_reservation',
      'XENMEM_decrease_reservation',
      'XENMEM_populate_physmap',
      'XENMEM_exchange',
      'XENMEM_remove_from_physmap',
    ],
    places: [at(MEMORY, 'do_memory_op'), at(MEMORY, 'decrease_reservation')],
    cells: [
      ['pvs', asked()],
      ['hvms', asked(), NO_EXCHANGE],
      [
        'arms',
        asked({
          note: 'A domain that is mapped directly keeps the page that it gives back.',
          places: [at(MEMORY, 'guest_remove_page', 'is_domain_direct_mapped')],
        }),
        NO_EXCHANGE_ON_ARM,
      ],
    ],
  },
  {
    id: 'p2m-remap',
    title: 'Own frames mapped at another address',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'The guest asks for a frame of its own at another guest address; only the translation changes.',
    mapping: 'p2m',
    names: [
      'XENMEM_add_to_physmap',
      'XENMEM_add_to_physmap_batch',
      'XENMEM_add_to_physmap_range',
      'XENMAPSPACE_gmfn',
      'XENMAPSPACE_gmfn_range',
    ],
    callers: ['xenmem_add_to_physmap_one'],
    places: [
      { ...at('xen/arch/x86/mm/p2m.c', 'xenmem_add_to_physmap_one'), since: '4.15' },
      { ...at(MM, 'xenmem_add_to_physmap_one'), until: '4.15' },
    ],
    cells: [
      [
        'pvs',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'PV guests hold machine frames and have no translation of their own.',
        },
      ],
      ['hvms', asked()],
      [
        'arms',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'Arm knows the shared info page, the grant table, foreign frames and device memory only.',
          places: [at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one')],
        },
      ],
    ],
  },
  {
    id: 'foreign-map-p2m',
    title: 'Foreign frames in the p2m of the mapper',
    accessor: 'dom0',
    consent: 'without',
    parties: ['the toolstack', 'QEMU'],
    does: [
      {
        text: 'A privileged domain with a p2m of its own maps a frame of another domain into it; Xen holds a reference of the page. On x86 nr_foreign counts such entries in the p2m of the mapper; nothing counts them for the target.',
        since: '4.19',
      },
      {
        text: 'A privileged domain with a p2m of its own maps a frame of another domain into it; Xen holds a reference of the page.',
        until: '4.19',
      },
    ],
    mapping: 'foreign-map',
    names: ['XENMAPSPACE_gmfn_foreign'],
    callers: ['p2m_add_foreign'],
    places: [at('xen/arch/x86/mm/p2m.c', 'p2m_add_foreign')],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          note: 'Its memory can be mapped by a domain that is privileged over it, such as PVH dom0 or a device model.',
        }),
      ],
      [
        'dom0s',
        absent('Other domains are not privileged over dom0; PVH and Arm dom0 are the mappers.'),
      ],
      [
        'arm',
        onDemand({
          by: 'dom0',
          note: 'The mapper holds a reference of the page; Arm counts nothing.',
          places: [
            at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_gmfn_foreign'),
          ],
        }),
      ],
    ],
  },
  {
    id: 'foreign-map-pv',
    title: 'Foreign frames in the page tables of a PV mapper',
    accessor: 'dom0',
    consent: 'without',
    parties: ['the toolstack', 'QEMU'],
    does: 'PV dom0 writes an entry that names a frame of another domain into its own page table by mmu_update; Xen checks that it is privileged over the owner and takes a reference.',
    mapping: 'foreign-map',
    callers: ['mod_l1_entry'],
    places: [at(MM, 'get_page_from_l1e'), at(MM, 'mod_l1_entry')],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          note: 'Its memory can be mapped by PV dom0 or another PV domain that is privileged over it.',
        }),
      ],
      ['dom0s', absent('Other domains are not privileged over dom0; PV dom0 is the mapper.')],
      ['arms', absent('There is no PV dom0 on Arm.')],
    ],
  },
  {
    id: 'resource-map',
    title: 'Resources of a guest mapped by XENMEM_acquire_resource',
    accessor: 'dom0',
    consent: 'implicit',
    parties: ['the toolstack', 'QEMU'],
    does: [
      {
        text: 'A privileged domain maps pages that belong to Xen or to the mapper and concern the guest: ioreq pages, grant-table frames, the trace buffer. No page of the RAM of the guest is mapped.',
        since: '4.15',
      },
      {
        text: 'A privileged domain maps pages that belong to Xen or to the mapper and concern the guest: ioreq pages and grant-table frames. No page of the RAM of the guest is mapped.',
        until: '4.15',
      },
    ],
    mapping: 'resource-map',
    names: [
      'XENMEM_acquire_resource',
      'XENMEM_resource_grant_table',
      'XENMEM_resource_grant_table_id_shared',
      'XENMEM_resource_grant_table_id_status',
    ],
    places: [at(MEMORY, 'acquire_resource')],
    cells: [
      ['all', { how: 'exposed', by: 'dom0' }],
      ['dom0s', absent('The caller must be privileged over the target; dom0 is the caller.')],
    ],
  },
  {
    id: 'device-memory-map',
    title: 'Device memory mapped by XENMAPSPACE_dev_mmio',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the hardware domain'],
    does: 'A domain maps memory of a device that it was granted; no RAM of a guest is reached.',
    mapping: 'p2m',
    names: ['XENMAPSPACE_dev_mmio', 'XEN_DOMCTL_memory_mapping'],
    places: [at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_dev_mmio')],
    cells: [
      ['all', NOT_X86],
      [
        'hvms',
        {
          how: 'passthrough',
          by: 'dom0',
          when: { guest: ['iomem-granted'] },
          note: 'x86 has XEN_DOMCTL_memory_mapping instead, which the toolstack and QEMU call.',
          places: [at('xen/common/domctl.c', 'do_domctl')],
        },
      ],
      [
        'pvh-dom0',
        {
          how: 'passthrough',
          by: 'xen',
          note: 'Xen maps the memory of devices while it builds dom0, and more when dom0 reports PCI devices.',
          places: [at('xen/arch/x86/hvm/dom0_build.c', 'dom0_construct_pvh')],
        },
      ],
      ['pvs', absent('PV guests map device memory in their page tables, where it was granted.')],
      ['arms', asked({ when: { guest: ['iomem-granted'] } })],
    ],
  },
];
