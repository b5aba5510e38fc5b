/** Instructions by which PV guests enter Xen or their own kernel on purpose. */
import { type AuthoredHandling, at } from '../../../authored.ts';
import { type Entry, emulated, inPv, type List, paravirtualized, refused } from '../entry.ts';
import {
  COMPAT_ENTRY,
  ENTRY,
  FRED,
  FRED_ENTRY,
  IRET,
  PV_HYPERCALL,
  TRAPS,
  UD_TO_GUEST,
} from '../places.ts';

const TO_CALLBACK = 'Xen enters the kernel at the entry point registered with callback_op.';
const NOWHERE = 'Without one for 64-bit code either, the domain is crashed.';
const CALLBACK = { guest: ['user-mode', 'callback-registered'] } as const;
const NO_CALLBACK = { guest: ['user-mode', '!callback-registered'] } as const;

const INT80: List = [
  paravirtualized(
    { feature: ['!fred'], guest: ['callback-registered'] },
    'A way of its own delivers it by the guest’s trap table; the privilege level in the entry is not looked at.',
  ),
  refused('#GP', { feature: ['!fred'], guest: ['!callback-registered'] }),
  {
    ...paravirtualized({ feature: ['fred'], guest: ['gate-permits'] }, 'As any INT n.'),
    since: FRED,
  },
  { ...refused('#GP', { feature: ['fred'], guest: ['!gate-permits'] }), since: FRED },
];

const FOR_LEVEL_1 = 'As any INT n: the gate is for level 1.';

const AMD64 = { vendor: 'amd', bits: 64 } as const;

const ofAmd64SinceFred = (
  feature: readonly ['fred' | '!fred'],
  ...mode: readonly 'user-mode'[]
): readonly AuthoredHandling[] => [
  {
    ...paravirtualized({ ...AMD64, feature, guest: [...mode, 'callback-registered'] }, TO_CALLBACK),
    since: FRED,
  },
  {
    ...refused('#UD', { ...AMD64, feature, guest: [...mode, '!callback-registered'] }),
    since: FRED,
  },
];

export const SYSTEM_CALLS: readonly Entry[] = [
  {
    id: 'entry-syscall-64',
    instruction: 'SYSCALL from 64-bit code',
    class: 'entry',
    entry: ['lstar_enter', { name: 'entry_from_pv', since: FRED }],
    handlers: ['pv_hypercall', { name: 'pv_inject_callback', since: FRED }],
    events: ['X86_ET_OTHER'],
    alternatives: ['callback_op', 'set_callbacks'],
    cells: inPv([
      paravirtualized({ bits: 64, guest: ['!user-mode'] }, 'A hypercall.'),
      paravirtualized({ bits: 64, ...CALLBACK }, TO_CALLBACK),
      { ...refused('#UD', { bits: 64, ...NO_CALLBACK }), since: '4.15' },
      { ...refused('crash', { bits: 64, ...NO_CALLBACK }), until: '4.15' },
    ]),
    places: [at(ENTRY, undefined, 'lstar_enter'), at(PV_HYPERCALL, 'pv_hypercall')],
  },
  {
    id: 'entry-syscall-32',
    instruction: 'SYSCALL from 32-bit code',
    class: 'entry',
    entry: ['cstar_enter', { name: 'entry_from_pv', since: FRED }],
    handlers: [
      { name: 'compat_syscall', since: '4.16' },
      { name: 'pv_inject_callback', since: FRED },
    ],
    alternatives: ['callback_op'],
    cells: inPv([
      {
        ...paravirtualized({ ...AMD64, guest: ['callback-registered'] }, TO_CALLBACK),
        until: FRED,
      },
      {
        ...refused('#UD', { ...AMD64, guest: ['!callback-registered'] }),
        since: '4.15',
        until: FRED,
      },
      ...ofAmd64SinceFred(['!fred']),
      ...ofAmd64SinceFred(['fred'], 'user-mode'),
      {
        ...paravirtualized(
          { ...AMD64, feature: ['fred'], guest: ['!user-mode'] },
          'A hypercall, as from 64-bit code of the kernel.',
        ),
        since: FRED,
        places: [at(TRAPS, 'entry_from_pv'), at(PV_HYPERCALL, 'pv_hypercall')],
      },
      {
        ...paravirtualized(
          { vendor: 'amd', bits: 64, guest: ['!callback-registered'] },
          `Xen enters the kernel at the entry point for 64-bit code instead. ${NOWHERE}`,
        ),
        until: '4.15',
      },
      paravirtualized({ vendor: 'amd', bits: 32, guest: ['callback-registered'] }, TO_CALLBACK),
      refused('#GP', { vendor: 'amd', bits: 32, guest: ['!callback-registered'] }),
      refused('#UD', { vendor: 'intel' }, 'Intel has no SYSCALL outside 64-bit code.'),
    ]),
    places: [
      { ...at(ENTRY, undefined, 'cstar_enter'), since: '4.16' },
      { ...at(COMPAT_ENTRY, undefined, 'compat_syscall'), since: '4.16' },
      { ...at(COMPAT_ENTRY, undefined, 'cstar_enter'), until: '4.16' },
      ...UD_TO_GUEST,
    ],
  },
  {
    id: 'entry-sysenter',
    instruction: 'SYSENTER',
    class: 'entry',
    entry: ['sysenter_entry', { name: 'entry_from_pv', since: FRED }],
    handlers: ['compat_sysenter', { name: 'pv_inject_callback', since: FRED }],
    alternatives: ['callback_op'],
    cells: inPv([
      paravirtualized({ vendor: 'intel', guest: ['callback-registered'] }, TO_CALLBACK),
      refused('#GP', { vendor: 'intel', guest: ['!callback-registered'] }),
      refused('#UD', { vendor: 'amd' }, 'AMD has none in long mode.'),
    ]),
    places: [
      at(ENTRY, undefined, 'sysenter_entry'),
      at(COMPAT_ENTRY, undefined, 'compat_sysenter'),
      ...UD_TO_GUEST,
    ],
  },
  {
    id: 'entry-int-80',
    instruction: 'INT 0x80',
    class: 'entry',
    entry: [
      { name: 'int80_direct_trap', until: '4.19' },
      { name: 'entry_int80', since: '4.19' },
    ],
    handlers: ['compat_int80_direct_trap'],
    alternatives: ['set_trap_table'],
    cells: inPv(INT80),
    places: [
      { ...at(ENTRY, undefined, 'int80_direct_trap'), until: '4.19' },
      { ...at(ENTRY, undefined, 'entry_int80'), since: '4.19' },
      at(ENTRY, undefined, 'int80_slow_path'),
    ],
  },
  {
    id: 'entry-int-82',
    instruction: 'INT 0x82',
    class: 'entry',
    entry: ['entry_int82'],
    handlers: [
      'do_entry_int82',
      { name: '_pv_hypercall', since: '4.16' },
      { name: 'pv_hypercall', until: '4.16' },
    ],
    cells: inPv([
      paravirtualized({ bits: 32, guest: ['!user-mode'] }, 'A hypercall of kernel code.'),
      emulated({ bits: 32, guest: ['user-mode', 'gate-permits'] }, FOR_LEVEL_1),
      refused('#GP', { bits: 32, guest: ['user-mode', '!gate-permits'] }),
      emulated({ bits: 64, guest: ['gate-permits'] }, FOR_LEVEL_1),
      refused('#GP', { bits: 64, guest: ['!gate-permits'] }),
    ]),
    places: [
      at(COMPAT_ENTRY, undefined, 'entry_int82'),
      { ...at(PV_HYPERCALL, 'do_entry_int82'), since: '4.16' },
      { ...at('xen/arch/x86/pv/traps.c', 'do_entry_int82'), until: '4.16' },
      at(TRAPS, 'do_general_protection', 'X86_XEC_IDT'),
    ],
  },
  {
    id: 'entry-fred',
    instruction: 'FRED events from privilege level 3',
    class: 'entry',
    since: FRED,
    entry: ['entry_FRED_R3'],
    handlers: ['entry_from_pv'],
    events: ['X86_ET_HW_EXC', 'X86_ET_PRIV_SW_EXC', 'X86_ET_SW_EXC'],
    cells: inPv([
      paravirtualized(
        { feature: ['fred'], bits: 64 },
        'One entry takes every event; the guest sees what it would see with an IDT.',
      ),
      { how: 'absent', when: { feature: ['!fred'] }, note: 'The IDT has an entry per vector.' },
    ]),
    places: [at(FRED_ENTRY, undefined, 'entry_FRED_R3'), at(TRAPS, 'entry_from_pv')],
  },
  {
    id: 'entry-bad-return',
    instruction: 'A fault while Xen returns to the guest',
    class: 'entry',
    entry: ['restore_all_guest'],
    handlers: ['handle_exception', { name: 'handle_eretu_event', since: FRED }],
    cells: inPv([
      paravirtualized(
        { guest: ['!iret-restores'] },
        'The fault is turned into one of the guest, as if the instruction to which it returns had raised it.',
      ),
    ]),
    places: [
      at(ENTRY, undefined, 'restore_all_guest'),
      { ...at(TRAPS, 'handle_eretu_event'), since: FRED },
    ],
  },
  {
    id: 'failsafe-callback',
    instruction: 'Loading of segment selectors that do not fit any more',
    class: 'entry',
    entry: ['load_segments'],
    alternatives: ['set_callbacks', 'callback_op'],
    cells: inPv([
      paravirtualized(
        { guest: ['!selectors-load'] },
        'When Xen switches to the vCPU and a selector cannot be loaded, it loads zero and enters the kernel at the failsafe callback.',
      ),
    ]),
    places: [at('xen/arch/x86/domain.c', 'load_segments')],
  },
  {
    id: 'entry-bounce-frame',
    instruction: 'Delivery of an event or exception to a PV guest',
    class: 'entry',
    entry: ['test_all_events'],
    handlers: ['create_bounce_frame', 'compat_create_bounce_frame'],
    alternatives: ['set_trap_table', 'set_callbacks', 'stack_switch', 'callback_op'],
    cells: inPv([
      paravirtualized(
        { guest: ['callback-registered'] },
        'Xen writes the frame on the kernel stack that the guest registered.',
      ),
      refused(
        'crash',
        { guest: ['!callback-registered'] },
        'No handler, or no room for the frame.',
      ),
      refused(
        'ignored',
        { guest: ['!callback-registered'] },
        'An NMI is dropped in place of the crash.',
      ),
    ]),
    places: [
      at(ENTRY, undefined, 'create_bounce_frame'),
      at(COMPAT_ENTRY, undefined, 'compat_create_bounce_frame'),
      at('xen/arch/x86/pv/traps.c', 'set_guest_nmi_trapbounce'),
    ],
  },
  {
    id: 'iret-hypercall',
    instruction: 'Return from kernel to user mode',
    class: 'hypercall',
    entry: ['pv_hypercall'],
    handlers: ['do_iret', 'compat_iret'],
    alternatives: ['iret'],
    cells: inPv([
      paravirtualized(
        { bits: 64 },
        'Xen reads the frame, switches to the user page tables, and takes over the virtual IF.',
      ),
      paravirtualized(
        { bits: 32, kconfig: ['CONFIG_PV32'] },
        'Return to virtual-8086 mode is answered with #GP.',
      ),
      refused('crash', { guest: ['!iret-restores'] }),
    ]),
    places: [at(IRET, 'do_iret'), at(IRET, 'compat_iret')],
  },
];
