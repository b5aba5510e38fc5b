/** Events that interrupt a PV guest and are Xen’s own business. */
import { at } from '../../../authored.ts';
import {
  type Entry,
  inPv,
  type List,
  paravirtualized,
  refused,
  type SpannedName,
} from '../entry.ts';
import { ENTRY } from '../places.ts';

const vectorEntry = (legacy: string, name: string): readonly SpannedName[] => [
  { name: legacy, until: '4.18' },
  { name, since: '4.18' },
];

const entryPlaces = (legacy: string, name: string) => [
  { ...at(ENTRY, undefined, legacy), until: '4.18' },
  { ...at(ENTRY, undefined, name), since: '4.18' },
];

const VIRTUAL_NMI = paravirtualized(
  { guest: ['callback-registered'] },
  'A virtual NMI, raised with VCPUOP_send_nmi, goes to the handler registered with nmi_op, callback_op or set_trap_table (vector 2).',
);
const DROPPED_NMI = refused(
  'ignored',
  { guest: ['!callback-registered'] },
  'An NMI for which there is no handler is dropped.',
);
const REPORTED =
  'System errors of PCI (SERR), I/O errors and NMIs of unknown reason are reported to the handler that dom0 registered.';
const STOPPED = 'Xen stops the machine.';
const MACHINE_NMI = {
  how: 'absent',
  note: 'The NMIs of the machine are Xen’s own.',
} as const;

const BOUND_INTERRUPTS: List = [
  paravirtualized(
    { guest: ['pirq-bound'] },
    'Xen takes every interrupt; what the guest has bound becomes an event, delivered by the callback that it registered.',
  ),
  { how: 'absent', when: { guest: ['!pirq-bound'] }, note: 'Xen takes every interrupt.' },
];

/** Only the handlers of Intel’s errors hand one on, and among PV domains to dom0 alone. */
const MEMORY_ERROR: List = [
  paravirtualized(
    { vendor: 'intel', guest: ['callback-registered'] },
    'Xen handles the machine check; a memory error in a page of dom0 is delivered by the handler of #MC in its trap table.',
  ),
  refused(
    'crash',
    { vendor: 'intel', guest: ['!callback-registered'] },
    'A memory error in a page of dom0 crashes it without such a handler.',
  ),
];
const NONE_ON_AMD = 'Xen handles the machine check, and hands none on.';

export const HOST_EVENTS: readonly Entry[] = [
  {
    id: 'entry-nmi',
    instruction: 'NMI',
    class: 'entry',
    entry: vectorEntry('nmi', 'entry_NMI'),
    handlers: ['do_nmi', 'nmi_hwdom_report', 'pv_raise_nmi'],
    events: ['X86_ET_NMI'],
    alternatives: ['nmi_op', 'callback_op', 'set_trap_table'],
    cells: inPv(
      [VIRTUAL_NMI, DROPPED_NMI, MACHINE_NMI],
      [
        VIRTUAL_NMI,
        DROPPED_NMI,
        paravirtualized(
          { kconfig: ['!CONFIG_DEBUG'], guest: ['callback-registered'] },
          `${REPORTED} The default of release builds.`,
        ),
        refused('crash', { kconfig: ['CONFIG_DEBUG'] }, `${STOPPED} The default of debug builds.`),
        paravirtualized({ cmdline: 'nmi=dom0', guest: ['callback-registered'] }, REPORTED),
        refused('ignored', { cmdline: 'nmi=ignore' }),
        refused('crash', { cmdline: 'nmi=fatal' }, STOPPED),
      ],
    ),
    places: [
      ...entryPlaces('nmi', 'entry_NMI'),
      at('xen/arch/x86/traps.c', 'do_nmi'),
      at('xen/arch/x86/traps.c', 'pci_serr_error'),
      at('xen/arch/x86/pv/callback.c', 'register_guest_nmi_callback'),
      at('xen/arch/x86/pv/callback.c', 'do_set_trap_table'),
      at('xen/arch/x86/pv/traps.c', 'pv_raise_nmi'),
      at('xen/arch/x86/pv/traps.c', 'set_guest_nmi_trapbounce'),
    ],
  },
  {
    id: 'entry-machine-check',
    instruction: '#MC: a machine check',
    class: 'entry',
    entry: vectorEntry('machine_check', 'entry_MC'),
    handlers: ['do_machine_check'],
    events: ['X86_EXC_MC'],
    alternatives: ['mca'],
    cells: inPv(
      [
        {
          ...refused(
            'crash',
            { vendor: 'intel' },
            'Xen handles the machine check; a memory error in a page of the guest crashes it.',
          ),
          places: [at('xen/arch/x86/cpu/mcheck/vmce.c', 'unmmap_broken_page')],
        },
        { how: 'absent', when: { vendor: 'amd' }, note: NONE_ON_AMD },
      ],
      [
        ...MEMORY_ERROR,
        {
          ...paravirtualized(
            undefined,
            'Dom0 hears of the errors that Xen has handled by VIRQ_MCA, and fetches them with the hypercall mca.',
          ),
          places: [at('xen/arch/x86/cpu/mcheck/mce.c', 'mce_softirq', 'VIRQ_MCA')],
        },
      ],
    ),
    places: [
      ...entryPlaces('machine_check', 'entry_MC'),
      at('xen/arch/x86/cpu/mcheck/mce_intel.c', 'intel_memerr_dhandler'),
      at('xen/arch/x86/cpu/mcheck/mcaction.c', 'mc_memerr_dhandler', 'inject_vmce'),
      at('xen/arch/x86/cpu/mcheck/vmce.c', 'inject_vmce'),
      at('xen/arch/x86/pv/traps.c', 'set_guest_machinecheck_trapbounce'),
    ],
  },
  {
    id: 'entry-double-fault',
    instruction: '#DF: a double fault',
    class: 'entry',
    entry: vectorEntry('double_fault', 'entry_DF'),
    handlers: ['do_double_fault'],
    events: ['X86_EXC_DF'],
    cells: inPv([
      {
        how: 'absent',
        note: 'Not for the guest: a double fault is one of Xen itself, and stops the machine.',
      },
    ]),
    places: entryPlaces('double_fault', 'entry_DF'),
  },
  {
    id: 'entry-external-interrupt',
    instruction: 'External interrupts',
    class: 'entry',
    entry: ['common_interrupt'],
    handlers: ['do_IRQ'],
    events: ['X86_ET_EXT_INTR'],
    alternatives: ['event_channel_op', 'physdev_op'],
    cells: inPv(BOUND_INTERRUPTS, BOUND_INTERRUPTS, [
      {
        ...paravirtualized(
          undefined,
          'The shim takes the interrupts of the container. One of them is for the events of the Xen outside, of which the guest gets its own by the callback that it registered.',
        ),
        places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_inject_evtchn')],
      },
    ]),
    places: [at(ENTRY, undefined, 'common_interrupt'), at('xen/arch/x86/irq.c', 'do_IRQ')],
  },
];
