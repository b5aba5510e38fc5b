import type { GuestType } from '../../src/model/guest-types.ts';

/** A guest that is measured. */
export interface MeasuredGuest {
  readonly id: string;
  readonly title: string;
  readonly guest: GuestType;
  /** Which of the probes can run: those of ring 3 on Xen’s page tables, or those of ring 0 of a container. */
  readonly runs: 'pv' | 'hvm';
  /**
   * Runs under the QEMU of its own release of Debian only. The shim of Xen 4.20 finds no state of the FPU under QEMU 7.2
   * and panics; that of 4.17 does not come up under QEMU 10.0.
   */
  readonly alone?: true;
  /** The probe is dom0 itself, with this on Xen’s command line and these devices; or xl starts it from this. */
  readonly start:
    | { readonly xen: string; readonly devices: readonly string[] }
    | { readonly xl: Readonly<Record<string, string | number>> };
}

/** Of every guest that xl starts: the TSC counts instructions, so that costs are comparable. */
const COMMON = { memory: 32, tsc_mode: 'native', on_poweroff: 'destroy', on_crash: 'destroy' };

/** The program that xl starts in place of a device model, in dom0. */
export const NO_DEVICE_MODEL = '/no-device-model';

export const MEASURED_GUESTS: readonly MeasuredGuest[] = [
  {
    id: 'pv-dom0',
    title: 'PV dom0',
    guest: 'pv-dom0',
    runs: 'pv',
    start: { xen: '', devices: [] },
  },
  {
    id: 'pvh-dom0',
    title: 'PVH dom0',
    guest: 'pvh-dom0',
    runs: 'hvm',
    start: { xen: 'dom0=pvh', devices: ['amd-iommu'] },
  },
  {
    id: 'pv',
    title: 'PV domU',
    guest: 'pv',
    runs: 'pv',
    start: { xl: { type: 'pv', kernel: '/probe', ...COMMON } },
  },
  {
    id: 'pvh',
    title: 'PVH domU',
    guest: 'pvh',
    runs: 'hvm',
    start: { xl: { type: 'pvh', kernel: '/probe', ...COMMON } },
  },
  {
    id: 'hvm',
    title: 'HVM domU',
    guest: 'hvm',
    runs: 'hvm',
    start: {
      xl: {
        type: 'hvm',
        firmware_override: '/probe32',
        vga: 'stdvga',
        vnc: 0,
        ...COMMON,
      },
    },
  },
  {
    id: 'hvm-without-device-model',
    title: 'HVM domU without a device model',
    guest: 'hvm',
    runs: 'hvm',
    start: {
      xl: {
        type: 'hvm',
        firmware_override: '/probe32',
        device_model_override: NO_DEVICE_MODEL,
        vga: 'none',
        vnc: 0,
        ...COMMON,
      },
    },
  },
  {
    id: 'pv-shim',
    title: 'PV in shim',
    guest: 'pv-shim',
    runs: 'pv',
    alone: true,
    start: { xl: { type: 'pvh', pvshim: 1, kernel: '/probe', ...COMMON } },
  },
];

/** The configuration of a guest as xl reads it. */
export function renderConfig(name: string, xl: Readonly<Record<string, string | number>>): string {
  return Object.entries({ name, ...xl })
    .map(([key, value]) => `${key}=${typeof value === 'number' ? value : `"${value}"`}\n`)
    .join('');
}
