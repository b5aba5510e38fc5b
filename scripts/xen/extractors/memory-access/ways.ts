/** Every way in which the memory of a guest is touched. */
import type { Way } from './way.ts';
import { BUILD } from './ways/build.ts';
import { CALLS } from './ways/calls.ts';
import { EMULATION } from './ways/emulation.ts';
import { PAGING_WAYS } from './ways/paging.ts';
import { REGISTERED } from './ways/registered.ts';
import { RINGS } from './ways/rings.ts';
import { TOOLS } from './ways/tools.ts';

export const WAYS: readonly Way[] = [
  ...REGISTERED,
  ...CALLS,
  ...EMULATION,
  ...PAGING_WAYS,
  ...RINGS,
  ...BUILD,
  ...TOOLS,
];
