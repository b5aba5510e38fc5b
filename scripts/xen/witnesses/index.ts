import type { WitnessPair } from '../witness.ts';
import { emulationFlags } from './emulation-flags.ts';
import { emulatorPredicates } from './emulator-predicates.ts';
import { kconfigSupport } from './kconfig-support.ts';
import { supportCode } from './support-code.ts';
import { xlDefaults } from './xl-defaults.ts';
import { xlEffects } from './xl-effects.ts';
import { xlKeys } from './xl-keys.ts';

/** Every pair of sources that is compared, in the order of the site. */
export const WITNESSES: readonly WitnessPair[] = [
  emulationFlags,
  emulatorPredicates,
  xlDefaults,
  xlKeys,
  xlEffects,
  kconfigSupport,
  supportCode,
];
