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
  /** Cells of the guest types that were asked for. */
  readonly guests: Readonly<Partial<Record<XlGuest, readonly BareHandling[]>>>;
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
  readonly advice: Readonly<Partial<Record<XlGuest, readonly Advice[]>>>;
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

type ForGuests<T> = Readonly<Partial<Record<XlGuest, T>>>;

function forGuests<T>(guests: readonly XlGuest[], make: (guest: XlGuest) => T): ForGuests<T> {
  return Object.fromEntries(guests.map((guest) => [guest, make(guest)]));
}

function explainRow({ feature, guests }: FeatureRow, asked: readonly XlGuest[]): ExplainRow {
  const { id, area, title } = feature;
  return { id, area, title, guests: forGuests(asked, (guest) => guests[guest].map(bare)) };
}

/** The rows of the matrix for guest types that xl builds, and what their pages advise. */
export function deriveExplainData(
  { sources, guests }: Pick<Content, 'sources' | 'guests'>,
  rows: readonly FeatureRow[],
  asked: readonly XlGuest[] = XL_GUESTS,
): ExplainData {
  const adviceOf = (guest: XlGuest) =>
    guests.find((entry) => entry.guest === guest)?.leastEmulation ?? [];
  return {
    release: sources.xen.release,
    rows: rows.map((row) => explainRow(row, asked)),
    advice: forGuests(asked, adviceOf),
  };
}
