import { describe, expect, it } from 'vitest';
import { cleanBody, cleanHeader, withoutAddresses } from './clean-text.ts';

describe('cleanHeader', () => {
  it('makes one line without control, invisible and bidirectional characters', () => {
    expect(cleanHeader('a\r\n b\u0007\u202ec\u200bd\u0000 \t e')).toBe('a bcd e');
  });

  it('keeps markup as text and masks addresses', () => {
    expect(cleanHeader('<b>x</b> from <ada@example.org>')).toBe('<b>x</b> from (address)');
  });

  it('cuts what no header holds', () => {
    expect(cleanHeader('x'.repeat(1_000_000))).toHaveLength(500);
  });
});

describe('withoutAddresses', () => {
  it('takes one pass over a long text without any', () => {
    const text = 'a'.repeat(2_000_000);
    expect(withoutAddresses(text)).toBe(text);
  });
});

describe('cleanBody', () => {
  it('makes line ends and blanks plain and keeps tabs', () => {
    expect(cleanBody('a\r\nb\rc\u00a0d\te\u0000')).toBe('a\nb\nc d\te');
  });

  it('cuts hostile lengths', () => {
    expect(cleanBody('y'.repeat(100_000))).toHaveLength(20_000);
    expect(cleanBody('\n'.repeat(300_000)).split('\n')).toHaveLength(200_000);
  });
});
