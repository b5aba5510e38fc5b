/** Memory that Xen reads and writes for Arm guests. */
import type { Point } from '../../../../../src/model/release.ts';
import { at, sinceOption } from '../../../authored.ts';
import { absent, asked, follows, NOT_X86, type Way } from '../way.ts';

/** Releases since which set and way is refused where the IOMMU shares the page tables. */
const SET_WAY_REFUSED: Point = ['4.14.4', '4.15.2', '4.16'];

export const ARM: readonly Way[] = [
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
      [
        'arms',
        ...sinceOption(
          '4.21',
          'CONFIG_VM_EVENT',
          follows({ when: { guest: ['introspection'] } }),
          'CONFIG_MEM_ACCESS',
        ),
      ],
      ['arm-dom0', absent('mem_access is not applied to dom0.')],
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
        follows({
          when: { kconfig: ['CONFIG_HAS_ITS'] },
          note: 'On a host with an ITS.',
          places: [at('xen/arch/arm/vgic-v3-its.c', 'vgic_v3_its_init_domain')],
        }),
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
        follows({ when: { kconfig: ['CONFIG_HAS_ITS'] }, note: 'On a host with an ITS.' }),
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
        follows({ when: { guest: ['!iommu-enabled'] }, since: SET_WAY_REFUSED }),
        follows({ until: SET_WAY_REFUSED }),
        {
          how: 'refused',
          by: 'xen',
          effect: '#UD',
          when: { guest: ['iommu-enabled'] },
          note: 'Where the IOMMU shares the page tables.',
          since: SET_WAY_REFUSED,
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
        asked({
          when: { xl: { tee: 'optee' }, feature: ['optee'], kconfig: ['CONFIG_OPTEE'] },
        }),
      ],
      ['arm-dom0', asked({ when: { feature: ['optee'], kconfig: ['CONFIG_OPTEE'] } })],
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
    callers: ['ffa_handle_rxtx_map', 'handle_rxtx_map', 'get_shm_pages'],
    since: '4.18',
    places: [
      {
        ...at('xen/arch/arm/tee/ffa_rxtx.c', undefined, '__map_domain_page_global'),
        since: '4.19',
      },
      { ...at('xen/arch/arm/tee/ffa.c', 'handle_rxtx_map'), until: '4.19' },
      { ...at('xen/arch/arm/tee/ffa_shm.c', 'get_shm_pages'), since: '4.19' },
      { ...at('xen/arch/arm/tee/ffa.c', 'get_shm_pages'), until: '4.19' },
    ],
    cells: [
      ['all', NOT_X86],
      [
        'arm',
        asked({
          when: {
            xl: { tee: 'ffa' },
            feature: ['ffa'],
            kconfig: ['CONFIG_FFA'],
            guest: ['registered'],
          },
        }),
      ],
      [
        'arm-dom0',
        asked({
          when: { feature: ['ffa'], kconfig: ['CONFIG_FFA'], guest: ['registered'] },
        }),
      ],
    ],
  },
];
