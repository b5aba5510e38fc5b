/**
 * What a guest sees of a feature that the policies adjust after the masks. Authored, because the conditions are not
 * where the bit is changed alone; each entry lists the places that it accounts for, and another place is a problem.
 */

import { GUEST_TYPES, type GuestType } from '../../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../../src/model/handling.ts';
import type { Span } from '../../../../../src/model/release.ts';
import type { AuthoredPlace } from '../../../authored.ts';

/** A handling in the releases that have it. */
export type Provided = Omit<Handling, 'evidence' | 'by'> & Span;
export type ProvidedList = readonly [Provided, ...Provided[]];
type When = NonNullable<Handling['when']>;

export interface Verdict extends Span {
  readonly features: readonly string[];
  /**
   * The places that the cells account for, as `set calculate_hvm_max_policy`. None where what Xen takes for the host’s
   * own features decides, or libxl.
   */
  readonly sites: readonly string[];
  /** A guest type that is left out has what the mask says. */
  readonly cells: Readonly<Partial<Record<GuestType, ProvidedList>>>;
  /** What depends on the feature is hidden with it, though no place clears the bit. */
  readonly takesAlong?: true;
  /** Code besides the places that adjust the bit. */
  readonly places?: readonly AuthoredPlace[];
}

export const PV = ['pv', 'pv-dom0', 'pv-shim'] as const;
export const CONTAINERS = ['hvm', 'pvh', 'pvh-dom0'] as const;
/** Domains that Xen builds at boot: no toolstack asks for anything. */
export const BUILT_AT_BOOT = ['pv-dom0', 'pvh-dom0', 'pv-shim'] as const;
export const DOM_US = ['pv', 'hvm', 'pvh'] as const;
export const X86 = GUEST_TYPES.filter((guest) => guest !== 'arm' && guest !== 'arm-dom0');

const provided = (how: Handling['how'], when?: When, note?: string): Provided => ({
  how,
  ...(when === undefined ? {} : { when }),
  ...(note === undefined ? {} : { note }),
});

export const exposed = (when?: When, note?: string) => provided('exposed', when, note);
export const optIn = (when?: When, note?: string) => provided('opt-in', when, note);
export const hidden = (when?: When, note?: string) => provided('hidden', when, note);

/** The same cell for several guest types. */
export function cells(guests: readonly GuestType[], ...list: ProvidedList): Verdict['cells'] {
  return Object.fromEntries(guests.map((guest) => [guest, list]));
}

/** The default policies follow the host, the maximum ones do not. */
export const onHost: ProvidedList = [
  exposed({ feature: ['host-feature'] }),
  optIn({ feature: ['!host-feature'] }, 'The maximum policy has the bit on every host.'),
];
