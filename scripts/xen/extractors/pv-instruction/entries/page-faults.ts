/** Page faults of PV guests that Xen does not simply hand on. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, at } from '../../../authored.ts';
import { XHCI_CONSOLE } from '../../mmio-region/hvm-cells.ts';
import {
  type Entry,
  emulated,
  hardware,
  inPv,
  type List,
  mediated,
  native,
  passedThrough,
  refused,
  type SpannedName,
} from '../entry.ts';
import { FRED, READ_ONLY, SUBPAGE, TRAPS } from '../places.ts';

const SHADOW = 'xen/arch/x86/mm/shadow/multi.c';

const ENTRY: readonly SpannedName[] = [
  { name: 'do_page_fault', until: FRED },
  { name: 'handle_PF', since: FRED },
];

const FIXUP = at(TRAPS, 'fixup_page_fault', 'pv_ro_page_fault');
const LIMITS =
  'Naturally aligned writes and compare-and-exchange of at most 8 bytes, of an entry that the guest may have; anything else is answered with #PF.';
const OTHER_LEVELS = refused(
  '#PF',
  { guest: ['!level-1-table'] },
  'Level 2 to 4 tables are changed by hypercalls only.',
);
const L1_WRITE = ['!user-mode', 'level-1-table'] as const;
const ASSISTED = ['writable-pagetables', ...L1_WRITE] as const;
const halfWrite = (guest: Condition['guest']) =>
  emulated(
    { bits: 32, guest, bytes: [4] },
    'A write of the upper half of an invalid PAE entry makes it not present.',
  );

/** What Xen makes of an entry that is open to an L1TF attack, where it mitigates them. */
const l1tf = (when: Condition): readonly AuthoredHandling[] =>
  [
    emulated(
      { ...when, kconfig: ['CONFIG_SHADOW_PAGING'] },
      'Xen puts the domain on shadow page tables, where the write is done again.',
    ),
    refused('crash', { ...when, kconfig: ['!CONFIG_SHADOW_PAGING'] }),
  ].map((one) => ({
    ...one,
    places: [at('xen/arch/x86/include/asm/shadow.h', 'pv_l1tf_check_pte')],
  }));
const USER_WRITE = refused('#PF', { guest: ['user-mode'] });
const WITHOUT_ASSIST = refused('#PF', { guest: ['!writable-pagetables'] });

const OF_GRANTED_PAGE: List = [
  refused(
    '#GP',
    { kconfig: ['CONFIG_DEBUG'] },
    'Debug builds tell the guest; the write is done nonetheless.',
  ),
  emulated({ kconfig: ['!CONFIG_DEBUG'] }, 'The entry is written, and the grant stays in use.'),
];

const NO_ECAM = {
  how: 'absent',
  note: 'Only the PV hardware domain may map configuration space.',
} as const;
const NO_MMIO = { how: 'absent', note: 'The guest of the shim has no MMIO.' } as const;

const UNSHADOWED = 'Without shadow page tables the CPU walks those of the guest.';
const ON_SHADOW = 'The shadow is brought up to date and the instruction runs again.';
const onShadow = (cmdline: string | undefined, note: string) =>
  emulated({ paging: 'shadow', cmdline, kconfig: ['CONFIG_SHADOW_PAGING'] }, note);
const WITH_M2P = 'The table is mapped into every PV guest.';
const HOTPLUGGED_M2P: List = [
  native(undefined, WITH_M2P),
  emulated({ bits: 32 }, 'The entry of the table that grew is copied on demand.'),
];

export const PAGE_FAULTS: readonly Entry[] = [
  {
    id: 'page-table-write',
    instruction: 'Write to a level 1 page table that is mapped read-only',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['fixup_page_fault', 'pv_ro_page_fault', 'ptwr_do_page_fault'],
    operations: 'ptwr_emulate_ops',
    emulator: 'runs',
    alternatives: ['mmu_update', 'update_va_mapping'],
    cells: inPv(
      [
        emulated({ guest: ASSISTED, bytes: [1, 2, 4, 8] }, LIMITS),
        WITHOUT_ASSIST,
        OTHER_LEVELS,
        USER_WRITE,
        halfWrite(ASSISTED),
        ...l1tf({ feature: ['l1tf'], guest: [...ASSISTED, 'l1tf-unsafe-entry'] }),
      ],
      [
        emulated(
          { guest: L1_WRITE, bytes: [1, 2, 4, 8] },
          `${LIMITS} Without the writable page tables assist as well where the faulting entry is present, since the fault is looked at for read-only MMIO.`,
        ),
        OTHER_LEVELS,
        USER_WRITE,
        halfWrite(L1_WRITE),
        ...l1tf({ cmdline: 'pv-l1tf=dom0', guest: [...L1_WRITE, 'l1tf-unsafe-entry'] }),
      ],
      [
        emulated({ guest: ASSISTED, bytes: [1, 2, 4, 8] }, LIMITS),
        WITHOUT_ASSIST,
        OTHER_LEVELS,
        USER_WRITE,
        halfWrite(ASSISTED),
        ...l1tf({ cmdline: 'pv-l1tf=domu', guest: [...ASSISTED, 'l1tf-unsafe-entry'] }),
      ],
    ),
    places: [
      at(TRAPS, 'fixup_page_fault', 'writable_pagetables'),
      at(TRAPS, 'fixup_page_fault', 'is_hardware_domain'),
      FIXUP,
      at(READ_ONLY, 'ptwr_do_page_fault', 'PGT_l1_page_table'),
      at(READ_ONLY, 'ptwr_do_page_fault', 'ptwr_emulate_ops'),
      at(READ_ONLY, 'ptwr_emulate_ops'),
      at(READ_ONLY, 'pv_ro_page_fault', 'ptwr_do_page_fault'),
    ],
  },
  {
    id: 'ecam-write',
    instruction: 'Write to PCI configuration space (MMCFG, ECAM)',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['fixup_page_fault', 'pv_ro_page_fault', 'mmio_ro_do_page_fault'],
    operations: 'mmcfg_intercept_ops',
    emulator: 'runs',
    cells: inPv(
      [NO_ECAM],
      [
        mediated(
          { guest: ['!user-mode', '!read-only-device'], bytes: [1, 2, 4] },
          'Naturally aligned writes are checked and performed by Xen, in the regions that it uses itself: those of the ACPI table, and what dom0 tells it by PHYSDEVOP_pci_mmcfg_reserved.',
        ),
        passedThrough(undefined, 'Reads go to the device.'),
        refused(
          'ignored',
          { guest: ['!user-mode', 'read-only-device'] },
          'Writes to devices that Xen keeps read-only are dropped.',
        ),
        USER_WRITE,
        {
          ...passedThrough({ cmdline: 'mmcfg=0' }, 'Xen uses no region then, and protects none.'),
          places: [at('xen/arch/x86/x86_64/mmconfig-shared.c', 'parse_mmcfg')],
        },
      ],
      [NO_MMIO],
    ),
    places: [
      FIXUP,
      at(READ_ONLY, 'pv_ro_page_fault', 'mmio_ro_ranges'),
      at(READ_ONLY, 'mmio_ro_do_page_fault', 'pci_ro_mmcfg_decode'),
      at(READ_ONLY, 'mmio_ro_do_page_fault', 'mmcfg_intercept_ops'),
      { ...at(READ_ONLY, 'mmcfg_intercept_write'), since: '4.21' },
    ],
  },
  {
    id: 'read-only-mmio-write',
    instruction: 'Write to read-only MMIO',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['fixup_page_fault', 'pv_ro_page_fault', 'mmio_ro_do_page_fault'],
    operations: 'mmio_ro_emulate_ops',
    emulator: 'runs',
    cells: inPv(
      [
        { how: 'absent', note: 'Unless a device with such a page is assigned to the guest.' },
        {
          ...refused(
            '#PF',
            { guest: ['pci-device'] },
            'Xen gives the pages of MSI-X tables read-only to the domain to which the device is assigned.',
          ),
          places: [at('xen/arch/x86/mm.c', 'get_page_from_l1e', 'mmio_ro_ranges')],
        },
        passedThrough({ guest: ['pci-device'] }, 'Reads go to the device.'),
      ],
      [
        refused(
          'ignored',
          { guest: ['!user-mode'] },
          'The pages of the IO-APICs and of MSI-X tables are among them, and configuration pages of devices that Xen keeps read-only.',
        ),
        {
          ...mediated(
            { ...XHCI_CONSOLE, guest: ['!user-mode'], bytes: [1, 2, 4, 8] },
            'To the rest of a page of which Xen protects only a part.',
          ),
          since: SUBPAGE,
          places: [at('xen/arch/x86/mm.c', 'subpage_mmio_write_emulate')],
        },
        passedThrough(undefined, 'Reads go to the device.'),
        USER_WRITE,
      ],
      [NO_MMIO],
    ),
    places: [
      FIXUP,
      at(READ_ONLY, 'mmio_ro_do_page_fault', 'mmio_ro_emulate_ops'),
      { ...at(READ_ONLY, 'mmio_ro_emulated_write'), since: '4.21' },
    ],
  },
  {
    id: 'ldt-fault',
    instruction: 'Use of a descriptor in an LDT page that is not mapped yet',
    class: 'page-fault',
    entry: ENTRY,
    handlers: [
      'handle_gdt_ldt_mapping_fault',
      'handle_ldt_mapping_fault',
      'pv_map_ldt_shadow_page',
    ],
    alternatives: ['mmuext_op'],
    cells: inPv([
      emulated(
        { guest: ['ldt-page-valid'] },
        'Xen maps the page of the guest’s LDT on demand and goes on.',
      ),
      refused(
        '#PF',
        { guest: ['!ldt-page-valid'] },
        'CR2 is the address of the guest; #GP with the selector where it would not be canonical.',
      ),
    ]),
    places: [
      at(TRAPS, 'handle_ldt_mapping_fault', 'pv_map_ldt_shadow_page'),
      at(TRAPS, 'handle_gdt_ldt_mapping_fault', 'handle_ldt_mapping_fault'),
    ],
  },
  {
    id: 'gdt-fault',
    instruction: 'Use of a descriptor behind the GDT of the guest',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['handle_gdt_ldt_mapping_fault', 'do_general_protection'],
    cells: inPv([
      refused('#GP', undefined, 'The page fault becomes #GP with the selector as error code.'),
    ]),
    places: [at(TRAPS, 'handle_gdt_ldt_mapping_fault', 'do_general_protection')],
  },
  {
    id: 'shadow-fault',
    instruction: 'Page fault of a PV guest that runs on shadow page tables',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['fixup_page_fault', 'paging_fault', 'sh_page_fault'],
    cells: inPv(
      [
        native(undefined, UNSHADOWED),
        onShadow(
          undefined,
          'Log-dirty tracking (migration) or the L1TF mitigation: the shadow is brought up to date and the instruction runs again. The emulator never runs for a PV guest here.',
        ),
      ],
      [
        native(undefined, UNSHADOWED),
        onShadow('dom0=shadow', ON_SHADOW),
        onShadow('pv-l1tf=dom0', ON_SHADOW),
      ],
      [
        hardware(undefined, UNSHADOWED),
        onShadow(
          'pv-l1tf=domu',
          'The shim that comes with Xen is built without shadow paging, and by default it does not mitigate L1TF.',
        ),
      ],
    ),
    places: [
      at(TRAPS, 'fixup_page_fault', 'paging_mode_external'),
      at(TRAPS, 'fixup_page_fault', 'paging_fault'),
      { ...at(SHADOW, 'sh_page_fault', 'paging_mode_refcounts'), since: '4.22' },
      { ...at(SHADOW, 'sh_page_fault'), until: '4.22' },
    ],
  },
  {
    id: 'm2p-fault',
    instruction: 'Read of the machine-to-phys table after memory hotplug',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['fixup_page_fault', 'pagefault_by_memadd', 'handle_memadd_fault'],
    cells: inPv(HOTPLUGGED_M2P, HOTPLUGGED_M2P, [
      hardware(undefined, `${WITH_M2P} The shim does no memory hotplug.`),
    ]),
    places: [
      at(TRAPS, 'fixup_page_fault', 'pagefault_by_memadd'),
      at('xen/arch/x86/x86_64/mm.c', 'pagefault_by_memadd'),
    ],
  },
  {
    id: 'granted-page-unmap',
    instruction: 'Overwriting the page-table entry of a granted page',
    class: 'page-fault',
    handlers: ['put_page_from_l1e'],
    alternatives: ['grant_table_op'],
    cells: inPv(OF_GRANTED_PAGE, OF_GRANTED_PAGE, [
      {
        how: 'absent',
        note: 'The shim refuses GNTTABOP_map_grant_ref, so that the guest has no granted page.',
        places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_grant_table_op')],
      },
    ]),
    places: [at('xen/arch/x86/mm.c', 'put_page_from_l1e', '_PAGE_GNTTAB')],
  },
  {
    id: 'other-page-fault',
    instruction: 'Any other page fault of a PV guest',
    class: 'page-fault',
    entry: ENTRY,
    handlers: ['pv_inject_page_fault'],
    alternatives: ['set_trap_table'],
    cells: inPv([
      refused(
        '#PF',
        undefined,
        'Delivered with the virtual CR2 and an error code that says user mode for user code only.',
      ),
    ]),
    places: [
      { ...at(TRAPS, 'do_page_fault', 'pv_inject_page_fault'), until: FRED },
      { ...at(TRAPS, 'handle_PF', 'pv_inject_page_fault'), since: FRED },
      at('xen/arch/x86/pv/traps.c', 'pv_inject_event'),
    ],
  },
];
