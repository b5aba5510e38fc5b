/** The cut-down tree of the tests, as a value: what is in `fixtures/xen`, and rows that bring lists above their floors. */

import { join } from 'node:path';
import { readTextFiles } from '../scripts/markdown/content-files.ts';
import type { AuthoredCells, AuthoredPlace } from '../scripts/xen/authored.ts';
import {
  listings as constants,
  OTHER_CONSTANTS,
} from '../scripts/xen/extractors/boot/constructs.ts';
import { TOPICS } from '../scripts/xen/extractors/boot/topics.ts';
import { DEVICES } from '../scripts/xen/extractors/device-model/devices/index.ts';
import { LEFT_OUT } from '../scripts/xen/extractors/device-model/left-out.ts';
import { listings as operations } from '../scripts/xen/extractors/memory-access/constructs.ts';
import { OTHER_OPERATIONS } from '../scripts/xen/extractors/memory-access/other.ts';
import { WAYS } from '../scripts/xen/extractors/memory-access/ways.ts';
import { ENTRIES } from '../scripts/xen/extractors/pv-instruction/entries/index.ts';
import { SVM_TREATMENTS } from '../scripts/xen/extractors/vm-exit/treatments/svm.ts';
import type { Treatment } from '../scripts/xen/extractors/vm-exit/treatments/treatment.ts';
import { VMX_TREATMENTS } from '../scripts/xen/extractors/vm-exit/treatments/vmx.ts';
import type { Listing } from '../scripts/xen/listing.ts';
import { isInSpan } from '../src/model/release.ts';
import type { Fact } from '../src/schema/fact.ts';
import { fillCases, SHOWN_TRAPS } from './arm-trap-fixture.ts';
import { withStubs } from './authored-fixture.ts';

export const FIXTURE_TREE = join(import.meta.dirname, 'fixtures/xen');
export const GOLDEN = join(import.meta.dirname, 'fixtures/golden');

const RELEASE = '4.22.0';
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

/** The keys of xl.cfg that the manual page and the parser of the tree show; the others are fillers. */
const SHOWN_KEYS = new Set(['hpet', 'vga', 'boot', 'timer_mode', 'xen_platform_pci', 'opengl']);

const FILLED_KEYS = [...DEVICES.flatMap(({ keys = [] }) => keys), ...Object.values(LEFT_OUT).flat()]
  .filter((key) => !SHOWN_KEYS.has(key))
  .sort();

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
  'docs/man/xl.cfg.5.pod.in': `=over 4\n\n${FILLED_KEYS.map((key) => `=item B<${key}=STRING>\n\nA filler.\n\n`).join('')}=back\n`,
  'tools/xl/xl_parse.c': FILLED_KEYS.map(
    (key) => `/* A filler. */ xlu_cfg_get_string(config, "${key}", &buf, 0);\n`,
  ).join(''),
  [NUMBERS]: rows(30, (index) => `#define __HYPERVISOR_filler_${index} ${100 + index}`),
};

/** The authored facts that the goldens show; the places of the others are stubs. */
const SHOWN_AUTHORED = [
  'acpi',
  'ap-bringup',
  'build-arm-by-xen',
  'callback-via',
  'console-ring',
  'event-fifo',
  'grant-transfer',
  'pirq-eoi',
  'save',
  'tsc',
];

interface AuthoredFact {
  readonly places: readonly AuthoredPlace[];
  readonly cells: AuthoredCells;
}

function placesOf({ places, cells }: AuthoredFact): AuthoredPlace[] {
  const own = cells.flatMap(([, ...handlings]) => handlings.flatMap((one) => one.places ?? []));
  return [...places, ...own].filter((place) => isInSpan(place, RELEASE));
}

/** A name as a macro, an enumerator, or a source of time. */
function shapesOf(name: string): string[] {
  return [`#define ${name} 1`, `    ${name},`, `static struct platform_timesource ${name} = {};`];
}

/** Definitions of the names that a table knows, in the header that lists them. */
function definitions(
  lists: Readonly<Record<string, Listing>>,
  names: readonly string[],
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { candidates, names: pattern } of Object.values(lists)) {
    const path = candidates[0]?.in ?? '';
    const lines = names.flatMap(
      (name) => shapesOf(name).find((line) => pattern.exec(line)?.[1] === name) ?? [],
    );
    texts[path] = `${texts[path] ?? ''}${lines.map((line) => `${line}\n`).join('')}`;
  }
  return texts;
}

/** Texts of the tree by path, fillers included. */
export async function readFixture(): Promise<Record<string, string>> {
  const files = await readTextFiles(FIXTURE_TREE, '.', '');
  const written = Object.fromEntries(files.map(({ path, text }) => [path, fillCases(text)]));
  const listed = [
    definitions(operations, [...WAYS.flatMap(({ names }) => names ?? []), ...OTHER_OPERATIONS]),
    definitions(constants, [...TOPICS.flatMap(({ names }) => names ?? []), ...OTHER_CONSTANTS]),
  ];
  const filled = { ...written };
  for (const fillers of [FILLERS, ...listed]) {
    for (const [path, text] of Object.entries(fillers)) {
      filled[path] = `${filled[path] ?? ''}${text}`;
    }
  }
  return withStubs(filled, [...WAYS, ...ENTRIES, ...TOPICS].flatMap(placesOf));
}

/** The instructions of the golden file; the others have the same shape. */
const SHOWN_INSTRUCTIONS = new Set(
  'add cmpccxadd cmpxchg8b invlpg lgdt mov-cr pclmulqdq rsm serialize setssbsy x87'.split(' '),
);

function isShownOpcode(id: string): boolean {
  const instruction = /\/instruction-(.*)/.exec(id)?.[1];
  return instruction === undefined || SHOWN_INSTRUCTIONS.has(instruction);
}

/** The instructions of PV guests that the golden file shows. */
const SHOWN_PV_INSTRUCTIONS = new Set(
  `call-gate cli-sti clts cpuid entry-page-fault fred hlt hypercall-iret int-n mov-to-cr0 page-table-write popf
  port-pit rdtsc vmcall wbinvd`.split(/\s+/),
);

/** Whether a fact is about a filler, which goldens leave out. */
export function isFiller({ kind, id, title }: Pick<Fact, 'id' | 'kind' | 'title'>): boolean {
  if (kind === 'arm-trap') return !SHOWN_TRAPS.has(id);
  if (kind === 'pv-instruction') {
    return !SHOWN_PV_INSTRUCTIONS.has(id.replace(/^.*\//, ''));
  }
  if (kind === 'opcode-map') return !isShownOpcode(id);
  if (kind === 'memory-access' || kind === 'boot')
    return !SHOWN_AUTHORED.includes(id.replace(/^.*\//, ''));
  if (/^(?:EXIT_REASON|VMEXIT)_/.test(title)) return !isShownExit(title);
  return /^filler/i.test(title);
}
