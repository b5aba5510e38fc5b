/**
 * Diagrams as data: boxes at places on a grid, and arrows between them. The component draws them as SVG in the colours
 * of the theme. Units are those of the view box; a line of text takes `LINE`.
 */

export const LINE = 16;
export const BOX_PADDING = 10;

/** Who acts in a box: decides its colour, and is said in its text as well. */
export const BOX_KINDS = ['guest', 'cpu', 'xen', 'emulator', 'outside', 'end'] as const;
export type BoxKind = (typeof BOX_KINDS)[number];

/** Text that leads to a page, in one line or more. */
export interface LinkedText {
  readonly text: readonly string[];
  readonly href: string;
}

export type Line = string | LinkedText;

export interface Box {
  readonly id: string;
  readonly kind: BoxKind;
  /** Left and upper edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The first line is set as a heading. */
  readonly lines: readonly [Line, ...Line[]];
  /** Lines begin at the left edge; without it they are centred. */
  readonly flush?: boolean;
}

export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Sides at which the arrow leaves and arrives. */
  readonly sides: readonly [Side, Side];
  readonly label?: string;
  /** Drawn in dashes: what happens only sometimes, or the way back. */
  readonly dashed?: boolean;
  /** Line of the box at which the arrow leaves a side, counted from 0; without it the middle of the side. */
  readonly line?: number;
  /** Where the upright part of an arrow between two sides is; without it in the middle. */
  readonly bend?: number;
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

export interface TextLine {
  readonly text: string;
  readonly href: string | undefined;
}

function textOfLine(line: Line): TextLine[] {
  if (typeof line === 'string') return [{ text: line, href: undefined }];
  return line.text.map((text) => ({ text, href: line.href }));
}

/** The lines of text of a box, each with the page that it leads to. */
export function textOf({ lines }: Pick<Box, 'lines'>): TextLine[] {
  return lines.flatMap(textOfLine);
}

export function heightOf(box: Pick<Box, 'lines'>): number {
  return textOf(box).length * LINE + 2 * BOX_PADDING;
}

/** Where a line of text of a box stands. */
export function baselineOf({ y }: Pick<Box, 'y'>, line: number): number {
  return y + BOX_PADDING + LINE * (line + 0.75);
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

/** The way between two points that leave and arrive at sides, with right angles. */
function bentRoute(start: Point, end: Point, sides: Arrow['sides'], bend?: number): Point[] {
  const upright = (side: Side) => side === 'top' || side === 'bottom';
  const [leaves, arrives] = sides.map(upright);
  if (leaves !== arrives) {
    return [start, leaves ? { x: start.x, y: end.y } : { x: end.x, y: start.y }, end];
  }
  if (leaves) {
    const middle = (start.y + end.y) / 2;
    return [start, { x: start.x, y: middle }, { x: end.x, y: middle }, end];
  }
  const middle = bend ?? (start.x + end.x) / 2;
  return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
}

/** The line of an arrow: straight where both ends are level, else with right angles. Throws at an unknown box. */
export function routeOf({ boxes }: Pick<Drawing, 'boxes'>, arrow: Arrow): Point[] {
  const boxOf = (id: string) => {
    const box = boxes.find((candidate) => candidate.id === id);
    if (box === undefined) throw new Error(`The diagram has no box \`${id}\``);
    return box;
  };
  const from = boxOf(arrow.from);
  const middle = anchorOf(from, arrow.sides[0]);
  const start =
    arrow.line === undefined ? middle : { ...middle, y: baselineOf(from, arrow.line) - LINE / 4 };
  const end = anchorOf(boxOf(arrow.to), arrow.sides[1]);
  const straight = start.y === end.y || (start.x === end.x && arrow.bend === undefined);
  return straight ? [start, end] : bentRoute(start, end, arrow.sides, arrow.bend);
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
