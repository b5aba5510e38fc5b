import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import { BYS, type Handling, HOWS } from '../model/handling.ts';

/** The guest types, verdicts and doers that a set of cells speaks of, in the order of the vocabulary. */
export function facetsOfCells(cells: Readonly<Record<GuestType, readonly Handling[]>>): {
  guests: GuestType[];
  hows: string[];
  bys: string[];
} {
  const handlings = GUEST_TYPES.flatMap((guest) => cells[guest]);
  const hows = new Set(handlings.map(({ how }) => how));
  const bys = new Set(handlings.flatMap(({ by }) => (by === undefined ? [] : [by])));
  return {
    guests: GUEST_TYPES.filter((guest) => cells[guest].some(({ how }) => how !== 'absent')),
    hows: HOWS.filter((how) => hows.has(how)),
    bys: BYS.filter((by) => bys.has(by)),
  };
}
