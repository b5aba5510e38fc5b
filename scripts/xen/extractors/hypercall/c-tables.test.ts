import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { parseCTable } from './c-tables.ts';

const FILE = `#ifdef CONFIG_PV32
#define PLAIN(x) \\
    [ __HYPERVISOR_ ## x ] = { (fn_t *) do_ ## x, (fn_t *) do_ ## x }
#define BOTH(x) \\
    [ __HYPERVISOR_ ## x ] = { (fn_t *) do_ ## x, \\
                               (fn_t *) compat_ ## x }
#else
#define PLAIN(x) [ __HYPERVISOR_ ## x ] = { (fn_t *) do_ ## x }
#define BOTH(x) PLAIN(x)
#endif
#define GONE(_name, _count) [ __HYPERVISOR_##_name ] = { .fn = (fn_t) &do_nothing, .count = _count }

#define do_arch_1 turn_more

static const struct {
    fn_t *native, *compat;
} wheel_table[] = {
    PLAIN(turn_wheel),
    /* a comment */
#ifdef CONFIG_STOP
    BOTH(stop_wheel),
#endif
    GONE(break_wheel, 2),
    PLAIN(arch_1)
};

#undef PLAIN
`;

async function read(text: string, symbol = 'wheel_table') {
  const file = (await corpusOf({ 'xen/a.c': text }, '4.16.0')).file('xen/a.c');
  if (file === undefined) throw new Error('no file');
  return parseCTable(file, symbol, ['pv64', 'pv32']);
}

describe('parseCTable', () => {
  it('reads entries with the handlers that their macro gives them', async () => {
    const { rows, problems } = await read(FILE);
    expect(problems).toEqual([]);
    expect(
      rows.map(({ name, handlers, conditions }) => [
        name,
        handlers.pv64,
        handlers.pv32,
        conditions,
      ]),
    ).toEqual([
      ['turn_wheel', 'do_turn_wheel', 'do_turn_wheel', []],
      ['stop_wheel', 'do_stop_wheel', 'compat_stop_wheel', ['CONFIG_STOP']],
      ['break_wheel', 'do_nothing', null, []],
      ['arch_1', 'turn_more', 'turn_more', []],
    ]);
    expect(rows[1]).toMatchObject({ line: 21, handlers: { hvm64: null, arm: null } });
  });

  it.each([
    ['a macro that fills no element', 'PLAIN(turn_wheel)', 'WHEEL(turn_wheel)'],
    ['what is no entry', 'PLAIN(turn_wheel)', '[ 7 ] = { do_turn_wheel }'],
  ])('tells of %s', async (_what, from, to) => {
    const { rows, problems } = await read(FILE.replace(from, to));
    expect(rows).toHaveLength(3);
    expect(problems).toEqual([
      { line: 18, actual: `\`${to},\``, expected: 'an entry of BOTH, GONE, PLAIN' },
    ]);
  });

  it('tells of an array that is not there', async () => {
    const { rows, problems } = await read(FILE, 'cart_table');
    expect(rows).toEqual([]);
    expect(problems).toMatchObject([{ actual: 'no array `cart_table`' }]);
  });
});
