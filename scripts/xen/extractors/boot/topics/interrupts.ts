/** Interrupts, events and exceptions. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, emulated, hardware, pv, type Topic } from '../topic.ts';

const IRQ = 'xen/arch/x86/hvm/irq.c';

const SHIM = 'xen/arch/x86/pv/shim.c';

const POSTED = hardware('The vector of a vCPU arrives without an exit.', {
  when: { vendor: 'intel', feature: ['posted-interrupts'] },
  places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_set_irq')],
});

export const INTERRUPTS: readonly Topic[] = [
  {
    id: 'event-upcall',
    topic: 'delivery of events',
    area: 'interrupts',
    about: 'How the CPU of a guest is interrupted when an event channel is pending.',
    names: [
      'CALLBACKTYPE_event',
      'CALLBACKTYPE_failsafe',
      'CALLBACKTYPE_syscall',
      'CALLBACKTYPE_syscall32',
      'CALLBACKTYPE_sysenter',
      'CALLBACKTYPE_sysenter_deprecated',
      'CALLBACKOP_register',
      'CALLBACKOP_unregister',
      'VGCF_i387_valid',
      'VGCF_I387_VALID',
      'VGCF_in_kernel',
      'VGCF_IN_KERNEL',
      'VGCF_failsafe_disables_events',
      'VGCF_syscall_disables_events',
      'VGCF_online',
    ],
    places: [at('xen/common/event_2l.c', 'evtchn_2l_set_pending')],
    cells: [
      [
        'pvs',
        pv(
          'Xen builds a frame for the callback that the guest registered, unless evtchn_upcall_mask is set.',
          { places: [at('xen/arch/x86/pv/callback.c', 'register_guest_callback')] },
        ),
      ],
      [
        'hvms',
        emulated(
          'A vector: that of HVM_PARAM_CALLBACK_IRQ, which is injected without the local APIC, or one of each vCPU, which goes through it; evtchn_upcall_mask is not used.',
          { places: [at(IRQ, 'hvm_assert_evtchn_irq'), at(IRQ, 'hvm_vcpu_has_pending_irq')] },
        ),
        POSTED,
      ],
      [
        'hvm',
        emulated(
          'A vector: that of HVM_PARAM_CALLBACK_IRQ, which is injected without the local APIC, or one of each vCPU, which goes through it; or the line of an ISA or PCI interrupt. evtchn_upcall_mask is not used.',
          { places: [at(IRQ, 'hvm_assert_evtchn_irq'), at(IRQ, 'hvm_vcpu_has_pending_irq')] },
        ),
        POSTED,
      ],
      [
        'arms',
        emulated('A private peripheral interrupt that the device tree names.', {
          places: [at('xen/arch/arm/domain.c', 'vcpu_mark_events_pending')],
        }),
      ],
    ],
  },
  {
    id: 'callback-via',
    topic: 'callback types',
    area: 'interrupts',
    about: 'The ways in which an HVM container can ask for the upcall of events.',
    names: [
      'HVMIRQ_callback_none',
      'HVMIRQ_callback_gsi',
      'HVMIRQ_callback_pci_intx',
      'HVMIRQ_callback_vector',
      'HVM_PARAM_CALLBACK_TYPE_GSI',
      'HVM_PARAM_CALLBACK_TYPE_PCI_INTX',
      'HVM_PARAM_CALLBACK_TYPE_VECTOR',
      'HVM_PARAM_CALLBACK_TYPE_PPI',
      'HVM_PARAM_CALLBACK_TYPE_PPI_FLAG_LOW_LEVEL',
    ],
    places: [at(IRQ, 'hvm_set_callback_via')],
    cells: [
      ['pvs', absent('PV guests register a callback address instead.')],
      ['pvh', emulated('A vector only: the others need an IO-APIC and a PIC.')],
      ['pvh-dom0', emulated('A vector only: there is an IO-APIC, and no PIC.')],
      ['hvm', emulated('A vector, the interrupt of the Xen platform PCI device, or a GSI.')],
      [
        'arms',
        emulated(
          'A private peripheral interrupt that the device tree names; the guest cannot set the parameter.',
          {
            places: [at('xen/arch/arm/hvm.c', undefined, 'HVM_PARAM_CALLBACK_IRQ')],
            since: '4.14',
          },
        ),
        emulated(
          'A private peripheral interrupt that the device tree names; the guest can set the parameter, to no effect.',
          { places: [at('xen/arch/arm/hvm.c', 'do_hvm_op')], until: '4.14' },
        ),
      ],
    ],
  },
  {
    id: 'upcall-vector',
    topic: 'upcall vector per vCPU',
    area: 'interrupts',
    about:
      'A vector for events that each vCPU sets for itself and that goes through its local APIC.',
    names: ['XEN_HVM_CPUID_UPCALL_VECTOR'],
    places: [
      at('xen/arch/x86/hvm/hvm.c', 'hvmop_set_evtchn_upcall_vector'),
      at(IRQ, 'hvm_assert_evtchn_irq'),
    ],
    cells: [
      ['pvs', absent('PV guests have no local APIC.')],
      ['hvms', emulated('With HVMOP_set_evtchn_upcall_vector.')],
      ['arms', absent('The operation is for x86.')],
    ],
  },
  {
    id: 'event-channel-abi',
    topic: 'event channel ABI',
    area: 'interrupts',
    names: ['VCPUOP_register_vcpu_info'],
    about: 'How pending and masked event channels are kept: two-level bitmaps or FIFO queues.',
    places: [
      at('xen/common/event_fifo.c', 'evtchn_fifo_init_control'),
      at('xen/common/event_2l.c', 'evtchn_2l_init'),
    ],
    cells: [
      [
        'all',
        pv('Two-level bitmaps, until the guest asks for FIFO queues.'),
        ...sinceOption(
          '4.21',
          'CONFIG_EVTCHN_FIFO',
          pv('FIFO queues.', { when: { guest: ['fifo-events'] } }),
        ),
      ],
      [
        'pv-shim',
        pv('Two-level bitmaps only.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_event_channel_op')],
        }),
      ],
    ],
  },
  {
    id: 'virqs',
    topic: 'virtual interrupts (VIRQ)',
    area: 'interrupts',
    about: 'The events that Xen itself raises.',
    names: [
      'VIRQ_TIMER',
      'VIRQ_DEBUG',
      'VIRQ_CONSOLE',
      'VIRQ_DOM_EXC',
      'VIRQ_TBUF',
      'VIRQ_DEBUGGER',
      'VIRQ_XENOPROF',
      'VIRQ_CON_RING',
      'VIRQ_PCPU_STATE',
      'VIRQ_MEM_EVENT',
      'VIRQ_ARGO',
      'VIRQ_ENOMEM',
    ],
    places: [at('xen/common/event_channel.c', 'evtchn_bind_virq')],
    cells: [
      [
        'all',
        pv(
          'The timer and the debug key; Argo where it is on. The others are global, and go to the domain that handles them.',
        ),
      ],
      [
        'arm',
        pv(
          'The debug key; Argo where it is on. The others are global, and go to the domain that handles them.',
        ),
      ],
      [
        'dom0s',
        pv('Also the global ones: console, domains that end, trace buffers, memory shortage.'),
      ],
      [
        'pv-shim',
        pv('Those of the shim, on ports that the hypervisor outside allocates.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_event_channel_op')],
        }),
      ],
    ],
  },
];
