/** Features that follow the host and what Xen makes of it, or are the toolstack’s to say. */
import { OWN_POLICY_FILE } from '../constructs.ts';
import {
  COMMON_BOTH,
  COMMON_CLEAR,
  COMMON_MAX,
  COMMON_SET,
  DOMAIN_CLEAR,
  DOMAIN_SET,
  HARDWARE_DOMAIN_COPY,
  LIBXL_POLICY,
} from './sites.ts';
import {
  BUILT_AT_BOOT,
  CONTAINERS,
  cells,
  DOM_US,
  exposed,
  hidden,
  onHost,
  optIn,
  type ProvidedList,
  type Verdict,
  X86,
} from './verdict.ts';

const ITSC_OF_LIBXL = {
  path: 'tools/libs/light/libxl_cpuid.c',
  symbol: 'libxl__cpuid_legacy',
  anchor: 'disable_migrate',
} as const;

/** Xen gives ITSC to the domain that it builds at boot, whether it is the hardware domain or not. */
const ITSC_BY_BUILDER = ['4.15.5', '4.16.5', '4.17'] as const;

const ITSC_ASKED = optIn(
  undefined,
  'libxl asks for it with `nomigrate=1` or `tsc_mode="always_emulate"`; the host has to have it.',
);

const NO_XSAVE = hidden({ cmdline: 'xsave=0' });

const ITSC_OF_HARDWARE_DOMAIN: ProvidedList = [
  exposed({ feature: ['host-feature'] }, 'Xen gives it to the hardware domain.'),
  hidden({ feature: ['!host-feature'] }),
];

export const HOST_VERDICTS: readonly Verdict[] = [
  {
    features: ['HTT'],
    sites: [COMMON_MAX, COMMON_CLEAR, COMMON_SET, DOMAIN_SET],
    places: [{ ...LIBXL_POLICY, anchor: 'htt' }],
    cells: {
      ...cells(X86, ...onHost),
      ...cells(
        ['hvm', 'pvh'],
        exposed({ feature: ['host-feature'] }),
        optIn({ feature: ['!host-feature'] }, 'libxl asks for the bit for every such guest.'),
      ),
      ...cells(['pv-shim'], exposed(undefined, 'libxl sets the bit for the container.')),
    },
  },
  {
    features: ['CMP_LEGACY'],
    sites: [COMMON_MAX, COMMON_CLEAR, COMMON_SET, DOMAIN_SET],
    places: [{ ...LIBXL_POLICY, anchor: 'cmp_legacy' }],
    cells: {
      ...cells(X86, ...onHost),
      ...cells(
        ['hvm', 'pvh'],
        optIn(
          undefined,
          'libxl clears the bit for every such guest; the maximum policy has it on every host.',
        ),
      ),
      ...cells(
        ['pv-shim'],
        optIn(
          undefined,
          'libxl clears the bit for the container; the maximum policy has it on every host.',
        ),
      ),
    },
  },
  { features: ['ERMS'], sites: [COMMON_MAX, COMMON_CLEAR], cells: cells(X86, ...onHost) },
  {
    features: ['HYPERVISOR'],
    sites: [COMMON_BOTH],
    cells: cells(X86, exposed(undefined, 'On every host.')),
  },
  {
    features: ['FDP_EXCP_ONLY', 'NO_FPU_SEL'],
    sites: [DOMAIN_CLEAR, 'copy recalculate_cpuid_policy'],
    cells: cells(
      X86,
      exposed(
        { feature: ['host-feature'] },
        'The guest sees the bit of the host, whatever it asks.',
      ),
      hidden({ feature: ['!host-feature'] }),
    ),
  },
  {
    features: ['ITSC'],
    since: ITSC_BY_BUILDER,
    sites: ['set init_dom0_cpuid_policy'],
    places: [ITSC_OF_LIBXL],
    cells: {
      ...cells(['pv', 'hvm', 'pvh'], ITSC_ASKED),
      ...cells(
        ['pv-dom0', 'pvh-dom0'],
        exposed(
          { feature: ['host-feature'] },
          'Xen gives it to the domain that it builds at boot.',
        ),
        hidden({ feature: ['!host-feature'] }),
      ),
      ...cells(
        ['pv-shim'],
        hidden(undefined, 'The shim gives on what libxl asked for the container.'),
        exposed({ feature: ['host-feature'], xl: { nomigrate: 1 } }),
        exposed({ feature: ['host-feature'], xl: { tsc_mode: 'always_emulate' } }),
      ),
    },
  },
  {
    features: ['ITSC'],
    since: '4.15',
    until: ITSC_BY_BUILDER,
    sites: [HARDWARE_DOMAIN_COPY],
    places: [ITSC_OF_LIBXL],
    cells: {
      ...cells(['pv', 'hvm', 'pvh'], ITSC_ASKED),
      ...cells(['pv-dom0', 'pvh-dom0'], ...ITSC_OF_HARDWARE_DOMAIN),
    },
  },
  {
    features: ['ITSC'],
    until: '4.15',
    // From 4.14.6 on the builder of dom0 sets it, too, and Xen takes it away again from a domain that may migrate.
    sites: [HARDWARE_DOMAIN_COPY, 'set init_dom0_cpuid_policy', DOMAIN_SET],
    places: [{ ...LIBXL_POLICY, anchor: 'itsc' }],
    cells: {
      ...cells(
        ['hvm', 'pvh'],
        optIn(
          undefined,
          'libxl always asks for it; Xen gives it with `nomigrate=1` or while it emulates the TSC, where the host has it.',
        ),
      ),
      ...cells(
        ['pv'],
        optIn(
          undefined,
          'With `cpuid=`; Xen gives it with `nomigrate=1` or while it emulates the TSC, where the host has it.',
        ),
      ),
      ...cells(['pv-dom0', 'pvh-dom0'], ...ITSC_OF_HARDWARE_DOMAIN),
      ...cells(['pv-shim'], hidden(undefined, 'Nothing asks for it in the shim.')),
    },
  },
  {
    features: ['XSAVE'],
    sites: [DOMAIN_CLEAR],
    places: [{ path: 'xen/arch/x86/xstate.c', symbol: 'xstate_init', anchor: 'use_xsave' }],
    cells: {
      ...cells(
        DOM_US,
        exposed({ guest: ['!short-cpuid'] }),
        hidden({ guest: ['short-cpuid'] }),
        NO_XSAVE,
      ),
      ...cells(BUILT_AT_BOOT, exposed(), NO_XSAVE),
    },
  },
  {
    features: ['AVX'],
    since: OWN_POLICY_FILE,
    sites: [],
    takesAlong: true,
    places: [
      { path: 'xen/arch/x86/spec_ctrl.c', symbol: 'gds_calculations', anchor: 'X86_FEATURE_AVX' },
    ],
    cells: cells(
      X86,
      exposed({ feature: ['!gds-hides-avx'] }),
      hidden({ vendor: 'intel', feature: ['gds-hides-avx'] }),
    ),
  },
  ...(['SMEP', 'SMAP'] as const).map(
    (feature): Verdict => ({
      features: [feature],
      sites: [],
      places: [
        {
          path: 'xen/arch/x86/setup.c',
          symbol: '__start_xen',
          anchor: `X86_FEATURE_${feature}`,
        },
      ],
      cells: cells(CONTAINERS, exposed(), hidden({ cmdline: `${feature.toLowerCase()}=0` })),
    }),
  ),
  {
    features: ['PAE'],
    since: '4.13.1',
    sites: [],
    takesAlong: true,
    places: [{ ...LIBXL_POLICY, anchor: 'pae' }],
    cells: cells(['hvm'], exposed(), hidden({ xl: { pae: 0 } })),
  },
];
