import type { GuestState } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';

type Provided = Omit<Handling, 'evidence'>;

/** What a flag stands for, in words and as handlings where the flag is set. Authored: no table of the source says it. */
export interface Meaning {
  readonly title: string;
  /** What answers when the flag is set; a function of the guest type where it differs. */
  readonly provided: (guest: GuestType) => readonly [Provided, ...Provided[]];
  /** Where the device model stands: path and symbol. */
  readonly implementation: { readonly path: string; readonly symbol: string } | null;
  /** A guest type of which the creator may ask for the flag although libxl never does, and how that is said. */
  readonly asked?: { readonly guest: GuestType; readonly state: GuestState };
  /** Options about the same device, most of which leave the flag as it is. */
  readonly related?: readonly Related[];
}

type RelatedOption = FactOf<'emulation-flag'>['attributes']['related'][number];

export interface Related extends RelatedOption {
  readonly evidence: { readonly path: string; readonly symbol: string; readonly anchor: string };
}

const xl = (option: string, effect: string, evidence: Related['evidence']): Related => ({
  option,
  where: 'xl.cfg',
  changesFlag: false,
  effect,
  evidence,
});

const conf = (anchor: string) => ({
  path: 'tools/libs/light/libxl_x86.c',
  symbol: 'hvm_set_conf_params',
  anchor,
});

/** The policies by which ticks that a vCPU missed are delivered. */
const TICKS: readonly Related[] = [
  xl(
    'timer_mode=',
    'Chooses how ticks that a vCPU missed are delivered, for HVM and PVH.',
    conf('HVM_PARAM_TIMER_MODE'),
  ),
  xl('vpt_align=', 'Aligns periodic timers, for HVM.', conf('HVM_PARAM_VPT_ALIGN')),
];

const DOM0_PVH: Related = {
  option: 'dom0=pvh',
  where: 'command line',
  changesFlag: true,
  effect: 'Makes dom0 a PVH domain, for which Xen chooses the local APIC, the I/O APIC and vPCI.',
  evidence: { path: 'xen/arch/x86/setup.c', symbol: 'create_dom0', anchor: 'opt_dom0_pvh' },
};

const emulated = (note?: string): readonly [Provided] => [
  { how: 'emulated', by: 'xen', ...(note === undefined ? {} : { note }) },
];

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
    related: [
      xl(
        'apic=',
        'Decides whether a guest with one vCPU gets the tables that describe its APICs.',
        {
          path: 'tools/libs/light/libxl_dom.c',
          symbol: 'hvm_build_set_params',
          anchor: 'apic_mode',
        },
      ),
      ...TICKS,
      DOM0_PVH,
    ],
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
    related: [
      xl(
        'hpet=',
        'Disables the device for HVM: reads give all ones.',
        conf('HVM_PARAM_HPET_ENABLED'),
      ),
      ...TICKS,
    ],
  },
  PM: {
    title: 'ACPI PM timer and PM1a event block',
    provided: () => emulated('The control block and the GPE block are the device model’s.'),
    implementation: { path: 'xen/arch/x86/hvm/pmtimer.c', symbol: 'pmtimer_init' },
    related: [
      xl(
        'acpi=',
        'Decides whether an HVM guest gets ACPI tables, and with them the ports of version 1.',
        {
          path: 'tools/libs/light/libxl_dm.c',
          symbol: 'libxl__build_device_model_args_new',
          anchor: 'libxl__acpi_defbool_val',
        },
      ),
    ],
  },
  RTC: {
    title: 'RTC and CMOS',
    provided: () => [
      { how: 'emulated', by: 'xen', note: 'The clock, which is the first 14 bytes of the CMOS.' },
      { how: 'emulated', by: 'qemu', when: { guest: ['cmos-index-high'] } },
    ],
    implementation: { path: 'xen/arch/x86/hvm/rtc.c', symbol: 'rtc_init' },
    related: TICKS,
  },
  IOAPIC: {
    title: 'I/O APIC',
    provided: () => emulated(),
    implementation: { path: 'xen/arch/x86/hvm/vioapic.c', symbol: 'vioapic_init' },
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
        note: 'The flag is no VGA adapter: Xen only posts single writes to 0xa0000-0xbffff to the buffered ioreq ring.',
      },
    ],
    implementation: { path: 'xen/arch/x86/hvm/stdvga.c', symbol: 'stdvga_init' },
    related: [
      xl('vga=', 'Chooses the adapter that QEMU emulates, or none.', {
        path: 'tools/libs/light/libxl_dm.c',
        symbol: 'libxl__build_device_model_args_new',
        anchor: 'vga.kind',
      }),
    ],
  },
  IOMMU: {
    title: 'Virtual IOMMU',
    provided: () => [
      { how: 'absent', note: 'The flag must be set, and nothing reads it: no IOMMU is emulated.' },
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
    related: [DOM0_PVH],
  },
};
