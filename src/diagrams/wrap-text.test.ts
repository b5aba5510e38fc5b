import { describe, expect, it } from 'vitest';
import { wrapText } from './wrap-text.ts';

describe('wrapText', () => {
  it('breaks between words', () => {
    expect(wrapText('an access to memory', 10)).toEqual(['an access', 'to memory']);
  });

  it('lets a long word stand alone, and keeps every word', () => {
    expect(wrapText('a handle_mmio_with_translation b', 10)).toEqual([
      'a',
      'handle_mmio_with_translation',
      'b',
    ]);
    expect(wrapText('one', 10)).toEqual(['one']);
  });
});
