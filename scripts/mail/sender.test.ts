import { describe, expect, it } from 'vitest';
import { NAME_NOT_GIVEN, senderKey, senderName, senderOfHeader } from './sender.ts';

describe('senderName', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['"Lovelace, Ada"', 'Lovelace, Ada'],
    ['Ada Lovelace via Xen-devel', 'Ada Lovelace'],
    ['Ada <ada@example.org> Lovelace', 'Ada Lovelace'],
    ['@Ada Lovelace@', 'Ada Lovelace'],
    ['Ada\u202e\u0000 Lovelace', 'Ada Lovelace'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('keeps the name of %j', (name, expected) => {
    expect(senderName(name)).toBe(expected);
  });

  it.each([undefined, '', 'ada@example.org', '<ada@example.org>', 'ada at example.org', '42'])(
    'gives no part of an address away for %j',
    (name) => {
      expect(senderName(name)).toBe(NAME_NOT_GIVEN);
    },
  );
});

describe('senderOfHeader', () => {
  it('reads a name in quotes, a bare one and an address alone', () => {
    expect(senderOfHeader('"Lovelace, Ada" <ada@xxxxxxx>')).toBe('Lovelace, Ada');
    expect(senderOfHeader('Ada Lovelace <ada@xxxxxxx>')).toBe('Ada Lovelace');
    expect(senderOfHeader('ada@xxxxxxx')).toBe(NAME_NOT_GIVEN);
  });
});

describe('senderKey', () => {
  it('is the same for both orders of a name, whatever the accents', () => {
    expect(senderKey('Lovelace, Ada')).toBe(senderKey('ada lovelace'));
    expect(senderKey('José Ramos')).toBe('jose-ramos');
  });
});
