/** Every CPUID feature against what the tree's own `gen-cpuid.py` makes of the same header. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;
let features: FactOf<'cpuid-feature'>[];
let generated: string;
let folder: string;

beforeAll(async () => {
  real = await openRealTree();
  features = real.facts.filter((fact) => fact.kind === 'cpuid-feature');
  folder = await mkdtemp(join(tmpdir(), 'atlas-cpuid-'));
  const output = join(folder, 'cpuid-autogen.h');
  const script = join(real.root, 'xen/tools/gen-cpuid.py');
  const header = join(real.root, 'xen/include/public/arch-x86/cpufeatureset.h');
  execFileSync('python3', [script, '-i', header, '-o', output]);
  generated = readFileSync(output, 'utf8');
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The words of a generated mask, by the first of some names that there is, such as `INIT_PV_DEF_FEATURES`. */
function mask(...names: string[]): number[] {
  const body = names
    .map((name) => new RegExp(`#define ${name} \\{([^}]*)\\}`).exec(generated)?.[1])
    .find((found) => found !== undefined);
  if (body === undefined) throw new Error(`gen-cpuid.py yields no ${names.join(' or ')}`);
  return [...body.matchAll(/0x([0-9a-f]+)U/g)].map((match) => Number.parseInt(match[1] ?? '', 16));
}

function isSet(words: readonly number[], { word, bit }: { word: number; bit: number }): boolean {
  return (((words[word] ?? 0) >>> bit) & 1) === 1;
}

const value = ({ word, bit }: { word: number; bit: number }) => word * 32 + bit;

it('yields as many features as the header has', () => {
  const header = real.corpus.texts.get('xen/include/public/arch-x86/cpufeatureset.h') ?? '';
  expect(features.length).toBe(header.match(/^XEN_CPUFEATURE\(/gm)?.length);
  expect(features.length).toBeGreaterThan(150);
});

it.each([
  ['pv', 'INIT_PV'],
  ['hvm-shadow', 'INIT_HVM_SHADOW'],
  ['hvm-hap', 'INIT_HVM_HAP'],
] as const)('agrees on what %s guests see', (guest, prefix) => {
  // Xen 4.13 has one mask for both.
  const defaults = mask(`${prefix}_DEF_FEATURES`, `${prefix}_FEATURES`);
  const maximum = mask(`${prefix}_MAX_FEATURES`, `${prefix}_FEATURES`);
  const wrong = features.filter(({ attributes }) => {
    const expected = isSet(defaults, attributes)
      ? 'default'
      : isSet(maximum, attributes)
        ? 'max'
        : 'none';
    return attributes.exposure[guest] !== expected;
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

it('agrees on the special features', () => {
  const special = mask('INIT_SPECIAL_FEATURES');
  const wrong = features.filter(
    ({ attributes }) => attributes.special !== isSet(special, attributes),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

it('agrees on what each feature hides', () => {
  const body = /#define INIT_DEEP_DEPS \{([\s\S]*?)\n\n/.exec(generated)?.[1] ?? '';
  const deep = new Map(
    [...body.matchAll(/\{ 0x([0-9a-f]+)U,[^{]*\{([^}]*)\}/g)].map((match) => [
      Number.parseInt(match[1] ?? '', 16),
      [...(match[2] ?? '').matchAll(/0x([0-9a-f]+)U/g)].map((word) =>
        Number.parseInt(word[1] ?? '', 16),
      ),
    ]),
  );
  expect(deep.size).toBeGreaterThan(10);
  const wrong = features.filter(({ attributes }) => {
    const words = deep.get(value(attributes)) ?? [];
    const expected = features
      .filter((feature) => isSet(words, feature.attributes))
      .map((feature) => feature.attributes.name);
    return [...attributes.hides].sort().join() !== expected.sort().join();
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  expect(deep.size).toBe(features.filter(({ attributes }) => attributes.hides.length > 0).length);
});
