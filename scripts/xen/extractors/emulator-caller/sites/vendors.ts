/** Callers in the code of VMX and of SVM, which serve HVM domains. */
import { AMD_SVM, decodes, INTEL_VMX, inContainers, runs, type Site } from './site.ts';

const VIRTUAL_8086 =
  'The CPU runs what it can in virtual-8086 mode; what faults there and what has other segments is emulated, and so is protected mode until the RPL of CS and of SS is 0.';

/** One instruction of real mode, whose access was under way. */
const REAL_MODE_COMPLETION = {
  id: 'vmx-real-mode-completion',
  option: INTEL_VMX,
  trigger: 'an instruction of emulated real mode again after the device model answered',
  filter: 'none',
  guests: {
    hvm: [
      runs('An access that an ioreq server serves.', {
        vendor: 'intel',
        feature: ['!unrestricted-guest'],
        guest: ['ioreq-server', 'real-mode'],
      }),
      runs('With shadow paging no guest is unrestricted.', {
        vendor: 'intel',
        paging: 'shadow',
        guest: ['ioreq-server', 'real-mode'],
      }),
    ],
  },
} as const satisfies Omit<Site, 'call'>;

const SHADOWED = runs('With shadow paging no guest is unrestricted.', {
  vendor: 'intel',
  paging: 'shadow',
  guest: ['real-mode'],
});

/** A PVH domU has no task state segment for virtual-8086 mode, which hvmloader and the builder of dom0 set up. */
const REAL_MODE: Site['guests'] = {
  ...inContainers(
    runs(VIRTUAL_8086, {
      vendor: 'intel',
      feature: ['!unrestricted-guest'],
      guest: ['real-mode'],
    }),
    SHADOWED,
  ),
  pvh: [
    runs('Every instruction, as nothing sets virtual-8086 mode up.', {
      vendor: 'intel',
      feature: ['!unrestricted-guest'],
      guest: ['real-mode'],
    }),
    SHADOWED,
  ],
};

export const VENDOR_SITES: readonly Site[] = [
  {
    id: 'vmx-real-mode',
    option: INTEL_VMX,
    call: 'vmx_realmode_emulate_one hvm_emulate_one',
    trigger: 'code in real mode, or with segments that the CPU cannot load',
    filter: 'none',
    guests: REAL_MODE,
  },
  {
    id: 'vmx-real-mode-loop',
    option: INTEL_VMX,
    call: 'vmx_realmode vmx_realmode_emulate_one',
    trigger: 'one instruction after the other, for as long as the CPU cannot run them itself',
    filter: 'none',
    guests: REAL_MODE,
  },
  {
    ...REAL_MODE_COMPLETION,
    call: 'arch_vcpu_ioreq_completion vmx_realmode_emulate_one',
    since: '4.15',
  },
  {
    ...REAL_MODE_COMPLETION,
    call: 'handle_hvm_io_completion vmx_realmode_emulate_one',
    until: '4.15',
  },
  {
    id: 'vmx-string-io',
    option: INTEL_VMX,
    call: 'vmx_vmexit_handler hvm_emulate_one_insn',
    trigger: 'INS and OUTS on a port that exits',
    guests: inContainers(
      runs('IN and OUT are decoded by the hardware.', { vendor: 'intel', guest: ['string-io'] }),
    ),
  },
  {
    id: 'vmx-apic-access',
    option: INTEL_VMX,
    call: 'vmx_vmexit_handler handle_mmio',
    anchor: 'EXIT_REASON_APIC_ACCESS',
    trigger: 'an access to the APIC-access page other than a write of EOI',
    guests: inContainers(
      runs('With APIC virtualization only what the virtual APIC page does not serve.', {
        vendor: 'intel',
        feature: ['apic-access-page'],
        guest: ['xapic-mode'],
      }),
    ),
  },
  {
    id: 'svm-string-io',
    option: AMD_SVM,
    call: 'svm_vmexit_handler hvm_emulate_one_insn',
    at: 'x86_insn_is_portio',
    trigger: 'INS and OUTS on a port that exits',
    guests: inContainers(
      runs('IN and OUT are decoded by the hardware.', { vendor: 'amd', guest: ['string-io'] }),
    ),
  },
  {
    id: 'svm-control-register',
    option: AMD_SVM,
    call: 'svm_vmexit_handler hvm_emulate_one_insn',
    at: 'x86_insn_is_cr_access',
    trigger: 'an access to a control register that the hardware does not decode',
    guests: inContainers(
      runs('Every intercepted access.', { vendor: 'amd', feature: ['!decode-assists'] }),
      runs('Only what is no MOV, such as LMSW.', { vendor: 'amd', feature: ['decode-assists'] }),
    ),
  },
  {
    id: 'svm-invlpg',
    option: AMD_SVM,
    call: 'svm_vmexit_handler hvm_emulate_one_insn',
    at: 'is_invlpg',
    trigger: 'INVLPG that the hardware does not decode',
    guests: inContainers(
      runs('INVLPG is intercepted with shadow paging only.', {
        vendor: 'amd',
        paging: 'shadow',
        feature: ['!decode-assists'],
      }),
    ),
  },
  {
    id: 'svm-instruction-length',
    option: AMD_SVM,
    call: 'svm_get_insn_len x86_decode_insn',
    trigger: 'an intercepted instruction, for its length',
    guests: inContainers(
      decodes('The instruction is decoded and not run.', { vendor: 'amd', feature: ['!nrips'] }),
      decodes('Debug builds compare the length with that of the hardware.', {
        vendor: 'amd',
        feature: ['nrips'],
        kconfig: ['CONFIG_DEBUG'],
      }),
    ),
  },
  {
    id: 'svm-task-switch-length',
    option: AMD_SVM,
    call: 'svm_get_task_switch_insn_len x86_decode_insn',
    trigger: 'an instruction that switches the task, for its length',
    guests: inContainers(
      decodes('The instruction is decoded and not run; no CPU tells its length.', {
        vendor: 'amd',
        guest: ['hardware-task-switch'],
      }),
    ),
  },
];
