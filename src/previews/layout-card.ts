import type { PreviewCard, PreviewVerdict } from '../data/preview-cards.ts';
import { lightColour } from './colours.ts';

type Style = Readonly<Record<string, string | number>>;

/** An element as Satori takes it: a box of CSS’s flexible layout, or text. */
export interface Box {
  readonly type: 'div';
  readonly key: null;
  readonly props: { readonly style: Style; readonly children: readonly (Box | string)[] };
}

/** Pixels, as the sites that show previews ask for them. */
export const SIZE = { width: 1200, height: 630 } as const;

/** Longer titles are smaller, so that two or three lines hold them. */
function titleSize({ title }: PreviewCard): number {
  if (title.length < 30) return 84;
  return title.length < 70 ? 64 : 50;
}

function box(style: Style, ...children: readonly (Box | string)[]): Box {
  return { type: 'div', key: null, props: { style: { display: 'flex', ...style }, children } };
}

function verdictBox({ guest, words, symbol, conditional }: PreviewVerdict): Box {
  const style = { flexDirection: 'column', flexGrow: 1, flexBasis: 0, paddingTop: 16 };
  return box(
    { ...style, borderTop: `10px solid ${lightColour(`how-${symbol}`)}` },
    box({ fontSize: 30, color: lightColour('text-soft') }, guest),
    box({ fontSize: 42, fontWeight: 600 }, words),
    box({ fontSize: 28, color: lightColour('text-soft') }, conditional ? 'with conditions' : ' '),
  );
}

/** The card as boxes: what it is one of, its title, and the verdicts of a row or the release. */
export function layoutCard(card: PreviewCard): Box {
  const { section, title, release, verdicts } = card;
  const soft = { fontSize: 32, color: lightColour('text-soft') };
  const foot =
    verdicts.length === 0
      ? box({ ...soft, marginTop: 'auto' }, `Xen ${release}`)
      : box({ gap: 28, marginTop: 'auto' }, ...verdicts.map(verdictBox));
  const kicker = section === 'Xen Emulation Atlas' ? section : `Xen Emulation Atlas · ${section}`;
  return box(
    {
      ...SIZE,
      boxSizing: 'border-box',
      flexDirection: 'column',
      padding: 64,
      background: lightColour('ground'),
      color: lightColour('text'),
      borderLeft: `24px solid ${lightColour('accent')}`,
    },
    box(soft, verdicts.length === 0 ? kicker : `${kicker} · Xen ${release}`),
    box({ fontSize: titleSize(card), fontWeight: 600, lineHeight: 1.15, marginTop: 28 }, title),
    foot,
  );
}
