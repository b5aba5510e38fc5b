/** The cut-down tree of the tests, as a value: what is in `fixtures/xen`, and rows that bring lists above their floors. */
import { join } from 'node:path';
import { readTextFiles } from '../scripts/markdown/content-files.ts';
import { SVM_TREATMENTS } from '../scripts/xen/extractors/vm-exit/treatments/svm.ts';
import type { Treatment } from '../scripts/xen/extractors/vm-exit/treatments/treatment.ts';
import { VMX_TREATMENTS } from '../scripts/xen/extractors/vm-exit/treatments/vmx.ts';
import type { Fact } from '../src/schema/fact.ts';
import { fillCases, SHOWN_TRAPS } from './arm-trap-fixture.ts';

export const FIXTURE_TREE = join(import.meta.dirname, 'fixtures/xen');
export const GOLDEN = join(import.meta.dirname, 'fixtures/golden');

const FEATURES = 'xen/include/public/arch-x86/cpufeatureset.h';
const TABLE = 'xen/include/hypercall-defs.c';
const SUPPORT = 'SUPPORT.md';
const NUMBERS = 'xen/include/public/xen.h';

function rows(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');
}

/** The VM exits that the headers of the tree list; the others are fillers. */
const SHOWN_EXITS = new Set(
  [
    'EXCEPTION_NMI EXTERNAL_INTERRUPT INIT SIPI CPUID HLT INVLPG RDTSC IO_INSTRUCTION INVALID_GUEST_STATE',
    'APIC_ACCESS ACCESS_GDTR_OR_IDTR ACCESS_LDTR_OR_TR EPT_VIOLATION RDTSCP INVPCID CR0_READ CR2_READ',
    'EXCEPTION_UD EXCEPTION_PF INTR IDTR_READ GDTR_READ LDTR_READ TR_READ IDTR_WRITE GDTR_WRITE LDTR_WRITE',
    'TR_WRITE IOIO NPF INVALID',
  ].flatMap((words) => words.split(' ')),
);

function isShownExit(name: string): boolean {
  return SHOWN_EXITS.has(name.replace(/^(?:EXIT_REASON|VMEXIT)_/, ''));
}

function filledExits(treatments: readonly Treatment[]): string[] {
  const names = treatments.flatMap((treatment) => treatment.names);
  return [...new Set(names)].filter((name) => !isShownExit(name));
}

/** Control registers have the codes of their intercepts, so that a range covers them; others have codes of none. */
function svmFiller(name: string, index: number): string {
  const [, number, access] = /^VMEXIT_CR(\d+)_(READ|WRITE)$/.exec(name) ?? [];
  const code = number === undefined ? 3000 + index : Number(number) + (access === 'READ' ? 0 : 16);
  return `    ${name} = ${code},\n`;
}

const FILLERS: Readonly<Record<string, string>> = {
  [FEATURES]: `
/* Made-up CPU features, CPUID level 0x80000021.eax, word 40 */
${rows(150, (index) => `XEN_CPUFEATURE(FILLER_${index}, 40*32+ ${index % 32}) /*A  A filler */`)}`,
  [SUPPORT]: rows(150, (index) => `\n### Filler ${index}\n\n    Status: Supported`),
  [TABLE]: rows(30, (index) => `filler_${index} do do do do do`),
  'xen/arch/x86/include/asm/hvm/vmx/vmx.h': filledExits(VMX_TREATMENTS)
    .map((name, index) => `#define ${name} ${200 + index}\n`)
    .join(''),
  'xen/arch/x86/hvm/svm/vmcb.h': `${filledExits(SVM_TREATMENTS).map(svmFiller).join('')}};\n`,
  [NUMBERS]: rows(30, (index) => `#define __HYPERVISOR_filler_${index} ${100 + index}`),
};

/** Texts of the tree by path, fillers included. */
export async function readFixture(): Promise<Record<string, string>> {
  const files = await readTextFiles(FIXTURE_TREE, '.', '');
  return Object.fromEntries(
    files.map(({ path, text }) => [path, `${fillCases(text)}${FILLERS[path] ?? ''}`]),
  );
}

/** The instructions of the golden file; the others have the same shape. */
const SHOWN_INSTRUCTIONS = new Set(
  'add cmpccxadd cmpxchg8b invlpg lgdt mov-cr pclmulqdq rsm serialize setssbsy x87'.split(' '),
);

function isShownOpcode(id: string): boolean {
  const instruction = /\/instruction-(.*)/.exec(id)?.[1];
  return instruction === undefined || SHOWN_INSTRUCTIONS.has(instruction);
}

/** Whether a fact is about a filler, which goldens leave out. */
export function isFiller({ kind, id, title }: Pick<Fact, 'id' | 'kind' | 'title'>): boolean {
  if (kind === 'arm-trap') return !SHOWN_TRAPS.has(id);
  if (kind === 'opcode-map') return !isShownOpcode(id);
  if (/^(?:EXIT_REASON|VMEXIT)_/.test(title)) return !isShownExit(title);
  return /^filler/i.test(title);
}
