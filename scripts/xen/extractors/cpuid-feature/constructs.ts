import type { Construct } from '../../construct.ts';

/** Policies have a file of their own, which security updates took over into the stable branches. */
export const OWN_POLICY_FILE = ['4.14.6', '4.15.5', '4.16.5', '4.17.2', '4.18'] as const;

const MAX_POLICY = 'calculate_hvm_max_policy';

/** What the CPUID features need of the source. */
export const constructs = {
  features: {
    id: 'cpuid-feature/features',
    what: 'the declarations of feature bits with their letters',
    minimum: 150,
    candidates: [
      {
        in: 'xen/include/public/arch-x86/cpufeatureset.h',
        since: '4.7',
        kind: 'lines',
        name: 'XEN_CPUFEATURE',
        pattern: /^XEN_CPUFEATURE\(/,
      },
    ],
  },
  dependencies: {
    id: 'cpuid-feature/dependencies',
    what: 'which features depend on which',
    minimum: 1,
    candidates: [
      { in: 'xen/tools/gen-cpuid.py', kind: 'lines', name: 'deps', pattern: /^\s*deps = \{/ },
    ],
  },
  policies: {
    id: 'cpuid-feature/policies',
    what: 'the policies that adjust the features of guests',
    minimum: 1,
    candidates: [
      {
        in: 'xen/arch/x86/cpu-policy.c',
        since: OWN_POLICY_FILE,
        kind: 'function',
        name: MAX_POLICY,
      },
      { in: 'xen/arch/x86/cpuid.c', kind: 'function', name: MAX_POLICY },
    ],
  },
  runTime: {
    id: 'cpuid-feature/run-time',
    what: 'the adjustments at each CPUID',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/cpuid.c', kind: 'function', name: 'guest_cpuid' }],
  },
} as const satisfies Record<string, Construct>;
