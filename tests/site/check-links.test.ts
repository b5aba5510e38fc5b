import { describe, expect, it } from 'vitest';
import { checkLinks } from './check-links.ts';

function site(pages: Readonly<Record<string, string>>) {
  const encoder = new TextEncoder();
  return new Map(Object.entries(pages).map(([path, html]) => [path, encoder.encode(html)]));
}

const PAGE = '<h1 id="there">x</h1> <a href="#gone">e</a>';

describe('checkLinks', () => {
  it('finds pages and fragments that are not there, and follows nothing to other sites', () => {
    const { broken, reached } = checkLinks(
      site({
        'index.html':
          '<a href="/page/#there">a</a> <a href="/page/#not-there">b</a> <a href="/none/">c</a> <a href="https://list.example/">d</a>',
        'page/index.html': PAGE,
      }),
    );
    expect(broken).toEqual(['/ → /none/', '/ → /page/#not-there', '/page/ → /page/#gone']);
    expect([...reached].sort()).toEqual(['/', '/none/', '/page/']);
  });

  it('takes a link that leaves the folder of the site as broken', () => {
    const { broken } = checkLinks(
      site({
        'index.html': '<a href="/atlas/page/#there">a</a> <a href="/page/">b</a>',
        'page/index.html': '<h1 id="there">x</h1>',
      }),
      { root: '/atlas/', served: true },
    );
    expect(broken).toEqual(['/atlas/ → /page/']);
  });

  it('takes a link to a folder as broken where nothing serves it', () => {
    const { broken } = checkLinks(
      site({
        'index.html': '<a href="./page/index.html#there">a</a> <a href="page/">b</a>',
        'page/index.html': '<h1 id="there">x</h1> <a href="../index.html">home</a>',
      }),
      { root: '/', served: false },
    );
    expect(broken).toEqual(['/index.html → /page/']);
  });
});
