/** MSRs of the local APIC in x2APIC mode: what the virtual one refuses, and whether the host can read its own. */
import { type Meaning, negate } from './path.ts';

interface Accessor {
  readonly index: number;
  readonly last: number;
  readonly access: 'read' | 'write';
}

const RANGE = { first: 0x800, last: 0x8ff } as const;

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** LVTT to LVTERR, each of which takes both accesses, as do TPR, SPIV, ESR, CMCI, ICR, TMICT and TDCR. */
const BOTH = [0x808, 0x80f, 0x828, 0x82f, 0x830, ...between(0x832, 0x838), 0x83e] as const;
/** ID, version, PPR, LDR, the blocks ISR, TMR and IRR, and TMCCT. */
const READ_ONLY = [0x802, 0x803, 0x80a, 0x80d, ...between(0x810, 0x827), 0x839] as const;
/** EOI and SELF IPI. */
const WRITE_ONLY = [0x80b, 0x83f] as const;
const REGISTERS: Readonly<Record<Accessor['access'], ReadonlySet<number>>> = {
  read: new Set([...BOTH, ...READ_ONLY]),
  write: new Set([...BOTH, ...WRITE_ONLY]),
};
/** The initial count of the timer. */
const TAKES_ANY = 0x838;

/** Whether the virtual local APIC answers in x2APIC mode. */
export function x2apic({ index, last, access }: Accessor): Meaning {
  const all = between(index, last);
  const there = all.filter((one) => REGISTERS[access].has(one));
  if (there.length === 0) return false;
  const mode = 'guest:x2apic-mode';
  const lacks = there.length < all.length ? [[mode, 'guest:msr-not-implemented']] : [];
  const checks = access === 'write' && there.some((one) => one !== TAKES_ANY);
  return {
    yes: [mode],
    no: [`!${mode}`],
    orNo: [...lacks, ...(checks ? [[mode, 'value']] : [])],
  };
}

/** Whether a read of the host’s MSR of a local APIC faults: outside x2APIC mode, and where it is for writes only. */
export function hostApicFaults({ index, last }: Omit<Accessor, 'access'>): Meaning | null {
  if (index < RANGE.first || index > RANGE.last) return null;
  const [has, mode] = ['feature:host-msr', 'feature:host-x2apic'];
  if (index === last && REGISTERS.read.has(index)) return { yes: [negate(mode)], no: [mode] };
  if (index === last && REGISTERS.write.has(index)) return true;
  return { yes: [negate(mode)], orYes: [[mode, negate(has)]], no: [mode, has] };
}
