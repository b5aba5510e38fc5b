import { describe, expect, it } from 'vitest';
import { flawsOf } from '../../tests/sound-drawing.ts';
import {
  anchorOf,
  BOX_PADDING,
  type Box,
  heightOf,
  LINE,
  labelPlace,
  routeOf,
  textOf,
} from './drawing.ts';
import { DRAWINGS } from './index.ts';

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

  it('leaves at a line of its box, and turns where it is told', () => {
    const sides = ['right', 'right'] as const;
    expect(routeOf({ boxes }, { from: 'b', to: 'c', sides, line: 1, bend: 330 })).toEqual([
      { x: 300, y: 34 },
      { x: 330, y: 34 },
      { x: 330, y: 126 },
      { x: 300, y: 126 },
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

describe('a box', () => {
  it('has the lines of what leads to a page as its own', () => {
    const linked: Box = {
      ...box('a', 0, 0),
      lines: ['one', { text: ['two', 'three'], href: '/' }],
    };
    expect(textOf(linked).map(({ text, href }) => [text, href])).toEqual([
      ['one', undefined],
      ['two', '/'],
      ['three', '/'],
    ]);
    expect(heightOf(linked)).toBe(3 * LINE + 2 * BOX_PADDING);
  });
});

describe.each(Object.entries(DRAWINGS))('%s', (_id, drawing) => {
  it('has its boxes apart and within the picture, and arrows between boxes that are there', () => {
    expect(flawsOf(drawing)).toEqual([]);
  });
});
