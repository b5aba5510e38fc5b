/** The cut-down tree of the tests, as a value: what is in `fixtures/xen`, and rows that bring lists above their floors. */
import { join } from 'node:path';
import { readTextFiles } from '../scripts/markdown/content-files.ts';
import type { Fact } from '../src/schema/fact.ts';

export const FIXTURE_TREE = join(import.meta.dirname, 'fixtures/xen');
export const GOLDEN = join(import.meta.dirname, 'fixtures/golden');

const FEATURES = 'xen/include/public/arch-x86/cpufeatureset.h';
const TABLE = 'xen/include/hypercall-defs.c';
const SUPPORT = 'SUPPORT.md';
const NUMBERS = 'xen/include/public/xen.h';

function rows(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');
}

const FILLERS: Readonly<Record<string, string>> = {
  [FEATURES]: `
/* Made-up CPU features, CPUID level 0x80000021.eax, word 40 */
${rows(150, (index) => `XEN_CPUFEATURE(FILLER_${index}, 40*32+ ${index % 32}) /*A  A filler */`)}`,
  [SUPPORT]: rows(150, (index) => `\n### Filler ${index}\n\n    Status: Supported`),
  [TABLE]: rows(30, (index) => `filler_${index} do do do do do`),
  [NUMBERS]: rows(30, (index) => `#define __HYPERVISOR_filler_${index} ${100 + index}`),
};

/** Texts of the tree by path, fillers included. */
export async function readFixture(): Promise<Record<string, string>> {
  const files = await readTextFiles(FIXTURE_TREE, '.', '');
  return Object.fromEntries(files.map(({ path, text }) => [path, `${text}${FILLERS[path] ?? ''}`]));
}

/** Whether a fact is about a filler, which goldens leave out. */
export function isFiller({ title }: Pick<Fact, 'title'>): boolean {
  return /^filler/i.test(title);
}
