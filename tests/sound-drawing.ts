import { type Box, type Drawing, heightOf, routeOf, textOf } from '../src/diagrams/drawing.ts';

/** Widths of a letter in the face of the diagrams, generously: of a heading and of other lines. */
const LETTERS = { heading: 7.4, other: 6.4 } as const;

function apart(one: Box, other: Box): boolean {
  return (
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + heightOf(one) <= other.y ||
    other.y + heightOf(other) <= one.y
  );
}

function flawsOfBox(box: Box, { width, height, boxes }: Drawing, index: number): string[] {
  const wide = textOf(box).filter(
    ({ text }, line) => text.length * LETTERS[line === 0 ? 'heading' : 'other'] >= box.width,
  );
  const inside =
    box.x >= 0 && box.y >= 0 && box.x + box.width < width && box.y + heightOf(box) < height;
  return [
    ...(inside ? [] : [`${box.id} leaves the picture`]),
    ...wide.map(({ text }) => `${text} leaves its box`),
    ...boxes
      .slice(index + 1)
      .filter((other) => !apart(box, other))
      .map(({ id }) => `${box.id} covers ${id}`),
  ];
}

/** What is wrong with a drawing: boxes that overlap or leave it, text too long, arrows to boxes that are not there. */
export function flawsOf(drawing: Drawing): string[] {
  const ids = drawing.boxes.map(({ id }) => id);
  const dangling = drawing.arrows.filter(
    ({ from, to }) => !ids.includes(from) || !ids.includes(to),
  );
  const routes = drawing.arrows
    .filter((arrow) => !dangling.includes(arrow))
    .map((arrow) => routeOf(drawing, arrow));
  return [
    ...(new Set(ids).size === ids.length ? [] : ['two boxes have one id']),
    ...drawing.boxes.flatMap((box, index) => flawsOfBox(box, drawing, index)),
    ...dangling.map(({ from, to }) => `from ${from} to ${to} leads nowhere`),
    ...routes.filter((route) => route.length < 2).map(() => 'an arrow has no length'),
    ...(drawing.description.length > 200 ? [] : ['the description says too little']),
  ];
}
