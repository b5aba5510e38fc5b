/** Entry points in assembler, the callbacks of the emulator, and the events that FRED dispatches: what the tables must know. */
import type { CFile } from '../../c-file.ts';
import { blankComments } from '../../source-mask.ts';

/** A name of the source and the line where it stands. */
export interface NamedLine {
  readonly name: string;
  readonly line: number;
}

/** Before 4.18 entry points had names of their own; since then they begin with `entry_`. */
const LEGACY = new Set(
  `divide_error coprocessor_error simd_coprocessor_error device_not_available debug int3 overflow bounds invalid_op
  invalid_TSS segment_not_present stack_segment general_protection alignment_check double_fault nmi machine_check
  page_fault int80_direct_trap lstar_enter cstar_enter sysenter_entry common_interrupt`.split(
    /\s+/,
  ),
);

/** Entry points that serve Xen’s own code. */
const OF_XEN = new Set(['entry_FRED_R0']);

/** Entry points that an assembler source defines. */
export function readEntryPoints(text: string): NamedLine[] {
  return text.split('\n').flatMap((source, index) => {
    const name = /^(?:FUNC|FUNC_LOCAL|ENTRY)\((\w+)/.exec(source)?.[1] ?? '';
    const wanted = (name.startsWith('entry_') || LEGACY.has(name)) && !OF_XEN.has(name);
    return wanted ? [{ name, line: index + 1 }] : [];
  });
}

/** Labels of a function in capitals, each once. */
export function readEventLabels(file: CFile, symbol: string): NamedLine[] {
  const definition = file.functions.find(({ name }) => name === symbol);
  if (definition === undefined) return [];
  const text = blankComments(file.text.slice(definition.start, definition.end));
  const found = new Map<string, number>();
  for (const match of text.matchAll(/\bcase\s+(X86_\w+)\s*:/g)) {
    const name = match[1] ?? '';
    if (!found.has(name)) found.set(name, file.lineOf(definition.start + match.index));
  }
  return [...found].map(([name, line]) => ({ name, line }));
}

/** Functions of a structure `struct x86_emulate_ops name = { .member = function, … }`. */
export function readCallbacks(file: CFile, table: string): NamedLine[] {
  const match = new RegExp(`\\bstruct x86_emulate_ops ${table}\\s*=\\s*\\{([^}]*)\\}`).exec(
    file.text,
  );
  if (match === null) return [];
  const from = match.index + match[0].indexOf('{');
  return [...(match[1] ?? '').matchAll(/\.\w+\s*=\s*(\w+)/g)].map((member) => ({
    name: member[1] ?? '',
    line: file.lineOf(from + 1 + member.index + member[0].lastIndexOf(member[1] ?? '')),
  }));
}
