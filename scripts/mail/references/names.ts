import type { TreeNames } from '../../xen/tree-names.ts';
import { type Find, find } from './found.ts';
import { isLanguageWord, isNotXen, isTypeMacro } from './not-xen.ts';

const CALL = /(?<![\w$])([A-Za-z_]\w{1,80})\(/g;
const WORD = /(?<![\w$])([A-Za-z_]\w{2,80}\*?)(?![\w(])/g;
const HYPERCALL_OPERATION =
  /^(?:__HYPERVISOR_|HYPERVISOR_|XENMEM_|SCHEDOP_|PHYSDEVOP_|EVTCHNOP_|GNTTABOP_|VCPUOP_|HVMOP_|MMUEXT_|XEN_DOMCTL_|XEN_SYSCTL_|XEN_DMOP_|XENPF_|XENVER_|CONSOLEIO_|XEN_ARGO_OP_|XENPMU_|HVM_PARAM_|VMASST_)/;

/** The kind of an identifier, by its form: what a reader of the message can tell without a tree. */
function kindOf(name: string): Find['kind'] {
  if (HYPERCALL_OPERATION.test(name)) return 'hypercall';
  if (/^MSR_|^IA32_/.test(name)) return 'msr';
  if (/^X86_FEATURE_/.test(name)) return 'cpuid';
  return /^_*[A-Z]/.test(name) || isTypeMacro(name) ? 'macro' : 'function';
}

function isField(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  return before.endsWith('->') || /[\w)\]]\.$/.test(before);
}

/** `static intname(`: a mailer ate the blank between the type and the name. */
function withoutFusedType(name: string, names: TreeNames): string {
  const match = /^(?:int|void|bool|long|unsigned)(\w+)$/.exec(name);
  const bare = match?.[1];
  return bare !== undefined && !names.symbols.has(name) && names.symbols.has(bare) ? bare : name;
}

/** Whether `name(` in prose is a call and not a plural such as `guest(s)` or a manual page such as `xl(1)`. */
function isProseCall(text: string, name: string, end: number, names: TreeNames): boolean {
  if (/^(?:e?s|\d)\)/.test(text.slice(end, end + 3))) return name.includes('_');
  if (text[end] === ')') return true;
  return name.includes('_') || names.symbols.has(name);
}

/** Names followed by `(`. In a patch every call counts; in prose it must look like one. */
export function findCalls(text: string, names: TreeNames, inPatch: boolean): Find[] {
  return [...text.matchAll(CALL)].flatMap((match) => {
    const written = withoutFusedType(match[1] ?? '', names);
    const end = match.index + match[0].length;
    if (isLanguageWord(written) || isField(text, match.index)) return [];
    if (!inPatch && !isProseCall(text, written, end, names)) return [];
    const kind = kindOf(written);
    // `PV(H)` is no macro; a macro without `_` must be one of the tree.
    if (kind === 'macro' && !written.includes('_') && !names.symbols.has(written)) {
      return text[end] === ')' && /^[A-Z]{5,}$/.test(written) ? [find(kind, written)] : [];
    }
    return [find(kind, written)];
  });
}

function isFunctionOf(names: TreeNames, name: string): boolean {
  return names.symbols.get(name)?.some(({ kind }) => kind === 'function') ?? false;
}

function classifyWord(word: string, names: TreeNames, inPatch: boolean): Find | undefined {
  if (/^[A-Z][A-Z0-9]*_\w*\*?$/.test(word)) {
    if (word.endsWith('*')) return word.endsWith('_*') ? find(kindOf(word), word) : undefined;
    const known = names.symbols.has(word);
    // CONFIG_ names are Kconfig's; a tree that does not list them cannot say whether they are gone.
    if (!known && (inPatch || word.startsWith('CONFIG_'))) return undefined;
    return find(kindOf(word), word);
  }
  if (/^__HYPERVISOR_\w+$/.test(word)) return find('hypercall', word);
  if (inPatch || word.endsWith('*') || !/^[a-z_]\w*_\w+$/.test(word)) return undefined;
  if (names.symbols.has(`__HYPERVISOR_${word}`)) return find('hypercall', word);
  return isFunctionOf(names, word) || isNotXen(word) ? find('function', word) : undefined;
}

/** Names that stand alone: constants, hypercall operations, MSRs, and functions that the tree knows. */
export function findWords(text: string, names: TreeNames, inPatch: boolean): Find[] {
  return [...text.matchAll(WORD)].flatMap((match) => {
    if (isField(text, match.index)) return [];
    return classifyWord(match[1] ?? '', names, inPatch) ?? [];
  });
}
