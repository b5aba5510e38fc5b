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

describe.each([
  ['/', 10],
  ['/guests/', 30],
  ['/diagrams/', 30],
  ['/diagrams/instruction-emulator/', 60],
  ...GUEST_TYPES.map((guest) => [`/guests/${guest}/`, 8] as const),
])('the pictures of %s', (address, least) => {
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
    expect(gzipSync(html).length).toBeLessThan(20_000);
  });
});
