import { describe, expect, it } from 'vitest';
import { placed, publicAddress, rootOf, routeAt, sitePlace } from './placed.ts';

describe('the place of the site', () => {
  it('takes a base however it is written', () => {
    for (const base of ['xen-atlas', '/xen-atlas', 'xen-atlas/', '/xen-atlas/', '//xen-atlas//']) {
      expect(rootOf(base)).toBe('/xen-atlas/');
    }
    expect(rootOf('/a/b')).toBe('/a/b/');
    for (const base of ['', '/', '//']) expect(rootOf(base)).toBe('/');
  });

  it('moves addresses of the site, and no other', () => {
    expect(placed('/', '/xen-atlas/')).toBe('/xen-atlas/');
    expect(placed('/matrix/?how=emulated#pv', '/xen-atlas/')).toBe(
      '/xen-atlas/matrix/?how=emulated#pv',
    );
    for (const other of ['#pv', '//host/', 'https://list.example/', 'a/', '']) {
      expect(placed(other, '/xen-atlas/')).toBe(other);
    }
    expect(placed('/matrix/', '/')).toBe('/matrix/');
  });

  it('gives the address back', () => {
    for (const root of ['/', '/xen-atlas/', '/matrix/']) {
      for (const address of ['/', '/matrix/', '/facts/msr/tsc/#at-4.20']) {
        expect(routeAt(placed(address, root), root)).toBe(address);
      }
    }
  });

  it('is whole for readers elsewhere where the origin is known', () => {
    const site = new URL('https://atlas.example/');
    expect(publicAddress('/matrix/', sitePlace(site, '/xen-atlas'))).toBe(
      'https://atlas.example/xen-atlas/matrix/',
    );
    expect(publicAddress('/matrix/', sitePlace(site, '/'))).toBe('https://atlas.example/matrix/');
    expect(publicAddress('/matrix/', sitePlace(undefined, '/xen-atlas'))).toBe(
      '/xen-atlas/matrix/',
    );
  });
});
