/** Source text of Xen stands on the site only when the build was told of a tree, by ATLAS_EXCERPTS. */
import { expect, it } from 'vitest';
import { readSite } from '../built-pages.ts';

const asked = (process.env['ATLAS_EXCERPTS'] ?? '') !== '';

it(`shows ${asked ? 'the' : 'no'} source text of Xen, as the build was asked`, () => {
  const pages = [...readSite()].filter(([path]) => path.endsWith('.html'));
  const shown = pages.filter(([, bytes]) => Buffer.from(bytes).includes('class="excerpt"'));
  expect(pages.length).toBeGreaterThan(1_000);
  if (asked) expect(shown.length).toBeGreaterThan(1_000);
  else expect(shown.map(([path]) => path).slice(0, 10)).toEqual([]);
});
