/** Features that have to do with speculation and transactions. */
import { OWN_POLICY_FILE } from '../constructs.ts';
import {
  COMMON_BOTH,
  COMMON_CLEAR,
  COMMON_MAX,
  COMMON_SET,
  DOMAIN_SET,
  HARDWARE_DOMAIN_SET,
  HVM_MAX_CLEAR,
  HVM_MAX_SET,
  PV_MAX_CLEAR,
} from './sites.ts';
import {
  CONTAINERS,
  cells,
  exposed,
  hidden,
  optIn,
  type ProvidedList,
  PV,
  type Verdict,
  X86,
} from './verdict.ts';

/** The default policies leave RTM out where it is disabled, in place of a choice for each domain. */
const RTM_OFF_BY_DEFAULT = ['4.14.3', '4.15.1', '4.16'] as const;

const ABORT_ASKED = optIn(
  { vendor: 'intel', feature: ['!rtm-disabled'] },
  'Where the maximum policy has RTM.',
);

const rdrand = (forced?: string): ProvidedList => [
  exposed({ feature: ['!ivy-bridge', '!amd-fam15h-16h'] }),
  optIn({ vendor: 'intel', feature: ['ivy-bridge'] }),
  hidden(
    { vendor: 'amd', feature: ['amd-fam15h-16h'] },
    'Firmware may leave it unusable after a suspend.',
  ),
  exposed({ vendor: 'intel', feature: ['ivy-bridge'], cmdline: 'cpuid=rdrand' }, forced),
  exposed({ vendor: 'amd', feature: ['amd-fam15h-16h'], cmdline: 'cpuid=rdrand' }, forced),
];

export const SPECULATION_VERDICTS: readonly Verdict[] = [
  {
    features: ['ARCH_CAPS'],
    since: OWN_POLICY_FILE,
    sites: [COMMON_MAX],
    takesAlong: true,
    cells: cells(
      X86,
      exposed({ vendor: 'intel' }, 'Whether or not the CPU has the MSR.'),
      hidden({ vendor: 'amd' }),
    ),
  },
  {
    features: ['ARCH_CAPS'],
    since: ['4.13.2', '4.14.1', '4.15'],
    until: ['4.14.6', '4.15.5', '4.16.5', '4.17'],
    sites: [HARDWARE_DOMAIN_SET],
    cells: cells(
      ['pv-dom0', 'pvh-dom0'],
      exposed({ feature: ['host-feature'] }, 'Xen gives it to the hardware domain.'),
      hidden({ feature: ['!host-feature'] }),
    ),
  },
  {
    features: ['ARCH_CAPS'],
    since: '4.17',
    until: OWN_POLICY_FILE,
    sites: ['set init_dom0_cpuid_policy'],
    cells: cells(
      ['pv-dom0', 'pvh-dom0', 'pv-shim'],
      exposed({ feature: ['host-feature'] }, 'Xen gives it to the domain that it builds at boot.'),
      hidden({ feature: ['!host-feature'] }),
    ),
  },
  ...(['RRSBA', 'RSBA'] as const).map(
    (feature): Verdict => ({
      features: [feature],
      sites: [COMMON_MAX, 'set calculate_pv_def_policy', 'set calculate_hvm_def_policy'],
      cells: cells(
        X86,
        optIn({ vendor: 'intel' }, 'For guests that saw the bit elsewhere.'),
        exposed(
          {
            feature: ['host-rsba'],
            cpuid: ['arch_caps', feature === 'RRSBA' ? 'eibrs' : '!eibrs'],
          },
          'Whichever of RSBA and RRSBA the host has.',
        ),
        hidden({ vendor: 'amd' }),
      ),
    }),
  ),
  {
    features: ['MD_CLEAR', 'FB_CLEAR', 'RFDS_CLEAR'],
    sites: [COMMON_MAX, COMMON_CLEAR, COMMON_SET],
    cells: cells(
      X86,
      exposed({ vendor: 'intel', feature: ['host-feature'] }),
      optIn({ vendor: 'intel', feature: ['!host-feature'] }),
      hidden({ vendor: 'amd' }),
    ),
  },
  {
    features: ['VERW_CLEAR'],
    sites: [COMMON_MAX, COMMON_CLEAR],
    cells: cells(
      X86,
      exposed({ vendor: 'amd', feature: ['host-feature'] }),
      optIn({ vendor: 'amd', feature: ['!host-feature', '!hygon'] }),
      hidden({ vendor: 'amd', feature: ['!host-feature', 'hygon'] }),
      hidden({ vendor: 'intel' }),
    ),
  },
  {
    features: ['CLWB'],
    sites: [COMMON_MAX, COMMON_CLEAR],
    cells: {
      ...cells(
        X86,
        exposed({ feature: ['!skylake-x'] }),
        optIn({ vendor: 'intel', feature: ['skylake-x'] }),
      ),
      ...cells(
        ['pv-shim'],
        exposed({ feature: ['!skylake-x'] }),
        optIn(
          { vendor: 'intel', feature: ['skylake-x'] },
          'The container has to get the bit by `cpuid=`.',
        ),
      ),
    },
  },
  {
    features: ['RDRAND'],
    sites: [COMMON_CLEAR],
    places: [{ path: 'xen/arch/x86/cpu/amd.c', symbol: 'init_amd', anchor: 'X86_FEATURE_RDRAND' }],
    cells: {
      ...cells(X86, ...rdrand()),
      ...cells(['pv-shim'], ...rdrand('Both the Xen outside and the shim need the option.')),
    },
  },
  {
    features: ['HLE', 'RTM'],
    until: RTM_OFF_BY_DEFAULT,
    sites: [DOMAIN_SET],
    cells: cells(
      X86,
      exposed({ feature: ['host-feature'] }),
      optIn(
        { vendor: 'intel', feature: ['!host-feature', 'tsx-ctrl-msr'] },
        'For guests that saw the bit before TSX was turned off.',
      ),
      hidden({ feature: ['!host-feature', '!tsx-ctrl-msr'] }),
    ),
  },
  {
    features: ['RTM'],
    since: RTM_OFF_BY_DEFAULT,
    sites: [COMMON_CLEAR],
    cells: {
      ...cells(
        X86,
        exposed({ feature: ['!rtm-disabled'] }),
        optIn({ vendor: 'intel', feature: ['rtm-disabled'] }),
      ),
      ...cells(
        ['pv-shim'],
        exposed({ feature: ['!rtm-disabled'] }),
        hidden(
          { vendor: 'intel', feature: ['rtm-disabled'] },
          'Unless `cpuid=` gives the bit to the container, which the shim goes by.',
        ),
      ),
    },
  },
  {
    features: ['RTM_ALWAYS_ABORT'],
    sites: [COMMON_MAX, COMMON_SET],
    cells: {
      ...cells(
        X86,
        ABORT_ASKED,
        exposed({ vendor: 'intel', feature: ['rtm-disabled'] }),
        hidden({ vendor: 'amd' }),
      ),
      ...cells(
        ['pv-shim'],
        ABORT_ASKED,
        hidden(
          { vendor: 'intel', feature: ['rtm-disabled'] },
          'No container sees the MSRs that control TSX, so that the shim finds no RTM at all.',
        ),
        hidden({ vendor: 'amd' }),
      ),
    },
  },
  {
    features: ['IBRSB'],
    sites: [PV_MAX_CLEAR, HVM_MAX_CLEAR],
    cells: cells(
      X86,
      exposed({ feature: ['spec-ctrl-msr'] }),
      hidden({ feature: ['!spec-ctrl-msr'] }),
    ),
  },
  {
    features: ['IBRS'],
    sites: [PV_MAX_CLEAR, HVM_MAX_CLEAR],
    cells: cells(
      CONTAINERS,
      exposed({ feature: ['spec-ctrl-msr'] }),
      hidden({ feature: ['!spec-ctrl-msr'] }),
    ),
  },
  {
    features: ['STIBP'],
    sites: [COMMON_BOTH],
    cells: cells(X86, exposed({ cpuid: ['ibrsb'] }), hidden({ cpuid: ['!ibrsb'] })),
  },
  {
    features: ['AMD_STIBP'],
    sites: [COMMON_BOTH],
    cells: cells(CONTAINERS, exposed({ cpuid: ['ibrs'] }), hidden({ cpuid: ['!ibrs'] })),
  },
  {
    features: ['IBPB'],
    sites: [COMMON_BOTH],
    cells: cells(
      X86,
      exposed(
        { feature: ['host-feature'] },
        'A host with IBRSB counts, too: that includes the barrier.',
      ),
      hidden({ feature: ['!host-feature'] }),
    ),
  },
  {
    features: ['SRSO_US_NO'],
    sites: [PV_MAX_CLEAR],
    cells: {
      ...cells(
        PV,
        exposed({ feature: ['bp-spec-reduce'] }),
        hidden({ feature: ['!bp-spec-reduce'] }),
      ),
      ...cells(
        ['pv-shim'],
        hidden(undefined, 'No container sees SRSO_MSR_FIX, without which the shim hides the bit.'),
      ),
    },
  },
  {
    features: ['VIRT_SSBD'],
    sites: [HVM_MAX_SET, 'set calculate_hvm_def_policy'],
    cells: cells(
      CONTAINERS,
      hidden(),
      exposed(
        { vendor: 'amd', feature: ['virt-ssbd', '!amd-ssbd'] },
        'Also where Xen drives the older control of the CPU family.',
      ),
      hidden({ vendor: 'amd', feature: ['!amd-ssbd'], cmdline: 'spec-ctrl=msr-sc=no-hvm' }),
      optIn({ vendor: 'amd', feature: ['amd-ssbd', 'spec-ctrl-msr'] }),
    ),
  },
];
