/** Features that Xen sets among those of the host where the CPU has the property and does not say so. */
import type { AuthoredPlace } from '../../../authored.ts';
import { cells, exposed, type Verdict, X86 } from './verdict.ts';

const SPEC_CTRL = 'xen/arch/x86/spec_ctrl.c';
const AMD = 'xen/arch/x86/cpu/amd.c';

/** Xen sets up LFENCE once, at boot, and no longer on each CPU. */
const LFENCE_ONCE = ['4.19.4', '4.20.3', '4.21.1', '4.22'] as const;

const also = (
  features: readonly string[],
  where: string,
  ...places: readonly AuthoredPlace[]
): Verdict => ({
  features,
  sites: [],
  places,
  cells: cells(X86, exposed(undefined, `Xen also sets the bit ${where}.`)),
});

export const SYNTHESISED_VERDICTS: readonly Verdict[] = [
  also(['GDS_NO'], 'where GDS does not affect the CPU, or is mitigated', {
    path: SPEC_CTRL,
    symbol: 'gds_calculations',
  }),
  also(['RFDS_NO'], 'on CPUs that RFDS does not affect', {
    path: SPEC_CTRL,
    symbol: 'rfds_calculations',
  }),
  also(['ITS_NO'], 'on CPUs that ITS does not affect', {
    path: SPEC_CTRL,
    symbol: 'its_calculations',
  }),
  also(['TSA_SQ_NO', 'TSA_L1_NO'], 'on AMD CPUs that TSA does not affect', {
    path: SPEC_CTRL,
    symbol: 'tsa_calculations',
  }),
  also(['SRSO_NO'], 'on Zen 1 and Zen 2 whose hardware has SMT turned off', {
    path: SPEC_CTRL,
    symbol: 'srso_calculations',
  }),
  also(['IBPB_BRTYPE'], 'on AMD CPUs before Zen 5 whose IBPB does so', {
    path: SPEC_CTRL,
    symbol: 'srso_calculations',
  }),
  also(['SBPB'], 'on Zen 3 and Zen 4 with microcode that has the barrier', {
    path: SPEC_CTRL,
    symbol: 'srso_calculations',
  }),
  also(['BTC_NO'], 'on Zen 3, which lacks it', { path: AMD, symbol: 'init_amd' }),
  also(['NSCB'], 'on Zen 2, which lacks it', {
    path: AMD,
    symbol: 'detect_zen2_null_seg_behaviour',
  }),
  also(
    ['LFENCE_DISPATCH'],
    'where it has made LFENCE serializing',
    { path: AMD, symbol: 'amd_init_lfence', until: LFENCE_ONCE },
    { path: AMD, symbol: 'amd_init_lfence_dispatch', since: LFENCE_ONCE },
  ),
];
