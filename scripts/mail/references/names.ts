import { type Find, find } from './found.ts';
import { isLanguageWord, isTypeMacro } from './not-xen.ts';

const NAME = /^[A-Za-z_]\w{1,80}$/;
const LONGEST_NAME = 81;
/** A word with `_` in it: of others none is a name for certain. */
const WORD = /(?<![\w$])(?=[A-Za-z0-9]{0,80}_)([A-Za-z_]\w{2,80}\*?)(?![\w(])/g;
/** Of words in a patch only constants count; the rest of it is code. */
const CONSTANT = /(?<![\w$])([A-Z][A-Z0-9]*_\w{0,80}|__HYPERVISOR_\w{1,80})(?![\w(*])/g;
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
  const last = text[at - 1];
  if (last !== '>' && last !== '.') return false;
  const before = text[at - 2] ?? '';
  return last === '>' ? before === '-' : /[\w)\]]/.test(before);
}

/** `static intname(`: a mailer may have eaten the blank between the type and the name. */
function unglued(name: string): string | undefined {
  return /^(?:int|void|bool|long|unsigned)(\w+)$/.exec(name)?.[1];
}

/** What a declaration begins with, right before a name: between the two stands a type, when no blank was eaten. */
const UNTYPED = /\b(?:static|extern|inline)\s+$/;

function isUntyped(text: string, at: number): boolean {
  return UNTYPED.test(text.slice(Math.max(0, at - 12), at));
}

/** Whether `name(` in prose is a call and not a plural such as `guest(s)` or a manual page such as `xl(1)`. */
function callInProse(text: string, name: string, end: number): 'certain' | 'name' | 'none' {
  if (name.includes('_')) return 'certain';
  if (/^(?:e?s|\d)\)/.test(text.slice(end, end + 3))) return 'none';
  return text[end] === ')' ? 'certain' : 'name';
}

/** `PV(H)` is no macro; a macro without `_` must be one of the tree, or be long and written `NAME()`. */
function conditionOfMacro(text: string, name: string, end: number): Find['when'] {
  return text[end] === ')' && /^[A-Z]{5,}$/.test(name) ? undefined : 'name';
}

function isWordCode(code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isDigit || isLetter || code === 95;
}

/** Every word that `(` follows, and where it begins. Looks back from each `(`, because texts have few of them. */
function wordsBeforeParentheses(text: string): { readonly name: string; readonly at: number }[] {
  const words: { name: string; at: number }[] = [];
  for (let end = text.indexOf('('); end >= 0; end = text.indexOf('(', end + 1)) {
    let at = end;
    while (end - at <= LONGEST_NAME && isWordCode(text.charCodeAt(at - 1))) at -= 1;
    const name = text.slice(at, end);
    if (NAME.test(name) && text[at - 1] !== '$') words.push({ name, at });
  }
  return words;
}

/** Names followed by `(`. In a patch every call counts; in prose it must look like one. */
export function findCalls(text: string, inPatch: boolean): Find[] {
  return wordsBeforeParentheses(text).flatMap(({ name: written, at }) => {
    const end = at + written.length + 1;
    if (isLanguageWord(written) || isField(text, at)) return [];
    const call = inPatch ? 'certain' : callInProse(text, written, end);
    if (call === 'none') return [];
    const kind = kindOf(written);
    if (kind === 'macro' && !written.includes('_')) {
      return [find(kind, written, conditionOfMacro(text, written, end))];
    }
    const bare = unglued(written);
    if (bare !== undefined && isUntyped(text, at)) return [find(kindOf(bare), bare)];
    const one = find(kind, written, call === 'certain' ? undefined : call);
    return [bare === undefined ? one : { ...one, unglued: bare }];
  });
}

function classifyWord(word: string, inPatch: boolean): Find | undefined {
  if (/^[A-Z][A-Z0-9]*_\w*\*?$/.test(word)) {
    if (word.endsWith('*')) return word.endsWith('_*') ? find(kindOf(word), word) : undefined;
    // CONFIG_ names are Kconfig's; a tree that does not list them cannot say whether they are gone.
    const doubtful = inPatch || word.startsWith('CONFIG_');
    return find(kindOf(word), word, doubtful ? 'name' : undefined);
  }
  if (/^__HYPERVISOR_\w+$/.test(word)) return find('hypercall', word);
  if (inPatch || word.endsWith('*') || !/^[a-z_]\w*_\w+$/.test(word)) return undefined;
  return find('function', word, 'function');
}

/** Names that stand alone: constants, hypercall operations, MSRs, and words that may be functions of a tree. */
export function findWords(text: string, inPatch: boolean): Find[] {
  if (!text.includes('_')) return [];
  const pattern = inPatch ? CONSTANT : WORD;
  const found: Find[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const one = isField(text, match.index) ? undefined : classifyWord(match[1] ?? '', inPatch);
    if (one !== undefined) found.push(one);
  }
  return found;
}
