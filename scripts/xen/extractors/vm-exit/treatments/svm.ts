/** What the exits of SVM mean, by code. */
import {
  BAD_CR3,
  BAD_VALUE,
  CACHES,
  CACHES_DOM0,
  CPUID_FAULTED_BY_XEN,
  cpuid,
  DEBUG_EXCEPTION,
  DEBUG_REGISTERS,
  DESCRIPTORS,
  DESCRIPTORS_EMULATE,
  EXTENDED_STATE,
  eventWindow,
  HALT,
  HYPERCALL,
  hostEvent,
  KERNEL_ONLY,
  MSR_ACCESS,
  NESTED_DOM0,
  NESTED_FAULT_EMULATES,
  NO_EXTENDED_STATE,
  NO_PAUSE_LOOP,
  NO_RDTSCP,
  NO_RDTSCP_DOM0,
  nestedFault,
  never,
  PAUSE_LOOP,
  PORTS,
  PORTS_DOM0,
  PORTS_DOM0_BEFORE,
  type ProvidedList,
  refused,
  SHUT_DOWN,
  SHUT_DOWN_DOM0,
  type Treatment,
  TSC,
  TSC_DOM0,
  trapped,
  UNEXPECTED,
  WITHOUT_NESTED,
  withoutExit,
} from './treatment.ts';

function registers(register: 'CR' | 'DR', numbers: readonly number[]): string[] {
  return numbers.flatMap((number) =>
    ['READ', 'WRITE'].map((access) => `VMEXIT_${register}${number}_${access}`),
  );
}

/** A register whose accesses all exit; what is no MOV runs in the emulator in any case. */
function intercepted(others: string | null, unprivileged = KERNEL_ONLY): ProvidedList {
  return [
    trapped(
      others === null
        ? 'The hardware decodes the access.'
        : `The hardware decodes MOV; ${others} in the emulator.`,
      { feature: ['decode-assists'] },
    ),
    trapped('The instruction runs in the emulator.', { feature: ['!decode-assists'] }),
    unprivileged,
  ];
}

/** The same for a register that user mode may read in part. */
const MOV_FOR_KERNEL_ONLY = {
  ...KERNEL_ONLY,
  note: 'The CPU checks the privilege level of MOV first; SMSW needs none.',
};

const NO_ASSISTS = 'the CPU has no DecodeAssists';

/** CR3, which exits with shadow paging, and where introspection asks for its writes. */
function pageTableBase(access: 'READ' | 'WRITE'): ProvidedList {
  const shadow = [
    trapped('The hardware decodes the access.', { paging: 'shadow', feature: ['decode-assists'] }),
    trapped('The instruction runs in the emulator.', {
      paging: 'shadow',
      feature: ['!decode-assists'],
    }),
    KERNEL_ONLY,
  ];
  if (access === 'READ') {
    return [withoutExit('The access is not intercepted.', { paging: 'hap' }), ...shadow];
  }
  return [
    withoutExit('The access is not intercepted.', { paging: 'hap', guest: ['!introspection'] }),
    trapped('Intercepted where introspection asks for it, once CR0 has been written.', {
      paging: 'hap',
      guest: ['introspection'],
    }),
    ...shadow,
  ];
}

const REGISTER_TREATMENTS: readonly Treatment[] = [
  {
    names: ['VMEXIT_CR0_READ'],
    emulates: `${NO_ASSISTS}, or the instruction is SMSW`,
    handlings: intercepted('SMSW runs', MOV_FOR_KERNEL_ONLY),
  },
  {
    names: ['VMEXIT_CR0_WRITE'],
    emulates: `${NO_ASSISTS}, or the instruction is LMSW or CLTS`,
    handlings: [...intercepted('LMSW and CLTS run'), BAD_VALUE],
  },
  { names: ['VMEXIT_CR4_READ'], emulates: NO_ASSISTS, handlings: intercepted(null) },
  {
    names: ['VMEXIT_CR4_WRITE'],
    emulates: NO_ASSISTS,
    handlings: [...intercepted(null), BAD_VALUE],
  },
  {
    names: registers('CR', [2]),
    emulates: NO_ASSISTS,
    handlings: [withoutExit('The register is the guest’s own; the access is not intercepted.')],
  },
  { names: ['VMEXIT_CR3_READ'], emulates: NO_ASSISTS, handlings: pageTableBase('READ') },
  {
    names: ['VMEXIT_CR3_WRITE'],
    since: '4.14',
    emulates: NO_ASSISTS,
    handlings: [
      ...pageTableBase('WRITE'),
      refused('#GP', 'The value has reserved bits.', {
        paging: 'shadow',
        guest: ['bad-register-value'],
      }),
      BAD_CR3,
    ],
  },
  {
    names: ['VMEXIT_CR3_WRITE'],
    until: '4.14',
    emulates: NO_ASSISTS,
    handlings: [...pageTableBase('WRITE'), BAD_CR3],
  },
  {
    names: registers('CR', [8]),
    emulates: NO_ASSISTS,
    handlings: [withoutExit('The virtual TPR serves the access; it is not intercepted.')],
  },
  {
    names: registers('CR', [1, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]),
    emulates: NO_ASSISTS,
    handlings: [never('There is no such register; the access faults on the CPU.')],
  },
  { names: registers('DR', [0, 1, 2, 3, 4, 5, 6, 7]), handlings: DEBUG_REGISTERS },
  {
    names: registers('DR', [8, 9, 10, 11, 12, 13, 14, 15]),
    handlings: [never('There is no such register; the access faults on the CPU.')],
  },
];

const NOT_INTERCEPTED = withoutExit('The exception is not intercepted; the CPU delivers it.');

const FORCED_EMULATES = 'the instruction has the prefix of forced emulation';
const FORCED = trapped('An instruction with the prefix of forced emulation runs in the emulator.', {
  cmdline: 'hvm_fep',
  kconfig: ['CONFIG_HVM_FEP'],
});

/** #BP, and the build option that pausing a domain for its debugger needs. */
function breakpoint(option?: string): Treatment {
  const debugged = { guest: ['being-debugged'] } as const;
  const paused = 'The domain is paused for the debugger.';
  return {
    names: ['VMEXIT_EXCEPTION_BP'],
    intercept: 'conditional',
    handlings: [
      withoutExit('The exception is intercepted only for a debugger or introspection.', {
        guest: ['!introspection', '!being-debugged'],
      }),
      trapped('The breakpoint is reported, or given back to the guest.', {
        guest: ['introspection'],
      }),
      ...(option === undefined
        ? [trapped(paused, debugged)]
        : [
            trapped(paused, { ...debugged, kconfig: [option] }),
            trapped('The guest continues behind the breakpoint, and nothing pauses it.', {
              ...debugged,
              kconfig: [`!${option}`],
            }),
          ]),
    ],
  };
}

const EXCEPTION_TREATMENTS: readonly Treatment[] = [
  {
    names: ['DE', 'NMI', 'OF', 'BR', 'DF', 'TS', 'NP', 'SS', 'GP', 'MF', 'XF'].map(
      (exception) => `VMEXIT_EXCEPTION_${exception}`,
    ),
    handlings: [NOT_INTERCEPTED],
  },
  {
    names: ['VMEXIT_EXCEPTION_CP'],
    handlings: [never('The CPU raises none, since no guest is offered CET.')],
  },
  { names: ['VMEXIT_EXCEPTION_NM'], since: '4.22', handlings: [NOT_INTERCEPTED] },
  {
    names: ['VMEXIT_EXCEPTION_NM'],
    until: '4.22',
    handlings: [
      trapped('Xen loads the FPU state of the guest when the guest first uses it.', {
        feature: ['!eager-fpu'],
      }),
      withoutExit('The exception is not intercepted; the CPU delivers it.', {
        feature: ['eager-fpu'],
      }),
    ],
  },
  {
    names: ['VMEXIT_EXCEPTION_09', 'VMEXIT_EXCEPTION_15'],
    handlings: [never('The vector is reserved.')],
  },
  {
    names: ['VMEXIT_EXCEPTION_DB'],
    decodes: false,
    handlings: [trapped(DEBUG_EXCEPTION)],
  },
  { ...breakpoint('CONFIG_GDBSX'), since: '4.17' },
  { ...breakpoint('CONFIG_CRASH_DEBUG'), since: '4.14', until: '4.17' },
  { ...breakpoint(), until: '4.14' },
  {
    names: ['VMEXIT_EXCEPTION_UD'],
    since: '4.22',
    intercept: 'conditional',
    emulates: FORCED_EMULATES,
    handlings: [NOT_INTERCEPTED, FORCED],
  },
  {
    names: ['VMEXIT_EXCEPTION_UD'],
    until: '4.22',
    intercept: 'conditional',
    emulates: `${FORCED_EMULATES}, or is a system call of another CPU vendor`,
    handlings: [
      withoutExit('The exception is not intercepted; the CPU delivers it.', {
        guest: ['!foreign-vendor'],
      }),
      trapped(
        'SYSCALL, SYSENTER and SYSEXIT run in the emulator; the exception of another instruction is given back.',
        { guest: ['foreign-vendor'] },
      ),
      FORCED,
    ],
    differs: { 'pvh-dom0': [NOT_INTERCEPTED, FORCED] },
  },
  {
    names: ['VMEXIT_EXCEPTION_PF'],
    emulates: 'the access is to MMIO, or writes a shadowed page table or read-only memory',
    handlings: [
      withoutExit('The exception is not intercepted; the CPU delivers it.', { paging: 'hap' }),
      trapped('Xen keeps the shadow page tables, and gives the guest’s own faults back to it.', {
        paging: 'shadow',
      }),
    ],
  },
  {
    names: ['VMEXIT_EXCEPTION_AC'],
    handlings: [trapped('The exception is given back to the guest.')],
  },
  {
    names: ['VMEXIT_EXCEPTION_MC'],
    handlings: [
      trapped('Xen handles the machine check of the host, and may report it as a virtual one.'),
    ],
  },
];

const EVENT_TREATMENTS: readonly Treatment[] = [
  {
    names: ['VMEXIT_INTR', 'VMEXIT_NMI', 'VMEXIT_SMI'],
    handlings: hostEvent('The event is the host’s; it is taken when Xen sets its interrupt flag.'),
  },
  {
    names: ['VMEXIT_INIT'],
    handlings: UNEXPECTED,
  },
  {
    names: ['VMEXIT_VINTR'],
    handlings: eventWindow(
      'The guest can take interrupts again; Xen closes the window and injects one.',
    ),
  },
  {
    names: ['VMEXIT_IRET'],
    until: '4.22',
    handlings: [
      trapped('The end of the handling of an NMI lets another one in.', {
        guest: ['nmi-in-service'],
      }),
      withoutExit('No NMI is being handled.', { guest: ['!nmi-in-service'] }),
    ],
  },
  {
    names: ['VMEXIT_IRET'],
    since: '4.22',
    handlings: [
      trapped('The end of the handling of an NMI lets another one in.', {
        feature: ['!vnmi'],
        guest: ['nmi-in-service'],
      }),
      withoutExit('No NMI is being handled.', { guest: ['!nmi-in-service'] }),
      withoutExit('The CPU keeps track of NMIs.', { feature: ['vnmi'] }),
    ],
  },
  {
    names: ['VMEXIT_TASK_SWITCH'],
    handlings: [trapped('Xen switches the task itself, without running the emulator.')],
  },
  {
    names: ['VMEXIT_SHUTDOWN'],
    handlings: [SHUT_DOWN],
    differs: { 'pvh-dom0': [SHUT_DOWN_DOM0] },
  },
  {
    names: ['VMEXIT_FERR_FREEZE'],
    handlings: [never('The freeze by FERR is not intercepted.')],
  },
  {
    names: ['VMEXIT_BUS_LOCK'],
    handlings: [
      trapped('The guest may lock the bus once; the exit slows it down.', {
        feature: ['bus-lock-exit'],
      }),
      never('Without a threshold of bus locks in the CPU the exit does not occur.', {
        feature: ['!bus-lock-exit'],
      }),
    ],
  },
  {
    names: ['VMEXIT_NPF'],
    intercept: 'conditional',
    emulates: NESTED_FAULT_EMULATES,
    handlings: nestedFault('With shadow paging there is no nested paging.'),
  },
  {
    names: ['VMEXIT_INVALID'],
    handlings: [refused('crash', 'The state of the guest is invalid; the domain is crashed.')],
  },
];

const PORT_ACCESS: Treatment = {
  names: ['VMEXIT_IOIO'],
  emulates: 'the instruction is INS or OUTS; IN and OUT are decoded by the hardware',
  handlings: PORTS,
};

/** What the instructions of nested virtualization need of the guest; the CPU itself has them on, for kernel mode. */
const SVME = ['nested-hvm', 'efer-svme'] as const;
const WITHOUT_SVME = [
  WITHOUT_NESTED,
  refused('#UD', 'The instruction needs EFER.SVME.', { guest: ['nested-hvm', '!efer-svme'] }),
] as const;
const SVM_DOM0: ProvidedList = [...NESTED_DOM0, KERNEL_ONLY];
const NESTED_EMULATED = 'Xen emulates the instruction for a nested hypervisor.';
const NOT_OFFERED = refused('#UD', 'The instruction is not offered to HVM domains.');
const VIRTUAL_GIF = 'The CPU keeps the global interrupt flag of the guest, without an exit.';

const INSTRUCTION_TREATMENTS: readonly Treatment[] = [
  {
    names: ['VMEXIT_CR0_SEL_WRITE'],
    handlings: [
      never('Writes of CR0 are intercepted as a whole, so that this one does not occur.'),
    ],
  },
  {
    names: ['VMEXIT_MWAIT_CONDITIONAL'],
    handlings: [never('MWAIT is intercepted as a whole, so that this one does not occur.')],
  },
  {
    names: ['IDTR', 'GDTR', 'LDTR', 'TR'].flatMap((table) => [
      `VMEXIT_${table}_READ`,
      `VMEXIT_${table}_WRITE`,
    ]),
    emulates: DESCRIPTORS_EMULATE,
    handlings: DESCRIPTORS,
  },
  {
    names: ['VMEXIT_RDTSC'],
    handlings: TSC,
    differs: { 'pvh-dom0': TSC_DOM0 },
  },
  {
    names: ['VMEXIT_RDTSCP'],
    handlings: [...TSC, NO_RDTSCP],
    differs: { 'pvh-dom0': [...TSC_DOM0, NO_RDTSCP_DOM0] },
  },
  {
    names: ['VMEXIT_RDPMC', 'VMEXIT_PUSHF', 'VMEXIT_POPF', 'VMEXIT_RSM', 'VMEXIT_SWINT'],
    handlings: [withoutExit('The instruction is not intercepted; there is no case for it.')],
  },
  {
    names: ['VMEXIT_CPUID'],
    since: '4.18',
    handlings: cpuid('cpuid-user-dis'),
  },
  {
    names: ['VMEXIT_CPUID'],
    until: '4.18',
    handlings: CPUID_FAULTED_BY_XEN,
  },
  {
    names: ['VMEXIT_INVD', 'VMEXIT_WBINVD'],
    handlings: CACHES,
    differs: { 'pvh-dom0': CACHES_DOM0 },
  },
  {
    names: ['VMEXIT_PAUSE'],
    handlings: [trapped(PAUSE_LOOP, { feature: ['pause-filter'] }), NO_PAUSE_LOOP],
  },
  { names: ['VMEXIT_HLT'], handlings: HALT },
  {
    names: ['VMEXIT_INVLPG'],
    emulates: 'the CPU has no DecodeAssists',
    handlings: [
      withoutExit('The CPU invalidates the entry.', { paging: 'hap' }),
      trapped('Xen drops the shadow entry.', { paging: 'shadow', feature: ['decode-assists'] }),
      trapped('The instruction runs in the emulator.', {
        paging: 'shadow',
        feature: ['!decode-assists'],
      }),
      KERNEL_ONLY,
    ],
  },
  { ...PORT_ACCESS, since: '4.18', differs: { 'pvh-dom0': PORTS_DOM0 } },
  { ...PORT_ACCESS, until: '4.18', differs: { 'pvh-dom0': PORTS_DOM0_BEFORE } },
  {
    names: ['VMEXIT_MSR'],
    handlings: MSR_ACCESS,
  },
  {
    names: ['VMEXIT_VMMCALL'],
    handlings: HYPERCALL,
  },
  {
    names: ['VMEXIT_VMRUN', 'VMEXIT_INVLPGA'],
    handlings: [...WITHOUT_SVME, trapped(NESTED_EMULATED, { guest: SVME }), KERNEL_ONLY],
    differs: { 'pvh-dom0': SVM_DOM0 },
  },
  {
    names: ['VMEXIT_VMLOAD', 'VMEXIT_VMSAVE'],
    handlings: [
      ...WITHOUT_SVME,
      withoutExit('The CPU runs the instruction on the VMCB of the guest, without an exit.', {
        paging: 'hap',
        feature: ['virtual-vmload'],
        guest: SVME,
      }),
      trapped(NESTED_EMULATED, { feature: ['!virtual-vmload'], guest: SVME }),
      KERNEL_ONLY,
    ],
    differs: { 'pvh-dom0': SVM_DOM0 },
  },
  {
    names: ['VMEXIT_CLGI'],
    handlings: [
      ...WITHOUT_SVME,
      withoutExit(VIRTUAL_GIF, { feature: ['virtual-gif'], guest: SVME }),
      trapped(NESTED_EMULATED, { feature: ['!virtual-gif'], guest: SVME }),
      KERNEL_ONLY,
    ],
    differs: { 'pvh-dom0': SVM_DOM0 },
  },
  {
    names: ['VMEXIT_STGI'],
    handlings: [
      WITHOUT_NESTED,
      trapped('Xen emulates the instruction, which does not need EFER.SVME.', {
        guest: ['nested-hvm', '!efer-svme'],
      }),
      withoutExit(VIRTUAL_GIF, { feature: ['virtual-gif'], guest: SVME }),
      trapped(NESTED_EMULATED, { feature: ['!virtual-gif'], guest: SVME }),
      KERNEL_ONLY,
    ],
    differs: { 'pvh-dom0': SVM_DOM0 },
  },
  {
    names: ['VMEXIT_SKINIT'],
    handlings: [NOT_OFFERED, KERNEL_ONLY],
  },
  {
    names: ['VMEXIT_MONITOR', 'VMEXIT_MWAIT', 'VMEXIT_RDPRU'],
    handlings: [NOT_OFFERED],
  },
  {
    names: ['VMEXIT_ICEBP'],
    handlings: [trapped(`The instruction raises #DB. ${DEBUG_EXCEPTION}`)],
  },
  {
    names: ['VMEXIT_XSETBV'],
    handlings: [
      trapped(EXTENDED_STATE, { guest: ['!user-mode'] }),
      BAD_VALUE,
      NO_EXTENDED_STATE,
      refused('#GP', 'The exit comes before the check of the privilege level.', {
        guest: ['user-mode'],
      }),
    ],
  },
];

export const SVM_TREATMENTS: readonly Treatment[] = [
  ...REGISTER_TREATMENTS,
  ...EXCEPTION_TREATMENTS,
  ...EVENT_TREATMENTS,
  ...INSTRUCTION_TREATMENTS,
];
