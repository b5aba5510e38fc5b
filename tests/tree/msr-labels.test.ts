/** A second reading of the MSR functions of a real tree, by lines: every label is a fact, in the function that has it. */
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import { openRealTree } from '../xen-tree.ts';

const { facts, corpus } = await openRealTree();
const msrs = facts.filter((fact) => fact.kind === 'msr');

const FUNCTIONS: readonly (readonly [path: string, symbol: string])[] = [
  ['xen/arch/x86/msr.c', 'guest_rdmsr'],
  ['xen/arch/x86/msr.c', 'guest_wrmsr'],
  ['xen/arch/x86/pv/emul-priv-op.c', 'read_msr'],
  ['xen/arch/x86/pv/emul-priv-op.c', 'write_msr'],
  ['xen/arch/x86/hvm/hvm.c', 'hvm_msr_read_intercept'],
  ['xen/arch/x86/hvm/hvm.c', 'hvm_msr_write_intercept'],
  ['xen/arch/x86/hvm/vmx/vmx.c', 'vmx_msr_read_intercept'],
  ['xen/arch/x86/hvm/vmx/vmx.c', 'vmx_msr_write_intercept'],
  ['xen/arch/x86/hvm/svm/svm.c', 'svm_msr_read_intercept'],
  ['xen/arch/x86/hvm/svm/svm.c', 'svm_msr_write_intercept'],
  ['xen/arch/x86/hvm/viridian/viridian.c', 'guest_rdmsr_viridian'],
  ['xen/arch/x86/hvm/viridian/viridian.c', 'guest_wrmsr_viridian'],
];

/** Labels between the line of the name and the brace in column 0 that ends the body. */
function labelsByLine(path: string, symbol: string): string[] {
  const lines = (corpus.texts.get(path) ?? '').replace(/\/\*[\s\S]*?\*\//g, '').split('\n');
  const starts = lines.flatMap((line, at) =>
    new RegExp(`^\\S.*\\b${symbol}\\(`).test(line) && !/;\s*$/.test(lines[at + 1] ?? '')
      ? [at]
      : [],
  );
  const from = starts.at(-1) ?? lines.length;
  const to = lines.findIndex((line, at) => at > from && /^\}/.test(line));
  const labels = lines
    .slice(from, to)
    .flatMap((line) => /^\s*case\s+(.*?)\s*(?:\.\.\..*)?:/.exec(line)?.[1] ?? []);
  return [...new Set(labels)].sort();
}

describe('every MSR function', () => {
  it.each(FUNCTIONS)('%s %s has a fact for each of its labels', (path, symbol) => {
    const labels = labelsByLine(path, symbol);
    const read = msrs.flatMap(({ attributes }) =>
      attributes.dispatch.filter((one) => one.function === symbol).map(({ label }) => label),
    );
    expect(labels.length).toBeGreaterThan(3);
    expect([...new Set(read)].sort()).toEqual(labels);
  });
});

it('rests every fact on a place of the tree', () => {
  for (const { id, evidence } of msrs) {
    expect(evidence.filter(isTreeEvidence).length, id).toBeGreaterThan(0);
  }
});
