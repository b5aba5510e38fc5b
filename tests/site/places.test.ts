/** The built site in other places than the root of an address: in a folder of one, and in a folder of a disk. */
import { join } from 'node:path';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { classicScript } from '../../scripts/offline/classic-script.ts';
import { offlineFiles } from '../../scripts/offline/offline-files.ts';
import { ADDRESS_ATTRIBUTES, placeAddresses } from '../../src/data/place-addresses.ts';
import { placed } from '../../src/data/placed.ts';
import { builtPages, builtRedirects, DIST, readSite } from '../built-pages.ts';
import { checkLinks } from './check-links.ts';

const site = readSite();

/** Attributes of a page, with their values, that look like an address of the site. */
function addressesOutside(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onattribute: (name, value) => {
      if (/^\/(?:[\w.-]+\/)+(?:[#?].*)?$/.test(value) && !ADDRESS_ATTRIBUTES.has(name))
        found.push(`${name}="${value}"`);
    },
  });
  parser.end(html);
  return found;
}

describe('in a folder of an address', () => {
  it('has no address in an attribute that is not placed', () => {
    const found = builtPages().flatMap((page) => {
      const path = `${page.slice(1)}${page.endsWith('/') ? 'index.html' : ''}`;
      return addressesOutside(new TextDecoder().decode(site.get(path))).map(
        (attribute) => `${page} ${attribute}`,
      );
    });
    expect(found.slice(0, 10)).toEqual([]);
  });

  it('has no link that leads nowhere, and none that leaves the folder', {
    timeout: 900_000,
  }, () => {
    const pages = [...site].filter(([path]) => path.endsWith('.html'));
    const moved = pages.map(([path, bytes]): [string, Uint8Array] => {
      const html = new TextDecoder().decode(bytes);
      const placedHtml = placeAddresses(html, (address) => placed(address, '/atlas/'));
      return [path, new TextEncoder().encode(placedHtml)];
    });
    const there = new Map([...site, ...moved]);
    const { broken, checked } = checkLinks(there, { root: '/atlas/', served: true });
    expect(checked).toBeGreaterThan(100_000);
    expect(broken.slice(0, 10)).toEqual([]);
  });

  it('names itself in the manifest by relative addresses', () => {
    const manifest = new TextDecoder().decode(site.get('manifest.webmanifest'));
    expect(manifest).not.toMatch(/"\/[^"]*"/);
  });
});

describe('in a folder of a disk', () => {
  it('has no link that leads nowhere or to a folder, and every page', {
    timeout: 900_000,
  }, async () => {
    const copy = await offlineFiles(site, (path) => classicScript(join(DIST, path)));
    const { broken, reached } = checkLinks(copy, { root: '/', served: false });
    expect(broken.slice(0, 10)).toEqual([]);
    const files = builtPages()
      .filter((page) => page !== '/404.html')
      .map((page) => `${page}index.html`);
    expect(files.filter((file) => !reached.has(file))).toEqual([]);
    const leading = builtRedirects().map((page) => `${page.slice(1)}index.html`);
    expect(leading.filter((file) => !copy.has(file))).toEqual([]);
    const modules = [...copy].filter(
      ([path, bytes]) =>
        path.endsWith('.html') && new TextDecoder().decode(bytes).includes('type="module"'),
    );
    expect(modules).toEqual([]);
  });
});
