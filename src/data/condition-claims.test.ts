import { expect, it } from 'vitest';
import type { Handling } from '../model/handling.ts';
import { claimsOfCell, countConditions, groupClaims } from './condition-claims.ts';

const handling = (rest: Partial<Handling>): Handling => ({
  how: 'emulated',
  evidence: [],
  ...rest,
});

it('names what a cell depends on once, whatever the claim says', () => {
  const claims = claimsOfCell([
    handling({}),
    handling({ when: { xl: { hpet: 0 }, feature: ['!apicv'] } }),
    handling({ when: { vendor: 'intel', feature: ['apicv', 'iommu'], cmdline: 'dom0=pvh' } }),
    handling({ access: 'write' }),
  ]);
  expect(claims).toEqual([
    'vendor',
    'xl:hpet',
    'cmdline:dom0',
    'feature:apicv',
    'feature:iommu',
    'access',
  ]);
});

it('finds nothing in a cell without a condition', () => {
  expect(claimsOfCell([handling({ access: 'both' })])).toEqual([]);
});

it('groups the claims that occur by their kind, in words', () => {
  const groups = groupClaims(['xl:hpet', 'vendor', 'guest:vtsc', 'xl:hpet']);
  expect(groups.map(({ kind, values }) => [kind, values.map(({ words }) => words)])).toEqual([
    ['vendor', []],
    ['xl', ['hpet']],
    ['guest', ['Xen emulates the TSC']],
  ]);
});

it('counts what a cell says beside its default', () => {
  expect(countConditions([handling({})])).toBe(0);
  expect(countConditions([handling({ when: { bits: 32 } })])).toBe(1);
  expect(countConditions([handling({}), handling({}), handling({ access: 'read' })])).toBe(2);
});
