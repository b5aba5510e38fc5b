/** Memory that Xen reads and writes to emulate what a PV guest does. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, follows, NOT_ARM, NOT_HVM, type Way } from '../way.ts';

const PRIV = 'xen/arch/x86/pv/emul-priv-op.c';

const GATE = 'xen/arch/x86/pv/emul-gate-op.c';

const RO = 'xen/arch/x86/pv/ro-page-fault.c';

export const PV_EMULATION: readonly Way[] = [
  {
    id: 'pv-page-table-write',
    title: 'Emulated writes to page tables of PV guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen maps the L1 table that the guest tried to write, validates the entry and writes it.',
    mapping: 'brief-map',
    callers: ['ptwr_emulated_read', 'ptwr_emulated_update'],
    places: [at(RO, 'ptwr_emulated_update')],
    cells: [
      [
        'pvs',
        follows({
          when: { guest: ['writable-pagetables', 'level-1-table', '!user-mode'] },
          places: [at('xen/arch/x86/traps.c', undefined, 'pv_ro_page_fault')],
        }),
      ],
      [
        'pv-dom0',
        follows({
          when: { guest: ['level-1-table', '!user-mode'] },
          note: 'Without the assist as well, where the faulting entry is present.',
          places: [at('xen/arch/x86/traps.c', undefined, 'pv_ro_page_fault')],
        }),
      ],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'pv-io-bitmap',
    title: 'I/O permission bitmap of PV guests',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen reads two bytes of the bitmap that the guest kernel registered, to decide on a port access of user mode.',
    mapping: 'copy',
    names: ['PHYSDEVOP_set_iobitmap'],
    callers: ['guest_io_okay'],
    places: [at(PRIV, 'guest_io_okay')],
    cells: [
      [
        'pvs',
        {
          how: 'paravirtualized',
          by: 'xen',
          when: { guest: ['registered', '!iopl'] },
        },
      ],
      ['hvms', absent('The CPU reads the bitmap from the TSS of the guest.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'pv-segment-descriptors',
    title: 'Segment descriptors for the emulation of PV instructions',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the descriptor of the code segment, and of a data segment in 32-bit code, from the descriptor tables of the guest.',
    mapping: 'copy',
    places: [
      at('xen/arch/x86/pv/emulate.c', 'pv_emul_read_descriptor'),
      at(PRIV, 'pv_emulate_privileged_op'),
    ],
    cells: [
      ['pvs', follows()],
      ['hvms', absent('The CPU holds the segments of HVM and PVH guests.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'pv-gates',
    title: 'Gates, descriptors and stacks of 32-bit PV guests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen'],
    does: 'Xen reads the gate and the segment descriptors, and copies parameters between the stacks of the two privilege levels.',
    mapping: 'copy',
    callers: ['pv_emulate_gate_op', 'read_mem', 'read_gate_descriptor'],
    places: [
      at(GATE, 'pv_emulate_gate_op'),
      at('xen/arch/x86/pv/emulate.c', 'pv_emul_read_descriptor'),
    ],
    cells: [
      ['pvs', ...sinceOption('4.14', 'CONFIG_PV32', follows({ when: { bits: 32 } }))],
      ['hvms', NOT_HVM],
      ['arms', NOT_ARM],
    ],
  },
];
