/**
 * The labels of the emulator a second time, by the C compiler: it obeys the directives, expands the macros and gives
 * every label its value. What stands in the main switch is told by its indentation and braces alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

const FOLDER = 'xen/arch/x86/x86_emulate';

let real: RealTree;
let facts: FactOf<'opcode-map'>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter((fact) => fact.kind === 'opcode-map');
}, 120_000);

function text(path: string): string {
  return (real.corpus.texts.get(path) ?? '').replace(/^\s*#\s*include.*$/gm, '');
}

/** The definitions of macros by a pattern of their names, lines that go on included. */
function definitions(source: string, name: RegExp): string {
  const all = source.match(/^[ \t]*#[ \t]*define[ \t]+\w+(?:[^\n\\]|\\\n|\\.)*/gm) ?? [];
  return all.filter((one) => name.test(/define[ \t]+(\w+)/.exec(one)?.[1] ?? '')).join('\n');
}

function preprocess(parts: readonly string[]): string {
  const header = definitions(text(`${FOLDER}/x86_emulate.h`), /^X86EMUL_OPC/);
  const helpers = ['macros.h', 'lib.h', 'config.h']
    .map((name) => definitions(text(`xen/include/xen/${name}`), /^(?:MASK_INSR|ISOLATE_LSB)$/))
    .join('\n');
  const defines = ['__XEN__', '__x86_64__', ...parts].map((part) => `-D${part}`);
  return execFileSync('cpp', ['-P', '-w', '-undef', ...defines, '-'], {
    encoding: 'utf8',
    input: `${header}\n${helpers}\n${text(`${FOLDER}/x86_emulate.c`)}`,
    maxBuffer: 64 << 20,
  });
}

/** The body of the main switch, and of it what stands in no switch inside. */
function outerText(source: string): string {
  const at = source.indexOf('switch ( ctxt->opcode )', source.indexOf('x86_emulate('));
  let depth = 0;
  let result = '';
  let skipped = Number.POSITIVE_INFINITY;
  let pending = false;
  const tokens = source
    .slice(at)
    .split(/("(?:\\.|[^"\\])*"|\bswitch\b|[{}])/)
    .slice(2);
  for (const token of tokens) {
    if (token === 'switch') pending = true;
    if (token === '{') {
      depth += 1;
      if (pending && depth > 1 && skipped > depth) skipped = depth;
      pending = false;
    }
    if (token === '}') {
      if (skipped === depth) skipped = Number.POSITIVE_INFINITY;
      depth -= 1;
      if (depth === 0) return result;
    }
    if (depth < skipped) result += token;
  }
  return result;
}

/** The values of every label, by a program that the compiler makes of them. */
function valuesOf(labels: readonly string[]): Set<number> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-labels-'));
  try {
    const rows = labels.map((label) => {
      const [first = '', last = first] = label.split('...');
      return `{ ${first}, ${last} },`;
    });
    const program = join(folder, 'labels');
    writeFileSync(
      `${program}.c`,
      `#include <stdint.h>\n#include <stdio.h>\nstatic const unsigned int labels[][2] = {\n${rows.join('\n')}\n};\nint main(void)\n{\n    for ( unsigned int i = 0; i < sizeof(labels) / sizeof(*labels); i++ )\n        for ( unsigned int v = labels[i][0]; v <= labels[i][1]; v++ )\n            printf("%u\\n", v);\n}\n`,
    );
    execFileSync('gcc', ['-w', '-o', program, `${program}.c`]);
    const lines = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
    return new Set(lines.map(Number));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function labelsByCompiler(parts: readonly string[]): Set<number> {
  const outer = outerText(preprocess(parts)).replace(/"(?:\\.|[^"\\])*"/g, '""');
  const labels = [...outer.matchAll(/\bcase\b([^:]*):/g)].map((match) => match[1] ?? '');
  return valuesOf(labels);
}

function total(key: 'labels' | 'labelsWithoutHvm'): number {
  return facts
    .filter(({ attributes }) => attributes.part === 'map')
    .reduce((sum, { attributes }) => sum + (attributes[key] ?? 0), 0);
}

const PARTS = ['X86EMUL_NO_FPU', 'X86EMUL_NO_MMX', 'X86EMUL_NO_SIMD'];

it('agrees with the compiler on the labels of a build with HVM', () => {
  const labels = labelsByCompiler([]);
  expect(labels.size).toBeGreaterThan(1500);
  expect(total('labels')).toBe(labels.size);
});

it('agrees with the compiler on the labels of a build without HVM', () => {
  const labels = labelsByCompiler(PARTS);
  expect(labels.size).toBeGreaterThan(300);
  expect(total('labelsWithoutHvm')).toBe(labels.size);
});

it.each(PARTS)('agrees with the compiler on the labels without %s', (part) => {
  const ours = facts.reduce((sum, { attributes }) => {
    return sum + (attributes.part === 'map' ? (attributes.labelsWithout[part] ?? 0) : 0);
  }, 0);
  expect(ours).toBe(labelsByCompiler([part]).size);
});

it('knows every function that the main switch gives a group to', () => {
  const source = text(`${FOLDER}/x86_emulate.c`);
  const called = [...source.matchAll(/\brc =\s+(x86emul_\w+)\(/g)].map((match) => match[1] ?? '');
  const helpers = [...new Set(called)].filter((name) => /^x86emul_(?:0f|fpu)/.test(name)).sort();
  const known = facts
    .filter(({ attributes: a }) => a.part === 'group' && a.symbol.startsWith('x86emul_'))
    .map(({ attributes }) => attributes.symbol)
    .sort();
  expect(known).toEqual(helpers);
});
