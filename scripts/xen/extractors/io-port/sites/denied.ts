/**
 * What stands behind each port that dom0 is denied. The ports, handlers and guards are read from the source; what the device is
 * and who answers is authored here. A place that is not listed is a problem.
 */
import type { PlatformFeature } from '../../../../../src/model/condition.ts';
import type { Draft } from '../draft.ts';
import {
  BEYOND,
  DATA_PORTS,
  MODE_READ,
  type Provided,
  type ProvidedList,
  READ_ONLY_DEVICE,
  SINGLE_BYTES,
  VPCI_DATA,
} from './provided.ts';

/** What dom0 gets on a denied port; `pv` and `pvh` stand for PV dom0 and PVH dom0. */
export interface Denied {
  readonly id: string;
  readonly title: string;
  readonly device: string;
  readonly pv?: ProvidedList;
  readonly pvh?: ProvidedList;
  /** What the cells rest on besides the denial. */
  readonly places?: Draft['places'];
}

export const REFUSED: ProvidedList = [
  {
    how: 'refused',
    by: 'xen',
    effect: 'all-ones',
    note: 'Denied: the access traps, reads give all ones and writes are dropped.',
  },
];

/** What PV dom0 gets where only PVH dom0 is denied the port. */
export const PERMITTED: ProvidedList = [
  {
    how: 'mediated',
    by: 'xen',
    note: 'PV dom0 is permitted the port: Xen performs the access in the hardware.',
  },
];

const denied = (
  id: string,
  title: string,
  device: string,
  other: Pick<Denied, 'pv' | 'pvh' | 'places'> = {},
): Denied => ({
  id: `dom0-denied-${id}`,
  title: `Denied to dom0: ${title}`,
  device,
  ...other,
});

/** A denial that depends on what Xen finds on the machine. */
const refusedWith = (feature: PlatformFeature): Pick<Denied, 'pv' | 'pvh'> => {
  const refused: ProvidedList = [{ ...REFUSED[0], when: { feature: [feature] } }];
  return { pv: refused, pvh: refused };
};

const PHYSICAL_CHANNEL_2: Provided = {
  how: 'mediated',
  by: 'xen',
  when: { feature: ['!pit-clocksource'] },
  note: 'Denied as a plain port; Xen carries channel 2 and the speaker gate through.',
};

/** A port that the command line names. */
const NAMED: Provided = { ...REFUSED[0], when: { cmdline: 'dom0_ioports_disable=' } };

/** What Xen keeps for the guest, which touches no hardware and so asks for no permission. */
const LATCHES: readonly [Provided, Provided] = [
  {
    how: 'emulated',
    by: 'xen',
    when: { cmdline: 'dom0_ioports_disable=', ports: ['0x70'], bytes: [1] },
    note: 'The latch of the CMOS index stays.',
  },
  {
    how: 'emulated',
    by: 'xen',
    when: { cmdline: 'dom0_ioports_disable=', ports: ['0xcf8'], bytes: [4] },
    note: 'The latch of the PCI address stays.',
  },
];

/** What Xen answers for before it asks for the permission. */
const stillMediated = (ports: readonly string[]): Provided => ({
  how: 'mediated',
  by: 'xen',
  when: { cmdline: 'dom0_ioports_disable=', ports },
  note: 'Xen answers as without the option.',
});

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
      MODE_READ,
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
    refusedWith('acpi-pm-timer'),
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
        READ_ONLY_DEVICE,
      ],
      pvh: [
        {
          ...VPCI_DATA[0],
          note: 'Denied as plain ports; vPCI answers for the registers that it has a handler for.',
        },
        VPCI_DATA[1],
        VPCI_DATA[2],
        VPCI_DATA[3],
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
        when: { bytes: [1] },
        note: 'Denied as a plain port, so that it traps into Xen’s own debug console.',
      },
      BEYOND,
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
          when: { bytes: [1] },
          note: 'Denied as a plain port, so that Xen sees the command.',
        },
        SINGLE_BYTES,
      ],
    },
  ),
  'process_dom0_ioports_disable io_from': denied(
    'command-line',
    'ports named on the command line',
    'ports that `dom0_ioports_disable=` names',
    {
      pv: [NAMED, ...LATCHES, stillMediated(['0x42', '0x43', '0x61', ...DATA_PORTS])],
      pvh: [NAMED, { ...LATCHES[0], since: '4.14' }, LATCHES[1], stillMediated(DATA_PORTS)],
    },
  ),
  'set_cx cx->address': denied('c-state', 'C-state ports', 'ports that enter a C-state', {
    ...refusedWith('io-c-states'),
    pvh: [
      {
        how: 'passthrough',
        by: 'cpu',
        note: 'Xen takes the permission away when dom0 names its C-states. The I/O bitmap was made at boot, and the ports stay open.',
      },
    ],
    places: [{ path: 'xen/arch/x86/setup.c', symbol: 'setup_io_bitmap' }],
  }),
  'ns16550_endboot uart->io_base': denied(
    'serial-console',
    'Xen’s serial console',
    'UART that Xen uses as its console',
    refusedWith('io-console'),
  ),
  'arch_do_domctl fp': null,
  'arch_do_domctl fmp': null,
};
