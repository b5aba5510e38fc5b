import { expect, it } from 'vitest';
import { groupGuests } from './guest-groups.ts';

it('puts guest types of which the same is said together', () => {
  const groups = groupGuests((guest) => ({ arm: guest.startsWith('arm') }));
  expect(groups.map(({ guests, value }) => [guests.length, value.arm])).toEqual([
    [6, false],
    [2, true],
  ]);
});
