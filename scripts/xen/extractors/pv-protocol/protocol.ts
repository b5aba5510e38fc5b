import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { Span } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { AuthoredPlace } from '../../authored.ts';

export type Offer = readonly [Omit<Handling, 'evidence'>, ...Omit<Handling, 'evidence'>[]];

/** Cells that differ from what the offer of the protocol yields. */
export interface Exception extends Span {
  readonly guests: readonly GuestType[];
  readonly handlings: Offer;
  readonly places: readonly AuthoredPlace[];
}

export interface Protocol {
  readonly header: string;
  readonly title: string;
  readonly role: FactOf<'pv-protocol'>['attributes']['role'];
  /**
   * `option`: the guest has it when its configuration asks; `always`: every guest has it; `by-hand`: there is a
   * backend, and the toolstack of the tree does not set it up; `never`: there is none that the tree knows.
   */
  readonly offer: 'option' | 'always' | 'by-hand' | 'never';
  readonly option?: string;
  /** Other settings of xl that bring the device with them, for these guest types or for all. */
  readonly broughtBy?: readonly {
    readonly setting: string;
    readonly guests?: readonly GuestType[];
  }[];
  readonly devices?: readonly string[];
  /** Kinds of its backends, besides those of the device types. */
  readonly kinds?: readonly string[];
  /** Arrays of libxl's configuration without a device type. */
  readonly arrays?: readonly string[];
  /** Sections of SUPPORT.md, and the name of a party that a row does not name. */
  readonly support?: {
    readonly backend?: string;
    readonly frontend?: string;
    readonly unnamed?: string;
  };
  /** Backends that SUPPORT.md has no row for. */
  readonly backends?: readonly (AuthoredPlace & { readonly name: string })[];
  readonly places?: readonly AuthoredPlace[];
  readonly exceptions?: readonly Exception[];
}
