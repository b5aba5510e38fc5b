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

/** Why a setting says nothing of a column. */
const UNTOUCHED: Readonly<Record<GuestType, string>> = {
  pv: 'The key changes nothing for a PV guest.',
  pvh: 'The key changes nothing for a PVH guest.',
  hvm: 'The key changes nothing for an HVM guest.',
  'pv-dom0': 'The toolstack does not build dom0, so it has no such key.',
  'pvh-dom0': 'The toolstack does not build dom0, so it has no such key.',
  'pv-shim': 'The key changes nothing for the container of the shim or the guest inside.',
  arm: 'The key changes nothing for a guest on Arm.',
  'arm-dom0': 'The toolstack does not build dom0, so it has no such key.',
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
export function cellOf({ guests, setting }: Device, guest: GuestType): Cell {
  const own = guests[guest];
  if (own !== undefined) return { handlings: own, places: [] };
  return setting === true
    ? { handlings: [{ how: 'absent', note: UNTOUCHED[guest] }], places: [] }
    : { handlings: [{ how: 'absent', note: USUAL[guest] }], places: DECISIONS };
}
