import { describe, expect, it } from 'vitest';
import { ExpressionError, evaluate, parseExpression } from './expression.ts';
import { macroEnvironment } from './macro-environment.ts';
import { readMacros } from './macros.ts';

const environment = macroEnvironment(
  readMacros(`
#define BIT 3
#define FLAG (1U << BIT)
#define PORT(n) (BASE + (n))
#define BASE 0x40
#define BASE 0x50
#define SHADOW(BIT) (BIT * 2)
#define NEVER ENDS
#define ENDS NEVER
#define STRING "text"
#define EMPTY
#define UNKNOWN (1 | elsewhere)
`),
  { name: (name) => (name === 'offs' ? 1n : undefined) },
);
const value = (text: string) => evaluate(parseExpression(text), environment);

describe('macroEnvironment', () => {
  it.each([
    ['FLAG', 8n],
    ['PORT(offs)', 0x41n],
    ['PORT(PORT(1)) - BASE', 0x41n],
    ['SHADOW(5) + BIT', 13n],
  ])('expands %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ['NEVER', 'which never ends'],
    ['STRING', '"text"'],
    ['EMPTY', 'the end'],
    ['UNKNOWN', 'the unknown name `elsewhere`'],
    ['PORT', 'the unknown name `PORT`'],
    ['BASE(1)', 'the unknown call `BASE()`'],
    ['PORT()', '`PORT()` with 0 arguments'],
    ['PORT(1, 2)', '`PORT()` with 2 arguments'],
  ])('refuses %s', (text, words) => {
    expect(() => value(text)).toThrow(ExpressionError);
    expect(() => value(text)).toThrow(words);
  });

  it('is usable after a macro that never ends', () => {
    expect(() => value('NEVER')).toThrow();
    expect(value('FLAG')).toBe(8n);
  });
});
