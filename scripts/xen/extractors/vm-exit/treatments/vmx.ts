/** What the exits of VMX mean, in the order of the handler. */
import {
  EMULATED_REAL_MODE,
  INVD_IN_REAL_MODE,
  NO_DEBUG_REGISTERS_IN_REAL_MODE,
  UNKNOWN_IN_REAL_MODE,
} from './real-mode.ts';
import {
  BAD_VALUE,
  CACHES_VMX,
  CACHES_VMX_BEFORE,
  CACHES_VMX_DOM0,
  cpuid,
  DEBUG_REGISTERS,
  DESCRIPTORS_EMULATE,
  DESCRIPTORS_VMX,
  EXTENDED_STATE,
  eventWindow,
  faults,
  HALT,
  HYPERCALL,
  hostEvent,
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
  type Provided,
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

const REAL_MODE_EXCEPTIONS = `${EMULATED_REAL_MODE} every exception exits, and all but #PF, NMI and #MC make the emulator run the instruction.`;

const STEPS_IN_REAL_MODE = `${EMULATED_REAL_MODE} the emulator runs the instruction instead.`;

const EXCEPTIONS: ProvidedList = [
  trapped(
    'An NMI or machine check is Xen’s own; #DB and #AC are given back to the guest, #DB unless a debugger or introspection takes it. Other exceptions do not exit.',
  ),
  trapped('Page faults exit as well, and keep the shadow page tables.', { paging: 'shadow' }),
  trapped('#BP exits as well where introspection asks for it.', {
    guest: ['introspection'],
  }),
  trapped('#BP exits as well while a debugger is attached.', { guest: ['being-debugged'] }),
  trapped('#UD exits as well, for the prefix of forced emulation.', {
    cmdline: 'hvm_fep',
    kconfig: ['CONFIG_HVM_FEP'],
  }),
  trapped(REAL_MODE_EXCEPTIONS, { feature: ['!unrestricted-guest'], guest: ['real-mode'] }),
  trapped(REAL_MODE_EXCEPTIONS, { paging: 'shadow', guest: ['real-mode'] }),
];

/** Up to 4.21 Xen may load the FPU late. */
const LATE_FPU = trapped('#NM exits as well, until the guest has used its FPU.', {
  feature: ['!eager-fpu'],
});

/** Up to 4.21 Xen runs the system calls of one vendor on a CPU of the other, but not for dom0, which has the host’s. */
const FOREIGN_VENDOR = trapped(
  '#UD exits as well; SYSCALL, SYSENTER and SYSEXIT run in the emulator.',
  { guest: ['foreign-vendor'] },
);

const EXCEPTIONS_EMULATE =
  'a page fault of a domain with shadow paging hits MMIO or a shadowed page table, or #UD comes from the prefix of forced emulation';

const NOT_ENABLED = 'The instruction is not enabled, and faults without an exit.';

/** Without it in the CPUID policy, the control that enables the instruction is off. */
const RDTSCP_OFF = faults('#UD', NOT_ENABLED, { cpuid: ['!rdtscp'] });

/** INVPCID, which the CPUID policy has with HAP only. */
const INVPCID = 'The instruction does not exit while INVLPG does not.';
const INVPCID_OFF = faults('#UD', NOT_ENABLED, { paging: 'shadow' });

/** Loading the registers at the switch leaves the exit on. */
const LOADED_EARLY = trapped(
  'With a breakpoint active Xen loads the registers as it switches to the vCPU, and the first access exits all the same.',
  { guest: ['debug-registers-loaded'] },
);

/** What the instructions of VMX need of a guest; the CPU has them on, so that they exit. */
const VMX_ON = ['nested-hvm', 'cr4-vmxe'] as const;
const IN_KERNEL = [...VMX_ON, '!user-mode'] as const;
const NEEDS_VMXE = 'The instruction needs CR4.VMXE';
const NEEDS_VMXON = `${NEEDS_VMXE} and a VMXON before it.`;
const FOR_NESTED = 'Xen emulates the instruction for a nested hypervisor';
const AFTER_VMXON = `${FOR_NESTED} after its VMXON.`;

function nested(needs: string, ...provided: readonly Provided[]): ProvidedList {
  return [
    WITHOUT_NESTED,
    refused('#UD', needs, { guest: ['nested-hvm', '!cr4-vmxe'] }),
    ...provided,
    refused('#GP', 'The exit comes before the check of the privilege level.', {
      guest: [...VMX_ON, 'user-mode'],
    }),
  ];
}

/** An access to fields of a VMCS, which the CPU can serve from the shadow of one. */
function vmcsAccess(shadowed: string): ProvidedList {
  return nested(
    NEEDS_VMXON,
    withoutExit(shadowed, { feature: ['vmcs-shadowing'], guest: IN_KERNEL }),
    trapped(AFTER_VMXON, { feature: ['!vmcs-shadowing'], guest: IN_KERNEL }),
  );
}

const NO_WBINVD_EXIT = withoutExit(
  'The instruction does not exit, and writes the caches of its CPU back.',
  { feature: ['!wbinvd-exit'] },
);

const WITHOUT_EPT = 'With shadow paging there is no EPT.';

const PORT_ACCESS: Treatment = {
  names: ['EXIT_REASON_IO_INSTRUCTION'],
  controls: ['CPU_BASED_ACTIVATE_IO_BITMAP'],
  emulates: 'the instruction is INS or OUTS; IN and OUT are decoded by the hardware',
  handlings: PORTS,
};

export const VMX_TREATMENTS: readonly Treatment[] = [
  {
    names: ['EXIT_REASON_EXCEPTION_NMI'],
    since: '4.22',
    controls: ['PIN_BASED_NMI_EXITING'],
    notInRealMode: null,
    emulates: EXCEPTIONS_EMULATE,
    handlings: EXCEPTIONS,
  },
  {
    names: ['EXIT_REASON_EXCEPTION_NMI'],
    until: '4.22',
    controls: ['PIN_BASED_NMI_EXITING'],
    notInRealMode: null,
    emulates: `${EXCEPTIONS_EMULATE} or from a system call of another CPU vendor`,
    handlings: [...EXCEPTIONS, LATE_FPU, FOREIGN_VENDOR],
    differs: { 'pvh-dom0': [...EXCEPTIONS, LATE_FPU] },
  },
  {
    names: ['EXIT_REASON_EXTERNAL_INTERRUPT'],
    controls: ['PIN_BASED_EXT_INTR_MASK'],
    handlings: hostEvent('The interrupt is the host’s; Xen handles it and resumes the guest.'),
  },
  {
    names: ['EXIT_REASON_TRIPLE_FAULT'],
    handlings: [SHUT_DOWN],
    differs: { 'pvh-dom0': [SHUT_DOWN_DOM0] },
  },
  {
    names: ['EXIT_REASON_INIT'],
    since: '4.18',
    handlings: [refused('ignored', 'The signal comes from the host; Xen logs and ignores it.')],
  },
  {
    names: ['EXIT_REASON_INIT'],
    until: '4.18',
    handlings: UNEXPECTED,
  },
  {
    names: ['EXIT_REASON_SIPI'],
    handlings: [
      never('Only a CPU that waits for the signal takes this exit, and Xen starts none that way.'),
    ],
  },
  {
    names: ['EXIT_REASON_IO_SMI', 'EXIT_REASON_OTHER_SMI', 'EXIT_REASON_RSM'],
    handlings: [never('Only with dual-monitor treatment of SMM, which Xen does not use.')],
  },
  {
    names: ['EXIT_REASON_PENDING_VIRT_INTR'],
    controls: ['CPU_BASED_VIRTUAL_INTR_PENDING'],
    handlings: eventWindow(
      'The guest can take interrupts again; Xen closes the window and injects one. For a new vCPU the exit is on from the start.',
    ),
  },
  {
    names: ['EXIT_REASON_PENDING_VIRT_NMI'],
    controls: ['CPU_BASED_VIRTUAL_NMI_PENDING'],
    handlings: [
      ...eventWindow('The guest can take NMIs again; Xen closes the window and injects one.'),
      never('Without virtual NMIs the window for interrupts takes its place.', {
        feature: ['!vmx-support'],
      }),
    ],
  },
  {
    names: ['EXIT_REASON_TASK_SWITCH'],
    handlings: [trapped('Xen switches the task itself, without the instruction emulator.')],
  },
  {
    names: ['EXIT_REASON_CPUID'],
    handlings: cpuid('cpuid-faulting'),
  },
  {
    names: ['EXIT_REASON_GETSEC'],
    handlings: [faults('#UD', 'CR4.SMXE is never set, so that the CPU faults before an exit.')],
  },
  {
    names: ['EXIT_REASON_HLT'],
    controls: ['CPU_BASED_HLT_EXITING'],
    handlings: [HALT],
  },
  {
    names: ['EXIT_REASON_INVD'],
    since: '4.18',
    notInRealMode: INVD_IN_REAL_MODE,
    handlings: CACHES_VMX,
    differs: { 'pvh-dom0': CACHES_VMX_DOM0 },
  },
  {
    names: ['EXIT_REASON_INVD'],
    until: '4.18',
    notInRealMode: INVD_IN_REAL_MODE,
    handlings: CACHES_VMX_BEFORE,
    differs: { 'pvh-dom0': CACHES_VMX_DOM0 },
  },
  {
    names: ['EXIT_REASON_WBINVD'],
    since: '4.18',
    controls: ['SECONDARY_EXEC_WBINVD_EXITING'],
    handlings: [...CACHES_VMX, NO_WBINVD_EXIT],
    differs: { 'pvh-dom0': [...CACHES_VMX_DOM0, NO_WBINVD_EXIT] },
  },
  {
    names: ['EXIT_REASON_WBINVD'],
    until: '4.18',
    controls: ['SECONDARY_EXEC_WBINVD_EXITING'],
    handlings: [...CACHES_VMX_BEFORE, NO_WBINVD_EXIT],
    differs: { 'pvh-dom0': [...CACHES_VMX_DOM0, NO_WBINVD_EXIT] },
  },
  {
    names: ['EXIT_REASON_INVLPG'],
    controls: ['CPU_BASED_INVLPG_EXITING'],
    handlings: [
      withoutExit('The CPU invalidates the entry.', { paging: 'hap' }),
      trapped('Xen drops the shadow entry.', { paging: 'shadow' }),
    ],
  },
  {
    names: ['EXIT_REASON_RDPMC'],
    controls: ['CPU_BASED_RDPMC_EXITING'],
    handlings: [withoutExit('Xen does not ask for the exit; there is no case for it.')],
  },
  {
    names: ['EXIT_REASON_RDTSC'],
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: TSC,
    differs: { 'pvh-dom0': TSC_DOM0 },
  },
  {
    names: ['EXIT_REASON_RDTSCP'],
    since: '4.18',
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: [...TSC, RDTSCP_OFF],
    differs: { 'pvh-dom0': [...TSC_DOM0, RDTSCP_OFF] },
  },
  {
    names: ['EXIT_REASON_RDTSCP'],
    until: '4.18',
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: [...TSC, NO_RDTSCP],
    differs: { 'pvh-dom0': [...TSC_DOM0, NO_RDTSCP_DOM0] },
  },
  {
    names: ['EXIT_REASON_VMCALL'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: HYPERCALL,
  },
  {
    names: ['EXIT_REASON_VMXON'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: nested(`${NEEDS_VMXE}.`, trapped(`${FOR_NESTED}.`, { guest: IN_KERNEL })),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_VMREAD'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: vmcsAccess('The CPU reads the shadow of the VMCS that VMPTRLD has loaded.'),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_VMWRITE'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: vmcsAccess(
      'The CPU writes the shadow of the VMCS that VMPTRLD has loaded, but for the addresses of the I/O and MSR bitmaps, which exit.',
    ),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: [
      'EXIT_REASON_VMXOFF',
      'EXIT_REASON_VMCLEAR',
      'EXIT_REASON_VMPTRLD',
      'EXIT_REASON_VMPTRST',
      'EXIT_REASON_VMLAUNCH',
      'EXIT_REASON_VMRESUME',
      'EXIT_REASON_INVEPT',
      'EXIT_REASON_INVVPID',
    ],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: nested(NEEDS_VMXON, trapped(AFTER_VMXON, { guest: IN_KERNEL })),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_CR_ACCESS'],
    controls: [
      'CPU_BASED_CR3_LOAD_EXITING',
      'CPU_BASED_CR3_STORE_EXITING',
      'CPU_BASED_CR8_LOAD_EXITING',
      'CPU_BASED_CR8_STORE_EXITING',
    ],
    intercept: 'always',
    handlings: [
      trapped(
        'A write of CR0 or CR4, LMSW and CLTS exit when they would change a bit that Xen owns; the hardware decodes them.',
        { guest: ['owned-bit-changes'] },
      ),
      withoutExit(
        'Reads of CR0 and CR4 give the read shadow, and writes that leave the owned bits alone do not exit; nor do other accesses to CR3 and CR8 than the following.',
        { guest: ['!owned-bit-changes'] },
      ),
      trapped('Accesses to CR3 exit as well until the guest turns paging on.', {
        paging: 'hap',
        feature: ['!unrestricted-guest'],
        guest: ['paging-off'],
      }),
      trapped('Writes of CR3 exit as well where introspection asks for them.', {
        guest: ['introspection'],
      }),
      trapped('Accesses to CR3 exit as well.', { paging: 'shadow' }),
      trapped('Accesses to CR8 exit as well.', { feature: ['!tpr-shadow'] }),
      BAD_VALUE,
    ],
  },
  {
    names: ['EXIT_REASON_DR_ACCESS'],
    controls: ['CPU_BASED_MOV_DR_EXITING'],
    notInRealMode: NO_DEBUG_REGISTERS_IN_REAL_MODE,
    handlings: [...DEBUG_REGISTERS, LOADED_EARLY],
  },
  { ...PORT_ACCESS, since: '4.18', differs: { 'pvh-dom0': PORTS_DOM0 } },
  { ...PORT_ACCESS, until: '4.18', differs: { 'pvh-dom0': PORTS_DOM0_BEFORE } },
  {
    names: ['EXIT_REASON_MSR_READ', 'EXIT_REASON_MSR_WRITE'],
    controls: ['CPU_BASED_ACTIVATE_MSR_BITMAP'],
    intercept: 'always',
    handlings: MSR_ACCESS,
  },
  {
    names: ['EXIT_REASON_INVALID_GUEST_STATE', 'EXIT_REASON_MSR_LOADING'],
    handlings: [refused('crash', 'The entry into the guest failed; the domain is crashed.')],
  },
  {
    names: ['EXIT_REASON_MCE_DURING_VMENTRY'],
    handlings: [
      refused(
        'crash',
        'Xen handles the machine check; as the entry into the guest failed, the domain is crashed.',
      ),
    ],
  },
  {
    names: ['EXIT_REASON_MWAIT_INSTRUCTION'],
    controls: ['CPU_BASED_MWAIT_EXITING'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: [refused('#UD', 'The instruction is not offered to HVM domains.')],
  },
  {
    names: ['EXIT_REASON_MONITOR_INSTRUCTION'],
    controls: ['CPU_BASED_MONITOR_EXITING'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: [refused('#UD', 'The instruction is not offered to HVM domains.')],
  },
  {
    names: ['EXIT_REASON_MONITOR_TRAP_FLAG'],
    controls: ['CPU_BASED_MONITOR_TRAP_FLAG'],
    notInRealMode: null,
    handlings: [
      trapped(`Only while introspection steps the vCPU. ${STEPS_IN_REAL_MODE}`, {
        guest: ['introspection'],
      }),
      trapped(`Only while a debugger steps the vCPU. ${STEPS_IN_REAL_MODE}`, {
        guest: ['being-debugged'],
      }),
      never('Without single-stepping the flag is off.', {
        guest: ['!introspection', '!being-debugged'],
      }),
    ],
  },
  {
    names: ['EXIT_REASON_PAUSE_INSTRUCTION'],
    controls: ['SECONDARY_EXEC_PAUSE_LOOP_EXITING', 'CPU_BASED_PAUSE_EXITING'],
    notInRealMode: null,
    handlings: [
      trapped(PAUSE_LOOP, { feature: ['pause-filter'], guest: ['!user-mode'] }),
      withoutExit(
        'The CPU looks for loops in kernel mode only, and not in real mode that runs as virtual-8086 mode.',
        { guest: ['user-mode'] },
      ),
      NO_PAUSE_LOOP,
      {
        how: 'hardware',
        by: 'cpu',
        when: { cmdline: 'ple_gap=0' },
        note: 'The option turns the exit off.',
      },
    ],
  },
  {
    names: ['EXIT_REASON_TPR_BELOW_THRESHOLD'],
    controls: ['CPU_BASED_TPR_SHADOW'],
    handlings: [
      trapped('An interrupt that the task priority held back is injected before the next entry.', {
        feature: ['tpr-shadow', '!apicv'],
        guest: ['event-pending'],
      }),
      never('Nothing waits for the guest, so that there is no threshold.', {
        guest: ['!event-pending'],
      }),
      never('Without a TPR shadow there is no threshold.', { feature: ['!tpr-shadow'] }),
      never('With virtual interrupt delivery there is no threshold.', { feature: ['apicv'] }),
    ],
  },
  {
    names: ['EXIT_REASON_APIC_ACCESS'],
    controls: ['SECONDARY_EXEC_VIRTUALIZE_APIC_ACCESSES'],
    emulates: 'the access is anything but a write of EOI',
    handlings: [
      trapped('A write of EOI is decoded by the hardware; other accesses run in the emulator.', {
        feature: ['apic-access-page', '!apicv'],
        guest: ['xapic-mode'],
      }),
      trapped('Only accesses that the virtual APIC page does not serve exit.', {
        feature: ['apic-access-page', 'apicv'],
        guest: ['xapic-mode'],
      }),
      trapped(
        'The page is in place in x2APIC mode as well, as the CPU does not virtualize that mode; nothing serves an access.',
        { feature: ['apic-access-page', '!apicv'], guest: ['x2apic-mode'] },
      ),
      never('In x2APIC mode, which the CPU virtualizes, the page is off.', {
        feature: ['apicv'],
        guest: ['x2apic-mode'],
      }),
      never('Without the page the exit does not occur.', { feature: ['!apic-access-page'] }),
      never('With the local APIC disabled the page is off.', { guest: ['apic-disabled'] }),
    ],
  },
  {
    names: ['EXIT_REASON_EOI_INDUCED'],
    controls: ['SECONDARY_EXEC_VIRTUAL_INTR_DELIVERY'],
    handlings: [
      trapped('For vectors in the EOI exit bitmap, such as level-triggered ones.', {
        feature: ['apicv'],
      }),
      never('Without virtual interrupt delivery the exit does not occur.', { feature: ['!apicv'] }),
    ],
  },
  {
    names: ['EXIT_REASON_APIC_WRITE'],
    controls: ['SECONDARY_EXEC_APIC_REGISTER_VIRT'],
    handlings: [
      trapped('The hardware has written the register; Xen does what follows from it.', {
        feature: ['apicv'],
      }),
      never('Without APIC-register virtualization the exit does not occur.', {
        feature: ['!apicv'],
      }),
    ],
  },
  {
    names: ['EXIT_REASON_ACCESS_GDTR_OR_IDTR', 'EXIT_REASON_ACCESS_LDTR_OR_TR'],
    controls: ['SECONDARY_EXEC_DESCRIPTOR_TABLE_EXITING'],
    emulates: DESCRIPTORS_EMULATE,
    handlings: DESCRIPTORS_VMX,
  },
  {
    names: ['EXIT_REASON_EPT_VIOLATION'],
    controls: ['SECONDARY_EXEC_ENABLE_EPT'],
    emulates: NESTED_FAULT_EMULATES,
    handlings: nestedFault(WITHOUT_EPT),
  },
  {
    names: ['EXIT_REASON_EPT_MISCONFIG'],
    controls: ['SECONDARY_EXEC_ENABLE_EPT'],
    handlings: [
      trapped(
        'Xen resolves the entry that it marked to be recalculated. Another one is an unexpected exit: #UD in user mode, and a crash of the domain in kernel mode.',
        { paging: 'hap' },
      ),
      never(WITHOUT_EPT, { paging: 'shadow' }),
    ],
  },
  {
    names: ['EXIT_REASON_VMX_PREEMPTION_TIMER_EXPIRED'],
    controls: ['PIN_BASED_PREEMPT_TIMER'],
    handlings: [never('Xen does not use the timer; its case is the one of unexpected exits.')],
  },
  {
    names: ['EXIT_REASON_INVPCID'],
    since: '4.18',
    controls: ['CPU_BASED_INVLPG_EXITING'],
    intercept: 'never',
    handlings: [
      withoutExit(INVPCID, { paging: 'hap', cpuid: ['invpcid'] }),
      faults('#UD', NOT_ENABLED, { cpuid: ['!invpcid'] }),
      INVPCID_OFF,
    ],
  },
  {
    names: ['EXIT_REASON_INVPCID'],
    until: '4.18',
    controls: ['CPU_BASED_INVLPG_EXITING'],
    intercept: 'never',
    handlings: [withoutExit(INVPCID, { paging: 'hap' }), INVPCID_OFF],
  },
  {
    names: ['EXIT_REASON_VMFUNC'],
    controls: ['SECONDARY_EXEC_ENABLE_VM_FUNCTIONS'],
    notInRealMode: null,
    handlings: [
      faults('#UD', NOT_ENABLED, { guest: ['!altp2m'] }),
      withoutExit('The CPU switches to another view of memory.', {
        feature: ['vmx-support'],
        guest: ['altp2m'],
      }),
      refused('#UD', 'The CPU could not switch the view, or knows no such function.', {
        feature: ['vmx-support'],
        guest: ['altp2m'],
      }),
      faults('#UD', NOT_ENABLED, { feature: ['!vmx-support'] }),
    ],
  },
  {
    names: ['EXIT_REASON_XSETBV'],
    handlings: [trapped(EXTENDED_STATE), BAD_VALUE, NO_EXTENDED_STATE],
  },
  {
    names: ['EXIT_REASON_PML_FULL'],
    controls: ['SECONDARY_EXEC_ENABLE_PML'],
    handlings: [
      trapped('Xen takes the logged pages over.', {
        paging: 'hap',
        feature: ['pml'],
        guest: ['log-dirty'],
      }),
      never('Without log-dirty tracking the log is off.', { guest: ['!log-dirty'] }),
      never('The CPU keeps no log.', { feature: ['!pml'] }),
      never(WITHOUT_EPT, { paging: 'shadow' }),
    ],
  },
  {
    names: ['EXIT_REASON_XSAVES', 'EXIT_REASON_XRSTORS'],
    controls: ['SECONDARY_EXEC_XSAVES'],
    intercept: 'never',
    handlings: [
      withoutExit('No bit of the XSS exiting bitmap is set; an exit would crash the domain.', {
        feature: ['vmx-support'],
      }),
      faults('#UD', NOT_ENABLED, { feature: ['!vmx-support'] }),
    ],
  },
  {
    names: ['EXIT_REASON_BUS_LOCK'],
    controls: ['SECONDARY_EXEC_BUS_LOCK_DETECTION'],
    handlings: [
      trapped('The exit itself slows a guest down that locks the bus; nothing else is done.', {
        feature: ['bus-lock-exit'],
      }),
      never('Where the CPU does not detect bus locks the exit does not occur.', {
        feature: ['!bus-lock-exit'],
      }),
    ],
  },
  {
    names: ['EXIT_REASON_NOTIFY'],
    controls: ['SECONDARY_EXEC_NOTIFY_VM_EXITING'],
    handlings: [
      trapped(
        'A guest that gives no chance for events is interrupted, and crashed when its context is lost; `vm-notify-window` sets the time.',
        { feature: ['notify-exit'] },
      ),
      never('Where the CPU has no such exit, or the option turns it off, it does not occur.', {
        feature: ['!notify-exit'],
      }),
    ],
  },
];
