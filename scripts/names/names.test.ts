import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { namesSchema } from '../../src/schema/names.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { checkListedNames, checkProseNames } from './check-names.ts';
import { deriveNames, renderNames } from './derive-names.ts';

const tree: TreeNames = {
  release: '4.22.0',
  commit: null,
  paths: new Set(['xen/arch/x86/hvm/rtc.c', 'xen/arch/x86/pv/emul-priv-op.c']),
  symbols: new Map([
    ['handle_pio', [{ path: 'xen/arch/x86/hvm/io.c', line: 1, kind: 'function' }]],
    ['rtc_init', [{ path: 'xen/arch/x86/hvm/rtc.c', line: 1, kind: 'function' }]],
  ]),
};
const path = 'content/answers/some.md';
const text =
  '---\ntitle: x\n---\n\n`handle_pio()` in `rtc.c`, `mmu_update`, `xen_start_kernel`.\n`no_such_name`\n';
const authored = [{ path, text }];
const before = namesSchema.parse({
  release: '4.20.0',
  symbols: ['left_over'],
  paths: [],
  others: { xen_start_kernel: 'a function of Linux' },
});

describe('the names of prose', () => {
  const names = deriveNames(SAMPLE, before, authored, tree);

  it('are those that the tree has and no entry', () => {
    expect(names).toEqual({
      release: '4.22.0',
      symbols: ['handle_pio'],
      paths: ['xen/arch/x86/hvm/rtc.c'],
      others: { xen_start_kernel: 'a function of Linux' },
    });
    expect(namesSchema.parse(parse(renderNames(names)))).toEqual(names);
    expect(deriveNames(SAMPLE, names, authored, tree)).toEqual(names);
  });

  it('leave a name that nothing knows as a problem with its place', () => {
    expect(checkProseNames(SAMPLE, names, authored)).toMatchObject([
      { kind: 'symbol-unknown', place: { path, line: 6, column: 1 }, actual: '`no_such_name`' },
    ]);
  });

  it('are held against the tree', () => {
    expect(checkListedNames(names, tree)).toEqual([]);
    expect(checkListedNames(before, tree)).toMatchObject([{ actual: '`left_over`' }]);
  });
});
