import type { GuestType } from '../../../../src/model/guest-types.ts';

export type X86Guest = Exclude<GuestType, 'arm' | 'arm-dom0'>;

/** What each guest type is to Xen (whether it is PV, and whether it is the hardware domain), and its name in libxl. */
export const KINDS: Readonly<
  Record<X86Guest, { pv: boolean; hardwareDomain: boolean; libxl: string | null }>
> = {
  pv: { pv: true, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_PV' },
  pvh: { pv: false, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_PVH' },
  hvm: { pv: false, hardwareDomain: false, libxl: 'LIBXL_DOMAIN_TYPE_HVM' },
  'pv-dom0': { pv: true, hardwareDomain: true, libxl: null },
  'pvh-dom0': { pv: false, hardwareDomain: true, libxl: null },
  // The shim creates its guest without CDF_hardware, so that nothing is forced.
  'pv-shim': { pv: true, hardwareDomain: false, libxl: null },
};

export const X86_GUESTS = Object.keys(KINDS) as X86Guest[];

export function isX86(guest: GuestType): guest is X86Guest {
  return guest in KINDS;
}

export function perX86<T>(value: (guest: X86Guest) => T): Record<X86Guest, T> {
  return Object.fromEntries(X86_GUESTS.map((guest) => [guest, value(guest)])) as Record<
    X86Guest,
    T
  >;
}
