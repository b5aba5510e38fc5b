/** Every hypercall against what the tree's own `gen_hypercall.awk` makes of the same table. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { CALLERS, type Caller } from '../../scripts/xen/extractors/hypercall/table.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

const COMMON = [
  'GRANT_TABLE',
  'SYSCTL',
  'ARGO',
  'IOREQ_SERVER',
  'HYPFS',
  'KEXEC',
  'HVM',
  'XENOPROF',
];
const X86 = ['X86', 'PV', 'PV32', 'COMPAT', 'PAGING', 'HVM', ...COMMON];
const ARM = ['ARM', ...COMMON.filter((option) => option !== 'KEXEC')];

let real: RealTree;
let hypercalls: FactOf<'hypercall'>[];

beforeAll(async () => {
  real = await openRealTree();
  hypercalls = real.facts.filter((fact) => fact.kind === 'hypercall');
}, 120_000);

/** The handlers that each caller reaches, as generated for a build with these options, sorted. */
function generate(options: readonly string[]): string[] {
  const table = join(real.root, 'xen/include/hypercall-defs.c');
  const defines = options.map((option) => `-DCONFIG_${option}=1`);
  const preprocessed = execFileSync('cpp', ['-P', ...defines, table], { encoding: 'utf8' });
  const script = join(real.root, 'xen/scripts/gen_hypercall.awk');
  const header = execFileSync('awk', ['-f', script], { encoding: 'utf8', input: preprocessed });
  const handlers = new Set<string>();
  for (const block of header.split('#define call_handlers_').slice(1)) {
    const caller = /^\w+/.exec(block)?.[0] ?? '';
    for (const match of block.matchAll(/ret = (\w+)\(/g)) handlers.add(`${caller} ${match[1]}`);
  }
  return [...handlers].sort();
}

/** What the facts say of these callers, for the options of the build, sorted. */
function extracted(callers: readonly Caller[], options: readonly string[]): string[] {
  const holds = (part: string) =>
    part.startsWith('!') ? !options.includes(part.slice(8)) : options.includes(part.slice(7));
  const exists = (kconfig: string | null) =>
    kconfig === null ||
    kconfig.split(' || ').some((arm) => arm.replace(/[()]/g, '').split(' && ').every(holds));
  return hypercalls
    .filter(({ attributes }) => exists(attributes.kconfig))
    .flatMap(({ attributes }) =>
      callers.flatMap((caller) => {
        const handler = attributes.callers[caller];
        return handler === null ? [] : [`${caller} ${handler}`];
      }),
    )
    .sort();
}

it('yields every row of the table', () => {
  const table = real.corpus.texts.get('xen/include/hypercall-defs.c') ?? '';
  const rows = table.slice(table.search(/^table:/m)).match(/^\w+(?= +(?:-|do|compat|hvm|dep))/gm);
  expect(hypercalls.map(({ attributes }) => attributes.name).sort()).toEqual(
    [...new Set(rows)].sort(),
  );
});

it('agrees on every handler of an x86 build', () => {
  const callers = CALLERS.filter((caller) => caller !== 'arm');
  const expected = generate(X86);
  expect(expected.length).toBeGreaterThan(100);
  expect(extracted(callers, X86)).toEqual(expected);
});

it('agrees on every handler of an Arm build', () => {
  const expected = generate(ARM);
  expect(expected.length).toBeGreaterThan(15);
  expect(extracted(['arm'], ARM)).toEqual(expected);
});
