import { type Evidence, isTreeEvidence } from '../model/evidence.ts';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import type { Fact } from '../schema/fact.ts';
import type { Cell, Feature } from '../schema/feature.ts';

/** A handling of a row, with the fact that it was taken over from, if any. */
export interface RowHandling extends Handling {
  /** Id of the fact, such as `emulation-flag/lapic`. */
  readonly from?: string | undefined;
}

/** A feature whose cells are all written out and index one common list of evidence. */
export interface Row {
  readonly guests: Readonly<Record<GuestType, readonly RowHandling[]>>;
  readonly evidence: readonly Evidence[];
}

export function factIdOf(reference: string): string {
  return reference.replace(/^facts\//, '');
}

/** A cell that says itself what it holds: the fact it is taken over from, or its handlings. */
export type StatedCell = Exclude<Cell, { like: GuestType }>;

export function isLike(cell: Cell): cell is Extract<Cell, { like: GuestType }> {
  return 'like' in cell;
}

export function isTakenOver(cell: StatedCell): cell is Extract<Cell, { from: string }> {
  return 'from' in cell;
}

/**
 * The cell of a guest type, with `like` followed. A `like` that leads to no cell written out is a problem of the
 * check; until it is mended the cell is `unknown`.
 */
export function statedCell({ guests }: Pick<Feature, 'guests'>, guest: GuestType): StatedCell {
  const cell = guests[guest];
  if (!isLike(cell)) return cell;
  const other = guests[cell.like];
  return isLike(other) || isTakenOver(other) ? [{ how: 'unknown', evidence: [] }] : other;
}

function evidenceKey(evidence: Evidence): string {
  return isTreeEvidence(evidence)
    ? JSON.stringify([evidence.path, evidence.symbol, evidence.anchor])
    : JSON.stringify(evidence);
}

/**
 * Writes out every cell of a feature: a cell taken over gets the fact's handlings, whose evidence is appended to the
 * row's own. A fact that does not exist yields `unknown`; that it is missing is a problem of the check.
 */
export function resolveRow(
  feature: Pick<Feature, 'guests' | 'evidence'>,
  factById: ReadonlyMap<string, Fact>,
): Row {
  const evidence: Evidence[] = [...feature.evidence];
  const positions = new Map(evidence.map((item, index) => [evidenceKey(item), index]));
  const positionOf = (item: Evidence): number => {
    const key = evidenceKey(item);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, evidence.length);
    return evidence.push(item) - 1;
  };
  const handlingsOf = (guest: GuestType): readonly RowHandling[] => {
    const cell = statedCell(feature, guest);
    if (!isTakenOver(cell)) return cell;
    const id = factIdOf(cell.from);
    const fact = factById.get(id);
    if (fact === undefined) return [{ how: 'unknown', evidence: [], from: id }];
    return fact.guests[guest].map((handling) => ({
      ...handling,
      from: id,
      evidence: handling.evidence.flatMap((index) => {
        const item = fact.evidence[index];
        return item === undefined ? [] : [positionOf(item)];
      }),
    }));
  };
  const guests = Object.fromEntries(
    GUEST_TYPES.map((guest) => [guest, handlingsOf(guest)]),
  ) as Record<GuestType, readonly RowHandling[]>;
  return { guests, evidence };
}
