/**
 * Whether a new vCPU takes an exit: the changes of its controls in the order of the source, and what stands at the end.
 */
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { blankComments } from '../../source-mask.ts';
import { type Assignment, namedGuard } from './assignments.ts';
import type { Exit } from './codes.ts';
import type { Intercept } from './treatments/treatment.ts';

export interface Change {
  readonly symbol: string;
  /** Controls of VMX are required of the CPU, or taken where it offers them, before a vCPU exists. */
  readonly does: 'requires' | 'takes' | 'sets' | 'clears';
  readonly guards: readonly string[];
}

/** What the changes come to. */
export function interceptAfter(changes: readonly Change[]): Intercept {
  let state: Intercept = 'never';
  for (const { does, guards } of changes) {
    if (does === 'takes' || guards.length > 0) state = 'conditional';
    else state = does === 'clears' ? 'never' : 'always';
  }
  return state;
}

const VERBS: Readonly<Record<string, Change['does']>> = { min: 'requires', opt: 'takes' };

/** Changes of a control of VMX among assignments of a function. */
export function changesOfControl(
  control: string,
  symbol: string,
  assignments: readonly Assignment[],
): Change[] {
  const name = new RegExp(`\\b${control}\\b`);
  return assignments
    .filter(({ value }) => name.test(value))
    .map(({ field, operator, guards }) => ({
      symbol,
      does: VERBS[field] ?? (operator === '&=' ? 'clears' : 'sets'),
      guards: guards.map(namedGuard),
    }));
}

/** The word of the VMCB that asks for an exit, and its bit; null for an exit without one. */
export function bitOf({ code }: Exit): { readonly field: string; readonly bit: bigint } | null {
  const fields = [
    '_cr_intercepts',
    '_dr_intercepts',
    '_exception_intercepts',
    '_general1_intercepts',
    '_general2_intercepts',
    '_general3_intercepts',
  ];
  const field = code < 0 ? undefined : fields[Math.floor(code / 32)];
  return field === undefined ? null : { field, bit: 1n << BigInt(code % 32) };
}

const MASK = 0xffffffffn;
const FIELD = /\b\w+(?:(?:->|\.)\w+)+/g;

/** Whether a value has a bit, or the field on which that depends, with `!` where it must not be set. */
function bitIn(value: string, bit: bigint, names: Environment): boolean | string {
  const expression = parseExpression(value.replace(FIELD, 'FIELD'));
  const has = (field: bigint) => {
    const name = (wanted: string) => (wanted === 'FIELD' ? field : names.name(wanted));
    return (evaluate(expression, { ...names, name }) & MASK & bit) !== 0n;
  };
  const [clear, set] = [has(0n), has(1n)];
  if (clear === set) return set;
  const field = value.match(FIELD)?.[0].replace(/^.*(?:->|\.)/, '') ?? value;
  return set ? field : `!${field}`;
}

/** Changes of an intercept of SVM among the assignments of a function; throws an `ExpressionError` on another shape. */
export function changesOfBit(
  { field, bit }: { readonly field: string; readonly bit: bigint },
  symbol: string,
  assignments: readonly Assignment[],
  names: Environment,
): Change[] {
  return assignments
    .filter((assignment) => assignment.field === field)
    .flatMap(({ operator, value, guards }): Change[] => {
      if (!['=', '|=', '&='].includes(operator)) {
        throw new ExpressionError(`\`${operator}\` on \`${field}\``);
      }
      const has = bitIn(value, bit, names);
      if (has === (operator === '&=')) return [];
      const does = operator === '&=' ? 'clears' : 'sets';
      const own = typeof has === 'string' ? [has] : [];
      return [{ symbol, does, guards: [...guards.map(namedGuard), ...own] }];
    });
}

/** Folders of what changes controls after a vCPU was made. */
const AFTERWARDS = ['xen/arch/x86/hvm/'];
/** Nested virtualization keeps controls of its own, but for functions of SVM that change those of the guest itself. */
const NESTED = /\/(?:vvmx|nestedsvm)\.c$/;
const OF_THE_GUEST = /^svm_/;

/** Functions, other than the ones given, that name a control: where it changes or is looked at at run time. */
export function functionsNaming(
  corpus: Corpus,
  controls: readonly string[],
  except: readonly string[],
): string[] {
  if (controls.length === 0) return [];
  const name = new RegExp(`\\b(?:${controls.join('|')})\\b`);
  const found = AFTERWARDS.flatMap((folder) => corpus.filesWith(folder, controls))
    .filter(({ path }) => path.endsWith('.c'))
    .flatMap((file) =>
      file.functions
        .filter((f) => !NESTED.test(file.path) || OF_THE_GUEST.test(f.name))
        .filter((f) => !except.includes(f.name) && !/_dump_/.test(f.name))
        .filter((f) => name.test(blankComments(file.text.slice(f.start, f.end))))
        .map((f) => f.name),
    );
  return [...new Set(found)].sort();
}

/** What releases up to 4.17 call the vectors. */
const OLDER_VECTORS: Readonly<Record<string, string>> = {
  DE: 'TRAP_divide_error',
  DB: 'TRAP_debug',
  NMI: 'TRAP_nmi',
  BP: 'TRAP_int3',
  OF: 'TRAP_overflow',
  BR: 'TRAP_bounds',
  UD: 'TRAP_invalid_op',
  NM: 'TRAP_no_device',
  DF: 'TRAP_double_fault',
  TS: 'TRAP_invalid_tss',
  NP: 'TRAP_no_segment',
  SS: 'TRAP_stack_error',
  GP: 'TRAP_gp_fault',
  PF: 'TRAP_page_fault',
  MF: 'TRAP_copro_error',
  AC: 'TRAP_alignment_check',
  MC: 'TRAP_machine_check',
  XF: 'TRAP_simd_error',
};

/** Functions that turn the intercept of an exception of SVM on or off after a vCPU was made. */
export function functionsTrapping(corpus: Corpus, { name }: Exit): string[] {
  const exception = /^VMEXIT_EXCEPTION_(\w+)$/.exec(name)?.[1];
  if (exception === undefined) return [];
  const setter = 'vmcb_set_exception_intercepts';
  const vectors = [`X86_EXC_${exception}`, OLDER_VECTORS[exception]].filter(Boolean);
  const bit = new RegExp(`\\b1U? << (?:${vectors.join('|')})\\b`);
  const found = corpus
    .filesWith('xen/arch/x86/hvm/svm/', [setter])
    .filter(({ path }) => path.endsWith('.c') && !NESTED.test(path))
    .flatMap((file) =>
      file.functions.filter(({ start, end }) => {
        const text = blankComments(file.text.slice(start, end));
        return text.includes(setter) && bit.test(text);
      }),
    );
  return [...new Set(found.map((one) => one.name))].sort();
}
