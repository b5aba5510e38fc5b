import { expect, it } from 'vitest';
import { ExpressionError } from '../../expression.ts';
import { readDecodeTables } from './tables.ts';

it('counts designators, ranges and what follows without one', () => {
  const text = `
static const oak_t oak_table[256] = {
    1, f(2, 3), /* 4, */
    [0x10 ... 0x1f] = { A|B, 7 },
    A,
    [0x10] = {},
};

static const struct elm_table {
    int x;
} elm_table[] = {
    A,
};
`;
  expect(readDecodeTables(text)).toEqual([
    { name: 'oak_table', entries: 19, line: 2 },
    { name: 'elm_table', entries: 1, line: 11 },
  ]);
});

it('does not guess', () => {
  expect(() => readDecodeTables('int oak_table[4] = {\n [ELM] = 1,\n};\n')).toThrow(
    ExpressionError,
  );
  expect(() => readDecodeTables('int oak_table[4] = { 1, ')).toThrow(/open table `oak_table`/);
});
