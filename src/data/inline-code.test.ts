import { expect, it } from 'vitest';
import { parseInlineCode } from './inline-code.ts';

it('splits a sentence at its backticks', () => {
  expect(parseInlineCode('with `hpet=0` in xl.cfg')).toEqual([
    { text: 'with ', code: false },
    { text: 'hpet=0', code: true },
    { text: ' in xl.cfg', code: false },
  ]);
});

it('leaves a lone backtick alone', () => {
  expect(parseInlineCode('a ` b')).toEqual([{ text: 'a ` b', code: false }]);
});
