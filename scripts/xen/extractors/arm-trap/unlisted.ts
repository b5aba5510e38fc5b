/** Names of headers that a dispatcher has no case for, so that the fact about its rest says which they are. */
import type { Corpus } from '../../corpus.ts';
import { pathIn } from '../../moves.ts';
import type { DispatchId } from './constructs.ts';

interface Header {
  readonly path: string;
  /** The name is the first group. */
  readonly pattern: RegExp;
}

/** Classes that no guest causes in Xen: those of Xen itself, and those that stay in the guest, are left out. */
const HEADERS: Readonly<Partial<Record<DispatchId, Header>>> = {
  exceptions: {
    path: 'xen/arch/arm/include/asm/processor.h',
    pattern: /^#define (HSR_EC_(?!SHIFT|SVC|BRK|\w*CURR_EL)\w+)/gm,
  },
  owners: {
    path: 'xen/arch/arm/include/asm/smccc.h',
    pattern: /^#define (ARM_SMCCC_OWNER_(?!MASK|SHIFT|\w*_END\b)\w+)/gm,
  },
  psciOld: { path: 'xen/include/public/arch-arm.h', pattern: /^#define (PSCI_[a-z]\w+)/gm },
  psci: {
    path: 'xen/arch/arm/include/asm/psci.h',
    pattern: /^#define (PSCI_\d_\d_FN(?:32|64)_\w+)/gm,
  },
  ffa: {
    path: 'xen/arch/arm/tee/ffa_private.h',
    pattern: /^#define (FFA_\w+)\s+0x[8C]4\w+\b/gm,
  },
};

/** In the order of the header; none for a dispatcher whose names stand in no header of their own. */
export function unlistedNames(
  corpus: Corpus,
  id: DispatchId,
  labels: ReadonlySet<string>,
): string[] {
  const header = HEADERS[id];
  if (header === undefined) return [];
  const text = corpus.texts.get(pathIn(header.path, corpus.release)) ?? '';
  const names = [...text.matchAll(header.pattern)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !labels.has(name));
}
