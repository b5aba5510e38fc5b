import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { Span } from '../../../../src/model/release.ts';

export interface Place extends Span {
  readonly path: string;
  readonly symbol?: string;
  readonly anchor?: string;
}

/** A handling before its evidence is known, in the releases that have it. */
export type Offered = Omit<Handling, 'evidence'> & Span;
export type Offer = readonly [Offered, ...Offered[]];

/** How an argument of QEMU begins, or the name of a function. */
export interface Pattern extends Span {
  readonly text: string;
}

/** A thing that libxl, xl.cfg or the machine of QEMU gives a guest, or how QEMU is started for it. */
export interface Device extends Span {
  /** Also the end of the fact’s id. */
  readonly id: string;
  readonly title: string;
  /** Name as QEMU or libxl has it. */
  readonly device: string;
  /** What in xl.cfg chooses it; null when nothing does. */
  readonly option: string | null;
  /** Whether a guest that can have it has it when its option is not written. */
  readonly default: boolean;
  /** Machine types of QEMU that it belongs to. */
  readonly machines: readonly Machine[];
  /** Arguments of QEMU that are part of it. */
  readonly arguments?: readonly Pattern[];
  /** Functions of which every argument is part of it. */
  readonly functions?: readonly Pattern[];
  /** Keys of xl.cfg that give it, alter it or take it away. */
  readonly keys?: readonly string[];
  /** Whether it is a setting in which QEMU has no part. */
  readonly setting?: boolean;
  /** Cells that differ from the column’s usual one, which is `absent`. */
  readonly guests: Readonly<Partial<Record<GuestType, Offer>>>;
  readonly places?: readonly Place[];
}

export const MACHINES = ['xenfv', 'pc', 'xenpv'] as const;
export type Machine = (typeof MACHINES)[number];

export const DM = 'tools/libs/light/libxl_dm.c';
export const BUILD_ARGUMENTS = 'libxl__build_device_model_args_new';
export const HVM_MACHINES = ['xenfv', 'pc'] as const;

/** Patterns without a release. */
export function passes(...texts: readonly string[]): Pattern[] {
  return texts.map((text) => ({ text }));
}

type Setting = Readonly<Record<string, string | number>>;

/** An HVM guest has it from QEMU without a setting, and not with one. */
export function unless(xl: Setting, note?: string): Offer {
  return [
    { how: 'emulated', by: 'qemu', ...(note === undefined ? {} : { note }) },
    { how: 'absent', when: { xl } },
  ];
}

/** What PV drivers do to an emulated device by a port of the Xen platform PCI device. */
export function unplugged(note: string): Offered {
  return { how: 'absent', when: { guest: ['pv-drivers'], xl: { xen_platform_pci: 1 } }, note };
}

/** An HVM guest has it from QEMU with any of some settings only. */
export function onlyWith(settings: readonly [Setting, ...Setting[]], note?: string): Offer {
  return [
    { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
    ...settings.map((xl) => ({
      how: 'emulated' as const,
      by: 'qemu' as const,
      when: { xl },
      ...(note === undefined ? {} : { note }),
    })),
  ];
}
