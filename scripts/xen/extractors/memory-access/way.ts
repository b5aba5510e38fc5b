import type { Span } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type {
  AuthoredCells,
  AuthoredHandling,
  AuthoredPlace,
  AuthoredText,
} from '../../authored.ts';

type Attributes = FactOf<'memory-access'>['attributes'];

/** One way in which the memory of a guest is touched. */
export interface Way extends Span {
  readonly id: string;
  readonly title: string;
  readonly accessor: Attributes['accessor'];
  readonly consent: Attributes['consent'];
  readonly parties: readonly string[];
  readonly does: AuthoredText;
  readonly mapping: Attributes['mapping'];
  readonly moment?: Attributes['moment'];
  /** Operations and constants of the public interface that mean this way. */
  readonly names?: readonly string[];
  /** Functions that call a primitive which reaches guest memory, for this way. */
  readonly callers?: readonly string[];
  readonly places: readonly AuthoredPlace[];
  readonly cells: AuthoredCells;
}

/** Shorthands of cells; the words are those of the rules. */
type More = Partial<AuthoredHandling>;

export const asked = (more: More = {}): AuthoredHandling => ({
  how: 'paravirtualized',
  by: 'xen',
  ...more,
});
export const follows = (more: More = {}): AuthoredHandling => ({
  how: 'emulated',
  by: 'xen',
  ...more,
});
export const open = (more: More = {}): AuthoredHandling => ({ how: 'exposed', ...more });
export const onDemand = (more: More = {}): AuthoredHandling => ({ how: 'opt-in', ...more });
export const absent = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'absent',
  note,
  ...more,
});
export const refused = (note: string, more: More = {}): AuthoredHandling => ({
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note,
  ...more,
});

/** Domains that Xen starts itself (dom0less), and those that the toolstack builds. */
export const AT_BOOT = { guest: ['built-at-boot'] } as const;
export const LATER = { guest: ['!built-at-boot'] } as const;

export const NOT_ARM = absent('The code is x86 only.');
export const NOT_X86 = absent('The code is Arm only.');
export const NOT_PV = absent('Only guests with a p2m of their own (HVM, PVH) reach this code.');
export const NOT_HVM = absent('Only PV guests reach this code.');
export const NOT_DOM0 = absent('The toolstack does not build, save or inspect dom0.');
