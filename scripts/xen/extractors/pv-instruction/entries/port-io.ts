/** IN, OUT and their string forms, and what stands behind the check of the administrator’s permission. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, at } from '../../../authored.ts';
import { type Entry, emulated, inPv, type List, mediated, refused } from '../entry.ts';
import { AFTER_GP, HYPERCALLS, listed, PRIVILEGED } from '../places.ts';

const ASKS =
  'The guest asks for IOPL or a bitmap with PHYSDEVOP_set_iopl or PHYSDEVOP_set_iobitmap; user code needs one as well.';
const WITHOUT = refused('#GP', { guest: ['!io-permission'] }, ASKS);
const TRAPS = emulated(
  { guest: ['io-permission'] },
  'Every access traps; the emulator runs the instruction with what stands behind the port.',
);
const BY_PORT = 'The clock, CMOS and PCI configuration ports have answers of their own.';
const CHECKED = 'Xen checks the access and performs it.';
const NO_GRANTS = 'The shim grants no ports.';

/** What an access to a port that nothing stands behind comes to. */
type Direction = 'read' | 'write';

function unanswered(direction: Direction, guest: Condition['guest'], note?: string) {
  return refused(direction === 'read' ? 'all-ones' : 'ignored', { guest }, note);
}

/** The same for a fact about both directions. */
function unansweredBoth(guest: Condition['guest'], note?: string): List {
  return [
    { ...unanswered('read', guest, note), access: 'read' },
    { ...unanswered('write', guest, note), access: 'write' },
  ];
}

const LATCHES: readonly AuthoredHandling[] = [
  emulated({ guest: ['io-permission'], ports: ['0x70'] }, 'A latch, without a grant.'),
  emulated({ guest: ['io-permission'], ports: ['0xcf8'], bytes: [4] }, 'A latch, without a grant.'),
];
const NO_CMOS_RTC: AuthoredHandling = {
  ...mediated(
    {
      guest: ['io-permission', 'ports-granted'],
      ports: ['0x70'],
      feature: ['no-cmos-rtc'],
    },
    'Xen performs the access at once.',
  ),
  since: '4.18',
  places: [at('xen/arch/x86/time.c', 'rtc_guest_write', 'ACPI_FADT_NO_CMOS_RTC')],
};

function domU(direction: Direction, granted: string): List {
  return [
    TRAPS,
    unanswered(direction, ['io-permission', '!ports-granted']),
    mediated({ guest: ['io-permission', 'ports-granted'] }, granted),
    ...LATCHES,
    NO_CMOS_RTC,
    emulated({ guest: ['io-permission', 'emulated-pit'], ports: ['0x42', '0x43', '0x61'] }),
    WITHOUT,
  ];
}

const CONFIG_DATA = ['0xcfc', '0xcfd', '0xcfe', '0xcff'] as const;

/** Of writes through the ports, those to a device that Xen keeps read-only are dropped. */
const CONFIG_ACCESS: Readonly<Record<Direction, readonly AuthoredHandling[]>> = {
  read: [mediated({ guest: ['io-permission'], ports: CONFIG_DATA }, CHECKED)],
  write: [
    mediated({ guest: ['io-permission', '!read-only-device'], ports: CONFIG_DATA }, CHECKED),
    refused('ignored', { guest: ['io-permission', 'read-only-device'], ports: CONFIG_DATA }),
  ],
};

function dom0(direction: Direction, granted: string): List {
  return [
    TRAPS,
    mediated({ guest: ['io-permission', 'ports-granted'] }, `${granted} ${BY_PORT}`),
    unanswered(direction, ['io-permission', '!ports-granted'], 'Ports that Xen denies dom0.'),
    ...LATCHES,
    NO_CMOS_RTC,
    mediated({ guest: ['io-permission'], ports: ['0x71'] }, CHECKED),
    ...CONFIG_ACCESS[direction],
    mediated(
      {
        guest: ['io-permission'],
        ports: ['0x42', '0x43', '0x61'],
        feature: ['!pit-clocksource'],
      },
      'Channel 2 and the speaker.',
    ),
    emulated({
      guest: ['io-permission'],
      ports: ['0x42', '0x43', '0x61'],
      feature: ['pit-clocksource'],
    }),
    WITHOUT,
  ];
}

const inShim = (direction: Direction): List => [
  TRAPS,
  unanswered(direction, ['io-permission'], NO_GRANTS),
  ...LATCHES,
  WITHOUT,
];

const portCells = (direction: Direction, granted: string) =>
  inPv(domU(direction, granted), dom0(direction, granted), inShim(direction));

const STUB = 'Xen runs the instruction in a stub, with the registers of the guest.';
const ITEMS_IN = 'Xen reads each item itself, and copies it to the memory of the guest.';
const ITEMS_OUT = 'Xen copies each item from the memory of the guest, and writes it itself.';

const COMMON = {
  class: 'emulated-instruction',
  entry: ['do_general_protection'],
  operations: 'priv_op_ops',
  emulator: 'runs',
} as const;

const GRANTED = { guest: ['io-permission', 'ports-granted'] } as const;
const CHECKS = [at(PRIVILEGED, 'guest_io_okay'), at(PRIVILEGED, 'admin_io_okay')];

const NONE_GRANTED = { how: 'absent', note: NO_GRANTS } as const;
const C1E = mediated(
  { guest: ['io-permission', 'ports-granted'], feature: ['amd-c1e-quirk'], bytes: [1] },
  'After the write Xen looks whether the firmware turned C1E on, and turns it off again.',
);

export const PORT_IO: readonly Entry[] = [
  {
    ...COMMON,
    id: 'in',
    instruction: 'IN',
    handlers: [
      'pv_emulate_privileged_op',
      'read_io',
      'guest_io_okay',
      'io_emul_stub_setup',
      'guest_io_read',
    ],
    opcodes: ['e4', 'e5', 'ec', 'ed'],
    alternatives: ['physdev_op'],
    cells: portCells('read', STUB),
    places: [
      ...AFTER_GP,
      listed('out'),
      at(PRIVILEGED, 'read_io'),
      ...CHECKS,
      at(PRIVILEGED, 'guest_io_read'),
      at(PRIVILEGED, 'io_emul_stub_setup'),
    ],
  },
  {
    ...COMMON,
    id: 'out',
    instruction: 'OUT',
    handlers: [
      'pv_emulate_privileged_op',
      'write_io',
      'guest_io_okay',
      'io_emul_stub_setup',
      'guest_io_write',
    ],
    opcodes: ['e6', 'e7', 'ee', 'ef'],
    alternatives: ['physdev_op'],
    cells: portCells('write', STUB),
    places: [
      ...AFTER_GP,
      listed('out'),
      at(PRIVILEGED, 'write_io'),
      ...CHECKS,
      at(PRIVILEGED, 'guest_io_write'),
      at(PRIVILEGED, 'io_emul_stub_setup'),
    ],
  },
  {
    ...COMMON,
    id: 'ins',
    instruction: 'INS and REP INS',
    handlers: ['pv_emulate_privileged_op', 'rep_ins', 'guest_io_okay', 'guest_io_read'],
    opcodes: ['6c', '6d'],
    alternatives: ['physdev_op'],
    cells: portCells('read', ITEMS_IN),
    places: [...AFTER_GP, listed('outs'), at(PRIVILEGED, 'rep_ins'), ...CHECKS],
  },
  {
    ...COMMON,
    id: 'outs',
    instruction: 'OUTS and REP OUTS',
    handlers: ['pv_emulate_privileged_op', 'rep_outs', 'guest_io_okay', 'guest_io_write'],
    opcodes: ['6e', '6f'],
    alternatives: ['physdev_op'],
    cells: portCells('write', ITEMS_OUT),
    places: [...AFTER_GP, listed('outs'), at(PRIVILEGED, 'rep_outs'), ...CHECKS],
  },
  {
    id: 'port-breakpoint',
    instruction: 'A breakpoint on an I/O port',
    class: 'port',
    entry: ['do_general_protection'],
    handlers: [
      'pv_emulate_privileged_op',
      'check_guest_io_breakpoint',
      { name: 'pv_inject_DB', since: '4.20' },
    ],
    operations: 'priv_op_ops',
    emulator: 'runs',
    cells: inPv([
      emulated(
        { guest: ['io-permission', 'cr4-de'] },
        'Xen compares the port with the virtual debug registers and delivers #DB after the access.',
      ),
    ]),
    places: [
      at(PRIVILEGED, 'check_guest_io_breakpoint'),
      at(PRIVILEGED, 'pv_emulate_privileged_op', 'bpmatch'),
      at(HYPERCALLS, 'set_debugreg', 'dr7_emul'),
    ],
  },
  {
    id: 'port-stub',
    instruction: 'The stub that runs IN and OUT on granted ports',
    class: 'port',
    entry: ['do_general_protection'],
    handlers: [
      'io_emul_stub_setup',
      { name: 'load_guest_gprs', since: '4.14' },
      { name: 'save_guest_gprs', since: '4.14' },
      { name: 'host_to_guest_gpr_switch', until: '4.14' },
      { name: 'guest_to_host_gpr_switch', until: '4.14' },
    ],
    cells: inPv(
      [
        mediated(
          { guest: ['io-permission', 'ports-granted', '!string-io'] },
          'The instruction runs with the general registers of the guest, which firmware may take for a mailbox.',
        ),
      ],
      [
        mediated(
          { guest: ['io-permission', 'ports-granted', '!string-io'] },
          'The instruction runs with the general registers of the guest, which firmware may take for a mailbox; on certain HP ProLiant machines a write to port 0xcd4 waits there with interrupts off until the firmware is done.',
        ),
      ],
      [NONE_GRANTED],
    ),
    places: [
      at(PRIVILEGED, 'io_emul_stub_setup'),
      at('xen/arch/x86/ioport_emulate.c', 'ioemul_handle_proliant_quirk'),
    ],
  },
  {
    id: 'port-c1e',
    instruction: 'One-byte OUT that may turn on C1E',
    class: 'port',
    entry: ['do_general_protection'],
    handlers: [
      'write_io',
      { name: '_guest_io_write', since: '4.15' },
      { name: 'guest_io_write', until: '4.15' },
      'amd_check_disable_c1e',
    ],
    cells: inPv([C1E], [C1E], [NONE_GRANTED]),
    places: [
      { ...at(PRIVILEGED, '_guest_io_write', 'amd_check_disable_c1e'), since: '4.15' },
      { ...at(PRIVILEGED, 'guest_io_write', 'amd_check_disable_c1e'), until: '4.15' },
    ],
  },
  {
    id: 'port-permission-of-the-administrator',
    instruction: 'Direct access to ports that the administrator granted',
    class: 'port',
    entry: ['do_general_protection'],
    handlers: ['admin_io_okay', 'ioports_access_permitted', 'io_emul_stub_setup'],
    cells: inPv(
      [
        ...unansweredBoth(['io-permission', '!ports-granted'], 'The default.'),
        mediated(
          { guest: ['io-permission', 'ports-granted'] },
          'With ioports= in xl.cfg, or as a region of an assigned PCI device.',
        ),
      ],
      [
        {
          ...mediated(
            GRANTED,
            'All ports but those of the PIC, ELCR, PIT, CMOS, 0x61, 0x92, 0xf0, the PM timer, 0xcf8 as a double word, 0xcf9, 0xcfc to 0xcff, their aliases, the UART that Xen uses, C-state ports, and dom0_ioports_disable=.',
          ),
          since: '4.19',
        },
        {
          ...mediated(
            GRANTED,
            'All ports but those of the PIC, PIT, CMOS, 0x61, the PM timer, 0xcf8 as a double word, 0xcfc to 0xcff, the UART that Xen uses, C-state ports, and dom0_ioports_disable=.',
          ),
          until: '4.19',
        },
        ...unansweredBoth(['io-permission', '!ports-granted']),
      ],
      unansweredBoth(['io-permission'], NO_GRANTS),
    ),
    places: [
      at(PRIVILEGED, 'admin_io_okay'),
      at(PRIVILEGED, 'guest_io_read'),
      at(PRIVILEGED, 'guest_io_write'),
      at('xen/arch/x86/dom0_build.c', 'dom0_setup_permissions'),
      at('xen/arch/x86/dom0_build.c', 'dom0_setup_permissions', 'pv_shim'),
    ],
  },
];
