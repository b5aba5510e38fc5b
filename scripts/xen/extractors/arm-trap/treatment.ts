/**
 * What a guest gets from what a trap handler names: what no switch of the source says, stated once for the names that
 * share it. A name that no treatment lists, one that is listed and not there, and a case that does not call the function
 * that the treatment rests on, are problems.
 */
import type { Handling } from '../../../../src/model/handling.ts';
import type { Point } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { DispatchId } from './constructs.ts';

export type Provided = Omit<Handling, 'evidence'>;
export type ProvidedList = readonly [Provided, ...Provided[]];
export type Group = FactOf<'arm-trap'>['attributes']['group'];

/** What a domU and the hardware domain get. */
export interface Cells {
  readonly arm: ProvidedList;
  readonly 'arm-dom0': ProvidedList;
}

export interface Place {
  readonly path: string;
  readonly symbol?: string;
  readonly anchor?: string;
}

/** What stands for several labels as one fact. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly register?: string;
  readonly function?: string;
}

export interface Treatment {
  readonly in: DispatchId;
  /** Labels as in the source, each a fact of its own unless there is a family. */
  readonly labels: readonly string[];
  readonly family?: Family;
  /** Title for a single label, where the name does not say enough. */
  readonly title?: string;
  readonly since?: Point;
  readonly until?: Point;
  readonly group: Group;
  /** Function that the case calls and that decides; null where the case itself does. */
  readonly answer: string | null;
  readonly traps?: readonly string[];
  /** State of the caller, where the labels of a dispatcher differ in it. */
  readonly bits?: 32 | 64;
  /** Functions that decide as well, where the release has them. */
  readonly decidedBy?: readonly string[];
  readonly cells: Cells;
  readonly places?: readonly Place[];
}

type When = NonNullable<Provided['when']>;

/** The same for every Arm guest. */
export function both(...cell: ProvidedList): Cells {
  return { arm: cell, 'arm-dom0': cell };
}

export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

export function emulated(note: string, more: Partial<Provided> = {}): Provided {
  return { how: 'emulated', by: 'xen', ...more, note };
}

export function mediated(note: string, more: Partial<Provided> = {}): Provided {
  return { how: 'mediated', by: 'xen', ...more, note };
}

export function onHardware(note: string, when?: When): Provided {
  return { how: 'hardware', by: 'cpu', ...(when === undefined ? {} : { when }), note };
}

export function undefined_(note: string, more: Partial<Provided> = {}): Provided {
  return { how: 'refused', by: 'xen', effect: '#UD', ...more, note };
}

/** What the architecture does not have, so that it is undefined before it can trap. */
export function undefinedByCpu(note: string, more: Partial<Provided> = {}): Provided {
  return { how: 'refused', by: 'cpu', effect: '#UD', ...more, note };
}

export const READ_ONLY = undefinedByCpu(
  'The register is read-only: undefined instruction exception of the CPU; Xen has the same answer should it trap.',
  { access: 'write' },
);

export const WRITE_ONLY = undefinedByCpu(
  'The register is write-only: undefined instruction exception of the CPU; Xen has the same answer should it trap.',
  { access: 'read' },
);

export const KERNEL_ONLY = undefinedByCpu(
  'The register is for the kernel: undefined instruction exception of the CPU; Xen has the same answer should it trap.',
  { when: { guest: ['user-mode'] } },
);

/** The architecture undefines it in user mode before it could trap. */
export const UNDEFINED_FOR_USERS = undefinedByCpu(
  'It is for the kernel: undefined instruction exception of the CPU.',
  { when: { guest: ['user-mode'] } },
);

/** A call that returns an error code. */
export function error(note: string, more: Partial<Provided> = {}): Provided {
  return { how: 'refused', by: 'xen', effect: 'error', ...more, note };
}

export const UNDEFINED = 'Undefined instruction exception.';

/** `handle_raz_wi()`. */
export function zeroAndIgnored(note: string, when?: When): ProvidedList {
  const more = { ...(when === undefined ? {} : { when }) };
  return [
    { how: 'refused', by: 'xen', effect: 'zero', access: 'read', ...more, note },
    { how: 'refused', by: 'xen', effect: 'ignored', access: 'write', ...more },
  ];
}

/** `handle_ro_raz()` of a register that has a meaning. */
export function zeroReadOnly(note: string): ProvidedList {
  return [{ how: 'refused', by: 'xen', effect: 'zero', access: 'read', note }, READ_ONLY];
}

/** `handle_ro_read_val()` of a register for the kernel. */
export function constant(note: string): ProvidedList {
  return [emulated(note, { access: 'read' }), READ_ONLY, KERNEL_ONLY];
}
