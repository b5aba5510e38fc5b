import { readFileSync } from 'node:fs';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-cff';
import { describe, expect, it } from 'vitest';
import { ATLAS_AUTHORS, ATLAS_TITLE, type Cited, citationOf } from './citation.ts';

const ORIGIN = 'https://atlas.example';
const CELL: Cited = {
  title: 'MSR_K8_VM_CR & 50 % of {it}: #VC ~ ^\\ $1, PVH domU',
  route: '/features/msr/vm_cr/#pvh',
  release: '4.22.0',
  commit: 'd45d5687f1441495f4ee20d5e9940066c5fa5beb',
};
const OLD: Cited = { ...CELL, title: 'I/O port 0x80', route: '/4.17/matrix/', commit: null };

/** The one item that a citation library reads. */
function read(text: string) {
  const items = new Cite(text).data;
  expect(items).toHaveLength(1);
  return items[0];
}

describe.each([
  ['a cell', CELL, ORIGIN],
  ['a cell, where the site has no origin yet', CELL, undefined],
  ['a page whose commit is not known', OLD, ORIGIN],
])('the citation of %s', (_, cited, origin) => {
  const { bibtex, csl, text } = citationOf(cited, { origin, root: '/' });
  const url = origin === undefined ? undefined : `https://atlas.example${cited.route}`;

  it('is BibTeX that a citation library reads back', () => {
    const item = read(bibtex);
    expect(item?.title).toBe(cited.title);
    expect(item?.id).toMatch(/^xen-emulation-atlas-4\.22\.0-[a-z0-9.-]+$/i);
    expect(item?.URL).toBe(url);
    expect(item?.author?.map(({ family, literal }) => literal ?? family)).toEqual([ATLAS_AUTHORS]);
    expect(item?.note).toContain(cited.commit ?? 'Xen 4.22.0');
  });

  it('is CSL-JSON that a citation library reads back', () => {
    const item = read(JSON.stringify(csl));
    expect(item).toMatchObject({ ...csl });
    expect(item?.URL).toBe(url);
  });

  it('names title, release and address in plain text', () => {
    expect(text).toContain(`“${cited.title}”, ${ATLAS_TITLE}, Xen 4.22.0`);
    expect(text.endsWith(url ?? cited.route)).toBe(true);
  });
});

it('gives every release and every cell a key of its own', () => {
  const keys = [CELL, { ...CELL, release: '4.21.0' }, { ...CELL, route: '/features/msr/vm_cr/' }];
  expect(
    new Set(keys.map((cited) => citationOf(cited, { origin: ORIGIN, root: '/xen-atlas/' }).csl.id))
      .size,
  ).toBe(3);
});

it('agrees with CITATION.cff, which a citation library reads', () => {
  const item = read(readFileSync('CITATION.cff', 'utf8'));
  expect(item).toMatchObject({
    type: 'dataset',
    title: ATLAS_TITLE,
    author: [{ literal: ATLAS_AUTHORS }],
  });
});
