/** Cells of a device, and what a column has when the device says nothing of it. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { type Device, DM, type Offer, type Place } from './device.ts';

const BACKEND_ONLY = 'QEMU is a PV backend at most here, and emulates no hardware.';

/** Why a column does not have what libxl asks QEMU for. */
const USUAL: Readonly<Record<GuestType, string>> = {
  pv: BACKEND_ONLY,
  pvh: BACKEND_ONLY,
  hvm: 'It concerns other guest types.',
  'pv-dom0': 'No QEMU emulates hardware for dom0.',
  'pvh-dom0': 'No QEMU emulates hardware for dom0.',
  'pv-shim': 'The container of the shim is a PVH guest, which has no device model.',
  arm: 'A guest on Arm is PVH for libxl: QEMU is a PV backend at most.',
  'arm-dom0': 'No QEMU emulates hardware for dom0.',
};

/** Where libxl decides who gets a QEMU. */
const DECISIONS: readonly Place[] = [
  { path: 'tools/libs/light/libxl_create.c', symbol: 'domcreate_launch_dm' },
  { path: DM, symbol: 'libxl__need_xenpv_qemu' },
];

export interface Cell {
  readonly handlings: Offer;
  /** Beside the places of the device itself. */
  readonly places: readonly Place[];
}

/** What a guest type has of a device. */
export function cellOf({ guests }: Device, guest: GuestType): Cell {
  const own = guests[guest];
  return own === undefined
    ? { handlings: [{ how: 'absent', note: USUAL[guest] }], places: DECISIONS }
    : { handlings: own, places: [] };
}
