import { describe, expect, it } from 'vitest';
import { box, downwards, lanes, leftwards, rightwards, upwards } from './shapes.ts';

describe('lanes', () => {
  it('stand side by side with equal gaps, within the height', () => {
    expect(lanes(300, ['One', 170], ['Two', 300])).toEqual([
      { x: 10, y: 10, width: 170, height: 280, title: 'One' },
      { x: 200, y: 10, width: 300, height: 280, title: 'Two' },
    ]);
  });
});

describe('box', () => {
  it('has its place and its lines', () => {
    expect(box('xen', 'a', [1, 2, 3], 'one', 'two')).toEqual({
      id: 'a',
      kind: 'xen',
      x: 1,
      y: 2,
      width: 3,
      lines: ['one', 'two'],
    });
  });
});

describe('arrows', () => {
  it('leave and arrive at opposite sides', () => {
    const arrows = [rightwards, leftwards, downwards, upwards].map((to) => to('a', 'b').sides);
    expect(arrows).toEqual([
      ['right', 'left'],
      ['left', 'right'],
      ['bottom', 'top'],
      ['top', 'bottom'],
    ]);
    expect(rightwards('a', 'b', { dashed: true }).dashed).toBe(true);
  });
});
