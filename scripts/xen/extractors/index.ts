import type { AnyExtractor } from '../extractor.ts';
import { armTrap } from './arm-trap/index.ts';
import { boot } from './boot/index.ts';
import { cpuidFeature } from './cpuid-feature/index.ts';
import { deviceModel } from './device-model/index.ts';
import { emulationFlag } from './emulation-flag/index.ts';
import { emulatorCaller } from './emulator-caller/index.ts';
import { hypercall } from './hypercall/index.ts';
import { ioPort } from './io-port/index.ts';
import { memoryAccess } from './memory-access/index.ts';
import { mmioRegion } from './mmio-region/index.ts';
import { msr } from './msr/index.ts';
import { opcodeMap } from './opcode-map/index.ts';
import { pvInstruction } from './pv-instruction/index.ts';
import { pvProtocol } from './pv-protocol/index.ts';
import { supportStatus } from './support-status/index.ts';
import { vmExit } from './vm-exit/index.ts';

/** Every extractor, in the order of the kinds. */
export const EXTRACTORS: readonly AnyExtractor[] = [
  emulationFlag,
  hypercall,
  cpuidFeature,
  ioPort,
  mmioRegion,
  msr,
  vmExit,
  pvInstruction,
  emulatorCaller,
  opcodeMap,
  pvProtocol,
  deviceModel,
  memoryAccess,
  supportStatus,
  boot,
  armTrap,
];
