import { describe, expect, it } from 'vitest';
import { type BandStyle, placeBands } from './bands.ts';

const STYLE: BandStyle = { left: 0, right: 100, perUnit: 2, line: 20, heading: 10, places: 'band' };

describe('placeBands', () => {
  it('gives each band its thickness, and each place room for a line', () => {
    const { groups, height, bar } = placeBands([[30, 1], [0]], STYLE);
    expect(groups.map(({ bands }) => bands.map(({ thickness }) => thickness))).toEqual([
      [60, 2],
      [0],
    ]);
    expect(height).toBe(10 + 60 + 20 + 10 + 20);
    expect(bar).toEqual({ top: (height - 62) / 2, height: 62 });
  });

  it('lets no band and no place overlap another', () => {
    const { groups } = placeBands([[5, 3, 8], [1, 1], [40]], STYLE);
    const ends = groups.flatMap(({ bands }) => bands);
    for (const [index, { top }] of ends.entries()) {
      const before = ends[index - 1];
      if (before !== undefined) expect(top).toBeGreaterThanOrEqual(before.top + before.thickness);
    }
    for (const [index, { top }] of groups.entries()) {
      const before = groups[index - 1];
      if (before !== undefined) expect(top).toBe(before.top + before.height);
    }
  });

  it('keeps the bands of a group together where they share a place', () => {
    const { groups, height } = placeBands([[20, 10], [1]], {
      ...STYLE,
      places: 'group',
      heading: 0,
    });
    expect(groups[0]?.bands.map(({ top }) => top)).toEqual([0, 40]);
    expect(groups.map(({ height: own }) => own)).toEqual([60, 20]);
    expect(height).toBe(80);
  });

  it('draws a closed band for what is there, and a line for what is not', () => {
    const [group] = placeBands([[3, 0]], STYLE).groups;
    expect(group?.bands.map(({ path }) => path.endsWith('Z'))).toEqual([true, false]);
  });

  it('places the same things in the same way', () => {
    const values = [[5, 3], [9]];
    expect(placeBands(values, STYLE)).toEqual(placeBands(values, STYLE));
  });
});
