import type { FactOf } from '../../../../src/schema/fact.ts';
import type { AuthoredCells, AuthoredHandling, AuthoredPlace } from '../../authored.ts';

type Attributes = FactOf<'boot'>['attributes'];

/** A topic of the start and the platform of a guest. */
export interface Topic {
  readonly id: string;
  readonly topic: string;
  readonly area: Attributes['area'];
  readonly about: string;
  /** Constants of the source that belong to it. */
  readonly names?: readonly string[];
  readonly places: readonly AuthoredPlace[];
  readonly cells: AuthoredCells;
}

type More = Partial<AuthoredHandling>;

/** Shorthands of cells. */
export const pv = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'paravirtualized',
  by: 'xen',
  note,
  ...more,
});
export const emulated = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'emulated',
  by: 'xen',
  note,
  ...more,
});
export const hardware = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'hardware',
  by: 'cpu',
  note,
  ...more,
});
export const native = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'native',
  by: 'cpu',
  note,
  ...more,
});
export const passedThrough = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'passthrough',
  by: 'cpu',
  note,
  ...more,
});
export const absent = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'absent',
  note,
  ...more,
});
