/** The pictures in the built pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getElementsByTagName } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { builtPages, DIST } from '../built-pages.ts';

const pages = new Set(builtPages());

const htmlOf = (address: string) => readFileSync(join(DIST, address, 'index.html'), 'utf8');

/** What the texts of the pictures of a page lead to. */
function pictureLinks(address: string): string[] {
  const pictures = getElementsByTagName('svg', parseDocument(htmlOf(address)).children);
  return pictures.flatMap((picture) =>
    getElementsByTagName('a', picture.children).flatMap(({ attribs }) => attribs['href'] ?? []),
  );
}

/** Pages with pictures: how many links they hold at least, and how many bytes the page has at most when compressed. */
const PAGES: readonly (readonly [address: string, links: number, weight: number])[] = [
  ['/', 10, 15_000],
  ['/guests/', 30, 15_000],
  ['/diagrams/', 30, 15_000],
  ['/diagrams/instruction-emulator/', 60, 15_000],
  ...GUEST_TYPES.map((guest) => [`/guests/${guest}/`, 8, 15_000] as const),
];

describe.each(PAGES)('the pictures of %s', (address, least, weight) => {
  const links = pictureLinks(address);

  it('lead to pages', () => {
    expect(links.length).toBeGreaterThanOrEqual(least);
    const lost = links
      .map((link) => new URL(link, `https://atlas.example${address}`))
      .filter(({ pathname }) => !pages.has(pathname));
    expect(lost).toEqual([]);
  });

  it('have a title each, no style of their own, and leave the page light', () => {
    const html = htmlOf(address);
    expect(html).not.toMatch(/<svg[^>]*\sstyle=/);
    for (const [picture] of html.matchAll(/<svg[^>]*role="(?:img|group)".*?<\/svg>/gs)) {
      expect(picture).toMatch(/<title id="[^"]+">[^<]+<\/title>/);
    }
    expect(gzipSync(html).length).toBeLessThan(weight);
  });
});
