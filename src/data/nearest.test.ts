import { describe, expect, it } from 'vitest';
import { nearest, nearestHint } from './nearest.ts';

const WORDS = ['emulated', 'mediated', 'absent', 'pv', 'pvh', '#GP'];

describe('nearest', () => {
  it.each([
    ['emulatd', 'emulated'],
    ['Absent', 'absent'],
    ['abcent', 'absent'],
    ['pvhh', 'pvh'],
    ['phv', 'pvh'],
    ['#gf', '#GP'],
    ['virtualized', undefined],
    ['', undefined],
  ])('%j', (word, near) => {
    expect(nearest(word, WORDS)).toBe(near);
  });

  it('has nothing to say without words', () => {
    expect(nearest('pv', [])).toBeUndefined();
    expect(nearestHint('wheel', WORDS)).toBe('');
    expect(nearestHint('medated', WORDS)).toBe('; the nearest is `mediated`');
  });
});
