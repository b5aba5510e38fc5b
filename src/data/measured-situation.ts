/** What is known of the machine that guests are measured on, and of the probe as a guest. */
import type { GuestState, PlatformFeature } from '../model/condition.ts';
import type { Situation } from '../model/condition-truth.ts';
import type { Measurement } from '../schema/measurement.ts';

/** QEMU’s emulation of SVM, and Debian’s Xen on it. What is not here is not known. */
const FEATURES: Readonly<Partial<Record<PlatformFeature, boolean>>> = {
  apicv: false,
  'tpr-shadow': false,
  'apic-access-page': false,
  'posted-interrupts': false,
  'unrestricted-guest': false,
  'vmx-bndcfgs': false,
  'vmx-support': false,
  'pause-filter': false,
  'notify-exit': false,
  'bus-lock-exit': false,
  pml: false,
  fred: false,
  cet: false,
  'cpuid-faulting': false,
  'eager-fpu': false,
  'cpuid-user-dis': false,
  'amd-c1e-quirk': false,
  'no-cmos-rtc': false,
  'hpet-page-protection': false,
  'pit-clocksource': false,
  hygon: false,
  'amd-fam0fh': false,
  'amd-fam10h-16h': false,
  'amd-fam15h-16h': false,
  'skylake-x': false,
  'ivy-bridge': false,
  'gds-hides-avx': false,
  'host-x2apic': false,
  'hvm-enabled': true,
  thumbee: false,
};

/** 64-bit, one vCPU, its APIC as it comes, no port, memory or device granted, nobody who looks at it. */
const STATES: Readonly<Partial<Record<GuestState, boolean>>> = {
  'pv-drivers': false,
  'x2apic-mode': false,
  'xapic-mode': true,
  'pci-device': false,
  'io-permission': false,
  iopl: false,
  'ports-granted': false,
  'emulated-pit': false,
  'cmos-index-high': false,
  'iomem-granted': false,
  'cr4-tsd': false,
  vtsc: false,
  'writable-pagetables': false,
  'no-gp-handler': false,
  'log-dirty': false,
  introspection: false,
  'nested-hvm': false,
  'efer-svme': false,
  'cr4-vmxe': false,
  'user-mode': false,
  'code-32': false,
  'cr4-fsgsbase': false,
  'cr4-de': false,
  'cpuid-faulting-on': false,
  'long-mode': true,
  'real-mode': false,
  'pae-paging': false,
  'paging-off': false,
  'foreign-vendor': false,
  'bad-msr-value': false,
  'owned-bit-changes': false,
  altp2m: false,
  viridian: false,
  'being-debugged': false,
  'being-saved': false,
  'apic-disabled': false,
  'cr4-pke': false,
  'forced-emulation-prefix': false,
  'vpmu-running': false,
  'string-io': false,
};

/**
 * The shim runs on a TSC that Xen may emulate for its container, and decides for its guest by that; of a dom0 nobody sets
 * the mode.
 */
const { vtsc: _unknown, ...STATES_OF_ANY_TSC } = STATES;

/** What of a measurement tells the situation of its guest. */
export type MeasuredGuest = Pick<Measurement, 'guest' | 'settings'>;

/** Whether QEMU answers the guest: an HVM guest has it, unless another program was started in its place. */
export function hasDeviceModel({ guest, settings }: MeasuredGuest): boolean {
  return guest === 'hvm' && settings.device_model_override === undefined;
}

/**
 * The situation of a guest as it was measured, with states that a probe brought about. Of what a device model claims
 * nothing is known.
 */
export function measuredSituation(
  measured: MeasuredGuest,
  given: readonly GuestState[] = [],
): Situation {
  const { guest, settings } = measured;
  const states = {
    ...('tsc_mode' in settings && guest !== 'pv-shim' ? STATES : STATES_OF_ANY_TSC),
    ...Object.fromEntries(given.map((state) => [state, true])),
    'xapic-mode': !given.includes('x2apic-mode'),
  };
  return {
    vendor: 'amd',
    paging: 'hap',
    bits: 64,
    features: FEATURES,
    states: hasDeviceModel(measured) ? states : { ...states, 'ioreq-server': false },
    xl: (key, value) => (String(settings[key]) === String(value) ? 'yes' : 'no'),
    cmdline: () => 'no',
  };
}
