/** The virtual PMU: which MSRs a CPU may lack, which writes it refuses, and what it gives for a counter that is not there. */
import type { VENDORS } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Meaning } from './path.ts';

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
/** MSR_K7_EVNTSEL0 to MSR_K7_EVNTSEL3. */
const K7_CONTROLS: Numbers = [0xc0010000, 0xc0010003];
const FAM15H_FIRST = 0xc0010200;

const NOT_THERE = 'guest:msr-not-implemented';
const REFUSES = 'guest:vpmu-refuses';

const isIn = (index: number, [first, last]: Numbers) => first <= index && index <= last;

/** When it refuses a write: a bad value of a control or of a fixed counter, and on Intel a register that is not there. */
export function vpmuRefuses({ index, vendor }: Accessor): Meaning {
  const bad = [REFUSES, 'value'];
  if (vendor === 'intel') {
    if (isIn(index, COUNTERS)) return { yes: [REFUSES, NOT_THERE], no: [] };
    return CHECKED.some((numbers) => isIn(index, numbers))
      ? { yes: [REFUSES, NOT_THERE], no: [], orYes: [bad] }
      : { yes: bad, no: [] };
  }
  // From family 15h on, controls and counters take turns.
  const isControl = index >= FAM15H_FIRST ? index % 2 === 0 : isIn(index, K7_CONTROLS);
  return isControl ? { yes: bad, no: [] } : false;
}

const PV = new Set<GuestType>(['pv', 'pv-dom0', 'pv-shim']);

/** A read never faults. On Intel it leaves the value alone for a register that is not there: zero where an exit set it to zero. */
export function vpmuReads({ guest, index, vendor }: Accessor): Meaning {
  const mayLack = [COUNTERS, ...CHECKED].some((numbers) => isIn(index, numbers));
  if (vendor !== 'intel' || !mayLack) return false;
  const left = PV.has(guest) ? 'guest:vpmu-unset' : 'guest:vpmu-zero';
  return { yes: null, no: [], orNo: [[left, NOT_THERE]] };
}
