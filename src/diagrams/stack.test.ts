import { describe, expect, it } from 'vitest';
import { meanOf, stackDown } from './stack.ts';

describe('stackDown', () => {
  it('puts each thing at its place, or below what is there already', () => {
    const things = [
      { height: 20, middle: 50 },
      { height: 20, middle: 55 },
      { height: 20, middle: 300 },
    ];
    expect(stackDown(things, 10, 5)).toEqual([40, 65, 290]);
  });

  it('begins at the top', () => {
    expect(stackDown([{ height: 20, middle: 0 }], 10, 5)).toEqual([10]);
    expect(stackDown([], 10, 5)).toEqual([]);
  });
});

describe('meanOf', () => {
  it('is 0 of nothing', () => {
    expect([meanOf([]), meanOf([1, 2, 6])]).toEqual([0, 3]);
  });
});
