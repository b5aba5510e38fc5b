/** From the paths of an access to handlings: what each path gives the guest, and the conditions that tell them apart. */
import { MACHINE_CHECK_OUTCOMES } from './machine-check.ts';
import type { Answerer, Outcome, Path, Token } from './path.ts';
import { negate } from './path.ts';
import {
  isVpmuAlone,
  isVpmuAnswer,
  VPMU_ANSWERS,
  VPMU_OUTCOMES,
  withoutVpmu,
  withVpmu,
} from './virtual-pmu.ts';

export interface Conditional {
  readonly outcome: Outcome;
  readonly tokens: ReadonlySet<Token>;
}

const GP: Outcome = { how: 'refused', by: 'xen', effect: '#GP' };
const ZERO: Outcome = { how: 'refused', by: 'xen', effect: 'zero' };
const FAKED: Outcome = {
  how: 'refused',
  by: 'xen',
  effect: 'zero',
  note: 'Xen answers zero in place of the fault.',
};
const DROPPED: Outcome = {
  how: 'refused',
  by: 'xen',
  effect: 'ignored',
  note: 'The write is accepted and has no effect.',
};
/** What a path gives that says so itself, by its token. */
const SAID: Readonly<Record<Token, Outcome>> = { ...VPMU_OUTCOMES, ...MACHINE_CHECK_OUTCOMES };

const emulated = (note: string, answerer?: Answerer): Outcome => ({
  how: 'emulated',
  by: 'xen',
  note,
  ...(answerer === undefined ? {} : { answerer }),
});

/** What Xen gives, by a call on the path; the first that is found counts. */
const ANSWERS: readonly (readonly [pattern: RegExp, outcome: Outcome])[] = [
  [/\bvmce_(?:rd|wr)msr\(/, emulated('The virtual machine check registers (vMCE) answer.', 'vmce')],
  [/\bvpmu_do_(?:rd|wr)msr\(/, VPMU_ANSWERS],
  [/\bnvmx_msr_read_intercept\(/, emulated('Nested virtualization answers.', 'nested-vmx')],
  [
    /\bopt_fred\b/,
    emulated(
      'With FRED the CPU swaps GS when the privilege changes, so that Xen keeps the value in the other register.',
    ),
  ],
  [/\bguest_(?:rd|wr)msr_x2apic\(/, emulated('The virtual local APIC answers.', 'local-apic')],
  [/\bviridian_synic_/, emulated('The synthetic interrupt controller of Viridian answers.')],
  [/\bviridian_time_/, emulated('The clocks and timers of Viridian answer.')],
  [
    /\b(?:init_hypercall_page|hypercall_page_initialise)\(/,
    emulated('Fills the page that the value names with the hypercall stubs.'),
  ],
];

const READS_HARDWARE =
  /\brdtsc\(\)|\brdmsrl\(|^\*(?:val|msr_content) = .*\brdmsr\(|\brdmsr_safe\(\w+, \*?(?:val|msr_content)\)/;
/** Registers that hold the vCPU’s own value while it runs, and what is kept for it. */
const OWN = /->|\bread_[fg]s_base\(|\brdmsr\(MSR_SHADOW_GS_BASE\)/;
const WRITES_HARDWARE = /\bwrmsr(?:l|_safe|ns)?\(/;
const STORES = /(?:->|\.)[\w.[\]]*(?:\[.*\])? [|&]?=(?!=)/;
const CALLS_WITH_VALUE =
  /\b(?!wrmsr|rdmsr|is_|passive_domain_|vmx_write_guest_msr|\w*read|\w*get_|guest_efer|guest_misc_enable)\w+\((?:[^()]|\([^()]*\))*\b(?:val|msr_content|msr|idx|gmfn)\b/;
const OTHER_EFFECTS = /^write_\w+\(|\binit_hypercall_page\(|\bhypercall_page_initialise\(/;
const LOGS = /^(?:gd?printk|HVM_DBG_LOG|TRACE|TRACE_\w+|HVMTRACE_\w+|ASSERT|BUILD_BUG_ON)\b/;
const SETS_ZERO = /^\*(?:val|msr_content) = 0$/;
const SETS = /^\*(?:val|msr_content) \|?= /;

function answeredBy(texts: readonly string[]): Outcome {
  const known = ANSWERS.find(([pattern]) => texts.some((text) => pattern.test(text)));
  return known?.[1] ?? { how: 'emulated', by: 'xen' };
}

/** The register of the host, which some conditions on the command line are not the only way to. */
function mediated(note: string, tokens: ReadonlySet<Token>): Outcome {
  const pinned = tokens.has('cmdline:dom0_vcpus_pin');
  const more = pinned ? ' Any other pinning of the vCPU to one CPU does the same.' : '';
  return { how: 'mediated', by: 'xen', note: `${note}${more}` };
}

function readOutcome({ texts, tokens }: Path): Outcome {
  const own = texts.filter((text) => !LOGS.test(text));
  const last = own.filter((text) => SETS.test(text)).at(-1);
  const host = !tokens.has('!feature:host-msr') && own.some((text) => READS_HARDWARE.test(text));
  if (last !== undefined && SETS_ZERO.test(last)) {
    if (tokens.has('guest:no-gp-handler')) return FAKED;
    // A host register that is read into the value after it was set to zero.
    const after = own.slice(own.lastIndexOf(last) + 1);
    if (!after.some((text) => READS_HARDWARE.test(text))) return ZERO;
  }
  if (host && !(last !== undefined && OWN.test(last))) {
    return mediated('Reads the register of the host.', tokens);
  }
  return answeredBy(own);
}

function writeOutcome({ texts, tokens }: Path): Outcome {
  if (tokens.has('guest:lbr-enabled')) return answeredBy(texts);
  const own = texts.filter((text) => !LOGS.test(text) && !/^(?:\w+ )+\**\w+ =/.test(text));
  const host = own.some((text) => WRITES_HARDWARE.test(text));
  const stores = own.some((text) => STORES.test(text));
  if (host && !stores) {
    return mediated('Xen writes the register of the host.', tokens);
  }
  const effects = own.filter(
    (text) => STORES.test(text) || CALLS_WITH_VALUE.test(text) || OTHER_EFFECTS.test(text),
  );
  return effects.length === 0 ? DROPPED : answeredBy(own);
}

/** What a path gives the guest. */
export function outcomeOf(path: Path, access: 'read' | 'write'): Outcome {
  const said = Object.entries(SAID).find(([token]) => path.tokens.has(token))?.[1];
  if (said !== undefined) return said;
  if (path.result !== 'okay') return GP;
  return access === 'read' ? readOutcome(path) : writeOutcome(path);
}

/** Whether two outcomes are the same to the guest and to the reader. */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.how === b.how && a.by === b.by && a.effect === b.effect && a.note === b.note;
}

export function isSubset(small: ReadonlySet<Token>, large: ReadonlySet<Token>): boolean {
  return [...small].every((token) => large.has(token));
}

const without = (tokens: ReadonlySet<Token>, token: Token) =>
  new Set([...tokens].filter((one) => one !== token));

/** Whether `a` takes away `token` from `b`: where the rest of `b` holds, `a` says the same for the opposite. */
function redundant(a: Conditional, b: Conditional): Token | undefined {
  return [...b.tokens].find(
    (token) => a.tokens.has(negate(token)) && isSubset(without(a.tokens, negate(token)), b.tokens),
  );
}

const BAD_VALUES: readonly Token[] = ['value', 'guest:bad-msr-value'];

/** Whether a bad value brings `b` back to `a`, where a statement more special than `a` says otherwise of good ones. */
function returnsTo(a: Conditional, b: Conditional, all: readonly Conditional[]): boolean {
  if (!BAD_VALUES.some((token) => b.tokens.has(token))) return false;
  return all.some(({ outcome, tokens }) => {
    const good = without(tokens, '!value');
    const meets = [...good].every((token) => !b.tokens.has(negate(token)));
    return !sameOutcome(outcome, a.outcome) && meets && isSubset(a.tokens, good);
  });
}

function shortened(all: readonly Conditional[]): Conditional[] | null {
  for (const b of all) {
    for (const a of all) {
      if (a === b || !sameOutcome(a.outcome, b.outcome) || returnsTo(a, b, all)) continue;
      if (isSubset(a.tokens, b.tokens)) return all.filter((one) => one !== b);
      const token = redundant(a, b);
      if (token === undefined) continue;
      return all.map((one) =>
        one === b ? { outcome: b.outcome, tokens: without(b.tokens, token) } : one,
      );
    }
  }
  return null;
}

/** The same statements in as few conditions as they need. */
export function simplify(all: readonly Conditional[]): Conditional[] {
  let current = [...all];
  for (let next = shortened(current); next !== null; next = shortened(current)) current = next;
  return current;
}

function refusesOnly(all: readonly Conditional[]): boolean {
  return all.every(({ outcome }) => outcome.how === 'refused');
}

/** What is said of the value that is written: a refusal says that it is a bad one, everything else is the default. */
function withoutValues(all: readonly Conditional[]): Conditional[] {
  const only = refusesOnly(all);
  return all.map(({ outcome, tokens }) => {
    const about = [...tokens].some((token) => token === 'value' || token === '!value');
    const rest = new Set([...tokens].filter((token) => token !== 'value' && token !== '!value'));
    const bad = about && outcome.how === 'refused' && (outcome.effect === '#GP' || !only);
    return { outcome, tokens: bad ? new Set([...rest, 'guest:bad-msr-value']) : rest };
  });
}

/** Without `vpmu=` the virtual PMU gives zero and drops writes. */
function splitVpmu(
  { outcome, tokens }: Conditional,
  access: 'read' | 'write',
  answers: readonly Token[],
): Conditional[] {
  const otherwise = withoutVpmu(tokens);
  if (isVpmuAlone(tokens)) return [{ outcome, tokens: withVpmu(tokens, answers) }];
  if (!isVpmuAnswer(outcome)) return [{ outcome, tokens: otherwise }];
  return [
    { outcome: access === 'read' ? ZERO : DROPPED, tokens: otherwise },
    { outcome, tokens: withVpmu(tokens, answers) },
  ];
}

/** The handlings of an access, without guest type, vendor or evidence; `vpmu` is what makes the virtual PMU answer. */
export function conditionals(
  paths: readonly Path[],
  access: 'read' | 'write',
  vpmu: readonly Token[] = ['cmdline:vpmu'],
): Conditional[] {
  const raw = paths.map((path) => ({
    outcome: outcomeOf(path, access),
    tokens: new Set([...path.tokens].filter((token) => !(token in MACHINE_CHECK_OUTCOMES))),
  }));
  const split = simplify(raw).flatMap((one) => splitVpmu(one, access, vpmu));
  return simplify(withoutValues(simplify(split)));
}
