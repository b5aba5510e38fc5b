import { expect, it } from 'vitest';
import { nearestAddresses, sectionsOf } from './nearest-addresses.ts';

it('knows the sections of an address, the closest first', () => {
  expect(sectionsOf('/facts/msr/tscc/')).toEqual(['/facts/msr/', '/facts/']);
  expect(sectionsOf('/matrx')).toEqual([]);
});

it('finds what resembles an address, in any case', () => {
  const known = [
    '/facts/msr/ia32-tsc/',
    '/facts/msr/tsc-aux/',
    '/facts/msr/efer/',
    '/facts/msr/star/',
  ];
  const near = (name: string) => nearestAddresses(`/facts/msr/${name}/`, '/facts/msr/', known);
  expect(near('TSC')).toEqual(['/facts/msr/tsc-aux/', '/facts/msr/ia32-tsc/']);
  expect(near('efr')).toEqual(['/facts/msr/efer/']);
  expect(near('ia32-efer')).toEqual(['/facts/msr/efer/']);
  expect(near('nothing-of-the-kind')).toEqual([]);
});
