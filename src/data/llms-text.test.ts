import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { joinContent } from './atlas.ts';
import { buildDataset } from './dataset.ts';
import { llmsText } from './llms-text.ts';

const atlas = joinContent(SAMPLE);

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, href]) => href ?? []);
}

it('names only files of the dataset that are written', () => {
  const written = new Set(buildDataset(SAMPLE).map(({ path }) => `/api/v1/${path}`));
  const files = linksOf(llmsText(atlas, { origin: undefined, root: '/' })).filter((href) =>
    href.startsWith('/api/'),
  );
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((href) => !written.has(href))).toEqual([]);
});

it('names the guest types and answers, at the place of the site', () => {
  const links = linksOf(llmsText(atlas, { origin: 'https://atlas.example', root: '/xen-atlas/' }));
  expect(links).toContain('https://atlas.example/xen-atlas/guests/pvh/');
  expect(links.filter((href) => href.includes('/answers/'))).toHaveLength(SAMPLE.answers.length);
  expect(links.filter((href) => !href.startsWith('https://atlas.example/xen-atlas/'))).toEqual([]);
});
