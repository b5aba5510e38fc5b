import { describe, expect, it } from 'vitest';
import { resembles } from './resemblance.ts';

describe('resembles', () => {
  it.each([
    ['timers', ['timer,']],
    ['virtualisation', ['Virtualization']],
    ['pit', ['PIT (i8254)']],
    ['pi', ['PIT']],
  ])('keeps %s for %j', (query, marked) => {
    expect(resembles(query, marked)).toBe(true);
  });

  it('drops pages that share the first letters only', () => {
    expect(resembles('nosuchsymbol', ['GDS_NO.', 'NO'])).toBe(false);
    expect(resembles('nosuchsymbol', [])).toBe(false);
  });

  it('leaves several words to the ranking', () => {
    expect(resembles('emulated PIT', ['PIT'])).toBe(true);
  });
});
