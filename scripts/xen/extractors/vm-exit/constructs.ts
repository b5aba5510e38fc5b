import type { Construct } from '../../construct.ts';

/** What the VM exits need of the source. */
export const constructs = {
  vmxCodes: {
    id: 'vm-exit/vmx-codes',
    what: 'the exit reasons of VMX',
    minimum: 50,
    candidates: [
      {
        in: 'xen/arch/x86/include/asm/hvm/vmx/vmx.h',
        kind: 'lines',
        name: 'EXIT_REASON_',
        pattern: /^#define\s+EXIT_REASON_\w+\s+\d+/,
      },
    ],
  },
  svmCodes: {
    id: 'vm-exit/svm-codes',
    what: 'the exit codes of SVM',
    minimum: 130,
    candidates: [
      {
        in: 'xen/arch/x86/hvm/svm/vmcb.h',
        since: '4.20',
        kind: 'lines',
        name: 'VMEXIT_',
        pattern: /^\s*VMEXIT_\w+\s*=/,
      },
      {
        in: 'xen/arch/x86/include/asm/hvm/svm/vmcb.h',
        until: '4.22',
        kind: 'lines',
        name: 'VMEXIT_',
        pattern: /^\s*VMEXIT_\w+\s*=/,
      },
    ],
  },
  vmxHandler: {
    id: 'vm-exit/vmx-handler',
    what: 'the handler of VMX exits',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/hvm/vmx/vmx.c', kind: 'function', name: 'vmx_vmexit_handler' },
    ],
  },
  svmHandler: {
    id: 'vm-exit/svm-handler',
    what: 'the handler of SVM exits',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/hvm/svm/svm.c', kind: 'function', name: 'svm_vmexit_handler' },
    ],
  },
  vmxFailedEntry: {
    id: 'vm-exit/vmx-failed-entry',
    what: 'the handler of entries into a guest that fail',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/hvm/vmx/vmx.c', kind: 'function', name: 'vmx_failed_vmentry' },
    ],
  },
  vmxConfig: {
    id: 'vm-exit/vmx-config',
    what: 'the VMX controls that Xen requires and takes where the CPU has them',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/hvm/vmx/vmcs.c', kind: 'function', name: 'vmx_init_vmcs_config' },
    ],
  },
  vmxConstruct: {
    id: 'vm-exit/vmx-construct',
    what: 'the VMX controls of a new vCPU',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/vmx/vmcs.c', kind: 'function', name: 'construct_vmcs' }],
  },
  svmConstruct: {
    id: 'vm-exit/svm-construct',
    what: 'the SVM intercepts of a new vCPU',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/svm/vmcb.c', kind: 'function', name: 'construct_vmcb' }],
  },
  traps: {
    id: 'vm-exit/traps',
    what: 'the exceptions that exit for every HVM domain',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/include/asm/hvm/hvm.h', kind: 'macro', name: 'HVM_TRAP_MASK' },
    ],
  },
  emulator: {
    id: 'vm-exit/emulator',
    what: 'the calls of the instruction emulator',
    minimum: 5,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'x86_emulate' }],
  },
} as const satisfies Record<string, Construct>;
