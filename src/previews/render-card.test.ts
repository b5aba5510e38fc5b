import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SYMBOL_ORDER } from '../data/handling-words.ts';
import type { PreviewCard } from '../data/preview-cards.ts';
import { layoutCard } from './layout-card.ts';
import { renderCard } from './render-card.ts';

const CARD: PreviewCard = {
  route: '/features/time/pit/',
  section: 'Time',
  title: 'PIT (i8254)',
  release: '4.22.0',
  verdicts: [
    { guest: 'PV domU', words: 'absent', symbol: 'absent', conditional: false },
    { guest: 'PVH domU', words: 'refused: #GP', symbol: 'refused', conditional: true },
    { guest: 'HVM domU', words: 'emulated by Xen', symbol: 'emulated', conditional: true },
  ],
};

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('renderCard', () => {
  it('draws a picture of the asked size, light, and the same each time', async () => {
    const png = await renderCard(CARD);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
    expect(png.length).toBeLessThan(40_000);
    expect(digest(await renderCard(CARD))).toBe(digest(png));
    expect(digest(await renderCard({ ...CARD, title: 'HPET' }))).not.toBe(digest(png));
  });
});

it('has a colour for the symbol of every verdict', () => {
  for (const symbol of SYMBOL_ORDER) {
    const verdicts = CARD.verdicts.map((verdict) => ({ ...verdict, symbol }));
    expect(() => layoutCard({ ...CARD, verdicts })).not.toThrow();
  }
});
