import { expect, it } from 'vitest';
import { takesAlong, without } from './needs.ts';
import { exposed, hidden, optIn, type ProvidedList } from './verdicts/verdict.ts';

const COND = { feature: ['spec-ctrl-msr'] } as const;
const ELSE = { feature: ['!spec-ctrl-msr'] } as const;
const NEED = { name: 'IBRS', cell: [exposed(COND), hidden(ELSE)] } as const;
const LOST = hidden(ELSE, 'It depends on IBRS, which is hidden then.');

it('hides under the condition that hides the needed feature', () => {
  expect(without([exposed()], NEED)).toEqual([exposed(COND), LOST]);
  expect(without([optIn()], NEED)).toEqual([optIn(COND), LOST]);
});

it('joins the conditions, and leaves out those that exclude each other', () => {
  const cell: ProvidedList = [
    exposed({ paging: 'hap' }, 'So.'),
    exposed({ feature: ['!spec-ctrl-msr', 'nrips'] }),
    hidden({ paging: 'shadow' }),
  ];
  expect(without(cell, NEED)).toEqual([
    exposed({ paging: 'hap', feature: ['spec-ctrl-msr'] }, 'So.'),
    hidden({ paging: 'shadow' }),
    LOST,
  ]);
  const wide = { name: 'LM', cell: [exposed({ bits: 64 }), hidden({ bits: 32 })] } as const;
  expect(without([exposed({ bits: 32 })], wide)).toEqual([
    hidden({ bits: 32 }, 'It depends on LM, which is hidden then.'),
  ]);
});

it('leaves a cell alone that loses nothing, or that says so itself', () => {
  for (const cell of [
    [hidden()],
    [exposed({ cpuid: ['ibrs'] }), hidden({ cpuid: ['!ibrs'] })],
  ] satisfies ProvidedList[]) {
    expect(without(cell, NEED)).toBe(cell);
  }
  expect(without([exposed(COND), hidden(ELSE, 'So.')], NEED)).toEqual([
    exposed(COND),
    hidden(ELSE, 'So.'),
  ]);
  const cell: ProvidedList = [optIn()];
  expect(without(cell, { name: 'RTM', cell: [exposed(COND), optIn(ELSE)] })).toBe(cell);
});

it('gives no more than the needed feature has', () => {
  const need = { name: 'RTM', cell: [exposed(COND), optIn(ELSE)] } as const;
  expect(without([exposed()], need)).toEqual([exposed(COND), optIn(ELSE)]);
  expect(without([exposed()], { name: 'PSFD', cell: [hidden()] })).toEqual([
    hidden(undefined, 'It depends on PSFD, which is hidden.'),
  ]);
});

it('takes nothing along when CPUID runs', () => {
  const place = { name: 'APIC', path: 'a.c', symbol: 'f', line: 1, gates: [] };
  const all = { ...place, guests: 'all' } as const;
  expect(takesAlong({ ...all, action: 'clear', stage: 'domain' })).toBe(true);
  expect(takesAlong({ ...all, action: 'clear', stage: 'run-time' })).toBe(false);
  expect(takesAlong({ ...all, action: 'set', stage: 'max' })).toBe(false);
});
