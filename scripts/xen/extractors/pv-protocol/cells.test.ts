import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { cellOf } from './cells.ts';
import type { Protocol } from './protocol.ts';

const RELEASE = '4.22.0';
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
    [
      'pv',
      { broughtBy: [{ setting: 'axle=1' }, { setting: 'hub=1', guests: ['hvm'] }] },
      { note: 'With `wheel=` or `axle=1` in xl.cfg.' },
    ],
    ['pv-dom0', {}, { how: 'unknown', note: expect.stringContaining('does not build dom0') }],
    ['arm', { offer: 'always' }, { how: 'exposed', by: 'dom0' }],
    ['arm-dom0', { offer: 'always' }, { how: 'exposed', by: 'dom0' }],
    ['pvh', { offer: 'always', role: 'library' }, { how: 'exposed', by: 'guest' }],
    ['hvm', { offer: 'never' }, { how: 'hidden', by: 'dom0' }],
    ['hvm', { offer: 'by-hand' }, { how: 'opt-in', when: { guest: ['pv-drivers'] } }],
  ])('%s of %j', (guest, change, first) => {
    expect(cellOf({ ...device, ...change }, guest, RELEASE).handlings).toEqual([
      expect.objectContaining(first),
    ]);
  });

  it('says that the shim forwards what it offers, and only that', () => {
    const { handlings, places } = cellOf(device, 'pv-shim', RELEASE);
    expect(handlings[0].note).toMatch(/^With `wheel=` in xl\.cfg\. The shim forwards/);
    expect(places.map(({ path }) => path)).toEqual(Array(2).fill('xen/arch/x86/pv/shim.c'));
    expect(cellOf({ ...device, offer: 'never' }, 'pv-shim', RELEASE).places).toEqual([]);
  });

  it('takes an exception as it is', () => {
    const exception = {
      guests: ['pvh'] as const,
      handlings: [{ how: 'hidden' }] as const,
      places: [{ path: 'a.c' }],
    };
    expect(cellOf({ ...device, exceptions: [exception] }, 'pvh', RELEASE)).toEqual({
      handlings: exception.handlings,
      places: exception.places,
    });
    expect(cellOf({ ...device, exceptions: [exception] }, 'pv', RELEASE).handlings[0].how).toBe(
      'opt-in',
    );
  });

  it('knows an exception, and its places, in the releases that have it', () => {
    const exception = {
      guests: ['pvh'] as const,
      since: '4.17',
      handlings: [{ how: 'hidden' }] as const,
      places: [{ path: 'a.c' }, { path: 'b.c', since: '4.18' }],
    };
    const cell = (release: string) =>
      cellOf({ ...device, exceptions: [exception] }, 'pvh', release);
    expect(cell('4.16.0').handlings[0].how).toBe('opt-in');
    expect(cell('4.17.0').places).toEqual([{ path: 'a.c' }]);
  });
});
