/**
 * Which functions can end in the instruction emulator: the call graph, walked backwards from the emulator. Only files
 * that name a function of the path are parsed.
 */
import type { Corpus } from '../../corpus.ts';
import { pathIn } from '../../moves.ts';
import { blankComments } from '../../source-mask.ts';

/** Folders of what runs for HVM domains; PV code has no VM exits. */
const FOLDERS = ['xen/arch/x86/hvm/', 'xen/arch/x86/mm/', 'xen/arch/x86/include/asm/hvm/'];

/** Calls through a pointer, which no name shows: the page fault handler of shadow paging. */
const INDIRECT: Readonly<Record<string, readonly string[]>> = { sh_page_fault: ['paging_fault'] };

/**
 * Functions that no path passes: the handlers themselves, and what emulates for an answer of introspection, which is a
 * detour beside the access that faulted.
 */
const NOT_PASSED = ['vmx_vmexit_handler', 'svm_vmexit_handler', 'hvm_emulate_one_vm_event'];

function callersOf(corpus: Corpus, callee: string): string[] {
  const call = new RegExp(`\\b${callee}\\s*\\(`);
  const found = FOLDERS.flatMap((folder) =>
    corpus.filesWith(pathIn(folder, corpus.release), [callee]),
  ).flatMap((file) =>
    file.functions
      .filter((f) => f.name !== callee)
      .filter((f) => call.test(blankComments(file.text.slice(f.start, f.end))))
      .map((f) => f.name),
  );
  return [...new Set([...found, ...(INDIRECT[callee] ?? [])])].sort();
}

/**
 * The shortest way to `target` from every function that calls it, directly or not: the names on the way, the function
 * first and the target last.
 */
export function pathsTo(corpus: Corpus, target: string): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>([[target, [target]]]);
  for (let edge = [target]; edge.length > 0; ) {
    const next: string[] = [];
    for (const callee of edge) {
      for (const caller of callersOf(corpus, callee)) {
        if (paths.has(caller) || NOT_PASSED.includes(caller)) continue;
        paths.set(caller, [caller, ...(paths.get(callee) ?? [])]);
        next.push(caller);
      }
    }
    edge = next;
  }
  return paths;
}
