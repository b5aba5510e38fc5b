/**
 * Diagrams as data: boxes at places on a grid, and arrows between them. The component draws them as SVG in the colours
 * of the theme. Units are those of the view box; a line of text takes `LINE`.
 */

export const LINE = 16;
export const BOX_PADDING = 10;

/** Who acts in a box: decides its colour, and is said in its text as well. */
export const BOX_KINDS = ['guest', 'cpu', 'xen', 'emulator', 'outside', 'end'] as const;
export type BoxKind = (typeof BOX_KINDS)[number];

export interface Box {
  readonly id: string;
  readonly kind: BoxKind;
  /** Left and upper edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The first line is set as a heading. */
  readonly lines: readonly [string, ...string[]];
}

type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Sides at which the arrow leaves and arrives. */
  readonly sides: readonly [Side, Side];
  readonly label?: string;
  /** Drawn in dashes: what happens only sometimes, or the way back. */
  readonly dashed?: boolean;
}

/** A frame around boxes, such as a domain. */
export interface Zone {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What the drawing shows, for those who do not see it. */
  readonly description: string;
  readonly zones: readonly Zone[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function heightOf({ lines }: Pick<Box, 'lines'>): number {
  return lines.length * LINE + 2 * BOX_PADDING;
}

/** The middle of a side of a box. */
export function anchorOf(box: Box, side: Side): Point {
  const height = heightOf(box);
  switch (side) {
    case 'top':
      return { x: box.x + box.width / 2, y: box.y };
    case 'bottom':
      return { x: box.x + box.width / 2, y: box.y + height };
    case 'left':
      return { x: box.x, y: box.y + height / 2 };
    case 'right':
      return { x: box.x + box.width, y: box.y + height / 2 };
  }
}

/** The line of an arrow: straight where both ends are level, else with two right angles. Throws at an unknown box. */
export function routeOf({ boxes }: Pick<Drawing, 'boxes'>, arrow: Arrow): Point[] {
  const boxOf = (id: string) => {
    const box = boxes.find((candidate) => candidate.id === id);
    if (box === undefined) throw new Error(`The diagram has no box \`${id}\``);
    return box;
  };
  const start = anchorOf(boxOf(arrow.from), arrow.sides[0]);
  const end = anchorOf(boxOf(arrow.to), arrow.sides[1]);
  if (start.x === end.x || start.y === end.y) return [start, end];
  const upright = (side: Side) => side === 'top' || side === 'bottom';
  const [leaves, arrives] = arrow.sides.map(upright);
  if (leaves === arrives) {
    const middle = leaves ? (start.y + end.y) / 2 : (start.x + end.x) / 2;
    return leaves
      ? [start, { x: start.x, y: middle }, { x: end.x, y: middle }, end]
      : [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
  }
  return [start, leaves ? { x: start.x, y: end.y } : { x: end.x, y: start.y }, end];
}

/** Where the label of an arrow stands: beside the middle of its longest part. */
export function labelPlace(route: readonly Point[]): Point & { readonly upright: boolean } {
  const parts = route.slice(1).map((end, index) => {
    const start = route[index] ?? end;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    return { start, end, length };
  });
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best));
  const { start, end } = longest;
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, upright: start.x === end.x };
}
