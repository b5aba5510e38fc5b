/** The exits that the headers list, and the values of the enumerators beside them. */
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { pathIn } from '../../moves.ts';
import { blankComments } from '../../source-mask.ts';

export type Vendor = 'vmx' | 'svm';

export interface Exit {
  readonly vendor: Vendor;
  readonly name: string;
  /** As in the header; the invalid exit of SVM is -1. */
  readonly code: number;
}

/** The exit reasons that a header of VMX defines as macros with a plain number. */
export function parseVmxExits(text: string): Exit[] {
  return [...blankComments(text).matchAll(/^#define\s+(EXIT_REASON_\w+)\s+(\d+)\s*$/gm)].map(
    ([, name = '', code]) => ({ vendor: 'vmx', name, code: Number(code) }),
  );
}

const NOTHING: Environment = { name: () => undefined };

/** Enumerators that have a value of their own, by name; a value that is no constant is left out. */
export function parseEnumerators(text: string): ReadonlyMap<string, bigint> {
  const found = new Map<string, bigint>();
  for (const [, name = '', value = ''] of blankComments(text).matchAll(
    /^\s*(\w+)\s*=\s*([^,{};=\n]+?)\s*(?:,|$)/gm,
  )) {
    try {
      found.set(name, evaluate(parseExpression(value), NOTHING));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  return found;
}

/** The exit codes of SVM among enumerators. */
export function svmExitsOf(enumerators: ReadonlyMap<string, bigint>): Exit[] {
  return [...enumerators]
    .filter(([name]) => /^VMEXIT_/.test(name))
    .map(([name, value]) => ({ vendor: 'svm', name, code: Number(value) }));
}

const HEADERS = 'xen/arch/x86/include/asm/';

/** Macros of the headers that give the bits of intercepted exceptions. */
export function trapMacros(corpus: Corpus) {
  const named = ['HVM_TRAP_MASK', 'X86_EXC_PF', 'TRAP_page_fault'];
  return corpus
    .filesWith(pathIn(HEADERS, corpus.release), named)
    .flatMap((file) => file.macros)
    .filter(({ name }) => /^(?:HVM_TRAP_MASK|X86_EXC_|TRAP_)/.test(name));
}
