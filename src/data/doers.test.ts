import { describe, expect, it } from 'vitest';
import { GUEST_TYPES, perGuest } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { DOERS, doerOf, doerRoute, doersOf, emulatedWords, verdictRoute } from './doers.ts';

const row = (...handlings: Omit<Handling, 'evidence'>[]) => ({
  guests: perGuest(() => handlings.map((one) => ({ ...one, evidence: [] }))),
});

const ROWS = [
  row({ how: 'emulated', by: 'xen' }, { how: 'hardware', by: 'cpu' }),
  row({ how: 'refused', by: 'xen' }, { how: 'emulated', by: 'xen' }, { how: 'absent' }),
  row({ how: 'absent' }),
  row({ how: 'unknown' }),
];

describe('doersOf', () => {
  it('counts each row once by default, and once for each doer that a condition brings', () => {
    const doers = doersOf(ROWS, 'pvh');
    expect(doers.map(({ doer, byDefault, sometimes }) => [doer, byDefault, sometimes])).toEqual([
      ['cpu', 0, 1],
      ['xen', 2, 0],
      ['nobody', 1, 1],
      ['not-established', 1, 0],
    ]);
  });

  it('tells what a doer does', () => {
    const xen = doersOf(ROWS, 'pvh').find(({ doer }) => doer === 'xen');
    expect(xen?.verdicts).toEqual([
      { symbol: 'emulated', byDefault: 1, sometimes: 1 },
      { symbol: 'refused', byDefault: 1, sometimes: 0 },
    ]);
  });

  it('says nothing of no rows, and the same of the same rows', () => {
    expect(doersOf([], 'pv')).toEqual([]);
    for (const guest of GUEST_TYPES) expect(doersOf(ROWS, guest)).toEqual(doersOf(ROWS, 'pv'));
  });
});

describe('doerOf', () => {
  it('knows who is meant where nobody is named', () => {
    expect(doerOf({ how: 'absent' })).toBe('nobody');
    expect(doerOf({ how: 'unknown', by: 'xen' })).toBe('not-established');
    expect(DOERS).toContain(doerOf({ how: 'emulated', by: 'qemu' }));
  });
});

describe('the address of a band', () => {
  it('is the matrix as filtered', () => {
    expect(doerRoute('xen', 'pvh')).toBe('/matrix/?by=xen&columns=pvh');
    expect(doerRoute('nobody', 'pvh')).toBe('/matrix/?how=absent&columns=pvh');
    expect(verdictRoute('qemu', 'emulated-qemu', 'hvm')).toBe(
      '/matrix/?how=emulated&by=qemu&columns=hvm',
    );
    expect(verdictRoute('not-established', 'unknown', 'arm')).toBe(
      '/matrix/?how=unknown&columns=arm',
    );
  });
});

describe('emulatedWords', () => {
  it('says how much is emulated, and by whom', () => {
    const said = 'rows of the matrix are emulated by default';
    expect(emulatedWords(ROWS, 'pv')).toBe(`1 of the 4 ${said}: all by Xen.`);
    const both = [...ROWS, row({ how: 'emulated', by: 'qemu' })];
    expect(emulatedWords(both, 'pv')).toBe(`2 of the 5 ${said}: 1 by Xen, 1 by QEMU.`);
    expect(emulatedWords([], 'pv')).toBe(`0 of the 0 ${said}.`);
  });
});
