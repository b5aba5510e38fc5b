/** Memory that domains share by grants. */
import type { Point } from '../../../../../src/model/release.ts';
import { at, byXenOutside } from '../../../authored.ts';
import { absent, asked, refused, type Way } from '../way.ts';

const GRANT = 'xen/common/grant_table.c';

const HVM_GRANT = at('xen/arch/x86/hvm/hypercall.c', 'hvm_grant_table_op');

/** Releases since which a frame of the grant table is mapped in two steps. */
const MAPS_IN_PARTS: Point = ['4.17.7', '4.18.6', '4.19.6', '4.20.4', '4.21.2', '4.22'];

/** Releases since which the flush of one page of a grant has its newer name. */
const FLUSH_RENAMED: Point = ['4.13.5', '4.14.6', '4.15.3', '4.16.2', '4.17'];

const MAP_FRAME = [
  { ...at(GRANT, 'gnttab_map_frame_begin'), since: MAPS_IN_PARTS },
  { ...at(GRANT, 'gnttab_map_frame'), until: MAPS_IN_PARTS },
];

const SHIM_GRANT = at('xen/arch/x86/pv/shim.c', 'pv_shim_grant_table_op');

const refusedByShim = refused('The shim offers only the set-up and the size of the grant table.', {
  places: [SHIM_GRANT],
});

const refusedForHvm = refused('The operation is not in the list for HVM and PVH callers.', {
  places: [HVM_GRANT],
});

/** Grants by a Xen that is built with them; the shim needs no such build. */
const granted = (more: Parameters<typeof asked>[0] = {}) =>
  asked({
    ...more,
    when: { ...more.when, kconfig: ['CONFIG_GRANT_TABLE', ...(more.when?.kconfig ?? [])] },
  });

export const GRANTS: readonly Way[] = [
  {
    id: 'grant-frames',
    title: 'Frames of the grant table',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen owns the frames, lets the guest map them, reads the entries that the guest writes, and marks those in use.',
    mapping: 'own-page',
    names: [
      'GNTTABOP_setup_table',
      'GNTTABOP_set_version',
      'GNTTABOP_swap_grant_ref',
      'XENMAPSPACE_grant_table',
    ],
    places: [at(GRANT, 'gnttab_grow_table'), at(GRANT, 'map_grant_ref')],
    cells: [
      [
        'all',
        granted({
          note: 'The guest maps them with XENMEM_add_to_physmap.',
          places: [...MAP_FRAME],
        }),
      ],
      [
        'pvs',
        granted({
          note: 'The guest maps the machine frames that GNTTABOP_setup_table returns.',
          places: [at(GRANT, 'gnttab_setup_table')],
        }),
      ],
      [
        'pv-shim',
        asked({
          note: 'The shim sets up the frames of the hypervisor outside and hands them to the guest.',
          places: [SHIM_GRANT],
        }),
      ],
    ],
  },
  {
    id: 'grant-status-frames',
    title: 'Status frames of version 2 of the grant table',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes the state of each grant into frames of its own that the guest maps.',
    mapping: 'own-page',
    names: ['GNTTABOP_get_status_frames'],
    places: [at(GRANT, 'gnttab_get_status_frames'), at(GRANT, 'gnttab_set_version')],
    cells: [
      [
        'all',
        granted({
          when: { guest: ['grant-v2'] },
          note: 'Only where Xen and the configuration of the guest allow version 2.',
          since: '4.16',
        }),
        granted({
          when: { guest: ['grant-v2'] },
          note: 'Only where Xen allows version 2.',
          until: '4.16',
        }),
      ],
      [
        'hvms',
        granted({
          when: { guest: ['grant-v2'] },
          note: 'Mapped with XENMEM_add_to_physmap; GNTTABOP_get_status_frames is not for HVM and PVH callers.',
          places: [...MAP_FRAME, HVM_GRANT],
        }),
      ],
      ['pv-shim', refusedByShim],
      [
        'arms',
        absent('Arm has version 1 only.', {
          places: [at('xen/arch/arm/include/asm/grant_table.h', 'GNTTAB_MAX_VERSION')],
        }),
      ],
    ],
  },
  {
    id: 'grant-map',
    title: 'Pages that another domain maps by a grant',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the domain that the grant names'],
    does: 'The domain that the guest names in a grant maps the page, for reading only or for both, until it unmaps it. Where the IOMMU of a PV domain follows its memory (a domU with a device, dom0 with dom0-iommu=strict), or that of an Arm domain which is mapped directly, Xen enters the page there, so that its devices reach it too.',
    mapping: 'grant-map',
    names: ['GNTTABOP_map_grant_ref', 'GNTTABOP_unmap_grant_ref', 'GNTTABOP_unmap_and_replace'],
    callers: ['get_paged_frame', 'init_gnt_cli', 'connect_device', 'xengntshr_share'],
    places: [at(GRANT, 'map_grant_ref'), at(GRANT, 'map_grant_ref', 'gnttab_need_iommu_mapping')],
    cells: [
      ['all', granted()],
      [
        'pvs',
        granted({ places: [at('xen/arch/x86/pv/grant_table.c', 'create_grant_pv_mapping')] }),
      ],
      [
        'hvms',
        granted({ places: [at('xen/arch/x86/hvm/grant_table.c', 'create_grant_p2m_mapping')] }),
      ],
      ['arms', granted({ places: [at('xen/arch/arm/mm.c', 'create_grant_host_mapping')] })],
      [
        'pv-shim',
        byXenOutside(
          granted({
            note: 'Backends outside map what the guest grants; the guest itself can map nothing, since the shim refuses that.',
            places: [SHIM_GRANT],
          }),
        ),
      ],
    ],
  },
  {
    id: 'grant-copy',
    title: 'Copies between domains by grant',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen copies between a page of the caller and a granted page of another domain, with both mapped for the copy.',
    mapping: 'brief-map',
    names: ['GNTTABOP_copy'],
    places: [at(GRANT, 'gnttab_copy')],
    cells: [
      ['all', granted()],
      ['hvms', granted({ places: [HVM_GRANT] })],
      [
        'pv-shim',
        byXenOutside(
          granted({ note: 'Backends outside copy from and to the pages that the guest grants.' }),
        ),
        refusedByShim,
      ],
    ],
  },
  {
    id: 'grant-transfer',
    title: 'Transfer of pages between domains',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the domain that gives the page'],
    does: 'A page changes its owner; the receiver has granted the slot for it.',
    mapping: 'p2m',
    names: ['GNTTABOP_transfer'],
    places: [at(GRANT, 'gnttab_transfer')],
    cells: [
      ['all', granted({ when: { kconfig: ['CONFIG_PV'] } })],
      ['pvs', granted()],
      ['hvms', refusedForHvm],
      ['pv-shim', refusedByShim],
      [
        'arms',
        absent('Stealing a page from its owner is not implemented on Arm.', {
          places: [at('xen/arch/arm/mm.c', 'steal_page')],
        }),
      ],
    ],
  },
  {
    id: 'grant-cache-flush',
    title: 'Cache maintenance of granted pages',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen cleans or invalidates the caches for a page of the caller or one that it has mapped by a grant.',
    mapping: 'brief-map',
    names: ['GNTTABOP_cache_flush'],
    places: [
      { ...at(GRANT, '_cache_flush'), since: FLUSH_RENAMED },
      { ...at(GRANT, 'cache_flush'), until: FLUSH_RENAMED },
    ],
    cells: [
      ['arms', granted()],
      [
        'pvs',
        refused('The operation is not built for x86.', { since: '4.21' }),
        { ...granted(), until: '4.21' },
      ],
      ['hvms', refusedForHvm],
      ['pv-shim', refusedByShim],
    ],
  },
];
