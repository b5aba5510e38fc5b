/** A key of xl.cfg that chooses or alters emulated hardware in which QEMU has no part. */
import type { GuestType } from '../../../../../../src/model/guest-types.ts';
import type { Span } from '../../../../../../src/model/release.ts';
import type { Device, Offer, Place } from '../../device.ts';

export const LIBXL = 'tools/libs/light/';
export const LOADER = 'tools/firmware/hvmloader/';
export const MAKE = { path: `${LIBXL}libxl_create.c`, symbol: 'libxl__domain_make' } as const;

export const HVM = ['hvm'] as const;
/** Guests whose memory Xen translates. */
export const TRANSLATED = ['hvm', 'pvh'] as const;
/** The same, and the container of the shim. */
export const CONTAINED = [...TRANSLATED, 'pv-shim'] as const;
export const X86 = ['pv', 'pvh', 'hvm', 'pv-shim'] as const;

type Xl = Readonly<Record<string, string | number>>;
type Plain = Omit<Offer[0], 'when' | 'evidence'>;

/** The first offer without the setting, the second with it. */
export function switched(xl: Xl, without: Plain, within: Plain): Offer {
  return [without, { ...within, when: { xl } }];
}

/** A setting with which the toolstack or Xen creates no such guest, and which changes nothing otherwise. */
export function refusedWith(xl: Xl, by: 'dom0' | 'xen', note: string, releases: Span = {}): Offer {
  return [
    { how: 'absent', note: 'There is nothing to choose.' },
    { how: 'refused', by, effect: 'error', when: { xl }, note, ...releases },
  ];
}

/** The same cell for several guest types. */
export function each(guests: readonly GuestType[], offer: Offer): Device['guests'] {
  return Object.fromEntries(guests.map((guest) => [guest, offer]));
}

type Words = Pick<Device, 'id' | 'title' | 'device' | 'option' | 'default' | 'keys'>;

/** A device that no machine of QEMU contains. */
export function setting(
  words: Words,
  guests: Device['guests'],
  places: readonly Place[] = [],
  releases: Span = {},
): Device {
  return { ...words, machines: [], setting: true, guests, places, ...releases };
}

/** Where libxl sets a parameter of an HVM guest. */
export function parameterPlaces(name: string): Place[] {
  const symbol = 'hvm_set_conf_params';
  return [
    { path: `${LIBXL}libxl_x86.c`, symbol, anchor: name, since: '4.14' },
    { path: `${LIBXL}libxl_dom.c`, symbol, anchor: name, until: '4.14' },
  ];
}
