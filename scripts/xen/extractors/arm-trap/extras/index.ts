import { CALLS, EXCEPTIONS } from './calls.ts';
import { OTHER_CONTROLS } from './controls.ts';
import type { Extra } from './extra.ts';
import { UNTRAPPED } from './untrapped.ts';

/** What no switch names and what does not trap at all. */
export const EXTRAS: readonly Extra[] = [...CALLS, ...EXCEPTIONS, ...OTHER_CONTROLS, ...UNTRAPPED];
