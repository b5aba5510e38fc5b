/**
 * What stands behind each branch of the port read of PV domains. The ports, handlers and guards are read from the source; what the device is
 * and who answers is authored here. A place that is not listed is a problem.
 */
import type { GuestType } from '../../../../../src/model/guest-types.ts';
import type { Point } from '../../../../../src/model/release.ts';
import type { Draft } from '../draft.ts';
import { MODE_READ, type Provided, type ProvidedList, READ_ONLY_DEVICE } from './provided.ts';

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
  /** Its names before a release. */
  readonly formerly?: {
    readonly until: Point;
    readonly anchor: string;
    readonly handler: string;
    /** Set where it was a check before the branches, and no branch. */
    readonly isCheck?: true;
  };
  /** Whether only the run time knows the ports. */
  readonly atRunTime?: true;
  /** Where it is decided behind the branch. */
  readonly decides?: Draft['places'];
  readonly guests: (guest: 'pv' | 'pv-dom0' | 'pv-shim', first: number | null) => ProvidedList;
}

const ALL_ONES: Provided = { how: 'refused', by: 'xen', effect: 'all-ones' };

/** The check of granted ports comes before the branches, but for the CMOS and the configuration address. */
const GRANTED: Provided = {
  how: 'mediated',
  by: 'xen',
  when: { guest: ['ports-granted'] },
  note: 'A granted port is accessed in the hardware.',
};

const MODE_READ_EMULATED: Provided = {
  ...MODE_READ,
  when: { ...MODE_READ.when, guest: ['emulated-pit'] },
};

function pitOfPv(guest: GuestType, first: number | null): ProvidedList {
  const hasMode = first !== 0x61;
  if (guest === 'pv-shim') return [{ ...ALL_ONES, note: 'The shim asks for no PIT.' }];
  if (guest === 'pv') {
    return [
      { ...ALL_ONES, note: 'libxl asks for no PIT.' },
      { how: 'emulated', by: 'xen', when: { guest: ['emulated-pit'] } },
      ...(hasMode ? [MODE_READ_EMULATED] : []),
      GRANTED,
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
    ...(hasMode ? [MODE_READ] : []),
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
        since: '4.18',
        note: 'Xen performs the access at once, with the NMI disable bit cleared.',
      },
    ];
  }
  return [
    {
      how: 'mediated',
      by: 'xen',
      when: { feature: ['!no-cmos-rtc'], ports: ['0x71'] },
      since: '4.18',
      note: 'Xen performs the access to the data port and its aliases, at the index that it latched.',
    },
    {
      how: 'mediated',
      by: 'xen',
      when: { ports: ['0x71'] },
      until: '4.18',
      note: 'Xen performs the access to the data port, at the index that it latched.',
    },
    { ...CMOS_INDEX, when: { feature: ['!no-cmos-rtc'], ports: ['0x70'] }, since: '4.18' },
    { ...CMOS_INDEX, until: '4.18' },
    {
      how: 'mediated',
      by: 'xen',
      when: { feature: ['no-cmos-rtc'], ports: ['0x70', '0x71'] },
      since: '4.18',
      note: 'Only the index port is intercepted, and Xen performs the access to it at once; the data port is a plain granted port.',
    },
  ];
}

/** An access to the configuration address that is narrower than the latch: one to a plain port. */
function narrowAddress(guest: GuestType): readonly Provided[] {
  const bytes = [1, 2] as const;
  if (guest === 'pv-dom0') {
    return [
      {
        how: 'mediated',
        by: 'xen',
        when: { bytes },
        since: '4.19',
        note: 'A narrower access is one to a plain permitted port; the second of two bytes is the reset control, which is denied.',
      },
      {
        how: 'mediated',
        by: 'xen',
        when: { bytes },
        until: '4.19',
        note: 'A narrower access is one to a plain permitted port.',
      },
    ];
  }
  if (guest === 'pv-shim') return [{ ...ALL_ONES, when: { bytes } }];
  return [
    { ...ALL_ONES, when: { bytes, guest: ['!ports-granted'] } },
    { ...GRANTED, when: { bytes, guest: ['ports-granted'] } },
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
    decides: [
      { path: 'xen/arch/x86/emul-i8254.c', symbol: 'pv_pit_handler' },
      { path: 'xen/arch/x86/time.c', symbol: 'hwdom_pit_access' },
    ],
    guests: pitOfPv,
  },
  {
    pattern: /\brtc_guest_read\(|\bcmos_idx\b/,
    ids: ['pv-cmos'],
    title: 'RTC and CMOS of PV domains',
    device: 'RTC and CMOS',
    handler: 'rtc_guest_read',
    anchor: 'rtc_guest_read',
    formerly: { until: ['4.13.2', '4.14'], anchor: 'cmos_idx', handler: 'guest_io_read' },
    guests: cmosOfPv,
  },
  {
    pattern: /^(?!.*\bpci_conf_read\().*\bpci_cf8\b/s,
    ids: ['pv-pci-config-address'],
    title: 'PCI configuration address of PV domains',
    device: 'PCI CONFIG_ADDRESS',
    handler: 'guest_io_read',
    anchor: 'pci_cf8',
    guests: (guest) => [
      { how: 'emulated', by: 'xen', when: { bytes: [4] }, note: 'A latch that reads back.' },
      ...narrowAddress(guest),
    ],
  },
  {
    pattern: /\bpci_conf_read\(/,
    ids: ['pv-pci-config-data'],
    title: 'PCI configuration data of PV domains',
    device: 'PCI CONFIG_DATA',
    handler: 'pci_cfg_ok',
    anchor: 'pci_cfg_ok',
    guests: (guest) => {
      if (guest === 'pv-dom0') {
        return [
          {
            how: 'mediated',
            by: 'xen',
            note: 'Xen checks the configuration cycle and performs it.',
          },
          READ_ONLY_DEVICE,
        ];
      }
      const refused: Provided = {
        ...ALL_ONES,
        note: 'Only the hardware domain passes the check; writes are dropped.',
      };
      return guest === 'pv' ? [refused, GRANTED] : [refused];
    },
  },
  {
    pattern: /\bin[bw]\(/,
    ids: ['pv-granted'],
    title: 'Granted ports of PV domains',
    device: 'physical ports that the domain may access',
    handler: 'admin_io_okay',
    anchor: 'ioports_access_permitted',
    formerly: {
      until: '4.15',
      anchor: 'admin_io_okay',
      handler: 'admin_io_okay',
      isCheck: true,
    },
    atRunTime: true,
    guests: (guest) => {
      if (guest === 'pv-dom0') {
        return [
          {
            how: 'mediated',
            by: 'xen',
            note: 'Every port that is not denied; IN and OUT run in a stub with the guest’s registers, INS and OUTS do not.',
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
          note: 'IN and OUT run in a stub with the guest’s registers, INS and OUTS do not.',
        },
      ];
    },
  },
];
