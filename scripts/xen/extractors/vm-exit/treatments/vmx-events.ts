/** What the exits of VMX mean that no instruction of the guest asks for. */
import { EMULATED_REAL_MODE, WHOLLY_EMULATED } from './real-mode.ts';
import {
  eventWindow,
  hostEvent,
  never,
  type ProvidedList,
  refused,
  SHUT_DOWN,
  SHUT_DOWN_DOM0,
  type Treatment,
  trapped,
  UNEXPECTED,
} from './treatment.ts';

const REAL_MODE_EXCEPTIONS = `${EMULATED_REAL_MODE} every exception exits, and all but #PF, NMI and #MC make the emulator run the instruction.`;

const NO_EXCEPTIONS = `${WHOLLY_EMULATED} the emulator delivers the exceptions, without an exit.`;

const STEPS_IN_REAL_MODE =
  'In real mode that is not unrestricted the emulator runs the instruction instead.';

const EXCEPTIONS_PROTECTED: ProvidedList = [
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
];

function exceptions(inRealMode: string): ProvidedList {
  return [
    ...EXCEPTIONS_PROTECTED,
    trapped(inRealMode, { feature: ['!unrestricted-guest'], guest: ['real-mode'] }),
    trapped(inRealMode, { paging: 'shadow', guest: ['real-mode'] }),
  ];
}

const EXCEPTIONS = exceptions(REAL_MODE_EXCEPTIONS);
const EXCEPTIONS_PVH = exceptions(NO_EXCEPTIONS);

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

export const VMX_EVENTS: readonly Treatment[] = [
  {
    names: ['EXIT_REASON_EXCEPTION_NMI'],
    since: '4.22',
    controls: ['PIN_BASED_NMI_EXITING'],
    notInRealMode: null,
    emulates: EXCEPTIONS_EMULATE,
    handlings: EXCEPTIONS,
    differs: { pvh: EXCEPTIONS_PVH },
  },
  {
    names: ['EXIT_REASON_EXCEPTION_NMI'],
    until: '4.22',
    controls: ['PIN_BASED_NMI_EXITING'],
    notInRealMode: null,
    emulates: `${EXCEPTIONS_EMULATE} or from a system call of another CPU vendor`,
    handlings: [...EXCEPTIONS, LATE_FPU, FOREIGN_VENDOR],
    differs: {
      pvh: [...EXCEPTIONS_PVH, LATE_FPU, FOREIGN_VENDOR],
      'pvh-dom0': [...EXCEPTIONS, LATE_FPU],
    },
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
    names: ['EXIT_REASON_VMX_PREEMPTION_TIMER_EXPIRED'],
    controls: ['PIN_BASED_PREEMPT_TIMER'],
    handlings: [never('Xen does not use the timer; its case is the one of unexpected exits.')],
  },
  {
    names: ['EXIT_REASON_BUS_LOCK'],
    controls: ['SECONDARY_EXEC_BUS_LOCK_DETECTION'],
    notInRealMode: null,
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
