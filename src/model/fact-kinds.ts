/** The kinds of fact that extractors yield, in the order of display. */
export const FACT_KIND_WORDS = {
  'emulation-flag': {
    title: 'Emulation flags',
    meaning:
      'The XEN_X86_EMU_* bits: what Xen permits, what it forces, and what the toolstack chooses for each guest type.',
  },
  hypercall: {
    title: 'Hypercalls',
    meaning: 'The hypercall table: which caller reaches which handler, and what is restricted.',
  },
  'cpuid-feature': {
    title: 'CPUID features',
    meaning: 'The feature bits of Xen’s CPUID policy and to whom they are exposed.',
  },
  'io-port': {
    title: 'I/O ports',
    meaning: 'Who answers an I/O port for each guest type: Xen, QEMU, the hardware, or nobody.',
  },
  'mmio-region': {
    title: 'MMIO regions',
    meaning:
      'Memory that a handler answers for, on x86 and Arm: whose it is, and what each guest type gets from it.',
  },
  msr: {
    title: 'MSRs',
    meaning:
      'Every model-specific register that the code names: who answers a read and a write for each guest type, and when.',
  },
  'vm-exit': {
    title: 'VM exits',
    meaning:
      'Every exit of VMX and SVM: whether Xen asks for it, who handles it, and whether it can end in the instruction emulator.',
  },
  'pv-instruction': {
    title: 'PV instructions',
    meaning:
      'What instructions, faults and ways into Xen mean for a PV guest: native, emulated, replaced by a hypercall, or a fault of its own.',
  },
  'emulator-caller': {
    title: 'Callers of the emulator',
    meaning:
      'Every place of Xen that runs or decodes an instruction in the x86 emulator: what triggers it, and for which guest types.',
  },
  'opcode-map': {
    title: 'Opcodes of the emulator',
    meaning:
      'What the x86 instruction emulator can decode and run: its maps of opcodes, groups and notable instructions, and by which ways each guest type gets there.',
  },
  'pv-protocol': {
    title: 'PV protocols',
    meaning:
      'The interfaces between guests and backends in xen/include/public/io: who has them, and who serves them.',
  },
  'device-model': {
    title: 'Device model',
    meaning:
      'What libxl starts of QEMU for each guest type: machines, devices, how xl.cfg asks for them, and what is there without asking.',
  },
  'memory-access': {
    title: 'Access to guest memory',
    meaning:
      'Who touches the memory of a guest, how and with what consent: Xen, the toolstack and daemons, other domains.',
  },
  'support-status': {
    title: 'Support status',
    meaning: 'How far the Xen project supports a feature, by the rows of SUPPORT.md.',
  },
  boot: {
    title: 'Boot and platform',
    meaning:
      'How a guest starts, and what its platform is made of: entry, memory, interrupts, time, devices, console, tables, shutdown.',
  },
  'arm-trap': {
    title: 'Arm traps',
    meaning:
      'The system registers, exceptions and firmware calls of Arm: what traps, who answers for each guest type, and what the hardware does without a trap.',
  },
} as const;

export type FactKind = keyof typeof FACT_KIND_WORDS;
export const FACT_KINDS = Object.keys(FACT_KIND_WORDS) as readonly FactKind[];
