import type { GuestState } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { Span } from '../../../../src/model/release.ts';
import type { AuthoredPlace } from '../../authored.ts';
import {
  ACPI_TABLES,
  APIC_TABLES,
  DOM0_PVH,
  HPET_ENABLED,
  type Related,
  TICKS,
  VGA_KIND,
} from './related.ts';

/** A handling in the releases that have it. */
type Provided = Omit<Handling, 'evidence'> & Span;

/** What a flag stands for, in words and as handlings where the flag is set. Authored: no table of the source says it. */
export interface Meaning {
  readonly title: string;
  /** What answers when the flag is set; a function of the guest type where it differs. */
  readonly provided: (guest: GuestType) => readonly [Provided, ...Provided[]];
  /** Where the device model stands: path and symbol. */
  readonly implementation: { readonly path: string; readonly symbol: string } | null;
  /** A guest type of which the creator may ask for the flag although libxl never does, and how that is said. */
  readonly asked?: { readonly guest: GuestType; readonly state: GuestState };
  /** What guest types that cannot have the flag have without it, and where. */
  readonly without?: {
    readonly guests: readonly GuestType[];
    readonly note: string;
    readonly place: AuthoredPlace;
  };
  /** Options about the same device, most of which leave the flag as it is. */
  readonly related?: readonly Related[];
}

const emulated = (note?: string): readonly [Provided] => [
  { how: 'emulated', by: 'xen', ...(note === undefined ? {} : { note }) },
];

const EMUL_PRIV_OP = 'xen/arch/x86/pv/emul-priv-op.c';
const PV_PIT = 'Only ports 0x42, 0x43 and 0x61 reach the PIT of a PV domain.';

/** What of the local APIC the CPU serves without Xen. */
const LAPIC: readonly [Provided, ...Provided[]] = [
  { how: 'emulated', by: 'xen', note: 'All that the CPU does not serve.' },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['tpr-shadow'] },
    note: 'CR8, and with the APIC-access page the priority register.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['apicv', 'apic-access-page'], guest: ['xapic-mode'] },
    note: 'Reads of the page, and writes of the priority, of EOI and of an IPI to itself.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'intel', feature: ['apicv'], guest: ['x2apic-mode'] },
    note: 'Reads of most x2APIC MSRs, and writes of the priority, of EOI and of an IPI to itself.',
  },
  {
    how: 'hardware',
    by: 'cpu',
    when: { vendor: 'amd', feature: ['v-tpr'] },
    note: 'CR8; the registers themselves are emulated.',
  },
];

/** One meaning for each flag; a flag of the source that is not here is a problem. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  LAPIC: {
    title: 'Local APIC',
    provided: () => LAPIC,
    implementation: { path: 'xen/arch/x86/hvm/vlapic.c', symbol: 'vlapic_init' },
    related: [APIC_TABLES, ...TICKS, DOM0_PVH],
  },
  HPET: {
    title: 'HPET',
    provided: () => [
      { how: 'emulated', by: 'xen' },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { xl: { hpet: 0 } },
        note: 'The option disables the device; the flag stays set.',
      },
    ],
    implementation: { path: 'xen/arch/x86/hvm/hpet.c', symbol: 'hpet_init' },
    related: [HPET_ENABLED, ...TICKS],
  },
  PM: {
    title: 'ACPI PM timer and PM1a event block',
    provided: () => emulated('The control block and the GPE block are the device model’s.'),
    implementation: { path: 'xen/arch/x86/hvm/pmtimer.c', symbol: 'pmtimer_init' },
    related: [ACPI_TABLES],
  },
  RTC: {
    title: 'RTC and CMOS',
    provided: () => [
      { how: 'emulated', by: 'xen', note: 'The clock, which is the first 14 bytes of the CMOS.' },
      { how: 'emulated', by: 'qemu', when: { guest: ['cmos-index-high'] } },
    ],
    implementation: { path: 'xen/arch/x86/hvm/rtc.c', symbol: 'rtc_init' },
    without: {
      guests: ['pv', 'pv-dom0'],
      note: 'The CMOS ports of PV domains are answered without the flag.',
      place: { path: EMUL_PRIV_OP, symbol: 'guest_io_read' },
    },
    related: TICKS,
  },
  IOAPIC: {
    title: 'I/O APIC',
    provided: () => emulated(),
    implementation: { path: 'xen/arch/x86/hvm/vioapic.c', symbol: 'vioapic_init' },
    without: {
      guests: ['pv-dom0'],
      note: 'PV dom0 programs the I/O APICs of the host by hypercall.',
      place: {
        path: 'xen/arch/x86/physdev.c',
        symbol: 'do_physdev_op',
        anchor: 'PHYSDEVOP_apic_write',
      },
    },
    related: [DOM0_PVH],
  },
  PIC: {
    title: 'PIC (i8259 pair)',
    provided: () => emulated(),
    implementation: { path: 'xen/arch/x86/hvm/vpic.c', symbol: 'vpic_init' },
  },
  VGA: {
    title: 'VGA frame buffer writes',
    provided: () => [
      {
        how: 'emulated',
        by: 'qemu',
        since: '4.20',
        note: 'The flag is no VGA adapter: Xen only posts single writes to 0xa0000-0xbffff to the buffered ioreq ring.',
      },
      {
        how: 'emulated',
        by: 'qemu',
        until: '4.20',
        note: 'The flag is no VGA adapter: Xen posts single writes to 0xa0000-0xbffff to the buffered ioreq ring, and shadows two pairs of registers.',
      },
      {
        how: 'emulated',
        by: 'xen',
        until: '4.20',
        note: 'Reads of 0xa0000-0xbffff in the standard mode, from a copy that Xen keeps until an access that it cannot follow.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { xl: { vga: 'none' } },
        since: '4.20',
        note: 'The device model claims nothing there: reads give all ones and writes are dropped. The flag stays set.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { xl: { vga: 'none' } },
        until: '4.20',
        note: 'The device model claims nothing there: reads give all ones until the guest writes the registers that Xen shadows, and writes are dropped. The flag stays set.',
      },
    ],
    implementation: { path: 'xen/arch/x86/hvm/stdvga.c', symbol: 'stdvga_init' },
    related: [VGA_KIND],
  },
  IOMMU: {
    title: 'Virtual IOMMU',
    provided: () => [
      {
        how: 'absent',
        since: '4.19',
        note: 'The flag must be set, and nothing reads it: no IOMMU is emulated.',
      },
      {
        how: 'absent',
        until: '4.19',
        note: 'The flag must be set, and nothing calls what reads it: no IOMMU is emulated.',
      },
    ],
    implementation: null,
  },
  PIT: {
    title: 'PIT (i8254) and speaker port',
    provided: (guest) =>
      guest === 'pv-dom0'
        ? [
            {
              how: 'emulated',
              by: 'xen',
              note: PV_PIT,
            },
            {
              how: 'mediated',
              by: 'xen',
              when: { feature: ['!pit-clocksource'] },
              note: 'Channel 2 and the speaker gate are those of the hardware.',
            },
          ]
        : emulated(guest === 'pv' ? PV_PIT : undefined),
    asked: { guest: 'pv', state: 'emulated-pit' },
    implementation: { path: 'xen/arch/x86/emul-i8254.c', symbol: 'pit_init' },
    related: TICKS,
  },
  USE_PIRQ: {
    title: 'Physical interrupts over event channels',
    provided: () => [{ how: 'paravirtualized', by: 'xen' }],
    implementation: { path: 'xen/arch/x86/hvm/hypercall.c', symbol: 'hvm_physdev_op' },
    without: {
      guests: ['pv', 'pv-dom0'],
      note: 'PV domains take physical interrupts over event channels without the flag, which Xen reads for HVM domains only.',
      place: { path: 'xen/arch/x86/physdev.c', symbol: 'physdev_map_pirq' },
    },
  },
  VPCI: {
    title: 'Virtual PCI configuration space',
    provided: () => [
      {
        how: 'emulated',
        by: 'xen',
        note: 'Registers with a vPCI handler, such as BARs and the MSI and MSI-X capabilities.',
      },
      {
        how: 'mediated',
        by: 'xen',
        note: 'Registers without a vPCI handler are read from and written to the device.',
      },
    ],
    implementation: { path: 'xen/arch/x86/hvm/io.c', symbol: 'register_vpci_portio_handler' },
    without: {
      guests: ['pv-dom0'],
      note: 'Xen checks and performs the configuration accesses of PV dom0 without the flag.',
      place: { path: EMUL_PRIV_OP, symbol: 'pci_cfg_ok' },
    },
    related: [DOM0_PVH],
  },
};
