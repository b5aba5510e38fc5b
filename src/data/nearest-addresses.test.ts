import { expect, it } from 'vitest';
import { nearestAddresses, sectionsOf } from './nearest-addresses.ts';

it('knows the sections of an address, the closest first', () => {
  expect(sectionsOf('/facts/msr/tscc/')).toEqual(['/facts/msr/', '/facts/']);
  expect(sectionsOf('/matrx')).toEqual([]);
});

it('finds what resembles an address, in any case', () => {
  const known = ['/facts/msr/tsc/', '/facts/msr/tsc-aux/', '/facts/msr/efer/', '/features/'];
  expect(nearestAddresses('/facts/msr/TSCC/', known)).toEqual([
    '/facts/msr/tsc/',
    '/facts/msr/efer/',
    '/facts/msr/tsc-aux/',
  ]);
  expect(nearestAddresses('/nothing/of/the/kind/here/', known)).toEqual([]);
});
