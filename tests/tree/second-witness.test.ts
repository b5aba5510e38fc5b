/** What a plain search of the tree finds, against what the extractors yield for it. */
import { beforeAll, expect, it } from 'vitest';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;

beforeAll(async () => {
  real = await openRealTree();
}, 120_000);

function facts<K extends FactKind>(kind: K): FactOf<K>[] {
  return real.facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
}

function linesBelow(folder: RegExp): string[] {
  return [...real.corpus.texts].flatMap(([path, text]) =>
    folder.test(path) ? text.split('\n') : [],
  );
}

it('yields every call of the emulator', () => {
  const call =
    /(?<![\w"])(?:x86_emulate|x86_decode_insn|_?hvm_emulate_one\w*|handle_mmio\w*|vmx_realmode_emulate_one)\(/;
  const found = linesBelow(/^xen\/arch\/x86\/.*\.[ch]$/)
    // Indented code that is neither a comment nor the start of a definition.
    .filter((line) => /^\s+\S/.test(line) && !/^\s*(?:\*|\/\*)/.test(line))
    .filter((line) => call.test(line));
  expect(found.length).toBeGreaterThan(20);
  expect(facts('emulator-caller').length).toBe(found.length);
});

it('yields every VM exit of the headers, once', () => {
  const headers = linesBelow(/^xen\/arch\/x86\/.*\/(?:vmx\/vmx|svm\/vmcb)\.h$/);
  const found = headers.flatMap(
    (line) => /^(?:#define\s+(EXIT_REASON_\w+)|\s*(VMEXIT_\w+)(?=\s*=))/.exec(line)?.slice(1) ?? [],
  );
  const names = [...new Set(found.filter((name) => name !== undefined))].sort();
  expect(names.length).toBeGreaterThan(150);
  expect(
    facts('vm-exit')
      .map(({ attributes }) => attributes.name)
      .sort(),
  ).toEqual(names);
});
