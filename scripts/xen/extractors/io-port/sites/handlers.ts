/**
 * What stands behind each place that registers or moves a port of HVM domains. The ports, handlers and guards are read from the source;
 * what the device is and who answers is authored here. A place that is not listed is a problem.
 */
import type { Container } from '../gates.ts';
import {
  BEYOND,
  DATA_PORTS,
  type Provided,
  type ProvidedList,
  SINGLE_BYTES,
  VPCI_DATA,
} from './provided.ts';

export interface Site {
  readonly id: string;
  readonly title: string;
  readonly device: string;
  /** What a container gets where the guards let the registration happen. */
  readonly provided: (guest: Container) => ProvidedList;
}

/** Emulated for single bytes; what a wider access gets. */
const inBytes = (wider: Provided, ...rest: Provided[]): ProvidedList => [
  { how: 'emulated', by: 'xen', when: { bytes: [1] } },
  wider,
  ...rest,
];

type AcpiPorts = 'acpi-v0-ports' | 'acpi-v1-ports';

const WHO_SELECTS: Readonly<Record<AcpiPorts, string>> = {
  'acpi-v0-ports':
    'The location at creation; hvmloader moves the block to version 1 when the guest has ACPI.',
  'acpi-v1-ports': 'hvmloader selects version 1 when the guest has ACPI.',
};

/** The timer answers reads of its whole register. */
const pmTimer = (state: AcpiPorts): ProvidedList => [
  {
    how: 'emulated',
    by: 'xen',
    access: 'read',
    when: { bytes: [4], guest: [state] },
    note: WHO_SELECTS[state],
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    access: 'read',
    when: { bytes: [1, 2], guest: [state] },
  },
  { how: 'refused', by: 'xen', effect: 'ignored', access: 'write', when: { guest: [state] } },
];

const pm1aEvents = (state: AcpiPorts): ProvidedList => [
  { how: 'emulated', by: 'xen', when: { guest: [state] }, note: WHO_SELECTS[state] },
];

const site = (
  id: string,
  title: string,
  device: string,
  provided: Site['provided'] = () => [{ how: 'emulated', by: 'xen' }],
): Site => ({
  id,
  title,
  device,
  provided,
});

const CONFIG_ADDRESS = site(
  'pci-config-address',
  'PCI configuration address',
  'PCI CONFIG_ADDRESS',
  (guest) => {
    if (guest === 'hvm') {
      return [
        { how: 'emulated', by: 'qemu', note: 'The ioreq server that claims the port answers.' },
        {
          how: 'emulated',
          by: 'xen',
          access: 'write',
          when: { bytes: [4] },
          note: 'Xen keeps the address, which selects the ioreq server for the data ports.',
        },
      ];
    }
    const refused = { how: 'refused', by: 'xen', effect: 'all-ones' } as const;
    return guest === 'pvh'
      ? [
          { ...refused, note: 'No ioreq server claims the port.' },
          { how: 'emulated', by: 'dom0', when: { guest: ['ioreq-server'] } },
          {
            how: 'emulated',
            by: 'xen',
            access: 'write',
            when: { bytes: [4] },
            note: 'Latched, and not readable.',
          },
        ]
      : [
          {
            how: 'emulated',
            by: 'xen',
            when: { bytes: [4] },
            note: 'vPCI takes the accesses of four bytes: a latch, which reads back.',
          },
          { ...refused, when: { bytes: [1, 2] } },
          {
            how: 'passthrough',
            by: 'cpu',
            when: { ports: ['0xcfa', '0xcfb'] },
            since: '4.19',
            note: 'An access that stays within these ports does not trap, as PVH dom0 is permitted them.',
          },
          {
            how: 'passthrough',
            by: 'cpu',
            when: { ports: ['0xcf9', '0xcfa', '0xcfb'] },
            until: '4.19',
            note: 'An access that stays within these ports does not trap, as PVH dom0 is permitted them.',
          },
        ];
  },
);

/** Xen hands the accesses on, to the adapter of the device model. */
const WATCHED_VGA: ProvidedList = [
  {
    how: 'emulated',
    by: 'qemu',
    note: 'Xen watches the writes to follow the mode of the adapter.',
  },
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    when: { xl: { vga: 'none' } },
    note: 'Reads give all ones and writes are dropped.',
  },
];

/** `register_portio_handler()`, by enclosing function and handler, and by first port where a function has several. */
export const REGISTERED: Readonly<Record<string, Site>> = {
  'pit_init handle_pit_io': site('pit', 'PIT', 'i8254 PIT', () =>
    inBytes(SINGLE_BYTES, {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      access: 'read',
      when: { ports: ['0x43'] },
      note: 'The mode register cannot be read.',
    }),
  ),
  'pit_init handle_speaker_io': site(
    'pit-speaker',
    'PC speaker gate',
    'i8254 PIT channel 2 gate and speaker',
    () => inBytes(BEYOND),
  ),
  'vpic_init vpic_intercept_pic_io 0x20': site(
    'pic-master',
    'Master PIC',
    'i8259 PIC, master',
    () => inBytes(SINGLE_BYTES),
  ),
  'vpic_init vpic_intercept_pic_io 0xa0': site('pic-slave', 'Slave PIC', 'i8259 PIC, slave', () =>
    inBytes(SINGLE_BYTES),
  ),
  'vpic_init vpic_intercept_elcr_io 0x4d0': site(
    'elcr',
    'PIC edge/level control',
    'ELCR of both PICs',
    () => [
      { how: 'emulated', by: 'xen', when: { bytes: [1, 2] }, since: '4.18' },
      { how: 'emulated', by: 'xen', when: { bytes: [1] }, until: '4.18' },
      { ...BEYOND, when: { ...BEYOND.when, bytes: [4] }, since: '4.18' },
      { ...BEYOND, until: '4.18' },
    ],
  ),
  'vpic_init vpic_intercept_elcr_io 0x4d1': site(
    'elcr-slave',
    'Slave PIC edge/level control',
    'ELCR of the slave PIC',
    () => inBytes(BEYOND),
  ),
  'rtc_init handle_rtc_io': site('rtc', 'RTC and CMOS', 'MC146818 RTC and CMOS', () => [
    {
      how: 'emulated',
      by: 'xen',
      when: { ports: ['0x71'], bytes: [1], guest: ['!cmos-index-high'] },
      note: 'The clock, which is the first 14 bytes of the CMOS.',
    },
    {
      how: 'emulated',
      by: 'xen',
      access: 'write',
      when: { ports: ['0x70'], bytes: [1] },
      note: 'A latch for the index.',
    },
    {
      how: 'emulated',
      by: 'qemu',
      when: { ports: ['0x71'], bytes: [1], guest: ['cmos-index-high'] },
      note: 'Xen declines the other bytes of the CMOS, and the ioreq server answers.',
    },
    {
      how: 'emulated',
      by: 'qemu',
      access: 'write',
      when: { ports: ['0x70'], bytes: [1], guest: ['cmos-index-high'] },
      note: 'The index goes to the ioreq server as well.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      access: 'read',
      when: { ports: ['0x70'], bytes: [1] },
      since: '4.19',
      note: 'The index does not read back, whatever it is.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      access: 'read',
      when: { ports: ['0x70'], bytes: [1], guest: ['!cmos-index-high'] },
      until: '4.19',
      note: 'The index does not read back.',
    },
    {
      how: 'emulated',
      by: 'qemu',
      access: 'read',
      when: { ports: ['0x70'], bytes: [1], guest: ['cmos-index-high'] },
      until: '4.19',
      note: 'Xen declines the read, and the ioreq server answers.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      when: { ports: ['0x70'], bytes: [2] },
      note: 'Reads give all ones and writes are dropped.',
    },
    {
      ...BEYOND,
      when: { ports: ['0x70'], bytes: [4], guest: ['pio-not-claimed'] },
      note: 'The access goes beyond the handler of Xen, and an ioreq server would have to claim all of it.',
    },
    {
      ...BEYOND,
      when: { ports: ['0x71'], bytes: [2, 4], guest: ['pio-not-claimed'] },
      note: 'The access goes beyond the handler of Xen, and an ioreq server would have to claim all of it.',
    },
  ]),
  'rtc_init hw_rtc_io': site(
    'rtc-physical',
    'Physical RTC and CMOS',
    'physical RTC and CMOS',
    () => [
      {
        how: 'mediated',
        by: 'xen',
        when: { ports: ['0x71'], bytes: [1] },
        until: '4.18',
        note: 'The data port, at the index that Xen latched.',
      },
      {
        how: 'emulated',
        by: 'xen',
        when: { ports: ['0x70'], bytes: [1] },
        until: '4.18',
        note: 'A latch for the index, which reads back.',
      },
      {
        how: 'mediated',
        by: 'xen',
        when: { feature: ['!no-cmos-rtc'], bytes: [1] },
        since: '4.18',
        note: 'The data ports that `is_cmos_port()` accepts, aliases included, at the index that Xen latched.',
      },
      {
        how: 'emulated',
        by: 'xen',
        when: { feature: ['!no-cmos-rtc'], ports: ['0x70'], bytes: [1] },
        since: '4.18',
        note: 'A latch for the index, which reads back.',
      },
      {
        how: 'mediated',
        by: 'xen',
        when: { feature: ['no-cmos-rtc'], ports: ['0x70'], bytes: [1] },
        since: '4.18',
        note: 'Xen performs the access at once, with the NMI disable bit cleared.',
      },
      {
        how: 'passthrough',
        by: 'cpu',
        when: { feature: ['no-cmos-rtc'], ports: ['0x71'] },
        since: '4.18',
        note: 'Only the index port traps then.',
      },
      { ...SINGLE_BYTES, until: '4.18' },
      {
        ...SINGLE_BYTES,
        when: { feature: ['!no-cmos-rtc'], ...SINGLE_BYTES.when },
        since: '4.18',
      },
      {
        ...SINGLE_BYTES,
        when: { feature: ['no-cmos-rtc'], ports: ['0x70'], ...SINGLE_BYTES.when },
        since: '4.18',
      },
    ],
  ),
  'pmtimer_init handle_pmt_io': site(
    'pm-timer-v0',
    'ACPI PM timer, version 0',
    'ACPI PM timer',
    () => pmTimer('acpi-v0-ports'),
  ),
  'pmtimer_init handle_evt_io': site(
    'pm1a-events-v0',
    'ACPI PM1a event block, version 0',
    'ACPI PM1a event block',
    () => pm1aEvents('acpi-v0-ports'),
  ),
  'hvm_domain_initialise hvm_print_line': site(
    'debug-console',
    'Debug console',
    'debug console',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        when: { bytes: [1] },
        since: '4.21',
        note: 'Characters go to the log of Xen; reads give 0xe9. Every domain of this kind has it.',
      },
      {
        how: 'emulated',
        by: 'xen',
        access: 'write',
        when: { bytes: [1] },
        until: '4.21',
        note: 'Characters go to the log of Xen. Every domain of this kind has it.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        access: 'read',
        when: { guest: ['pio-not-claimed'] },
        until: '4.21',
        note: 'Xen declines a read; an ioreq server could claim the port.',
      },
      BEYOND,
    ],
  ),
  'arch_ioreq_domain_init hvm_access_cf8': CONFIG_ADDRESS,
  // The same before Xen 4.15.
  'hvm_ioreq_init hvm_access_cf8': CONFIG_ADDRESS,
  'svm_domain_initialise acpi_c1e_quirk': site(
    'smi-command',
    'ACPI SMI command',
    'ACPI SMI command port',
    () => [{ how: 'mediated', by: 'xen', when: { bytes: [1] } }, SINGLE_BYTES],
  ),
  'stdvga_init stdvga_intercept_pio 0x3c4': site(
    'vga-sequencer',
    'VGA sequencer',
    'VGA sequencer',
    () => WATCHED_VGA,
  ),
  'stdvga_init stdvga_intercept_pio 0x3ce': site(
    'vga-graphics',
    'VGA graphics controller',
    'VGA graphics controller',
    () => WATCHED_VGA,
  ),
};

/** `relocate_portio_handler()`, by enclosing function and new port; null: it adds no place. */
export const RELOCATED: Readonly<Record<string, Site | null>> = {
  'pmtimer_change_ioport TMR_VAL_ADDR_V1': site(
    'pm-timer-v1',
    'ACPI PM timer, version 1',
    'ACPI PM timer',
    () => pmTimer('acpi-v1-ports'),
  ),
  'pmtimer_change_ioport PM1a_STS_ADDR_V1': site(
    'pm1a-events-v1',
    'ACPI PM1a event block, version 1',
    'ACPI PM1a event block',
    () => pm1aEvents('acpi-v1-ports'),
  ),
  'pmtimer_change_ioport TMR_VAL_ADDR_V0': null, // back to the place of the registration
  'pmtimer_change_ioport PM1a_STS_ADDR_V0': null,
  'arch_ioreq_server_destroy_all 0xcf8': null, // from 0xcf8 to 0xcf8
  'hvm_destroy_all_ioreq_servers 0xcf8': null, // the same in Xen 4.14
};

/** `hvm_next_io_handler()`, by enclosing function; null: a wrapper, or a handler for memory and not for ports. */
export const RAW: Readonly<Record<string, Site | null>> = {
  register_g2m_portio_handler: site(
    'granted-ports',
    'Ports of assigned devices',
    'physical ports mapped for the guest',
    (guest) => {
      const mapped: Provided = {
        how: 'mediated',
        by: 'xen',
        when: { guest: ['ports-granted'] },
        note: 'Xen performs the access on the machine port that the toolstack or device model mapped.',
      };
      if (guest === 'hvm') return [mapped];
      const absent: Provided = {
        how: 'absent',
        note: 'Nothing in the tree maps ports into a guest of this type.',
      };
      return guest === 'pvh' ? [absent, mapped] : [absent];
    },
  ),
  register_vpci_portio_handler: site(
    'vpci-config',
    'PCI configuration ports of vPCI',
    'PCI configuration space',
    () => [
      { ...VPCI_DATA[0], when: { ports: DATA_PORTS } },
      { ...VPCI_DATA[1], when: { ports: DATA_PORTS } },
      { ...VPCI_DATA[2], when: { ...VPCI_DATA[2].when, ports: DATA_PORTS } },
      { ...VPCI_DATA[3], when: { ...VPCI_DATA[3].when, ports: DATA_PORTS } },
      {
        how: 'emulated',
        by: 'xen',
        when: { ports: ['0xcf8'], bytes: [4] },
        note: 'A latch for the address, which reads back.',
      },
    ],
  ),
  register_mmio_handler: null,
  register_portio_handler: null,
  stdvga_init: null,
  msixtbl_init: null,
};
