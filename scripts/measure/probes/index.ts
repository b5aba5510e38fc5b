import type { Fact } from '../../../src/schema/fact.ts';
import type { Probe } from '../probe.ts';
import { CPUID_PROBES } from './cpuid.ts';
import { hypercallProbes } from './hypercalls.ts';
import { INSTRUCTION_PROBES } from './instructions.ts';
import { MEMORY_PROBES } from './memory.ts';
import { msrProbes } from './msrs.ts';
import { portProbes } from './ports.ts';
import { stateProbes } from './states.ts';

/**
 * Every probe, in the order in which a guest tries them. What changes a state that others look at comes after them, and
 * NOP, to which the others are compared, comes first.
 */
export function allProbes(facts: readonly Fact[]): Probe[] {
  return [
    ...INSTRUCTION_PROBES,
    ...CPUID_PROBES,
    ...portProbes(facts),
    ...MEMORY_PROBES,
    ...msrProbes(facts),
    ...hypercallProbes(facts),
    ...stateProbes(facts),
  ];
}
