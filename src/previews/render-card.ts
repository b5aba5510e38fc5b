import regular from '@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff?inline';
import bold from '@fontsource/source-sans-3/files/source-sans-3-latin-600-normal.woff?inline';
import satori from 'satori';
import sharp from 'sharp';
import type { PreviewCard } from '../data/preview-cards.ts';
import { layoutCard, SIZE } from './layout-card.ts';

/** The bytes of a file that is bundled as a `data:` address. */
function bytesOf(address: string): Buffer {
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}

const fonts = [
  { name: 'Source Sans 3', data: bytesOf(regular), weight: 400 as const },
  { name: 'Source Sans 3', data: bytesOf(bold), weight: 600 as const },
];

/**
 * A card as PNG. The text is drawn as outlines of the bundled face, so that the picture does not depend on the faces of
 * the machine; the few colours are a palette.
 */
export async function renderCard(card: PreviewCard): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await satori(layoutCard(card), { ...SIZE, fonts });
  const png = await sharp(Buffer.from(svg)).png({ palette: true, colours: 32 }).toBuffer();
  return new Uint8Array(png);
}
