/** MSRs of the local APIC in x2APIC mode: what the virtual one refuses, and whether the host can read its own. */
import { type Meaning, negate } from './path.ts';

interface Accessor {
  readonly index: number;
  readonly access: 'read' | 'write';
}

/** Accesses to single registers: TPR, PPR, EOI, the counts of the timer, SELF IPI. */
const X2APIC: Readonly<Record<number, 'read' | 'write' | 'both'>> = {
  2056: 'both',
  2058: 'read',
  2059: 'write',
  2104: 'both',
  2105: 'read',
  2111: 'write',
};
const RANGE = { first: 0x800, last: 0x8ff } as const;

/** Whether the virtual local APIC answers in x2APIC mode. */
export function x2apic({ index, access }: Accessor): Meaning {
  const has = X2APIC[index] ?? 'both';
  if (has !== 'both' && has !== access) return false;
  const mode = 'guest:x2apic-mode';
  const bad = access === 'write' ? [[mode, 'value']] : [];
  const lacks = index in X2APIC ? [] : [[mode, 'guest:msr-not-implemented']];
  return { yes: [mode], no: [`!${mode}`], orNo: [...lacks, ...bad] };
}

/** Whether a read of the host’s MSR faults: one of the local APIC does outside x2APIC mode, and where it is for writes only. */
export function hostFaults({ index }: Accessor): Meaning {
  const [has, mode] = ['feature:host-msr', 'feature:host-x2apic'];
  if (index < RANGE.first || index > RANGE.last) return { yes: [negate(has)], no: [has] };
  if (X2APIC[index] === 'write') return true;
  if (index in X2APIC) return { yes: [negate(mode)], no: [mode] };
  return { yes: [negate(mode)], orYes: [[mode, negate(has)]], no: [mode, has] };
}
