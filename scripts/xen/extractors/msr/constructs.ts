import type { Construct } from '../../construct.ts';

const X86 = 'xen/arch/x86';

/** What the MSRs need of the source. */
export const constructs = {
  numbers: {
    id: 'msr/numbers',
    what: 'the numbers of the MSRs',
    minimum: 20,
    candidates: [
      {
        in: `${X86}/include/asm/msr-index.h`,
        kind: 'lines',
        name: 'MSR_',
        pattern: /^#define\s+_?MSR_\w+/,
      },
    ],
  },
  read: {
    id: 'msr/read',
    what: 'the reads that every x86 guest begins with',
    minimum: 1,
    candidates: [{ in: `${X86}/msr.c`, kind: 'function', name: 'guest_rdmsr' }],
  },
  write: {
    id: 'msr/write',
    what: 'the writes that every x86 guest begins with',
    minimum: 1,
    candidates: [{ in: `${X86}/msr.c`, kind: 'function', name: 'guest_wrmsr' }],
  },
  xenRead: {
    id: 'msr/xen-read',
    what: 'the reads of Xen’s own MSRs',
    minimum: 1,
    candidates: [
      { in: `${X86}/msr.c`, since: '4.21', kind: 'function', name: 'guest_rdmsr_xen' },
      { in: `${X86}/traps.c`, until: '4.22', kind: 'function', name: 'guest_rdmsr_xen' },
    ],
  },
  xenWrite: {
    id: 'msr/xen-write',
    what: 'the writes of Xen’s own MSRs',
    minimum: 1,
    candidates: [
      { in: `${X86}/msr.c`, since: '4.21', kind: 'function', name: 'guest_wrmsr_xen' },
      { in: `${X86}/traps.c`, until: '4.22', kind: 'function', name: 'guest_wrmsr_xen' },
    ],
  },
  viridianRead: {
    id: 'msr/viridian-read',
    what: 'the reads of the Viridian MSRs',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/viridian.c`, kind: 'function', name: 'guest_rdmsr_viridian' },
    ],
  },
  viridianWrite: {
    id: 'msr/viridian-write',
    what: 'the writes of the Viridian MSRs',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/viridian.c`, kind: 'function', name: 'guest_wrmsr_viridian' },
    ],
  },
  synicRead: {
    id: 'msr/synic-read',
    what: 'the reads of Viridian’s interrupt controller',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/synic.c`, kind: 'function', name: 'viridian_synic_rdmsr' },
    ],
  },
  synicWrite: {
    id: 'msr/synic-write',
    what: 'the writes of Viridian’s interrupt controller',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/synic.c`, kind: 'function', name: 'viridian_synic_wrmsr' },
    ],
  },
  timeRead: {
    id: 'msr/time-read',
    what: 'the reads of Viridian’s clocks and timers',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/time.c`, kind: 'function', name: 'viridian_time_rdmsr' },
    ],
  },
  timeWrite: {
    id: 'msr/time-write',
    what: 'the writes of Viridian’s clocks and timers',
    minimum: 1,
    candidates: [
      { in: `${X86}/hvm/viridian/time.c`, kind: 'function', name: 'viridian_time_wrmsr' },
    ],
  },
  pvRead: {
    id: 'msr/pv-read',
    what: 'the reads of PV domains',
    minimum: 1,
    candidates: [{ in: `${X86}/pv/emul-priv-op.c`, kind: 'function', name: 'read_msr' }],
  },
  pvWrite: {
    id: 'msr/pv-write',
    what: 'the writes of PV domains',
    minimum: 1,
    candidates: [{ in: `${X86}/pv/emul-priv-op.c`, kind: 'function', name: 'write_msr' }],
  },
  hvmRead: {
    id: 'msr/hvm-read',
    what: 'the reads of HVM domains',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/hvm.c`, kind: 'function', name: 'hvm_msr_read_intercept' }],
  },
  hvmWrite: {
    id: 'msr/hvm-write',
    what: 'the writes of HVM domains',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/hvm.c`, kind: 'function', name: 'hvm_msr_write_intercept' }],
  },
  vmxRead: {
    id: 'msr/vmx-read',
    what: 'the reads that VMX answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/vmx/vmx.c`, kind: 'function', name: 'vmx_msr_read_intercept' }],
  },
  vmxWrite: {
    id: 'msr/vmx-write',
    what: 'the writes that VMX answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/vmx/vmx.c`, kind: 'function', name: 'vmx_msr_write_intercept' }],
  },
  svmRead: {
    id: 'msr/svm-read',
    what: 'the reads that SVM answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/svm/svm.c`, kind: 'function', name: 'svm_msr_read_intercept' }],
  },
  svmWrite: {
    id: 'msr/svm-write',
    what: 'the writes that SVM answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/svm/svm.c`, kind: 'function', name: 'svm_msr_write_intercept' }],
  },
  lastBranch: {
    id: 'msr/last-branch',
    what: 'the MSRs of Intel CPUs that record branches',
    minimum: 1,
    candidates: [
      {
        in: `${X86}/hvm/vmx/vmx.c`,
        kind: 'lines',
        name: '_lbr[]',
        pattern: /\b\w+_lbr\[\]\s*=/,
      },
    ],
  },
  vmxBitmap: {
    id: 'msr/vmx-bitmap',
    what: 'the MSRs that VMX guests reach without an exit',
    minimum: 7,
    candidates: [{ in: `${X86}/hvm/`, kind: 'calls', name: 'vmx_clear_msr_intercept' }],
  },
  svmBitmap: {
    id: 'msr/svm-bitmap',
    what: 'the MSRs that SVM guests reach without an exit',
    minimum: 5,
    candidates: [{ in: `${X86}/hvm/`, kind: 'calls', name: 'svm_disable_intercept_for_msr' }],
  },
  monitored: {
    id: 'msr/monitored',
    what: 'the writes that introspection sees',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/hvm.c`, kind: 'calls', name: 'monitored_msr' }],
  },
  policy: {
    id: 'msr/policy',
    what: 'the CPUID features that a policy can have',
    minimum: 20,
    candidates: [
      {
        in: 'xen/include/public/arch-x86/cpufeatureset.h',
        kind: 'lines',
        name: 'XEN_CPUFEATURE',
        pattern: /^XEN_CPUFEATURE\(/,
      },
    ],
  },
} as const satisfies Record<string, Construct>;

/** Nested SVM, which is asked about every MSR without a case; since 4.15 its MSRs are cases like others. */
export const NESTED_UNTIL = '4.15';
export const nested = {
  nestedRead: {
    id: 'msr/nested-read',
    what: 'the reads that nested SVM answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/svm/nestedsvm.c`, kind: 'function', name: 'nsvm_rdmsr' }],
  },
  nestedWrite: {
    id: 'msr/nested-write',
    what: 'the writes that nested SVM answers',
    minimum: 1,
    candidates: [{ in: `${X86}/hvm/svm/nestedsvm.c`, kind: 'function', name: 'nsvm_wrmsr' }],
  },
} as const satisfies Record<string, Construct>;

export type ConstructId = keyof typeof constructs;
export type NestedId = keyof typeof nested;
