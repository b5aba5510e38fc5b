import { describe, expect, it } from 'vitest';
import { ExpressionError, evaluate, parseExpression } from './expression.ts';

const NAMES: Readonly<Record<string, bigint>> = { LAPIC: 1n, USE_PIRQ: 2n, ULL: 4n, l: 8n };
const value = (text: string) =>
  evaluate(parseExpression(text), {
    name: (name) => NAMES[name],
    call: (name, args) => (name === 'count' ? BigInt(args.length) : undefined),
  });

describe('evaluate', () => {
  it.each([
    ['0', 0n],
    ['010', 8n],
    ['0x1F', 31n],
    ['10UL', 10n],
    ['0xffULL', 255n],
    ['1u << 3', 8n],
    ['2 - 1 - 1', 0n],
    ['1 + 2 * 3 == 7', 1n],
    ['1 | 2 ^ 3 & 1', 3n],
    ['~(1u | 2u) & 0xf', 12n],
    ['-~1', 2n],
    ['!0 && !!5', 1n],
    ['0 ? 1 : 1 ? 2 : 3', 2n],
    ['7 / 2 % 2', 1n],
    ['5 >= 5 && 4 <= 3', 0n],
    ['count()', 0n],
    ['count(1, (2, 3))', undefined],
    ['count(1, 2 + 3)', 2n],
    ['0 && nothing', 0n],
    ['1 || nothing', 1n],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(() => value(text)).toThrow(ExpressionError);
    else expect(value(text)).toBe(expected);
  });

  it.each([
    ['0|LAPIC', 1n],
    ['~USE_PIRQ&3', 1n],
    ['(ULL)', 4n],
    ['l+1', 9n],
  ])('takes no letter of a name for the suffix of a number: %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });
});

describe('an ExpressionError', () => {
  it.each([
    ['', 'the end'],
    ['1 +', 'the end'],
    ['(1', 'the end'],
    ['1 2', '`2`'],
    ['d->flags', '`>`'],
    ['"text"', '"text"'],
    ['08', '`08`'],
    ['12ab', '`12ab`'],
    ['NOTHING', 'the unknown name `NOTHING`'],
    ['nothing(1)', 'the unknown call `nothing()`'],
    ['1 / 0', 'division by zero'],
    ['1 % 0', 'division by zero'],
    ['1 << 4096', 'a shift by 4096'],
    ['1 >> -1', 'a shift by -1'],
  ])('%s', (text, words) => {
    expect(() => value(text)).toThrow(ExpressionError);
    expect(() => value(text)).toThrow(words);
  });
});
