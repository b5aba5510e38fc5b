/** Pages that Xen owns or that the guest registers, and that Xen keeps mapped. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, asked, refused, type Way } from '../way.ts';

const registered = { guest: ['registered'] } as const;

const COMMON = 'xen/common/domain.c';

const X86 = 'xen/arch/x86/domain.c';

const FIFO = 'xen/common/event_fifo.c';

export const REGISTERED: readonly Way[] = [
  {
    id: 'shared-info',
    title: 'Shared info page',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen owns one page per domain, writes the state of events and time into it, and lets the guest map it.',
    mapping: 'own-page',
    names: ['XENMAPSPACE_shared_info'],
    places: [at('xen/common/event_2l.c', 'evtchn_2l_set_pending'), at(X86, 'arch_domain_create')],
    cells: [
      [
        'all',
        asked({
          places: [
            {
              ...at(
                'xen/arch/x86/mm/p2m.c',
                'xenmem_add_to_physmap_one',
                'XENMAPSPACE_shared_info',
              ),
              since: '4.15',
            },
            {
              ...at('xen/arch/x86/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_shared_info'),
              until: '4.15',
            },
          ],
          note: 'The guest maps it with XENMEM_add_to_physmap.',
        }),
      ],
      [
        'pvs',
        asked({
          note: 'The guest maps the machine frame that start_info names.',
          places: [at('xen/include/public/xen.h', 'start_info')],
        }),
      ],
      [
        'arms',
        asked({
          places: [at('xen/arch/arm/mm.c', 'xenmem_add_to_physmap_one', 'XENMAPSPACE_shared_info')],
          note: 'The guest maps it with XENMEM_add_to_physmap.',
        }),
      ],
    ],
  },
  {
    id: 'event-bits',
    title: 'Bits of pending and masked event channels',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen sets the bit of an event channel in the shared info page, and the selector and the pending flag in vcpu_info.',
    mapping: 'own-page',
    places: [at('xen/common/event_2l.c', 'evtchn_2l_set_pending')],
    cells: [
      [
        'all',
        asked({
          when: { guest: ['!fifo-events'] },
          note: 'With FIFO event channels only the pending flag is written here.',
        }),
      ],
      ['pv-shim', asked({ note: 'The shim offers nothing else.' })],
    ],
  },
  {
    id: 'wallclock',
    title: 'Wall clock in the shared info page',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes the wall-clock time into the shared info page.',
    mapping: 'own-page',
    places: [at('xen/common/time.c', 'update_domain_wallclock_time')],
    cells: [['all', asked()]],
  },
  {
    id: 'vcpu-time-info',
    title: 'System time of a vCPU (pvclock)',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes the system time and the scale of the TSC into the vcpu_info of each vCPU.',
    mapping: 'lasting-map',
    places: [at('xen/arch/x86/time.c', '__update_vcpu_system_time')],
    cells: [
      ['all', asked()],
      ['arms', absent('Arm guests read the system time from the virtual timer.')],
    ],
  },
  {
    id: 'vcpu-info',
    title: 'Registered vcpu_info',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'The guest names a place in its memory for vcpu_info; Xen keeps the page mapped and writes pending events and time into it.',
    mapping: 'lasting-map',
    names: ['VCPUOP_register_vcpu_info'],
    callers: ['map_guest_area', 'common_vcpu_op', 'map_vcpu_info'],
    places: [
      { ...at(COMMON, 'map_guest_area'), since: '4.18' },
      { ...at(COMMON, 'map_vcpu_info'), until: '4.18' },
      at(COMMON, undefined, 'VCPUOP_register_vcpu_info'),
    ],
    cells: [
      [
        'all',
        asked({
          when: registered,
          note: 'Without it vcpu_info lies in the shared info page, for the first 32 vCPUs.',
        }),
      ],
      [
        'arms',
        asked({
          when: registered,
          note: 'Without it vcpu_info lies in the shared info page; Arm has one there.',
        }),
      ],
    ],
  },
  {
    id: 'runstate',
    title: 'Runstate area',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes how long a vCPU ran, waited and was blocked into the area that the guest registers.',
    mapping: 'copy',
    names: ['VCPUOP_register_runstate_memory_area', 'VCPUOP_register_runstate_phys_area'],
    places: [
      { ...at(COMMON, 'update_runstate_area'), since: '4.18' },
      { ...at(X86, 'update_runstate_area'), until: '4.18' },
    ],
    cells: [
      [
        'all',
        asked({
          when: registered,
          note: 'By linear address it is copied at each switch of vCPUs; by physical address (4.18 and later) the page stays mapped.',
        }),
      ],
      [
        'arms',
        asked({
          when: registered,
          note: 'By linear address only; Arm has no registration by physical address.',
          places: [
            {
              ...at('xen/arch/arm/domain.c', 'do_vcpu_op', 'VCPUOP_register_runstate_memory_area'),
              since: '4.17',
            },
            {
              ...at(
                'xen/arch/arm/domain.c',
                'do_arm_vcpu_op',
                'VCPUOP_register_runstate_memory_area',
              ),
              until: '4.17',
            },
          ],
        }),
      ],
    ],
  },
  {
    id: 'vcpu-time-area',
    title: 'Secondary time area of a vCPU',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes the same time record as in vcpu_info into a second area that the guest registers, usually for its user space.',
    mapping: 'copy',
    names: ['VCPUOP_register_vcpu_time_memory_area', 'VCPUOP_register_vcpu_time_phys_area'],
    callers: ['do_vcpu_op', 'compat_vcpu_op', 'arch_compat_vcpu_op'],
    places: [at('xen/arch/x86/time.c', 'update_secondary_system_time')],
    cells: [
      ['all', asked({ when: registered })],
      [
        'arms',
        refused('Arm does not know the operation.', {
          places: [
            { ...at('xen/arch/arm/domain.c', 'do_vcpu_op'), since: '4.17' },
            { ...at('xen/arch/arm/domain.c', 'do_arm_vcpu_op'), until: '4.17' },
          ],
        }),
      ],
    ],
  },
  {
    id: 'event-fifo',
    title: 'FIFO event channel pages',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen keeps the control block of each vCPU and the pages of the event array mapped, and links pending events in them.',
    mapping: 'lasting-map',
    names: ['EVTCHNOP_init_control', 'EVTCHNOP_expand_array'],
    callers: ['map_guest_page'],
    places: [at(FIFO, 'map_guest_page'), at(FIFO, 'evtchn_fifo_set_pending')],
    cells: [
      [
        'all',
        ...sinceOption('4.21', 'CONFIG_EVTCHN_FIFO', asked({ when: { guest: ['fifo-events'] } })),
        refused('The operations fail.', {
          when: { kconfig: ['!CONFIG_EVTCHN_FIFO'] },
          places: [at('xen/common/event_channel.h', 'evtchn_fifo_init_control')],
          since: '4.21',
        }),
      ],
      [
        'pv-shim',
        refused('The shim offers two-level event channels only.', {
          places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_event_channel_op')],
        }),
      ],
    ],
  },
];
