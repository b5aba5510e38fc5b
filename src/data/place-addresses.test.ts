import { describe, expect, it } from 'vitest';
import { placeAddresses } from './place-addresses.ts';
import { placed } from './placed.ts';

const under = (html: string) => placeAddresses(html, (address) => placed(address, '/atlas/'));

describe('placeAddresses', () => {
  it.each([
    ['<a href="/matrix/">x</a>', '<a href="/atlas/matrix/">x</a>'],
    [
      "<a class=b href='/a/?b=1&amp;c=2#d'>x</a>",
      "<a class=b href='/atlas/a/?b=1&amp;c=2#d'>x</a>",
    ],
    ['<a href=/matrix/>x</a>', '<a href=/atlas/matrix/>x</a>'],
    ['<html data-root="/">', '<html data-root="/atlas/">'],
    [
      '<script type="module" src="/_astro/a.js"></script>',
      '<script type="module" src="/atlas/_astro/a.js"></script>',
    ],
    [
      '<form action="/search/"><input name="/q/"></form>',
      '<form action="/atlas/search/"><input name="/q/"></form>',
    ],
    [
      '<meta http-equiv="refresh" content="0;url=/matrix/"><meta name="description" content="/dev/mem is not it">',
      '<meta http-equiv="refresh" content="0;url=/atlas/matrix/"><meta name="description" content="/dev/mem is not it">',
    ],
  ])('moves the addresses of %s', (html, moved) => {
    expect(under(html)).toBe(moved);
  });

  it.each([
    '<p>Write href="/matrix/" and <code>&lt;a href="/x/"></code></p>',
    '<a href="#pv">x</a><a href="https://list.example/a/">y</a><a href="//host/">z</a>',
    '<!-- <a href="/matrix/"> --><script>const a = \'<a href="/x/">\';</script>',
    '<svg><use href="#s-emulated"></use></svg>',
    '<p title="/a/">',
    '',
  ])('leaves %s', (html) => {
    expect(under(html)).toBe(html);
  });

  it('moves what Astro wrote once', () => {
    const html = '<a href="/a/">a</a>\n'.repeat(3);
    expect(under(html)).toBe('<a href="/atlas/a/">a</a>\n'.repeat(3));
  });
});
