import type { WitnessPair } from '../witness.ts';
import { emulationFlags } from './emulation-flags.ts';
import { emulatorPredicates } from './emulator-predicates.ts';

/** Every pair of sources that is compared, in the order of the site. */
export const WITNESSES: readonly WitnessPair[] = [emulationFlags, emulatorPredicates];
