/** What a VM exit means for a guest: what no switch of the source says, stated once for the exits that share it. */
import type { TreeEvidence } from '../../../../../src/model/evidence.ts';
import type { Handling } from '../../../../../src/model/handling.ts';

/** A handling before its evidence is known. */
export type Provided = Omit<Handling, 'evidence'>;
export type ProvidedList = readonly [Provided, ...Provided[]];

/** Guest types that run in a hardware-virtualized container. */
export const CONTAINERS = ['hvm', 'pvh', 'pvh-dom0'] as const;
export type Container = (typeof CONTAINERS)[number];

/**
 * Whether a new vCPU takes the exit: `always`, under a condition, `never`, or without a control that could turn it off.
 */
export const INTERCEPTS = ['unconditional', 'always', 'conditional', 'never'] as const;
export type Intercept = (typeof INTERCEPTS)[number];

/** What becomes of an instruction that the exit hands to the emulator in real mode, and that the emulator does not run. */
export interface NotInRealMode {
  readonly effect: NonNullable<Handling['effect']>;
  readonly note: string;
  readonly places: readonly Pick<TreeEvidence, 'path' | 'symbol' | 'anchor'>[];
  /** Set where the exit follows its instruction, so that the emulator, which would run that one without it, has no part. */
  readonly follows?: true;
}

export interface Treatment {
  readonly names: readonly string[];
  /** The releases for which it holds, where an exit changed its meaning; `until` is the first it does not hold for. */
  readonly since?: string;
  readonly until?: string;
  /** Controls of VMX that make it exit; none where the hardware always exits. SVM has a bit for each code. */
  readonly controls?: readonly string[];
  /** How it is asked for, where that does not follow from the controls alone. */
  readonly intercept?: Intercept;
  /** When the exit ends in the instruction emulator, for one from which a call of it is reached. */
  readonly emulates?: string;
  /** False where the decoder serves another exit of the case. */
  readonly decodes?: false;
  readonly handlings: ProvidedList;
  /**
   * Left out where the emulator runs the instruction in emulated real mode; null where that mode adds nothing, or the
   * handlings say what it adds.
   */
  readonly notInRealMode?: NotInRealMode | null;
  /** Guest types that differ. */
  readonly differs?: Partial<Record<Container, ProvidedList>>;
}

type When = NonNullable<Provided['when']>;

export function trapped(note: string, when?: When): Provided {
  return { how: 'emulated', by: 'xen', ...(when === undefined ? {} : { when }), note };
}

/** What runs on the CPU because the exit is not asked for. */
export function withoutExit(note: string, when?: When): Provided {
  return { how: 'hardware', by: 'cpu', ...(when === undefined ? {} : { when }), note };
}

export function refused(
  effect: NonNullable<Provided['effect']>,
  note: string,
  when?: When,
): Provided {
  return { how: 'refused', by: 'xen', effect, ...(when === undefined ? {} : { when }), note };
}

/** What faults on the CPU, without an exit. */
export function faults(
  effect: NonNullable<Provided['effect']>,
  note: string,
  when?: When,
): Provided {
  return { ...refused(effect, note, when), by: 'cpu' };
}

/** What Xen's set-up never lets happen, or not under a condition. */
export function never(note: string, when?: When): Provided {
  return { how: 'absent', ...(when === undefined ? {} : { when }), note };
}

/** What user mode gets where only kernel mode may run the instruction: the CPU looks at that before it exits. */
export const KERNEL_ONLY = faults('#GP', 'The CPU checks the privilege level first.', {
  guest: ['user-mode'],
});

const COHERENT = 'Nothing is done for a domain whose memory is coherent throughout.';
const SNOOPED = 'The IOMMU snoops the caches, so that nothing is done.';
const WRITTEN_BACK = 'Xen writes the caches back; INVD becomes WBINVD.';

/** Flushing the caches: for a domain that can reach memory which is not coherent, and nothing for another. */
export const CACHES: ProvidedList = [
  refused('ignored', COHERENT, {
    guest: ['!cache-flush-permitted'],
  }),
  {
    how: 'mediated',
    by: 'xen',
    when: { guest: ['cache-flush-permitted'] },
    note: WRITTEN_BACK,
  },
  KERNEL_ONLY,
];

const UNSNOOPED = [
  refused('ignored', COHERENT, { guest: ['!cache-flush-permitted'] }),
  refused('ignored', SNOOPED, { feature: ['iommu-snoop'] }),
] as const;

/** The same on VMX, where snooping by the IOMMU keeps all memory coherent; without an IOMMU Xen assumes as much. */
export const CACHES_VMX: ProvidedList = [
  ...UNSNOOPED,
  {
    how: 'mediated',
    by: 'xen',
    when: { guest: ['cache-flush-permitted'], feature: ['iommu', '!iommu-snoop'] },
    note: WRITTEN_BACK,
  },
  refused('ignored', 'Without an IOMMU in use Xen takes all memory for coherent.', {
    guest: ['cache-flush-permitted'],
    feature: ['!iommu'],
  }),
  KERNEL_ONLY,
];

/** Up to 4.17 Xen assumes nothing without an IOMMU. */
export const CACHES_VMX_BEFORE: ProvidedList = [
  ...UNSNOOPED,
  {
    how: 'mediated',
    by: 'xen',
    when: { guest: ['cache-flush-permitted'], feature: ['!iommu-snoop'] },
    note: WRITTEN_BACK,
  },
  KERNEL_ONLY,
];

/** The same for PVH dom0, which has I/O memory from its construction on. */
export const CACHES_DOM0: ProvidedList = [
  { how: 'mediated', by: 'xen', note: `${WRITTEN_BACK} Dom0 has I/O memory.` },
  KERNEL_ONLY,
];
export const CACHES_VMX_DOM0: ProvidedList = [
  refused('ignored', SNOOPED, { feature: ['iommu-snoop'] }),
  {
    how: 'mediated',
    by: 'xen',
    when: { feature: ['!iommu-snoop'] },
    note: `${WRITTEN_BACK} Dom0 has I/O memory.`,
  },
  KERNEL_ONLY,
];

/** An event of the host without a case of its own. */
export const UNEXPECTED: ProvidedList = [
  refused('#UD', 'The event is intercepted and has no case: an unexpected exit.', {
    guest: ['user-mode'],
  }),
  refused('crash', 'In kernel mode an unexpected exit crashes the domain.', {
    guest: ['!user-mode'],
  }),
];

/** Access to a debug register, with what turns the exit off and on. */
export const DEBUG_REGISTERS: ProvidedList = [
  trapped(
    'The first access loads the guest’s debug registers and turns the exit off until the vCPU is switched out; the instruction runs again on the hardware.',
    { guest: ['!debug-registers-loaded'] },
  ),
  withoutExit(
    'The registers are the guest’s own; no access exits until the vCPU is switched out.',
    {
      guest: ['debug-registers-loaded'],
    },
  ),
  KERNEL_ONLY,
];

/** A window in which the guest takes events again, asked for while one waits. */
export function eventWindow(note: string): ProvidedList {
  return [
    trapped(note, { guest: ['event-pending'] }),
    never('Nothing waits for the guest, so that Xen does not ask for the exit.', {
      guest: ['!event-pending'],
    }),
  ];
}

/** An event of the host: Xen takes it, and the guest does not notice. */
export function hostEvent(note: string): ProvidedList {
  return [trapped(`${note} The guest sees nothing of it.`)];
}

/** A loop of PAUSE, as on a lock that is held. */
export const PAUSE_LOOP = 'Exits in a tight loop only; the vCPU yields.';
export const NO_PAUSE_LOOP = withoutExit('The instruction is not intercepted.', {
  feature: ['!pause-filter'],
});

/** HLT, which ends a vCPU that nothing can wake. */
export const HALT: ProvidedList = [
  trapped(
    'The vCPU blocks until an event arrives. With interrupts disabled and nothing pending it goes down, and the last one to do so powers the domain off.',
  ),
  KERNEL_ONLY,
];

/** An exception that Xen takes, and that others can ask for. */
export const DEBUG_EXCEPTION =
  'The exception is given to a debugger or introspection, else back to the guest.';

/** A triple fault, or the shutdown that SVM makes of it. */
export const SHUT_DOWN = trapped(
  'The domain is rebooted, or what HVM_PARAM_TRIPLE_FAULT_REASON asks for is done.',
);
export const SHUT_DOWN_DOM0 = trapped(
  'Dom0 is shut down, and the host with it: rebooted, or as HVM_PARAM_TRIPLE_FAULT_REASON asks.',
);

/** The instruction that the hypercall page holds. */
export const HYPERCALL: ProvidedList = [
  {
    how: 'paravirtualized',
    by: 'xen',
    when: { guest: ['!user-mode'] },
    note: 'The instruction is a hypercall.',
  },
  refused(
    'error',
    'User mode and virtual-8086 mode get -EPERM, but for a request to introspection that lets user mode make it.',
    { guest: ['user-mode'] },
  ),
];

/** Access to an MSR that is not open in the bitmap. */
export const MSR_ACCESS: ProvidedList = [
  trapped('Xen answers; MSRs that are open in the MSR bitmap do not exit.', {
    guest: ['msr-permitted'],
  }),
  refused(
    '#GP',
    'Xen does not permit the access; the MSR facts say which, and what `msr_relaxed` makes of it.',
    {
      guest: ['!msr-permitted'],
    },
  ),
  KERNEL_ONLY,
];

/** A fault of the second set of page tables, and its absence without one. */
export function nestedFault(without: string): ProvidedList {
  return [
    trapped(
      'Xen repairs the mapping, or lets the emulator do an access to emulated MMIO; an access with which it can do neither crashes the domain.',
      { paging: 'hap' },
    ),
    trapped('An access that introspection does not allow is reported to it.', {
      paging: 'hap',
      guest: ['introspection'],
    }),
    never(without, { paging: 'shadow' }),
  ];
}

const CPUID = trapped('Xen answers from the CPUID policy of the domain.');
const CPUID_FAULTS = 'The exit gives the fault that the guest asked for.';

/** CPUID, which a guest may turn into a fault for its user mode. */
export const CPUID_FAULTED_BY_XEN: ProvidedList = [
  CPUID,
  refused('#GP', CPUID_FAULTS, { guest: ['cpuid-faulting-on', 'user-mode'] }),
];

/** The same with the feature by which the CPU faults itself. */
export function cpuid(feature: 'cpuid-faulting' | 'cpuid-user-dis'): ProvidedList {
  const guest = ['cpuid-faulting-on', 'user-mode'] as const;
  return [
    CPUID,
    refused('#GP', CPUID_FAULTS, { feature: [`!${feature}`], guest }),
    faults('#GP', 'Xen has the CPU fault for the vCPU, without an exit.', {
      feature: [feature],
      guest,
    }),
  ];
}

/** A write of a control register that does not take the value. */
export const BAD_VALUE = refused('#GP', 'The register may not take the value.', {
  guest: ['bad-register-value'],
});

/** A write of CR3 that Xen takes for a domain with shadow paging. */
export const BAD_CR3 = refused('crash', 'CR3 is to name a frame that the guest does not have.', {
  paging: 'shadow',
  guest: ['bad-register-value', '!paging-off'],
});

/** XSETBV, for a guest that has turned XSAVE on. */
export const EXTENDED_STATE = 'Xen checks the value against the CPUID policy and loads it.';
export const NO_EXTENDED_STATE = faults('#UD', 'CR4.OSXSAVE is clear.', {
  guest: ['!cr4-osxsave'],
});

/** What an instruction of nested virtualization gets without it. */
export const WITHOUT_NESTED = refused('#UD', 'Nested virtualization is off for the domain.', {
  guest: ['!nested-hvm'],
});

/** The same for PVH dom0, which is never created with nested virtualization. */
export const NESTED_DOM0: ProvidedList = [
  refused('#UD', 'Dom0 is created without nested virtualization.'),
];

/** What a guest that keeps the counter from its user mode gives it. */
const TSC_OF_KERNEL = faults('#GP', 'The CPU checks CR4.TSD first.', {
  guest: ['cr4-tsd', 'user-mode'],
});

/** Reading the time stamp counter. */
export const TSC: ProvidedList = [
  withoutExit('The CPU adds the offset of the domain, and scales where it can.', {
    guest: ['!vtsc'],
  }),
  trapped('Xen computes the value of the domain.', { guest: ['vtsc'] }),
  TSC_OF_KERNEL,
];

/** What RDTSCP adds: the exit itself checks for the feature. */
const NO_RDTSCP_NOTE = 'The CPUID policy of the domain has no RDTSCP.';
export const NO_RDTSCP = refused('#UD', NO_RDTSCP_NOTE, { guest: ['vtsc'], cpuid: ['!rdtscp'] });
export const NO_RDTSCP_DOM0 = refused('#UD', NO_RDTSCP_NOTE, {
  feature: ['!tsc-scaling'],
  guest: ['vtsc'],
  cpuid: ['!rdtscp'],
});

/** The difference of PVH dom0, whose emulation of the TSC is decided before it has vCPUs. */
export const TSC_DOM0: ProvidedList = [
  withoutExit('The TSC is that of the hardware.', { guest: ['!vtsc'] }),
  withoutExit(
    'The TSC is emulated when the one of the host is not reliable, and scaled by the CPU.',
    {
      guest: ['vtsc'],
      feature: ['tsc-scaling'],
    },
  ),
  trapped('Xen computes the value, as the TSC of the host is not reliable.', {
    guest: ['vtsc'],
    feature: ['!tsc-scaling'],
  }),
  TSC_OF_KERNEL,
];

/** Access to a descriptor table register, which only introspection asks to see. */
const NOT_ASKED = withoutExit('Nothing asks for the exit.', { guest: ['!introspection'] });
const DESCRIPTORS_SEEN =
  'The access is reported to introspection, or emulated when it no longer asks.';
export const DESCRIPTORS: ProvidedList = [
  NOT_ASKED,
  trapped(DESCRIPTORS_SEEN, { guest: ['introspection'] }),
];

/** The same on VMX, where not every CPU has the exit. */
export const DESCRIPTORS_VMX: ProvidedList = [
  NOT_ASKED,
  trapped(DESCRIPTORS_SEEN, { feature: ['vmx-support'], guest: ['introspection'] }),
  withoutExit('The CPU has no such exit.', { feature: ['!vmx-support'] }),
];

/** When an access to a descriptor table register is emulated. */
export const DESCRIPTORS_EMULATE =
  'introspection turned the exit on and does not ask for it any more';

/** When a nested page fault ends in the emulator. */
export const NESTED_FAULT_EMULATES =
  'the access is to emulated MMIO, or writes a page that discards writes, belongs to an ioreq server or is read-only MMIO; introspection can ask for it as well';

/** What user mode gets without permission of its kernel. */
const NO_PORTS = faults('#GP', 'The CPU checks IOPL and the I/O bitmap of the guest first.', {
  guest: ['!io-permission'],
});

/** Port I/O of a domU. */
export const PORTS: ProvidedList = [
  trapped('The hardware decodes IN and OUT; the io-port facts say who answers.', {
    guest: ['!string-io'],
  }),
  trapped('INS and OUTS run in the instruction emulator.', { guest: ['string-io'] }),
  {
    how: 'passthrough',
    by: 'cpu',
    when: { ports: ['0xed'], bytes: [1] },
    note: 'The port is open in the I/O bitmap; a wider access exits.',
  },
  {
    how: 'passthrough',
    by: 'cpu',
    when: { ports: ['0x80'], bytes: [1] },
    note: 'The port is open in the I/O bitmap, but for machines where it is known to do harm.',
  },
  trapped('The option closes the port in the I/O bitmap.', {
    ports: ['0x80'],
    cmdline: 'hvm_port80=0',
  }),
  NO_PORTS,
];

const EXITS_THOUGH_GRANTED =
  'The port exits even where dom0 is permitted it; the io-port facts say who answers.';

/** Port I/O of PVH dom0, which has a bitmap of its own, with the ports that exit although dom0 is permitted them. */
function portsOfDom0(...exits: readonly When[]): ProvidedList {
  return [
    {
      how: 'passthrough',
      by: 'cpu',
      when: { guest: ['ports-granted'] },
      note: 'Ports that dom0 is permitted are open in its I/O bitmap, but for those of the CMOS and 0xcf8.',
    },
    ...exits.map((when) => trapped(EXITS_THOUGH_GRANTED, when)),
    trapped('The hardware decodes IN and OUT on the other ports.', {
      guest: ['!ports-granted', '!string-io'],
    }),
    trapped('INS and OUTS on the other ports run in the instruction emulator.', {
      guest: ['!ports-granted', 'string-io'],
    }),
    NO_PORTS,
  ];
}

export const PORTS_DOM0 = portsOfDom0(
  { ports: ['0x70', '0xcf8'] },
  { feature: ['!no-cmos-rtc'], ports: ['0x71'] },
);
export const PORTS_DOM0_BEFORE = portsOfDom0({ ports: ['0x70', '0x71', '0xcf8'] });
