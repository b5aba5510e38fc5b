/** The source of PV guests read a second time, by plain searches, against the instructions that the extractor yields. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

const PRIVILEGED = 'xen/arch/x86/pv/emul-priv-op.c';

let real: RealTree;
let facts: FactOf<'pv-instruction'>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter((fact) => fact.kind === 'pv-instruction');
}, 120_000);

/** Lines of a function, from its name in column 0 to the brace that closes it. */
function functionLines(path: string, name: string): string[] {
  const lines = (real.corpus.texts.get(path) ?? '').split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\w.*\\b${name}\\(`).test(line));
  const length = lines.slice(start).findIndex((line) => line.startsWith('}'));
  return lines.slice(start, start + length);
}

it('has every opcode of the whitelist, by its comment', () => {
  const comments = functionLines(PRIVILEGED, 'validate').flatMap(
    (line) => /(?:case\b|X86EMUL_OPC).*:\s*\/\* (.*) \*\//.exec(line)?.slice(1) ?? [],
  );
  expect(comments.length).toBeGreaterThan(11);
  const words = comments.flatMap((comment) =>
    comment.replace(/\(.*\)|to\/from|cr\/dr/g, '').split(/[\s/]+/),
  );
  const listed = facts
    .filter(({ attributes }) => attributes.whitelisted)
    .map(({ attributes }) => attributes.instruction.toLowerCase());
  const missing = words.filter(
    (word) => word !== '' && !listed.some((text) => new RegExp(`\\b${word}\\b`).test(text)),
  );
  expect(missing).toEqual([]);
});

it('counts as many opcodes as the whitelist', () => {
  const text = functionLines(PRIVILEGED, 'validate').join('\n');
  const plain = text.replace(/X86EMUL_OPC\(0x0f, 0x01\):[\s\S]*/, '');
  const value = (written: string) => Number(/0x[0-9a-f]+\)?$/.exec(written)?.[0].replace(')', ''));
  const pattern =
    /case ((?:X86EMUL_OPC\(0x0f, )?0x\w+\)?)(?:\s*\.\.\.\s*((?:X86EMUL_OPC\(0x0f, )?0x\w+\)?))?:/g;
  const count = [...plain.matchAll(pattern)].reduce(
    (sum, [, first = '', last = first]) => sum + value(last) - value(first) + 1,
    0,
  );
  const members = (text.match(/case \d: \/\*/g) ?? []).length;
  const opcodes = facts.flatMap(({ attributes: a }) =>
    a.class === 'emulated-instruction' && a.whitelisted ? a.opcodes : [],
  );
  expect(new Set(opcodes).size).toBe(count + members);
});

it('knows every function that delivers an exception to a PV guest', () => {
  const known = new Set(
    facts.flatMap(({ attributes: a, evidence }) => [
      a.entry,
      ...a.handlers,
      ...evidence.filter(isTreeEvidence).map(({ symbol }) => symbol),
    ]),
  );
  const delivers = new Set<string>();
  for (const [path, text] of real.corpus.texts) {
    if (!/^xen\/arch\/x86\/(?:pv\/|x86_64\/|traps|mm\.c).*\.?c?$/.test(path)) continue;
    if (!path.endsWith('.c')) continue;
    let symbol = '';
    for (const line of text.split('\n')) {
      symbol = /^[a-z][\w\s*]*?\b(\w+)\(/.exec(line)?.[1] ?? symbol;
      if (/^\s+(?:return )?pv_inject_\w+\(/.test(line)) delivers.add(symbol);
    }
  }
  expect(delivers.size).toBeGreaterThan(12);
  const inner = ['set_guest_nmi_trapbounce', 'handle_gdt_ldt_mapping_fault'];
  expect([...delivers].filter((name) => !known.has(name) && !inner.includes(name))).toEqual([]);
});

it('has every hypercall of PV guests, with words', () => {
  const hypercalls = real.facts.filter((fact) => fact.kind === 'hypercall');
  const wanted = hypercalls
    .filter(({ attributes: { callers } }) => callers.pv64 !== null || callers.pv32 !== null)
    .map(({ attributes }) => attributes.name);
  const replaced = facts.filter(({ id }) => id.startsWith('pv-instruction/hypercall-'));
  expect(replaced.flatMap(({ attributes }) => attributes.alternatives).sort()).toEqual(
    wanted.sort(),
  );
  const speechless = replaced.filter(({ attributes }) =>
    attributes.instruction.includes('HYPERVISOR_'),
  );
  expect(speechless.map(({ id }) => id)).toEqual([]);
});

describe('every release', () => {
  it('has as many entries of each class as it should', () => {
    const count = (name: string) =>
      facts.filter(({ attributes }) => attributes.class === name).length;
    expect(count('emulated-instruction')).toBeGreaterThanOrEqual(24);
    expect(count('not-emulated')).toBeGreaterThanOrEqual(37);
    expect(count('native')).toBeGreaterThanOrEqual(20);
    expect(count('entry')).toBeGreaterThanOrEqual(27);
    expect(count('page-fault')).toBeGreaterThanOrEqual(9);
    expect(count('hypercall')).toBeGreaterThanOrEqual(40);
  });

  it('names alternatives that are hypercalls', () => {
    const names = new Set(
      real.facts.flatMap((fact) => (fact.kind === 'hypercall' ? [fact.attributes.name] : [])),
    );
    const others = facts
      .flatMap(({ attributes }) => attributes.alternatives)
      .filter((name) => !names.has(name));
    expect(others).toEqual([]);
  });

  it('names handlers that stand in the tree', () => {
    const handlers = new Set(
      facts.flatMap(({ attributes: a }) => [...a.handlers, ...(a.entry === null ? [] : [a.entry])]),
    );
    const texts = [...real.corpus.texts].filter(([path]) => path.startsWith('xen/'));
    const missing = [...handlers].filter((name) => {
      const word = new RegExp(`\\b${name}\\b`);
      return !texts.some(([, text]) => text.includes(name) && word.test(text));
    });
    // Handlers of 32-bit guests are made of their native sources by the preprocessor.
    expect(missing.filter((name) => !/^(?:compat|do)_/.test(name))).toEqual([]);
  });
});
