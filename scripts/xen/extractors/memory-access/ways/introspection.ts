/** Access of an agent that watches a guest. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, at, byXenOutside, sinceOption } from '../../../authored.ts';
import { absent, asked, NOT_ARM, NOT_DOM0, onDemand, type Way } from '../way.ts';
import { ALTP2M, counted, inAltp2m } from './altp2m.ts';

const introspection = { guest: ['introspection'] } as const;
const MEM_ACCESS = { vendor: 'intel', paging: 'hap', ...introspection } as const;

/** Builds before 4.21 had an option for mem_access alone. */
const watched = (more: Partial<AuthoredHandling>) =>
  sinceOption('4.21', 'CONFIG_VM_EVENT', onDemand({ by: 'xen', ...more }), 'CONFIG_MEM_ACCESS');

const NOT_INSIDE = 'The shim offers nothing of it for its guest.';
const around = (when: Condition) =>
  watched({
    when,
    note: 'The container, the shim in it, can be watched as any PVH guest.',
  }).map(byXenOutside);

/** Alternate views, by the mode of altp2m. */
const VIEWS = [
  ...inAltp2m(onDemand({ by: 'xen', when: { ...ALTP2M, xl: { altp2m: 'external' } } })),
  ...inAltp2m(
    onDemand({
      by: 'xen',
      when: { ...ALTP2M, xl: { altp2m: 'limited' } },
      note: 'The guest itself may only register its #VE information page.',
    }),
  ),
  ...inAltp2m(
    asked({
      when: { ...ALTP2M, xl: { altp2m: 'mixed' } },
      note: 'The guest may change views itself.',
    }),
  ),
] as const;

export const INTROSPECTION: readonly Way[] = [
  {
    id: 'vm-event-rings',
    title: 'Rings of VM events (monitor, paging, sharing)',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the agent'],
    does: 'Xen maps the frame that the parameter names and writes requests into it; the agent maps the same frame, reads them and answers.',
    mapping: 'lasting-map',
    names: [
      'XEN_DOMCTL_vm_event_op',
      'XEN_DOMCTL_VM_EVENT_OP_MONITOR',
      'HVM_PARAM_MONITOR_RING_PFN',
    ],
    callers: ['vm_event_enable', 'xc_vm_event_enable'],
    places: [
      at('xen/common/vm_event.c', 'vm_event_enable'),
      at('tools/libs/ctrl/xc_vm_event.c', 'xc_vm_event_enable'),
    ],
    cells: [
      ['all', absent('Monitoring needs an HVM container or Arm.')],
      ['pv-shim', absent(NOT_INSIDE), ...around(introspection)],
      ['hvm-domus', ...watched({ when: introspection })],
      ['arm', ...watched({ when: introspection })],
      ['dom0s', NOT_DOM0],
    ],
  },
  {
    id: 'mem-access',
    title: 'Access restrictions by mem_access',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the agent'],
    does: 'An agent restricts reads, writes and execution of pages of the guest; Xen changes the permissions in the p2m and reports violations. The contents are not touched.',
    mapping: 'p2m',
    names: [
      'XENMEM_access_op',
      'XENMEM_access_op_set_access',
      'XENMEM_access_op_set_access_multi',
      'XENMEM_access_op_get_access',
      'XEN_DOMCTL_set_access_required',
      'XEN_DOMCTL_monitor_op',
      'HVMOP_guest_request_vm_event',
    ],
    callers: ['do_memory_op'],
    places: [
      at('xen/common/mem_access.c', 'mem_access_memop'),
      at('xen/common/memory.c', 'do_memory_op'),
    ],
    cells: [
      ['all', absent('mem_access needs an HVM container or Arm.')],
      ['pv-shim', absent(NOT_INSIDE), ...around(MEM_ACCESS)],
      [
        'hvm-domus',
        ...watched({
          when: MEM_ACCESS,
          note: 'Single-stepping and several views of the memory (altp2m) as well.',
          places: [at('xen/arch/x86/mm/altp2m.c', 'altp2m_vcpu_enable_ve')],
        }),
      ],
      [
        'arm',
        ...watched({
          when: introspection,
          places: [at('xen/arch/arm/mem_access.c', 'p2m_set_mem_access')],
        }),
      ],
      ['dom0s', NOT_DOM0],
    ],
  },
  {
    id: 'altp2m-views',
    title: 'Alternate views of the memory (altp2m)',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the agent'],
    does: 'Xen keeps several translations for the guest and switches between them; a frame can be replaced in one view.',
    mapping: 'p2m',
    names: [
      'HVMOP_altp2m_create_p2m',
      'HVMOP_altp2m_destroy_p2m',
      'HVMOP_altp2m_switch_p2m',
      'HVMOP_altp2m_set_domain_state',
      'HVMOP_altp2m_set_mem_access',
      'HVMOP_altp2m_set_mem_access_multi',
      'HVMOP_altp2m_change_gfn',
      'HVMOP_altp2m_set_visibility',
      'HVM_PARAM_ALTP2M',
    ],
    places: [
      { ...at('xen/arch/x86/mm/altp2m.c', 'p2m_change_altp2m_gfn'), since: '4.19' },
      { ...at('xen/arch/x86/mm/p2m.c', 'p2m_change_altp2m_gfn'), until: '4.19' },
    ],
    cells: [
      ['all', absent('altp2m needs EPT.')],
      ['hvm', ...VIEWS],
      ['pvh', ...counted(VIEWS)],
      ['dom0s', NOT_DOM0],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'emulation-with-agent-data',
    title: 'Emulation with data or instructions of an agent',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'the agent'],
    does: 'In answer to an event Xen emulates the instruction of the guest, with operands or instruction bytes that the agent supplies instead of those in memory.',
    mapping: 'copy',
    names: ['XENMEM_access_op_enable_emulate', 'XENMEM_access_op_disable_emulate'],
    places: [at('xen/arch/x86/vm_event.c', 'vm_event_emulate_check')],
    cells: [
      ['all', NOT_ARM],
      ['hvm-domus', ...watched({ when: introspection })],
      ['pvs', absent('Monitoring needs an HVM container.')],
      ['pvh-dom0', NOT_DOM0],
    ],
  },
  {
    id: 'vmtrace',
    title: 'Buffers of Processor Trace',
    accessor: 'dom0',
    consent: 'without',
    parties: ['CPU', 'the tool'],
    does: 'The CPU writes the trace of a vCPU into a buffer that Xen allocates; a tool maps it. The guest cannot reach it.',
    mapping: 'resource-map',
    since: '4.15',
    names: ['XENMEM_resource_vmtrace_buf', 'XEN_DOMCTL_vmtrace_op'],
    callers: ['main'],
    places: [
      at('xen/common/domain.c', 'vmtrace_alloc_buffer'),
      at('xen/common/memory.c', 'acquire_resource'),
    ],
    cells: [
      ['all', NOT_ARM],
      [
        'hvm-domus',
        ...sinceOption(
          '4.22',
          'CONFIG_VMTRACE',
          onDemand({
            by: 'dom0',
            when: {
              vendor: 'intel',
              feature: ['vmx-support'],
              xl: { vmtrace_buf_kb: 'more than 0' },
            },
          }),
        ),
      ],
      ['pvs', absent('Traces need VMX.')],
      ['pvh-dom0', NOT_DOM0],
    ],
  },
];
