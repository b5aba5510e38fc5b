import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';

/** Guest types of which an entry says the same, word for word. */
export interface GuestGroup<T> {
  readonly guests: readonly GuestType[];
  readonly value: T;
}

/** Puts guest types with equal values together, in the order in which each value comes first. */
export function groupGuests<T>(sayOf: (guest: GuestType) => T): GuestGroup<T>[] {
  const groups = new Map<string, { guests: GuestType[]; value: T }>();
  for (const guest of GUEST_TYPES) {
    const value = sayOf(guest);
    const key = JSON.stringify(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { guests: [guest], value });
    else group.guests.push(guest);
  }
  return [...groups.values()];
}
