/**
 * What stands behind each place that the source registers, opens or denies a port at. The ports, handlers and guards
 * are read from the source; what the device is and who answers is authored here. A place that is not listed is a problem.
 */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { Container } from './gates.ts';

export type Provided = Omit<Handling, 'evidence'>;
export type ProvidedList = readonly [Provided, ...Provided[]];

export interface Site {
  readonly id: string;
  readonly title: string;
  readonly device: string;
  /** What a container gets where the guards let the registration happen. */
  readonly provided: (guest: Container) => ProvidedList;
}

const emulated = (note?: string): ProvidedList => [
  { how: 'emulated', by: 'xen', ...(note === undefined ? {} : { note }) },
];

const site = (
  id: string,
  title: string,
  device: string,
  provided: Site['provided'] = () => emulated(),
): Site => ({
  id,
  title,
  device,
  provided,
});

/** `register_portio_handler()`, by enclosing function and handler, and by first port where a function has several. */
export const REGISTERED: Readonly<Record<string, Site>> = {
  'pit_init handle_pit_io': site('pit', 'PIT', 'i8254 PIT'),
  'pit_init handle_speaker_io': site(
    'pit-speaker',
    'PC speaker gate',
    'i8254 PIT channel 2 gate and speaker',
  ),
  'vpic_init vpic_intercept_pic_io 0x20': site('pic-master', 'Master PIC', 'i8259 PIC, master'),
  'vpic_init vpic_intercept_pic_io 0xa0': site('pic-slave', 'Slave PIC', 'i8259 PIC, slave'),
  'vpic_init vpic_intercept_elcr_io 0x4d0': site(
    'elcr',
    'PIC edge/level control',
    'ELCR of both PICs',
  ),
  'vpic_init vpic_intercept_elcr_io 0x4d1': site(
    'elcr-slave',
    'Slave PIC edge/level control',
    'ELCR of the slave PIC',
  ),
  'rtc_init handle_rtc_io': site('rtc', 'RTC and CMOS', 'MC146818 RTC and CMOS', () => [
    { how: 'emulated', by: 'xen', note: 'The clock, which is the first 14 bytes of the CMOS.' },
    {
      how: 'emulated',
      by: 'qemu',
      when: { guest: ['cmos-index-high'] },
      note: 'Xen declines the other bytes of the CMOS, and the ioreq server answers.',
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
        note: 'The ports that `is_cmos_port()` accepts, aliases included.',
      },
      {
        how: 'emulated',
        by: 'xen',
        when: { ports: ['0x70'] },
        note: 'A latch for the index, which reads back.',
      },
      {
        how: 'passthrough',
        by: 'cpu',
        when: { feature: ['no-cmos-rtc'], ports: ['0x71'] },
        note: 'Only the index port traps then.',
      },
    ],
  ),
  'pmtimer_init handle_pmt_io': site(
    'pm-timer-v0',
    'ACPI PM timer, version 0',
    'ACPI PM timer',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        when: { guest: ['acpi-v0-ports'] },
        note: 'The location at creation; hvmloader moves the block to version 1 when the guest has ACPI.',
      },
    ],
  ),
  'pmtimer_init handle_evt_io': site(
    'pm1a-events-v0',
    'ACPI PM1a event block, version 0',
    'ACPI PM1a event block',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        when: { guest: ['acpi-v0-ports'] },
        note: 'The location at creation; hvmloader moves the block to version 1 when the guest has ACPI.',
      },
    ],
  ),
  'hvm_domain_initialise hvm_print_line': site(
    'debug-console',
    'Debug console',
    'debug console',
    () =>
      emulated(
        'Characters go to the log of Xen; reads give 0xe9. Every domain of this kind has it.',
      ),
  ),
  'arch_ioreq_domain_init hvm_access_cf8': site(
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
            {
              how: 'emulated',
              by: 'xen',
              access: 'write',
              when: { bytes: [4] },
              note: 'Latched, and not readable.',
            },
          ]
        : [{ ...refused, when: { bytes: [1, 2] }, note: 'vPCI takes the accesses of four bytes.' }];
    },
  ),
  'svm_domain_initialise acpi_c1e_quirk': site(
    'smi-command',
    'ACPI SMI command',
    'ACPI SMI command port',
    () => [{ how: 'mediated', by: 'xen' }],
  ),
  'stdvga_init stdvga_intercept_pio 0x3c4': site(
    'vga-sequencer',
    'VGA sequencer',
    'VGA sequencer',
    () => [
      {
        how: 'emulated',
        by: 'qemu',
        note: 'Xen watches the writes to follow the mode of the adapter.',
      },
    ],
  ),
  'stdvga_init stdvga_intercept_pio 0x3ce': site(
    'vga-graphics',
    'VGA graphics controller',
    'VGA graphics controller',
    () => [
      {
        how: 'emulated',
        by: 'qemu',
        note: 'Xen watches the writes to follow the mode of the adapter.',
      },
    ],
  ),
};

/** `relocate_portio_handler()`, by enclosing function and new port; null: it adds no place. */
export const RELOCATED: Readonly<Record<string, Site | null>> = {
  'pmtimer_change_ioport TMR_VAL_ADDR_V1': site(
    'pm-timer-v1',
    'ACPI PM timer, version 1',
    'ACPI PM timer',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        when: { guest: ['acpi-v1-ports'] },
        note: 'hvmloader selects version 1 when the guest has ACPI.',
      },
    ],
  ),
  'pmtimer_change_ioport PM1a_STS_ADDR_V1': site(
    'pm1a-events-v1',
    'ACPI PM1a event block, version 1',
    'ACPI PM1a event block',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        when: { guest: ['acpi-v1-ports'] },
        note: 'hvmloader selects version 1 when the guest has ACPI.',
      },
    ],
  ),
  'pmtimer_change_ioport TMR_VAL_ADDR_V0': null, // back to the place of the registration
  'pmtimer_change_ioport PM1a_STS_ADDR_V0': null,
  'arch_ioreq_server_destroy_all 0xcf8': null, // from 0xcf8 to 0xcf8
};

/** `hvm_next_io_handler()`, by enclosing function; null: a wrapper, or a handler for memory and not for ports. */
export const RAW: Readonly<Record<string, Site | null>> = {
  register_g2m_portio_handler: site(
    'granted-ports',
    'Ports of assigned devices',
    'physical ports mapped for the guest',
    (guest) =>
      guest === 'hvm'
        ? [
            {
              how: 'mediated',
              by: 'xen',
              when: { guest: ['ports-granted'] },
              note: 'Xen performs the access on the machine port that the toolstack or device model mapped.',
            },
          ]
        : [{ how: 'absent', note: 'Nobody maps ports into a guest of this type.' }],
  ),
  register_vpci_portio_handler: site(
    'vpci-config',
    'PCI configuration ports of vPCI',
    'PCI configuration space',
    () => [
      {
        how: 'emulated',
        by: 'xen',
        note: 'Registers with a vPCI handler, and the address at 0xcf8, a latch that reads back.',
      },
      {
        how: 'mediated',
        by: 'xen',
        note: 'Registers without a vPCI handler are those of the device.',
      },
    ],
  ),
  register_mmio_handler: null,
  register_portio_handler: null,
  stdvga_init: null,
  msixtbl_init: null,
};

/** A port that the bitmap lets through. */
export interface Opened extends Omit<Site, 'provided'> {
  readonly note: string;
  /** PVH dom0 has a bitmap of its own, made of its permissions. */
  readonly dom0: ProvidedList;
}

/** Ports that `hvm_enable()` opens in the bitmap of HVM domains, by port. */
export const OPENED: Readonly<Record<string, Opened>> = {
  '0x80': {
    id: 'port-80',
    title: 'Diagnostic port 0x80',
    device: 'POST diagnostics, used as an I/O delay',
    note: 'Not opened on machines where the port is known to do harm.',
    dom0: [
      {
        how: 'passthrough',
        by: 'cpu',
        when: { bytes: [1] },
        note: 'Denied to PVH dom0 on machines where the port is known to do harm.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { bytes: [2, 4] },
        note: 'A wider access touches port 0x81, which PVH dom0 is denied.',
      },
    ],
  },
  '0xed': {
    id: 'port-ed',
    title: 'Delay port 0xed',
    device: 'I/O delay',
    note: 'Opened on every machine.',
    dom0: [
      { how: 'passthrough', by: 'cpu', note: 'PVH dom0 reaches every port that it is not denied.' },
    ],
  },
};

/** What dom0 gets on a denied port; `pv` and `pvh` stand for PV dom0 and PVH dom0. */
export interface Denied {
  readonly id: string;
  readonly title: string;
  readonly device: string;
  readonly pv?: ProvidedList;
  readonly pvh?: ProvidedList;
}

export const REFUSED: ProvidedList = [
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    note: 'Denied: the access traps, reads give all ones and writes are dropped.',
  },
];

const denied = (
  id: string,
  title: string,
  device: string,
  other: Pick<Denied, 'pv' | 'pvh'> = {},
): Denied => ({
  id: `dom0-denied-${id}`,
  title: `Denied to dom0: ${title}`,
  device,
  ...other,
});

const PHYSICAL_CHANNEL_2: Provided = {
  how: 'mediated',
  by: 'xen',
  when: { feature: ['!pit-clocksource'] },
  note: 'Denied as a plain port; Xen carries channel 2 and the speaker gate through.',
};

/** `ioports_deny_access()`, by enclosing function and first port; null: a request of the toolstack. */
export const DENIED: Readonly<Record<string, Denied | null>> = {
  'dom0_setup_permissions 0x20': denied('pic-master', 'master PIC', 'physical i8259 PIC, master'),
  'dom0_setup_permissions 0xa0': denied('pic-slave', 'slave PIC', 'physical i8259 PIC, slave'),
  'dom0_setup_permissions 0x4d0': denied(
    'elcr',
    'PIC edge/level control',
    'physical ELCR of both PICs',
  ),
  'dom0_setup_permissions 0x40': denied('pit', 'PIT', 'physical i8254 PIT', {
    pv: [
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { ports: ['0x40', '0x41'] },
        note: 'Denied: reads give all ones and writes are dropped.',
      },
      { ...PHYSICAL_CHANNEL_2, when: { ...PHYSICAL_CHANNEL_2.when, ports: ['0x42', '0x43'] } },
      {
        how: 'emulated',
        by: 'xen',
        when: { feature: ['pit-clocksource'], ports: ['0x42', '0x43'] },
      },
    ],
  }),
  'dom0_setup_permissions 0x61': denied('pit-speaker', 'PC speaker gate', 'physical speaker gate', {
    pv: [
      PHYSICAL_CHANNEL_2,
      { how: 'emulated', by: 'xen', when: { feature: ['pit-clocksource'] } },
    ],
  }),
  'dom0_setup_permissions 0x92': denied(
    'init-a20',
    'INIT# and A20M# control',
    'INIT# and alternative A20M# control',
  ),
  'dom0_setup_permissions 0xf0': denied('ignne', 'IGNNE# control', 'IGNNE# control'),
  'dom0_setup_permissions pmtmr_ioport': denied(
    'pm-timer',
    'ACPI PM timer',
    'physical ACPI PM timer',
  ),
  'dom0_setup_permissions 0xcf9': denied('reset', 'reset control', 'reset control'),
  'dom0_setup_permissions 0xcfc': denied(
    'pci-config-data',
    'PCI configuration data',
    'PCI CONFIG_DATA',
    {
      pv: [
        {
          how: 'mediated',
          by: 'xen',
          note: 'Denied as plain ports; Xen checks the configuration cycle and performs it.',
        },
      ],
      pvh: [
        {
          how: 'emulated',
          by: 'xen',
          note: 'Denied as plain ports; vPCI answers for the registers that it has a handler for.',
        },
        {
          how: 'mediated',
          by: 'xen',
          note: 'Registers without a vPCI handler are those of the device.',
        },
      ],
    },
  ),
  'dom0_setup_permissions 0x0': denied(
    'dma',
    'ISA DMA controller',
    'ISA DMA controller, channels 0-3',
  ),
  'dom0_setup_permissions 0x81': denied(
    'dma-page',
    'ISA DMA page registers',
    'ISA DMA page registers',
  ),
  'dom0_setup_permissions 0xc0': denied(
    'dma-16',
    'ISA DMA controller, 16-bit',
    'ISA DMA controller, channels 4-7',
  ),
  'dom0_setup_permissions 0xe9': denied('debug-console', 'debug console', 'debug console', {
    pvh: [
      {
        how: 'emulated',
        by: 'xen',
        note: 'Denied as a plain port, so that it traps into Xen’s own debug console.',
      },
    ],
  }),
  'dom0_setup_permissions acpi_smi_cmd': denied(
    'smi-command',
    'ACPI SMI command',
    'ACPI SMI command port',
    {
      pvh: [
        {
          how: 'mediated',
          by: 'xen',
          note: 'Denied as a plain port, so that Xen sees the command.',
        },
      ],
    },
  ),
  'process_dom0_ioports_disable io_from': denied(
    'command-line',
    'ports named on the command line',
    'ports that `dom0_ioports_disable=` names',
    {
      pv: [{ ...REFUSED[0], when: { cmdline: 'dom0_ioports_disable=' } }],
      pvh: [{ ...REFUSED[0], when: { cmdline: 'dom0_ioports_disable=' } }],
    },
  ),
  'set_cx cx->address': denied('c-state', 'C-state ports', 'ports that enter a C-state'),
  'ns16550_endboot uart->io_base': denied(
    'serial-console',
    'Xen’s serial console',
    'UART that Xen uses as its console',
  ),
  'arch_do_domctl fp': null,
  'arch_do_domctl fmp': null,
};

/** The branches of the PV port read, by what the branch does; each comes after the permission of the guest itself. */
export interface PvBranch {
  readonly pattern: RegExp;
  /** One for each range of ports, in order. */
  readonly ids: readonly [string, ...string[]];
  readonly title: string;
  readonly device: string;
  readonly handler: string;
  /** Name in the branch that singles it out, for the evidence. */
  readonly anchor: string;
  /** Whether only the run time knows the ports. */
  readonly atRunTime?: true;
  readonly guests: (guest: 'pv' | 'pv-dom0' | 'pv-shim') => ProvidedList;
}

const ALL_ONES: Provided = { how: 'refused', by: 'xen', effect: 'all-ones' };

function domU(guest: GuestType): boolean {
  return guest !== 'pv-dom0';
}

function pitOfPv(guest: GuestType): ProvidedList {
  if (guest === 'pv-shim') return [{ ...ALL_ONES, note: 'The shim asks for no PIT.' }];
  if (guest === 'pv') {
    return [
      { ...ALL_ONES, note: 'libxl asks for no PIT.' },
      { how: 'emulated', by: 'xen', when: { guest: ['emulated-pit'] } },
    ];
  }
  return [
    {
      how: 'mediated',
      by: 'xen',
      when: { feature: ['!pit-clocksource'] },
      note: 'Channel 2 and the speaker gate; what concerns channels 0 and 1 goes to an emulated PIT.',
    },
    { how: 'emulated', by: 'xen', when: { feature: ['pit-clocksource'] } },
  ];
}

const CMOS_INDEX: Provided = {
  how: 'emulated',
  by: 'xen',
  when: { ports: ['0x70'] },
  note: 'A latch for the index, which reads back.',
};

function cmosOfPv(guest: GuestType): ProvidedList {
  if (guest === 'pv-shim') {
    return [
      CMOS_INDEX,
      { ...ALL_ONES, when: { ports: ['0x71'] }, note: 'The shim grants no ports.' },
    ];
  }
  if (guest === 'pv') {
    return [
      CMOS_INDEX,
      { ...ALL_ONES, when: { ports: ['0x71'], guest: ['!ports-granted'] } },
      {
        how: 'mediated',
        by: 'xen',
        when: { ports: ['0x71'], guest: ['ports-granted'] },
        note: 'Both ports have to be granted.',
      },
      {
        how: 'mediated',
        by: 'xen',
        when: { feature: ['no-cmos-rtc'], ports: ['0x70'], guest: ['ports-granted'] },
        note: 'Xen performs the access at once, with the NMI disable bit cleared.',
      },
    ];
  }
  return [
    {
      how: 'mediated',
      by: 'xen',
      when: { ports: ['0x71'] },
      note: 'Xen performs the access to the data port and its aliases, at the index that it latched.',
    },
    CMOS_INDEX,
    {
      how: 'mediated',
      by: 'xen',
      when: { feature: ['no-cmos-rtc'], ports: ['0x70', '0x71'] },
      note: 'Only the index port is intercepted, and Xen performs the access to it at once; the data port is a plain granted port.',
    },
  ];
}

export const PV_BRANCHES: readonly PvBranch[] = [
  {
    pattern: /\bpv_pit_handler\(/,
    ids: ['pv-pit', 'pv-pit-speaker'],
    title: 'PIT of PV domains',
    device: 'i8254 PIT channel 2, mode register and speaker gate',
    handler: 'pv_pit_handler',
    anchor: 'pv_pit_handler',
    guests: pitOfPv,
  },
  {
    pattern: /\brtc_guest_read\(|\bcmos_idx\b/,
    ids: ['pv-cmos'],
    title: 'RTC and CMOS of PV domains',
    device: 'RTC and CMOS',
    handler: 'rtc_guest_read',
    anchor: 'rtc_guest_read',
    guests: cmosOfPv,
  },
  {
    pattern: /^(?!.*\bpci_conf_read\().*\bpci_cf8\b/s,
    ids: ['pv-pci-config-address'],
    title: 'PCI configuration address of PV domains',
    device: 'PCI CONFIG_ADDRESS',
    handler: 'guest_io_read',
    anchor: 'pci_cf8',
    guests: () => [
      { how: 'emulated', by: 'xen', when: { bytes: [4] }, note: 'A latch that reads back.' },
    ],
  },
  {
    pattern: /\bpci_conf_read\(/,
    ids: ['pv-pci-config-data'],
    title: 'PCI configuration data of PV domains',
    device: 'PCI CONFIG_DATA',
    handler: 'pci_cfg_ok',
    anchor: 'pci_cfg_ok',
    guests: (guest) =>
      domU(guest)
        ? [{ ...ALL_ONES, note: 'Only the hardware domain passes the check; writes are dropped.' }]
        : [
            {
              how: 'mediated',
              by: 'xen',
              note: 'Writes to devices that Xen keeps read-only are dropped.',
            },
          ],
  },
  {
    pattern: /\bin[bw]\(/,
    ids: ['pv-granted'],
    title: 'Granted ports of PV domains',
    device: 'physical ports that the domain may access',
    handler: 'admin_io_okay',
    anchor: 'ioports_access_permitted',
    atRunTime: true,
    guests: (guest) => {
      if (guest === 'pv-dom0') {
        return [
          {
            how: 'mediated',
            by: 'xen',
            note: 'Every port that is not denied; IN and OUT run in a stub with the guest’s registers.',
          },
        ];
      }
      if (guest === 'pv-shim') return [{ ...ALL_ONES, note: 'The shim grants no ports.' }];
      return [
        { ...ALL_ONES, when: { guest: ['!ports-granted'] } },
        {
          how: 'mediated',
          by: 'xen',
          when: { guest: ['ports-granted'] },
          note: 'IN and OUT run in a stub with the guest’s registers.',
        },
      ];
    },
  },
];

/** ACPI blocks that are the device model’s, by macro. */
export const ACPI_BLOCKS: Readonly<
  Record<
    string,
    {
      readonly id: string;
      readonly title: string;
      readonly device: string;
      readonly length: number | string;
    }
  >
> = {
  ACPI_PM1A_CNT_BLK_ADDRESS_V0: {
    id: 'pm1a-control-v0',
    title: 'ACPI PM1a control block, version 0',
    device: 'ACPI PM1a control block',
    length: 2,
  },
  ACPI_PM1A_CNT_BLK_ADDRESS_V1: {
    id: 'pm1a-control-v1',
    title: 'ACPI PM1a control block, version 1',
    device: 'ACPI PM1a control block',
    length: 2,
  },
  ACPI_GPE0_BLK_ADDRESS_V0: {
    id: 'gpe0-v0',
    title: 'ACPI GPE0 block, version 0',
    device: 'ACPI GPE0 block',
    length: 'ACPI_GPE0_BLK_LEN_V0',
  },
  ACPI_GPE0_BLK_ADDRESS_V1: {
    id: 'gpe0-v1',
    title: 'ACPI GPE0 block, version 1',
    device: 'ACPI GPE0 block',
    length: 'ACPI_GPE0_BLK_LEN_V1',
  },
};
