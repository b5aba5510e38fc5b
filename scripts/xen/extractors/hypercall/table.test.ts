import { describe, expect, it } from 'vitest';
import { anyArm, optionsOf, parseHypercallTable } from './table.ts';

const TABLE = `prefix: do hvm
turn_wheel(unsigned int cmd)

table:       pv32     pv64   hvm32  hvm64  arm
turn_wheel   compat:1 do:1   -      hvm    -
/* a comment */
#ifdef CONFIG_PV
stop_wheel   do       do     -      -      -
#else
stop_wheel   -        -      do     do     -
#endif
`;

describe('parseHypercallTable', () => {
  it('reads rows with handlers, line and conditions', () => {
    const { rows, problems } = parseHypercallTable(TABLE);
    expect(problems).toEqual([]);
    expect(rows.map(({ name, line, conditions }) => [name, line, conditions])).toEqual([
      ['turn_wheel', 5, []],
      ['stop_wheel', 8, ['CONFIG_PV']],
      ['stop_wheel', 10, ['!CONFIG_PV']],
    ]);
    expect(rows[0]?.handlers).toEqual({
      pv32: 'compat_turn_wheel',
      pv64: 'do_turn_wheel',
      hvm32: null,
      hvm64: 'hvm_turn_wheel',
      arm: null,
    });
  });

  it('reads columns by their name, and a caller that is left out as none', () => {
    const { rows } = parseHypercallTable('table: arm pv64\nturn do -\n');
    expect(rows[0]?.handlers).toMatchObject({ arm: 'do_turn', pv64: null, hvm64: null });
  });

  it.each([
    ['table: pv32 riscv\n', 1, 'caller `riscv`'],
    ['table: pv32 pv64\nturn do\n', 2, '1 columns'],
    ['table: pv32\n#ifdef CONFIG_PV\nturn do\n', 2, '`#if` without `#endif`'],
  ])('says what it does not understand: %j', (text, line, actual) => {
    expect(parseHypercallTable(text).problems).toMatchObject([{ line, actual }]);
  });
});

describe('the conditions of a row', () => {
  it.each([
    [[], []],
    [
      ['CONFIG_X86 && !CONFIG_PV', 'CONFIG_HVM'],
      ['CONFIG_X86', '!CONFIG_PV', 'CONFIG_HVM'],
    ],
    [['CONFIG_X86 || CONFIG_ARM'], null],
    [['__x86_64__'], null],
  ])('as options: %j', (conditions, options) => {
    expect(optionsOf(conditions)).toEqual(options);
  });

  it.each([
    [[[]], null],
    [[['CONFIG_PV']], 'CONFIG_PV'],
    [[['CONFIG_PV'], []], null],
    [[['A', 'B'], ['C']], '(A && B) || C'],
  ])('as one, over all arms: %j', (arms, condition) => {
    expect(anyArm(arms)).toBe(condition);
  });
});
