import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readCallTables, rowName } from './call-tables.ts';

const many = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `wheel_${first + index}`);

const array = (symbol: string, entries: readonly string[], macros: string) =>
  `${macros}\nstatic const fn_t ${symbol}[] = {\n${entries.map((entry) => `    ${entry},\n`).join('')}};\n`;

const CALL = '#define HYPERCALL(x) [ __HYPERVISOR_ ## x ] = { do_ ## x, do_ ## x }';
const ARM = '#define HYPERCALL(x, n) [ __HYPERVISOR_ ## x ] = { .fn = &do_ ## x, .count = n }';

const TEXTS = {
  'xen/include/public/xen.h': [...many(40), 'arch_0']
    .map((name, index) => `#define __HYPERVISOR_${name} ${index}\n`)
    .join(''),
  'xen/arch/x86/pv/hypercall.c': array(
    'pv_hypercall_table',
    [...many(35), 'arch_1'].map((name) => `HYPERCALL(${name})`),
    CALL,
  ),
  'xen/arch/x86/hvm/hypercall.c': array(
    'hvm_hypercall_table',
    many(15).map((name) => `HYPERCALL(${name})`),
    CALL,
  ),
  'xen/arch/arm/traps.c': array(
    'arm_hypercall_table',
    many(15, 24).map((name) => `HYPERCALL(${name}, 2)`),
    ARM,
  ),
};

describe('readCallTables before 4.17', () => {
  it('joins what the arrays say of a hypercall', async () => {
    const { rows, problems } = readCallTables(await corpusOf(TEXTS, '4.16.0'));
    expect(problems).toEqual([]);
    const handlers = (name: string) => rows.find((row) => row.name === name)?.handlers;
    const none = { pv64: null, pv32: null, hvm64: null, hvm32: null, arm: null };
    const pv = { pv64: 'do_wheel_3', pv32: 'do_wheel_3' };
    expect(handlers('wheel_3')).toEqual({
      ...none,
      ...pv,
      hvm64: 'do_wheel_3',
      hvm32: 'do_wheel_3',
    });
    expect(handlers('wheel_38')).toEqual({ ...none, arm: 'do_wheel_38' });
    expect(handlers('wheel_39')).toEqual(none);
    expect(rows.map(({ name }) => name)).not.toContain('arch_0');
  });

  it('names what the architecture has a number of its own for', async () => {
    const { tables } = readCallTables(await corpusOf(TEXTS, '4.16.0'));
    expect(tables.map((table) => rowName(table, 'paging_domctl_cont'))).toEqual([
      'arch_1',
      null,
      null,
    ]);
    expect(tables.map((table) => rowName(table, 'wheel_30'))).toEqual([
      'wheel_30',
      null,
      'wheel_30',
    ]);
  });

  it.each(Object.keys(TEXTS))('misses what %s has', async (path) => {
    const { rows, problems } = readCallTables(await corpusOf({ ...TEXTS, [path]: '' }, '4.13.0'));
    expect(rows).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'construct-missing', severity: 'error' }]);
  });

  it('tells of an entry that it does not understand', async () => {
    const path = 'xen/arch/x86/pv/hypercall.c';
    const text = TEXTS[path].replace('HYPERCALL(wheel_0)', 'SPIN(wheel_0)');
    const { problems } = readCallTables(await corpusOf({ ...TEXTS, [path]: text }, '4.13.0'));
    expect(problems).toMatchObject([{ kind: 'construct-unread', place: { path, line: 3 } }]);
  });
});

it('reads the one table since 4.17, and no array', async () => {
  const { rows, problems } = readCallTables(await corpusOf(TEXTS, '4.17.0'));
  expect(rows).toEqual([]);
  expect(problems.map(({ kind }) => kind)).toEqual(['construct-missing', 'construct-missing']);
});
