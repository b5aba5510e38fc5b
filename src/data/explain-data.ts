/** What the calculator needs of the content: made at build time, read by the browser and the command line. */
import type { GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import type { FeatureRow } from './atlas.ts';
import type { Content } from './content.ts';

/** The guest types that xl builds. */
export const XL_GUESTS = ['pv', 'pvh', 'hvm', 'pv-shim', 'arm'] as const satisfies GuestType[];
export type XlGuest = (typeof XL_GUESTS)[number];

/** A handling without what it rests on. */
export type BareHandling = Omit<Handling, 'evidence' | 'origin'>;

/** A row of the matrix, as far as the calculator needs it. */
export interface ExplainRow {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly guests: Readonly<Record<XlGuest, readonly BareHandling[]>>;
}

/** A setting that reduces emulation, with the reason, as the page of a guest type has it. */
export interface Advice {
  readonly setting: string;
  readonly why: string;
}

/** Everything of the Atlas that the calculator needs. */
export interface ExplainData {
  /** As `4.22.0`. */
  readonly release: string;
  /** In the order of the matrix. */
  readonly rows: readonly ExplainRow[];
  readonly advice: Readonly<Record<XlGuest, readonly Advice[]>>;
}

/** A handling without its evidence, for which the page of the row is there. */
function bare({ how, by, when, effect, access, note }: Handling): BareHandling {
  return {
    how,
    ...(by !== undefined && { by }),
    ...(when !== undefined && { when }),
    ...(effect !== undefined && { effect }),
    ...(access !== undefined && { access }),
    ...(note !== undefined && { note }),
  };
}

function forGuests<T>(make: (guest: XlGuest) => T): Readonly<Record<XlGuest, T>> {
  const [pv, pvh, hvm, shim, arm] = XL_GUESTS;
  return {
    pv: make(pv),
    pvh: make(pvh),
    hvm: make(hvm),
    'pv-shim': make(shim),
    arm: make(arm),
  };
}

function explainRow({ feature, guests }: FeatureRow): ExplainRow {
  const { id, area, title } = feature;
  return { id, area, title, guests: forGuests((guest) => guests[guest].map(bare)) };
}

/** The rows of the matrix for the guest types that xl builds, and what their pages advise. */
export function deriveExplainData(
  { sources, guests }: Pick<Content, 'sources' | 'guests'>,
  rows: readonly FeatureRow[],
): ExplainData {
  const adviceOf = (guest: XlGuest) =>
    guests.find((entry) => entry.guest === guest)?.leastEmulation ?? [];
  return {
    release: sources.xen.release,
    rows: rows.map(explainRow),
    advice: forGuests(adviceOf),
  };
}
