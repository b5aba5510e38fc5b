import { expect, it } from 'vitest';
import { readPredicateTables } from './predicate-tables.ts';

const TEXT = `
static const struct {
    uint8_t opc[8];
#define PAIR(opc, more...) \\
    { { (opc) | 0 }, more }, /* first */ \\
    { { (opc) | 1 }, more }  /* second */
} oak[] = {
    { { 0x10, 0x20 }, { 2, 2 }, T, W }, /* a name */
    PAIR(0x40,   { 1, 0 }, F, N ),
    /*{ { 0x50 }, { 2, 2 }, F, W }, left out */
}, elm[] = {
    { { 0x38 }, { 2, 2 }, T, R, pfx_f3 },
};

static const struct {
    uint8_t opc;
} ash[] = {
    { 0x0f, R, pfx_66 },
};

static const struct {
    unsigned int num;
} all[] = {
    { ARRAY_SIZE(oak) },
};
`;

it('reads rows of every table, those that macros write too', () => {
  const { names, rows, misread } = readPredicateTables(TEXT);
  expect(names).toEqual(['oak', 'elm', 'ash']);
  expect(misread).toEqual([]);
  expect(rows).toEqual([
    { table: 'oak', byte: 0x10, prefix: 'none', line: 8 },
    { table: 'oak', byte: 0x40, prefix: 'none', line: 9 },
    { table: 'oak', byte: 0x41, prefix: 'none', line: 9 },
    { table: 'elm', byte: 0x38, prefix: 'F3', line: 12 },
    { table: 'ash', byte: 0x0f, prefix: '66', line: 18 },
  ]);
});

it('tells of a row without a byte, and of an unknown prefix', () => {
  const { misread } = readPredicateTables(
    'static const struct oak oak[] = {\n    { { WHEEL }, T },\n    { { 0x10 }, T, pfx_wheel },\n};\n',
  );
  expect(misread.map(({ line }) => line)).toEqual([2, 3]);
});
