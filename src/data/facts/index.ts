import type { FactKind } from '../../model/fact-kinds.ts';
import type { Fact } from '../../schema/fact.ts';
import { armTrapView } from './arm-trap.ts';
import { bootView } from './boot.ts';
import { cpuidFeatureView } from './cpuid-feature.ts';
import { deviceModelView } from './device-model.ts';
import { emulationFlagView } from './emulation-flag.ts';
import { emulatorCallerView } from './emulator-caller.ts';
import type { FactView } from './fact-view.ts';
import { hypercallView } from './hypercall.ts';
import { ioPortView } from './io-port.ts';
import { memoryAccessView } from './memory-access.ts';
import { mmioRegionView } from './mmio-region.ts';
import { msrView } from './msr.ts';
import { opcodeMapView } from './opcode-map.ts';
import { pvInstructionView } from './pv-instruction.ts';
import { pvProtocolView } from './pv-protocol.ts';
import { supportStatusView } from './support-status.ts';
import { vmExitView } from './vm-exit.ts';

/** The view of every kind; a kind without one does not compile. */
export const FACT_VIEWS: Readonly<Record<FactKind, FactView>> = {
  'emulation-flag': emulationFlagView,
  hypercall: hypercallView,
  'cpuid-feature': cpuidFeatureView,
  'io-port': ioPortView,
  'mmio-region': mmioRegionView,
  msr: msrView,
  'vm-exit': vmExitView,
  'pv-instruction': pvInstructionView,
  'emulator-caller': emulatorCallerView,
  'opcode-map': opcodeMapView,
  'pv-protocol': pvProtocolView,
  'device-model': deviceModelView,
  'memory-access': memoryAccessView,
  'support-status': supportStatusView,
  boot: bootView,
  'arm-trap': armTrapView,
};

export function viewOf(fact: Fact): FactView {
  return FACT_VIEWS[fact.kind];
}

/** Facts of a kind by bit, number, word and bit, or port. */
export function inNumericOrder(facts: readonly Fact[]): Fact[] {
  return facts
    .map((fact) => ({ fact, order: viewOf(fact).order(fact) }))
    .sort((a, b) => a.order - b.order || (a.fact.id < b.fact.id ? -1 : 1))
    .map(({ fact }) => fact);
}
