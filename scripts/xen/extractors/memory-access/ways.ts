/** Every way in which the memory of a guest is touched. */
import type { Way } from './way.ts';
import { ARM } from './ways/arm.ts';
import { BUILD } from './ways/build.ts';
import { BUILD_BY_XEN } from './ways/build-by-xen.ts';
import { CALLS } from './ways/calls.ts';
import { EMULATION } from './ways/emulation.ts';
import { GRANTS } from './ways/grants.ts';
import { GUEST_PAGES } from './ways/guest-pages.ts';
import { INTROSPECTION } from './ways/introspection.ts';
import { NESTED_WAYS } from './ways/nested.ts';
import { PAGING_WAYS } from './ways/paging.ts';
import { PV_EMULATION } from './ways/pv-emulation.ts';
import { REGISTERED } from './ways/registered.ts';
import { RINGS } from './ways/rings.ts';
import { TOOLS } from './ways/tools.ts';
import { TRANSLATION } from './ways/translation.ts';
import { UPKEEP } from './ways/upkeep.ts';

export const WAYS: readonly Way[] = [
  ...REGISTERED,
  ...GUEST_PAGES,
  ...CALLS,
  ...GRANTS,
  ...TRANSLATION,
  ...EMULATION,
  ...PV_EMULATION,
  ...NESTED_WAYS,
  ...ARM,
  ...PAGING_WAYS,
  ...UPKEEP,
  ...RINGS,
  ...INTROSPECTION,
  ...BUILD,
  ...BUILD_BY_XEN,
  ...TOOLS,
];
