import type { Condition } from './condition.ts';
import type { Origin } from './origin.ts';

/** How a guest type gets what the row names; the verdict of a cell. Closed. */
export const HOW_WORDS = {
  native:
    'Runs on the hardware with no virtualization assist and without Xen, such as PV user code.',
  hardware:
    'Virtualized by the CPU or the platform without an exit: VMX or SVM, nested paging, APICv, an MSR opened in the bitmap.',
  emulated: 'Trapped, and its architectural effect is produced in software.',
  paravirtualized:
    'Replaced by an explicit interface: a hypercall, a shared page, a ring, an event channel, a Xen CPUID leaf.',
  mediated: 'Trapped, checked, and then applied to the real hardware.',
  passthrough: 'Direct access to the physical resource, granted beforehand.',
  refused: 'Trapped and answered with a fault, an error, all ones or silence.',
  absent: 'Nothing answers: the guest type does not have it.',
  exposed: 'Offered to the guest by default.',
  'opt-in': 'Offered only when the configuration of the guest, or a privileged tool, asks for it.',
  restricted: 'Offered, but only some of its operations work for this caller.',
  hidden: 'Not offered to the guest.',
  unknown: 'Not established. Always written out, never left blank.',
} as const;

export type How = keyof typeof HOW_WORDS;
export const HOWS = Object.keys(HOW_WORDS) as readonly How[];

/** Who does it. Closed. */
export const BY_WORDS = {
  cpu: 'the CPU',
  xen: 'Xen',
  qemu: 'QEMU',
  dom0: 'a backend or toolstack daemon, usually in dom0',
  shim: 'the PV shim inside the guest’s container',
  firmware: 'the firmware',
  guest: 'the guest itself',
} as const;

export type By = keyof typeof BY_WORDS;
export const BYS = Object.keys(BY_WORDS) as readonly By[];

/** What a refusal looks like to the guest. Closed. */
export const EFFECT_WORDS = {
  '#GP': 'a general protection fault',
  '#UD': 'an invalid opcode fault',
  '#PF': 'a page fault',
  error: 'an error code',
  'all-ones': 'all ones on reads',
  zero: 'zero on reads',
  ignored: 'writes are dropped',
  crash: 'the guest is crashed',
} as const;

export type Effect = keyof typeof EFFECT_WORDS;
export const EFFECTS = Object.keys(EFFECT_WORDS) as readonly Effect[];

/** Direction of an access, for MSRs and ports where the two differ. */
export const ACCESSES = ['read', 'write', 'both'] as const;
export type Access = (typeof ACCESSES)[number];

/** One way in which a guest type gets what the row names. A cell lists them, the default first. */
export interface Handling {
  readonly how: How;
  readonly by?: By | undefined;
  /** When this handling applies; left out when it is unconditional for the guest type. */
  readonly when?: Condition | undefined;
  readonly effect?: Effect | undefined;
  readonly access?: Access | undefined;
  /** One plain sentence that the closed words cannot carry. */
  readonly note?: string | undefined;
  /** Where the handling comes from, when that is not where its entry comes from. */
  readonly origin?: Origin | undefined;
  /** Indexes into the `evidence` list of the entry. */
  readonly evidence: readonly number[];
}
