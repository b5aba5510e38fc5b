import { describe, expect, it } from 'vitest';
import { anchorOf, type Box, heightOf, labelPlace, routeOf } from './drawing.ts';
import { DRAWINGS } from './index.ts';

/** Width of a letter of the face in which boxes are set, generously. */
const LETTER = 7.4;

const box = (id: string, x: number, y: number): Box => ({
  id,
  kind: 'xen',
  x,
  y,
  width: 100,
  lines: ['one', 'two'],
});
const boxes = [box('a', 0, 0), box('b', 200, 0), box('c', 200, 100)];

describe('routeOf', () => {
  it('goes straight where both ends are level', () => {
    expect(routeOf({ boxes }, { from: 'a', to: 'b', sides: ['right', 'left'] })).toEqual([
      { x: 100, y: 26 },
      { x: 200, y: 26 },
    ]);
  });

  it('turns twice between opposite sides, and once round a corner', () => {
    const twice = routeOf({ boxes }, { from: 'a', to: 'c', sides: ['right', 'left'] });
    expect(twice.map(({ x }) => x)).toEqual([100, 150, 150, 200]);
    const down = routeOf({ boxes }, { from: 'a', to: 'c', sides: ['bottom', 'top'] });
    expect(down.map(({ y }) => y)).toEqual([52, 76, 76, 100]);
    const corner = routeOf({ boxes }, { from: 'a', to: 'c', sides: ['right', 'top'] });
    expect(corner).toEqual([
      { x: 100, y: 26 },
      { x: 250, y: 26 },
      { x: 250, y: 100 },
    ]);
  });

  it('names a box that is not there', () => {
    expect(() => routeOf({ boxes }, { from: 'a', to: 'z', sides: ['top', 'top'] })).toThrow(/`z`/);
  });

  it('has its label at the middle of the longest part', () => {
    const corner = routeOf({ boxes }, { from: 'a', to: 'c', sides: ['right', 'top'] });
    expect(labelPlace(corner)).toEqual({ x: 175, y: 26, upright: false });
    expect(anchorOf(box('a', 0, 0), 'bottom')).toEqual({ x: 50, y: 52 });
  });
});

describe.each(Object.entries(DRAWINGS))('%s', (_id, drawing) => {
  it('has every box within the picture, and its text within the box', () => {
    for (const each of drawing.boxes) {
      expect(each.x + each.width, each.id).toBeLessThan(drawing.width);
      expect(each.y + heightOf(each), each.id).toBeLessThan(drawing.height);
      for (const line of each.lines) {
        expect(line.length * LETTER, line).toBeLessThan(each.width);
      }
    }
  });

  it('has no two boxes that overlap', () => {
    for (const [index, one] of drawing.boxes.entries()) {
      for (const other of drawing.boxes.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + heightOf(one) <= other.y ||
          other.y + heightOf(other) <= one.y;
        expect(apart, `${one.id} and ${other.id}`).toBe(true);
      }
    }
  });

  it('has arrows between boxes that are there, and says in words what it shows', () => {
    const routes = drawing.arrows.map((arrow) => routeOf(drawing, arrow));
    expect(routes.every((route) => route.length >= 2)).toBe(true);
    expect(drawing.description.length).toBeGreaterThan(200);
  });
});
