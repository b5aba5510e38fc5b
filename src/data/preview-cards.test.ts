import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { joinContent } from './atlas.ts';
import { previewAlt, previewCards, previewRoute } from './preview-cards.ts';

const cards = previewCards(joinContent(SAMPLE));

it('has a card for the Atlas and for each row, answer, guide and guest type', () => {
  const { features, answers, guides } = SAMPLE;
  expect(cards.size).toBe(1 + features.length + answers.length + guides.length + 8);
  expect(cards.get('/')?.verdicts).toEqual([]);
});

it('shows the verdicts of a row that hold by default, and whether conditions change them', () => {
  const rows = [...cards.values()].filter(({ verdicts }) => verdicts.length > 0);
  expect(rows).toHaveLength(SAMPLE.features.length);
  for (const { verdicts } of rows) {
    expect(verdicts.map(({ guest }) => guest)).toEqual(['PV domU', 'PVH domU', 'HVM domU']);
  }
  const feature = SAMPLE.features.find(({ guests }) => {
    const cell = guests.hvm;
    return Array.isArray(cell) && cell.length > 1;
  });
  const card = cards.get(`/features/${feature?.id}/`);
  if (feature !== undefined) expect(card?.verdicts[2]?.conditional).toBe(true);
});

it('gives every card a picture of its own, and says it in words', () => {
  const routes = [...cards.values()].map(previewRoute);
  expect(new Set(routes).size).toBe(cards.size);
  expect(routes).toContain('/previews/atlas.png');
  expect(routes).toContain('/previews/guests/pvh.png');
  expect(previewAlt({ route: '/', section: '', title: 'Why?', release: '', verdicts: [] })).toBe(
    'Why?',
  );
  const verdicts = [
    { guest: 'HVM domU', words: 'emulated by Xen', symbol: 'emulated' as const, conditional: true },
  ];
  expect(previewAlt({ route: '/', section: '', title: 'PIT', release: '', verdicts })).toBe(
    'PIT. HVM domU: emulated by Xen, with conditions.',
  );
});
