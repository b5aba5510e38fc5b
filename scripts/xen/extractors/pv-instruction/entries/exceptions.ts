/** Exceptions of PV guests: where each enters Xen, and what comes of it. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredPlace, at, byXenOutside } from '../../../authored.ts';
import { XHCI_CONSOLE } from '../../mmio-region/hvm-cells.ts';
import {
  type Entry,
  emulated,
  forIntrospection,
  inPv,
  type List,
  mediated,
  paravirtualized,
  refused,
  type SpannedName,
} from '../entry.ts';
import {
  COMPAT_ENTRY,
  ENTRY,
  FRED,
  SOFTWARE_INTERRUPTS_DECODED,
  SUBPAGE,
  TRAPS,
} from '../places.ts';

const DELIVERY = at('xen/arch/x86/pv/traps.c', 'pv_inject_event');
const BY_TABLE = 'Delivered to the handler that the guest registered with set_trap_table.';
const ANY_LEVEL = `${BY_TABLE} The privilege level in its entry is ignored.`;
/** Delivered by the trap table, where it has a handler. */
const toGuest = (note: string, always: Condition = {}): List => [
  paravirtualized({ ...always, guest: ['callback-registered'] }, note),
  {
    ...refused(
      'crash',
      { ...always, guest: ['!callback-registered'] },
      'Without a handler for it the domain is crashed.',
    ),
    places: [
      at(ENTRY, undefined, 'create_bounce_frame_bad_bounce_ip'),
      at(COMPAT_ENTRY, undefined, 'compat_bounce_null_selector'),
    ],
  },
];

interface Exception {
  readonly id: string;
  readonly instruction: string;
  readonly vector: string;
  /** Name of the entry point before 4.18. */
  readonly legacy: string;
  readonly handlers: readonly SpannedName[];
  readonly cells: readonly [List, List?, List?];
  readonly places: readonly AuthoredPlace[];
  /** Whether FRED delivers it to PV guests. */
  readonly fred?: false;
  readonly since?: string;
}

function entryOf(exception: Exception) {
  const { id, instruction, vector, legacy, handlers, cells, places, fred, since } = exception;
  const name = `entry_${vector}`;
  const entry: Entry = {
    id: `entry-${id}`,
    instruction,
    class: 'entry',
    ...(since === undefined ? {} : { since }),
    entry: [
      { name: legacy, until: '4.18' },
      { name, since: '4.18' },
    ],
    handlers,
    ...(fred === false ? {} : { events: [`X86_EXC_${vector}`] }),
    alternatives: ['set_trap_table'],
    cells: inPv(...cells),
    places: [
      { ...at(ENTRY, undefined, legacy), until: '4.18' },
      { ...at(ENTRY, undefined, name), since: '4.18' },
      ...(fred === false
        ? []
        : [{ ...at(TRAPS, 'entry_from_pv', `case X86_EXC_${vector}`), since: FRED }]),
      ...places,
    ],
  };
  return entry;
}

const DESCRIPTOR_TABLES = [
  emulated({ guest: ['ldt-page-valid'] }, 'A page of the LDT that the guest uses is mapped.'),
  refused(
    '#PF',
    { guest: ['!ldt-page-valid'] },
    'An LDT page that is not valid is reported with the address of the guest, or as #GP with the selector where that would not be canonical. A descriptor behind the GDT is #GP with the selector as well.',
  ),
] as const;

const PF_TO_GUEST = refused(
  '#PF',
  undefined,
  'The fault goes to the handler of the guest, with the virtual CR2.',
);
const ASSISTED_WRITE = emulated(
  { guest: ['writable-pagetables', '!user-mode', 'level-1-table'] },
  'A write to a level 1 page table is emulated.',
);
const SHADOWED = 'The shadow of the page tables is brought up to date.';

const PLAIN = (
  [
    ['divide-error', '#DE: a division error', 'DE', 'divide_error'],
    ['overflow', '#OF: INTO and INT 4', 'OF', 'overflow'],
    ['bounds', '#BR: BOUND', 'BR', 'bounds'],
    ['segment-not-present', '#NP: a segment that is not present', 'NP', 'segment_not_present'],
    ['stack-fault', '#SS: a stack fault', 'SS', 'stack_segment'],
    ['fpu-error', '#MF: an x87 floating-point error', 'MF', 'coprocessor_error'],
    ['alignment-check', '#AC: an alignment check', 'AC', 'alignment_check'],
    ['simd-error', '#XM: a SIMD floating-point error', 'XM', 'simd_coprocessor_error'],
  ] as const
).map(([id, instruction, vector, legacy]) =>
  entryOf({
    id,
    instruction,
    vector,
    legacy,
    handlers: ['do_trap', 'pv_inject_hw_exception'],
    cells: [toGuest(vector === 'OF' ? ANY_LEVEL : BY_TABLE)],
    places: [at(TRAPS, 'do_trap'), DELIVERY],
  }),
);

const CONTAINER_DEBUGGER_NOTE =
  'The Xen outside pauses the container for the debugger that is attached to it.';
const DEBUGGER_NOTE = 'Xen pauses the domain for the debugger that is attached to it.';
const DEBUGGED = { guest: ['being-debugged', '!user-mode'] } as const;
const DEBUGGER = [
  {
    ...mediated({ ...DEBUGGED, kconfig: ['CONFIG_GDBSX'] }, DEBUGGER_NOTE),
    since: '4.17',
    places: [at('xen/arch/x86/include/asm/gdbsx.h', 'domain_pause_for_debugger')],
  },
  {
    ...mediated({ ...DEBUGGED, kconfig: ['CONFIG_CRASH_DEBUG'] }, DEBUGGER_NOTE),
    since: '4.14',
    until: '4.17',
  },
  { ...mediated(DEBUGGED, DEBUGGER_NOTE), until: '4.14' },
] as const;

/** The container of the shim is what a debugger or introspection can be attached to. */
const debugged = (delivered: List): Exception['cells'] => [
  [...delivered, ...DEBUGGER],
  [...delivered, ...DEBUGGER],
  [
    ...delivered,
    ...(
      [
        [{ since: '4.17' }, ['CONFIG_GDBSX']],
        [{ since: '4.14', until: '4.17' }, ['CONFIG_CRASH_DEBUG']],
        [{ until: '4.14' }, undefined],
      ] as const
    ).map(([span, kconfig]) => ({
      ...byXenOutside(mediated({ guest: ['being-debugged'], kconfig }, CONTAINER_DEBUGGER_NOTE)),
      ...span,
    })),
    ...forIntrospection(mediated).map((one) => ({
      ...one,
      places: [at('xen/arch/x86/hvm/monitor.c', 'hvm_monitor_debug')],
    })),
  ],
];

/** Before Xen 4.17 a common function asked whether a debugger is attached. */
const DEBUGGER_BEFORE = {
  ...at('xen/arch/x86/include/asm/debugger.h', 'debugger_trap_entry'),
  until: '4.17',
};

export const EXCEPTIONS: readonly Entry[] = [
  ...PLAIN,
  entryOf({
    id: 'invalid-tss',
    instruction: '#TS: an invalid task state segment',
    vector: 'TS',
    legacy: 'invalid_TSS',
    handlers: ['do_trap', 'pv_inject_hw_exception'],
    cells: [toGuest(BY_TABLE, { feature: ['!fred'] })],
    places: [at(TRAPS, 'do_trap'), DELIVERY],
    fred: false,
  }),
  entryOf({
    id: 'general-protection',
    instruction: '#GP: dispatch of a general protection fault',
    vector: 'GP',
    legacy: 'general_protection',
    handlers: [
      'do_general_protection',
      { name: 'pv_emulate_sw_interrupt', since: SOFTWARE_INTERRUPTS_DECODED },
      'pv_emulate_gate_op',
      'pv_emulate_privileged_op',
      'pv_inject_hw_exception',
    ],
    cells: [
      [
        emulated(
          { guest: ['error-code-0', 'whitelisted'] },
          'Error code 0: the instruction goes to the emulator of privileged instructions.',
        ),
        emulated(
          { guest: ['error-code-of-idt', 'gate-permits'], feature: ['!fred'] },
          'Error code of an IDT entry: INT n, delivered by the trap table.',
        ),
        emulated(
          { bits: 32, kconfig: ['CONFIG_PV32'], guest: ['error-code-of-selector'] },
          'Error code with a selector: a far CALL or JMP through a call gate is emulated.',
        ),
        refused(
          '#GP',
          { guest: ['error-code-0', '!whitelisted'] },
          'The fault goes to the handler of the guest.',
        ),
        refused('#GP', { guest: ['error-code-of-idt', '!gate-permits'] }),
        refused(
          '#GP',
          { bits: 32, kconfig: ['CONFIG_PV32'], guest: ['error-code-of-selector'] },
          'Where the selector is not that of a call gate, or where the code may not use it.',
        ),
        refused('#GP', { bits: 64, guest: ['error-code-of-selector'] }),
      ],
    ],
    places: [
      at(TRAPS, 'do_general_protection', 'X86_XEC_IDT'),
      at(TRAPS, 'do_general_protection', 'is_pv_32bit_vcpu'),
      at(TRAPS, 'do_general_protection', 'pv_emulate_privileged_op'),
      at(TRAPS, 'do_general_protection', 'pv_inject_hw_exception'),
    ],
  }),
  entryOf({
    id: 'invalid-opcode',
    instruction: '#UD: dispatch of an invalid opcode',
    vector: 'UD',
    legacy: 'invalid_op',
    handlers: ['do_invalid_op', 'pv_emulate_invalid_op', 'pv_inject_hw_exception'],
    cells: [
      [
        refused(
          '#UD',
          { guest: ['!forced-emulation-prefix'] },
          'The fault goes to the handler of the guest.',
        ),
        emulated({ guest: ['forced-emulation-prefix'] }, 'Only CPUID may follow the prefix.'),
      ],
    ],
    places: [
      at(TRAPS, 'do_invalid_op', 'pv_emulate_invalid_op'),
      at('xen/arch/x86/pv/emul-inv-op.c', 'pv_emulate_invalid_op'),
    ],
  }),
  entryOf({
    id: 'page-fault',
    instruction: '#PF: dispatch of a page fault',
    vector: 'PF',
    legacy: 'page_fault',
    handlers: [
      { name: 'do_page_fault', until: FRED },
      { name: 'handle_PF_IDT', since: FRED },
      { name: 'handle_PF', since: FRED },
      'fixup_page_fault',
      'pv_ro_page_fault',
      'pv_inject_page_fault',
    ],
    cells: [
      [PF_TO_GUEST, ASSISTED_WRITE, emulated({ paging: 'shadow' }, SHADOWED), ...DESCRIPTOR_TABLES],
      [
        PF_TO_GUEST,
        emulated(
          { guest: ['!user-mode', 'level-1-table'] },
          'A write to a level 1 page table is emulated, without the writable page tables assist as well.',
        ),
        mediated(
          { guest: ['!user-mode', 'ecam-access', '!read-only-device'] },
          'A write to PCI configuration space (ECAM) is checked and performed.',
        ),
        refused(
          'ignored',
          { guest: ['!user-mode', 'ecam-access', 'read-only-device'] },
          'A write to the configuration space of a device that Xen keeps read-only is dropped.',
        ),
        refused(
          'ignored',
          { guest: ['!user-mode', '!ecam-access', 'mmio-access'] },
          'A write to other read-only MMIO is dropped, such as the IO-APICs and MSI-X tables.',
        ),
        {
          ...mediated(
            {
              ...XHCI_CONSOLE,
              guest: ['!user-mode', '!ecam-access', 'mmio-access'],
              bytes: [1, 2, 4, 8],
            },
            'A write to the rest of a page of which Xen protects only a part is performed.',
          ),
          since: SUBPAGE,
          places: [at('xen/arch/x86/mm.c', 'subpage_mmio_write_emulate')],
        },
        emulated({ paging: 'shadow' }, SHADOWED),
        ...DESCRIPTOR_TABLES,
      ],
      [
        PF_TO_GUEST,
        ASSISTED_WRITE,
        emulated(
          { paging: 'shadow', cmdline: 'pv-l1tf=domu', kconfig: ['CONFIG_SHADOW_PAGING'] },
          SHADOWED,
        ),
        ...DESCRIPTOR_TABLES,
      ],
    ],
    places: [
      at(TRAPS, 'fixup_page_fault'),
      at(TRAPS, 'fixup_page_fault', 'pv_ro_page_fault'),
      { ...at(TRAPS, 'do_page_fault', 'pv_inject_page_fault'), until: FRED },
      { ...at(TRAPS, 'handle_PF', 'pv_inject_page_fault'), since: FRED },
    ],
  }),
  entryOf({
    id: 'device-not-available',
    instruction: '#NM: an FPU instruction while CR0.TS is set',
    vector: 'NM',
    legacy: 'device_not_available',
    handlers: ['do_device_not_available', 'pv_inject_hw_exception'],
    cells: [
      toGuest('Xen clears TS, the real one and the virtual one, before it delivers the fault.'),
    ],
    places: [at(TRAPS, 'do_device_not_available')],
  }),
  entryOf({
    id: 'debug',
    instruction: '#DB: a debug exception, INT1 and single-stepping',
    vector: 'DB',
    legacy: 'debug',
    handlers: [
      { name: 'do_debug', until: FRED },
      { name: 'handle_DB_IDT', since: FRED },
      { name: 'handle_DB', since: FRED },
      { name: 'pv_inject_DB', since: '4.20' },
    ],
    cells: debugged(toGuest(`${BY_TABLE} The virtual DR6 is updated.`)),
    places: [
      { ...at(TRAPS, 'do_debug', 'debugger_attached'), since: '4.17', until: FRED },
      { ...at(TRAPS, 'do_debug', 'debugger_trap_entry'), until: '4.17' },
      DEBUGGER_BEFORE,
      { ...at(TRAPS, 'handle_DB', 'debugger_attached'), since: FRED },
    ],
  }),
  entryOf({
    id: 'breakpoint',
    instruction: '#BP: INT3 and INT 3',
    vector: 'BP',
    legacy: 'int3',
    handlers: ['do_int3', 'pv_inject_hw_exception'],
    cells: debugged(toGuest(ANY_LEVEL)),
    places: [
      at(TRAPS, 'do_int3'),
      { ...at(TRAPS, 'do_int3', 'debugger_attached'), since: '4.17' },
      { ...at(TRAPS, 'do_int3', 'debugger_trap_entry'), until: '4.17' },
      DEBUGGER_BEFORE,
    ],
  }),
  entryOf({
    id: 'control-protection',
    since: '4.14',
    instruction: '#CP: a control protection exception',
    vector: 'CP',
    legacy: 'entry_CP',
    handlers: ['do_entry_CP'],
    cells: [
      [
        refused('crash', { feature: ['cet'] }, 'Only Xen uses CET; the domain would be crashed.'),
        { how: 'absent', when: { feature: ['!cet'] }, note: 'The CPU raises none without CET.' },
      ],
    ],
    places: [at(TRAPS, 'do_entry_CP', 'domain_crash')],
  }),
];
