/** The virtual PMU: which MSRs a CPU may lack, which writes it refuses, and what it gives for a counter that is not there. */
import type { VENDORS } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Meaning, Outcome, Token } from './path.ts';

interface Accessor {
  readonly guest: GuestType;
  readonly vendor: (typeof VENDORS)[number];
  readonly index: number;
}

type Numbers = readonly [first: number, last: number];

/** Counters of Intel CPUs that take any value, MSR_P6_PERFCTR. */
const COUNTERS: Numbers = [0xc1, 0xc8];
/** Selectors of their events, MSR_P6_EVNTSEL, and the fixed counters: a CPU has as many as its CPUID says. */
const CHECKED: readonly Numbers[] = [
  [0x186, 0x18d],
  [0x309, 0x30b],
];
/** MSR_CORE_PERF_GLOBAL_STATUS to MSR_CORE_PERF_GLOBAL_OVF_CTRL. */
const GLOBAL: Numbers = [0x38e, 0x390];
const PEBS_ENABLE = 0x3f1;
const DS_AREA = 0x600;
/** MSR_K7_EVNTSEL0 to MSR_K7_EVNTSEL3. */
const K7_CONTROLS: Numbers = [0xc0010000, 0xc0010003];
const FAM15H_FIRST = 0xc0010200;

const NOT_THERE: Token = 'guest:msr-not-implemented';
const HOST_HAS: Token = 'feature:host-msr';
/** What the tokens say that are no condition of their own. */
const REFUSES: Token = 'guest:vpmu-refuses';
const ZERO: Token = 'guest:vpmu-zero';
const UNSET: Token = 'guest:vpmu-unset';
const DROPS: Token = 'guest:vpmu-drops';
const BTS: Token = 'guest:vpmu-bts';
const NO_BTS: Token = 'guest:vpmu-no-bts';
const NO_STATUS: Token = 'guest:vpmu-no-status';
const NO_OVERFLOW: Token = 'guest:vpmu-no-overflow';

const isIn = (index: number, [first, last]: Numbers) => first <= index && index <= last;

const ANSWERS = 'The virtual PMU answers, if it knows the CPU';
const answer = (note: string): Outcome => ({ how: 'emulated', by: 'xen', note, answerer: 'vpmu' });

/** An answer of the virtual PMU. */
export const VPMU_ANSWERS = answer(`${ANSWERS}.`);

/** What it gives where that is another answer, by the token that says so. */
export const VPMU_OUTCOMES: Readonly<Record<Token, Outcome>> = {
  [ZERO]: {
    how: 'refused',
    by: 'xen',
    effect: 'zero',
    note: 'The virtual PMU gives zero for a register that the CPU lacks.',
  },
  [UNSET]: {
    how: 'emulated',
    by: 'xen',
    note: 'The virtual PMU sets no value for a register that the CPU lacks, so that the value is undefined.',
  },
  [DROPS]: {
    how: 'refused',
    by: 'xen',
    effect: 'ignored',
    note: 'The write is accepted and has no effect.',
  },
  [NO_STATUS]: {
    how: 'refused',
    by: 'xen',
    effect: '#GP',
    note: 'MSR_CORE_PERF_GLOBAL_STATUS takes no value.',
  },
  [NO_OVERFLOW]: answer(`${ANSWERS}. MSR_CORE_PERF_GLOBAL_OVF_CTRL reads as zero.`),
};

/** Whether the virtual PMU is who answers, so that there is another answer without it. */
export function isVpmuAnswer({ answerer }: Outcome): boolean {
  return answerer === 'vpmu';
}

/** Whether the tokens are of something that only the virtual PMU does. */
export function isVpmuAlone(tokens: ReadonlySet<Token>): boolean {
  return [REFUSES, ZERO, UNSET].some((token) => tokens.has(token));
}

/** The tokens of an answer, with what makes the virtual PMU give it, and without those that are no condition. */
export function withVpmu(
  tokens: ReadonlySet<Token>,
  answers: readonly Token[],
): ReadonlySet<Token> {
  const asked = answers.map((token) =>
    token === 'cmdline:vpmu' && tokens.has(BTS) ? 'cmdline:vpmu=bts' : token,
  );
  return new Set([...withoutVpmu(tokens), ...asked]);
}

/** The tokens without those of the virtual PMU. */
export function withoutVpmu(tokens: ReadonlySet<Token>): ReadonlySet<Token> {
  return new Set([...tokens].filter((token) => !token.startsWith('guest:vpmu-')));
}

/** When it refuses a write to an MSR of Intel CPUs. */
function intelRefuses(index: number): Meaning {
  const bad = [REFUSES, 'value'];
  if (isIn(index, COUNTERS)) return { yes: [REFUSES, NOT_THERE], no: [] };
  if (isIn(index, GLOBAL)) return { yes: [...bad, NO_STATUS], no: [] };
  if (index === PEBS_ENABLE) return { yes: bad, no: [DROPS] };
  if (index === DS_AREA) {
    return {
      yes: [REFUSES, NO_BTS],
      orYes: [[...bad, BTS]],
      no: [BTS, HOST_HAS],
      orNo: [[BTS, DROPS, `!${HOST_HAS}`]],
    };
  }
  return CHECKED.some((numbers) => isIn(index, numbers))
    ? { yes: [REFUSES, NOT_THERE], no: [], orYes: [bad] }
    : { yes: bad, no: [] };
}

/** When it refuses a write: a bad value of a control or of a fixed counter, and on Intel a register that is not there. */
export function vpmuRefuses({ index, vendor }: Accessor): Meaning {
  if (vendor === 'intel') return intelRefuses(index);
  // From family 15h on, controls and counters take turns.
  const isControl = index >= FAM15H_FIRST ? index % 2 === 0 : isIn(index, K7_CONTROLS);
  return isControl && { yes: [REFUSES, 'value'], no: [] };
}

const PV = new Set<GuestType>(['pv', 'pv-dom0', 'pv-shim']);

/** A read never faults. On Intel it leaves the value alone for a register that is not there: zero where an exit set it to zero. */
export function vpmuReads({ guest, index, vendor }: Accessor): Meaning {
  if (vendor !== 'intel') return false;
  if (isIn(index, GLOBAL)) return { yes: null, no: [NO_OVERFLOW] };
  const mayLack = [COUNTERS, ...CHECKED].some((numbers) => isIn(index, numbers));
  return mayLack && { yes: null, no: [], orNo: [[PV.has(guest) ? UNSET : ZERO, NOT_THERE]] };
}
