/** The shapes that drawings are made of, as short as they are said. */
import type { Arrow, Box, BoxKind, Line, Zone } from './drawing.ts';

const MARGIN = 10;

type Column = readonly [title: string, width: number];

/** Zones side by side from the left edge, as high as a picture of this height lets them be. */
export function lanes(height: number, ...columns: readonly Column[]): Zone[] {
  return columns.map(([title, width], index) => {
    const before = columns.slice(0, index).reduce((sum, [, own]) => sum + own + 2 * MARGIN, MARGIN);
    return { x: before, y: MARGIN, width, height: height - 2 * MARGIN, title };
  });
}

type Place = readonly [x: number, y: number, width: number];

export function box(
  kind: BoxKind,
  id: string,
  [x, y, width]: Place,
  ...lines: readonly [Line, ...Line[]]
): Box {
  return { id, kind, x, y, width, lines };
}

type Look = Omit<Arrow, 'from' | 'to' | 'sides'>;

/** An arrow from the right side of a box to the left side of another one. */
export function rightwards(from: string, to: string, look: Look = {}): Arrow {
  return { from, to, sides: ['right', 'left'], ...look };
}

export function leftwards(from: string, to: string, look: Look = {}): Arrow {
  return { from, to, sides: ['left', 'right'], ...look };
}

export function downwards(from: string, to: string, look: Look = {}): Arrow {
  return { from, to, sides: ['bottom', 'top'], ...look };
}

export function upwards(from: string, to: string, look: Look = {}): Arrow {
  return { from, to, sides: ['top', 'bottom'], ...look };
}
