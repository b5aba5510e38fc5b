import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { offlineFiles } from './offline-files.ts';
import { offlinePage } from './offline-page.ts';
import { pack } from './pack.ts';
import { relativeAddress } from './relative-address.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data);

describe('relativeAddress', () => {
  it.each([
    ['/', 'index.html', './index.html'],
    ['/', 'a/b/index.html', '../../index.html'],
    ['/facts/msr/tsc/#at-4.20', 'matrix/index.html', '../facts/msr/tsc/index.html#at-4.20'],
    ['/matrix/?how=a&amp;by=b#x', 'index.html', './matrix/index.html?how=a&amp;by=b#x'],
    ['/symbols/it&#39;s/', 'index.html', './symbols/it&#39;s/index.html'],
    ['/symbols/a%2Fb/', 'index.html', './symbols/a%2Fb/index.html'],
    ['/theme.js', 'a/index.html', '../theme.js'],
    ['/api/v1/matrix.csv', 'matrix/index.html', '../api/v1/matrix.csv'],
  ])('%s in %s is %s', (address, page, relative) => {
    expect(relativeAddress(address, page, '/')).toBe(relative);
    expect(relativeAddress(`/atlas${address}`, page, '/atlas/')).toBe(relative);
  });

  it.each(['#pv', 'https://list.example/', '//host/', 'mailto:x'])('leaves %s', (address) => {
    expect(relativeAddress(address, 'a/index.html', '/')).toBe(address);
  });

  it('leads to the same page as the address does', () => {
    const folder = 'file:///home/reader/atlas/';
    for (const page of ['index.html', 'a/index.html', 'a/b/c.html']) {
      const { href } = new URL(relativeAddress('/facts/msr/tsc/', page, '/'), folder + page);
      expect(href).toBe(`${folder}facts/msr/tsc/index.html`);
    }
  });
});

const PAGE =
  '<!DOCTYPE html><html lang="en" data-root="/atlas/"><link rel="manifest" href="/atlas/m"><script src="/atlas/theme.js"></script>' +
  '<script type="module" src="/atlas/_astro/a.js"></script><a href="/atlas/b/">b</a><ul><li data-offline-copy> <a href="/atlas/x.zip">c</a> </li><li>d</li></ul></html>';

describe('offlinePage', () => {
  it('loads scripts that wait, no modules, and leads neither to the copy nor to the manifest', () => {
    expect(offlinePage(PAGE, 'a/index.html', '/atlas/')).toBe(
      '<!DOCTYPE html><html lang="en" data-root="../"><script src="../theme.js"></script>' +
        '<script defer src="../_astro/a.js"></script><a href="../b/index.html">b</a><ul><li>d</li></ul></html>',
    );
  });
});

describe('the copy', () => {
  const site = new Map(
    Object.entries({
      'index.html': PAGE,
      'latest/index.html': '<meta http-equiv="refresh" content="0;url=/atlas/">',
      'theme.js': 'theme',
      '_astro/a.js': 'import"./b.js"',
      '_astro/b.js': 'b',
      'pagefind/pagefind.js': 'p',
      'search/identifiers.json': '{}',
      'search/pages/0.json': '[]',
      'explain/pv.json': '{}',
      'api/v1/index.json': '{}',
      '404.html': PAGE,
      'old.zip': 'z',
    }).map(([path, content]) => [path, bytes(content)]),
  );

  it('has what a folder can show, with each module as one script', async () => {
    const copy = await offlineFiles(site, async (path) => `bundled ${path}`);
    expect([...copy.keys()].sort()).toEqual([
      '_astro/a.js',
      'api/v1/index.json',
      'index.html',
      'latest/index.html',
      'theme.js',
    ]);
    expect(text(copy.get('_astro/a.js'))).toBe('bundled _astro/a.js');
    expect(text(copy.get('latest/index.html'))).toContain('0;url=../index.html');
  });

  it('is packed to the same bytes whatever the order of the files and the zone of the clock', () => {
    const { TZ: zone } = process.env;
    const archives = ['UTC', 'Asia/Tokyo'].map((TZ, index) => {
      process.env['TZ'] = TZ;
      const files = [...site];
      return pack(new Map(index === 0 ? files : files.reverse()), 'atlas');
    });
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(archives[0]).toEqual(archives[1]);
    const files = unzipSync(archives[0] ?? new Uint8Array());
    expect(Object.keys(files)).toHaveLength(site.size);
    expect(text(files['atlas/theme.js'])).toBe('theme');
  });
});
