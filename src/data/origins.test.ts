import { expect, it } from 'vitest';
import { originOfCell } from './origins.ts';

it.each([
  ['the entry, where no handling says otherwise', [{}, {}], 'extracted'],
  ['a rule', [{}, { origin: 'derived' }], 'derived'],
  ['a person, whatever else a machine found', [{ origin: 'authored' }, {}], 'authored'],
] as const)('takes a cell from %s', (_what, handlings, origin) => {
  expect(originOfCell('extracted', handlings)).toBe(origin);
});
