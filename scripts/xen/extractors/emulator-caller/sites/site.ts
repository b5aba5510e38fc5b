/** What triggers a call of the emulator, and for whom: what the source says in conditions far from the call. */

import type { GuestType } from '../../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../../src/model/handling.ts';
import type { Span } from '../../../../../src/model/release.ts';

/** A handling before its evidence is known. */
export type Provided = Omit<Handling, 'evidence'>;
/** A handling in the releases that have it. */
type ProvidedInSpan = Provided & Span;
export type ProvidedList = readonly [ProvidedInSpan, ...ProvidedInSpan[]];
type When = NonNullable<Handling['when']>;

/** A call in the releases that have it so. */
export interface Site extends Span {
  readonly id: string;
  /** Function and callee, as `handle_mmio hvm_emulate_one_insn`. */
  readonly call: string;
  /** An argument that singles the call out among those of its function, or its place among them from 1. */
  readonly at?: string | number;
  /** Text beside the call that says which of several equal calls it is; the call itself otherwise. */
  readonly anchor?: string;
  /** What brings Xen to the call, as an end of the sentence “Xen emulates …”. */
  readonly trigger: string;
  /** What limits the instructions that are taken, where the call itself does not name it. */
  readonly filter?: string;
  readonly guests: Partial<Record<GuestType, ProvidedList>>;
  /** A build option without which the call is not there, and the first release with the option. */
  readonly option?: { readonly name: string; readonly since: string };
}

/** What introspection needs, the VMX and the SVM code, PV guests in 32-bit mode, and the shadow code. */
export const VM_EVENT = { name: 'CONFIG_VM_EVENT', since: '4.22' } as const;
export const INTEL_VMX = { name: 'CONFIG_INTEL_VMX', since: '4.20' } as const;
export const AMD_SVM = { name: 'CONFIG_AMD_SVM', since: '4.20' } as const;
export const PV32 = { name: 'CONFIG_PV32', since: '4.14' } as const;
export const SHADOW_PAGING = { name: 'CONFIG_SHADOW_PAGING', since: '4.6' } as const;

/** The instruction runs in the emulator. */
export function runs(note: string, when?: When): Provided {
  return { how: 'emulated', by: 'xen', ...(when === undefined ? {} : { when }), note };
}

/** The instruction is decoded, and does not run. */
export function decodes(note: string, when?: When): Provided {
  return { how: 'emulated', by: 'xen', ...(when === undefined ? {} : { when }), note };
}

/** Guest types in a hardware-virtualized container. */
export function inContainers(...list: ProvidedList): Site['guests'] {
  return { hvm: list, pvh: list, 'pvh-dom0': list };
}

/** PV guest types. */
export function inPv(...list: ProvidedList): Site['guests'] {
  return { pv: list, 'pv-dom0': list, 'pv-shim': list };
}
