/** The time-stamp counter of the guest of the shim: that of the container, unless the shim or the Xen outside emulates it. */
import { at, byXenOutside } from '../../../authored.ts';
import { emulated } from '../entry.ts';

export const UNRELIABLE_IN_SHIM =
  'The default: the shim relies on the TSC only where the container is shown an invariant one, which needs a host that has it and nomigrate=1 or tsc_mode=always_emulate in xl.cfg.';

/** Where it is decided what the container is shown, and what the shim makes of it. */
export const SHOWN_INVARIANT = [
  at('xen/arch/x86/cpu/intel.c', 'init_intel', 'X86_FEATURE_TSC_RELIABLE'),
  at('xen/include/public/arch-x86/cpufeatureset.h', undefined, 'ITSC'),
  {
    ...at('tools/libs/light/libxl_cpuid.c', 'libxl__cpuid_legacy', 'disable_migrate'),
    since: '4.15',
  },
] as const;

export const CONTAINER_TSC = 'The TSC of the host, with the offset and the scale of the container.';

/** The key is that of the container, and shows it an invariant TSC, so that the shim does not emulate as well. */
export const EMULATED_OUTSIDE = {
  ...byXenOutside(
    emulated(
      { guest: ['!vtsc', '!cr4-tsd'], xl: { tsc_mode: 'always_emulate' } },
      'The Xen outside emulates the TSC of the container: the instruction exits to it.',
    ),
  ),
  places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_rdtsc_intercept')],
};
