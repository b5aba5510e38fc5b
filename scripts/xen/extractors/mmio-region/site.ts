/**
 * What each registered region is and what a guest type gets from it. Authored, because no table of the source says it.
 * A registration that is not listed, a listed one that is not there, and a guard that `gates` does not list, are
 * problems.
 */

import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { Span } from '../../../../src/model/release.ts';
import type { AuthoredPlace } from '../../authored.ts';

/** A handling in the releases that have it. */
export type Provided = Omit<Handling, 'evidence'> & Span;
export type ProvidedList = readonly [Provided, ...Provided[]];

export interface Site extends Span {
  readonly id: string;
  readonly title: string;
  readonly ops: string;
  /** Function that registers it; left out where a structure is registered once or not at all. */
  readonly symbol?: string;
  readonly arch: 'x86' | 'arm';
  readonly device: string;
  readonly address?: string;
  /** The address before a release. */
  readonly formerly?: { readonly until: string; readonly address: string };
  /** Guards that the cells account for, as in the source; `!` where they must not hold. */
  readonly gates?: readonly string[];
  /** A guest type of the same architecture without a cell has none of it: why. */
  readonly absence: string;
  readonly cells: Readonly<Partial<Record<GuestType, ProvidedList>>>;
  readonly places?: readonly AuthoredPlace[];
}

/** Guards that decide nothing about the guest type: allocation, errors, the first of several. */
export const BOOKKEEPING: readonly RegExp[] = [
  /^!?(?:ret|rc)$/,
  /^(?:its|new|iommu|rdist_regions|(?:pdev->vpci->)?msix|msix_offset)$/,
  /^!(?:start_bus > end_bus|vlapic->regs == NULL|vpl011->backend\.dom\.ring_buf)$/,
  /^(?:vlapic->regs_page|v->vcpu_id == 0|d->arch\.vuart\.buf)$/,
  /^list_empty\(/,
  /xzalloc_array\(/,
  /^i == ARRAY_SIZE\(/,
  /^!msixtbl_initialised\(d\)$/,
];
