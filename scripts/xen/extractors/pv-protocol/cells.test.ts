import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { cellOf } from './cells.ts';
import type { Protocol } from './protocol.ts';

const device: Protocol = {
  header: 'wheelif.h',
  title: 'PV wheel',
  role: 'device',
  offer: 'option',
  option: 'wheel',
};

describe('cellOf', () => {
  it.each<[GuestType, Partial<Protocol>, object]>([
    ['pv', {}, { how: 'opt-in', by: 'dom0', note: 'With `wheel=` in xl.cfg.' }],
    ['hvm', {}, { how: 'opt-in', when: { guest: ['pv-drivers'] } }],
    ['pv-dom0', {}, { how: 'unknown', note: expect.stringContaining('does not build dom0') }],
    ['arm', { offer: 'always' }, { how: 'exposed', by: 'dom0' }],
    ['arm-dom0', { offer: 'always' }, { how: 'exposed', by: 'dom0' }],
    ['pvh', { offer: 'always', role: 'library' }, { how: 'exposed', by: 'guest' }],
    ['hvm', { offer: 'never' }, { how: 'hidden', by: 'dom0' }],
    ['hvm', { offer: 'by-hand' }, { how: 'opt-in', when: { guest: ['pv-drivers'] } }],
  ])('%s of %j', (guest, change, first) => {
    expect(cellOf({ ...device, ...change }, guest).handlings).toEqual([
      expect.objectContaining(first),
    ]);
  });

  it('says that the shim forwards what it offers, and only that', () => {
    const { handlings, places } = cellOf(device, 'pv-shim');
    expect(handlings[0].note).toMatch(/^With `wheel=` in xl\.cfg\. The shim forwards/);
    expect(places.map(({ path }) => path)).toEqual(Array(2).fill('xen/arch/x86/pv/shim.c'));
    expect(cellOf({ ...device, offer: 'never' }, 'pv-shim').places).toEqual([]);
  });

  it('takes an exception as it is', () => {
    const exception = {
      guests: ['pvh'] as const,
      handlings: [{ how: 'hidden' }] as const,
      places: [{ path: 'a.c' }],
    };
    expect(cellOf({ ...device, exceptions: [exception] }, 'pvh')).toBe(exception);
    expect(cellOf({ ...device, exceptions: [exception] }, 'pv').handlings[0].how).toBe('opt-in');
  });
});
