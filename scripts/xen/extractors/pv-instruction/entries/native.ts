/** Instructions that PV guests run on the bare CPU, though they look at or change the state of the system. */
import { at, byXenOutside } from '../../../authored.ts';
import { type Entry, hardware, inPv, type List, native, refused } from '../entry.ts';
import {
  CHECK_DESCRIPTOR,
  GP_TO_GUEST,
  HYPERCALLS,
  IRET,
  PRIVILEGED,
  PV_DOMAIN,
  UD_TO_GUEST,
} from '../places.ts';

const CR4 = at(PV_DOMAIN, 'pv_make_cr4');

const ABSENT_ON_HOST = refused('#UD', { feature: ['!host-instruction'] });

/** On the bare CPU where it has the instruction. */
const whereThere = (note?: string): List => [
  native({ feature: ['host-instruction'] }, note),
  ABSENT_ON_HOST,
];

const SVM = 'xen/arch/x86/hvm/svm/svm.c';

const FLAGS: readonly Entry[] = [
  {
    id: 'popf',
    instruction: 'POPF',
    class: 'native',
    opcodes: ['9d'],
    cells: inPv([
      native(
        { bits: 64 },
        'The kernel runs at privilege level 3; changes of IF and IOPL are ignored by the CPU and cannot be trapped.',
      ),
      native(
        { bits: 32 },
        'The kernel runs at privilege level 1 with a real IOPL of 0; changes of IF and IOPL are ignored by the CPU.',
      ),
    ]),
    places: [at(PRIVILEGED, 'iopl_ok'), at(PRIVILEGED, 'pv_emulate_privileged_op', 'iopl')],
  },
  {
    id: 'pushf',
    instruction: 'PUSHF',
    class: 'native',
    opcodes: ['9c'],
    cells: inPv([native(undefined, 'IF reads as set and IOPL as 0, whatever the guest set.')]),
    places: [at(PRIVILEGED, 'iopl_ok'), at(PRIVILEGED, 'pv_emulate_privileged_op', 'iopl')],
  },
  {
    id: 'iret',
    instruction: 'IRET',
    class: 'native',
    opcodes: ['cf'],
    alternatives: ['iret'],
    cells: inPv([
      native(
        undefined,
        'The CPU returns within the privilege levels of the guest, and IF and IOPL do not change; from kernel to user mode a 64-bit kernel needs the hypercall, which switches the page tables.',
      ),
    ]),
    places: [at(IRET, 'do_iret')],
  },
];

const ONLY_IN_64 = 'The instructions need a 64-bit code segment.';

const FSGSBASE: Entry = {
  id: 'rdfsbase-wrfsbase',
  instruction: 'RDFSBASE, RDGSBASE, WRFSBASE and WRGSBASE',
  class: 'native',
  opcodes: ['0fae/0', '0fae/1', '0fae/2', '0fae/3'],
  alternatives: ['set_segment_base'],
  cells: inPv([
    native(
      { bits: 64, guest: ['cr4-fsgsbase', '!code-32'] },
      'The guest sets the bit of its virtual CR4.',
    ),
    refused('#UD', { bits: 64, guest: ['!cr4-fsgsbase'] }),
    refused('#UD', { bits: 64, guest: ['code-32'] }, ONLY_IN_64),
    refused('#UD', { bits: 32 }, ONLY_IN_64),
  ]),
  places: [at(PV_DOMAIN, 'pv_make_cr4', 'X86_CR4_FSGSBASE'), ...UD_TO_GUEST],
};

const WITH_XSAVE: List = [
  ...whereThere('The real CR4.OSXSAVE is set, whatever the guest set.'),
  refused('#UD', { cmdline: 'xsave=0' }, 'Then Xen does not set CR4.OSXSAVE.'),
];

const STATE: readonly Entry[] = [
  {
    id: 'xgetbv',
    instruction: 'XGETBV',
    class: 'native',
    opcodes: ['0f01d0'],
    cells: inPv(WITH_XSAVE),
    places: [CR4, at('xen/arch/x86/xstate.c', 'xstate_init', 'X86_CR4_OSXSAVE')],
  },
  {
    id: 'xsave',
    instruction: 'XSAVE, XSAVEOPT, XSAVEC and XRSTOR',
    class: 'native',
    opcodes: ['0fae/4', '0fae/5', '0fae/6', '0fc7/4'],
    cells: inPv(WITH_XSAVE),
    places: [CR4, at('xen/arch/x86/xstate.c', 'xstate_init', 'X86_CR4_OSXSAVE')],
  },
  {
    id: 'rdpid',
    instruction: 'RDPID',
    class: 'native',
    opcodes: ['0fc7/7'],
    cells: inPv(whereThere('Xen loads the TSC_AUX of the guest when it switches to it.')),
    places: [
      at('xen/arch/x86/domain.c', 'paravirt_ctxt_switch_to', 'wrmsr_tsc_aux'),
      ...UD_TO_GUEST,
    ],
  },
  {
    id: 'fpu',
    instruction: 'FPU, SSE and AVX instructions',
    class: 'native',
    opcodes: [],
    alternatives: ['fpu_taskswitch'],
    cells: inPv([native(undefined, 'With the virtual CR0.TS set they raise #NM.')]),
    places: [at(HYPERCALLS, 'do_fpu_taskswitch')],
  },
  {
    id: 'segment-loads',
    instruction: 'Segment loads and far transfers without a gate',
    class: 'native',
    opcodes: ['8e', 'cb'],
    alternatives: ['update_descriptor', 'set_gdt'],
    cells: inPv([
      native(undefined, 'The CPU reads the descriptors of the guest, which Xen checked before.'),
    ]),
    places: CHECK_DESCRIPTOR,
  },
  {
    id: 'lar-lsl-verr-verw',
    instruction: 'LAR, LSL, VERR and VERW',
    class: 'native',
    opcodes: ['0f02', '0f03', '0f00/4', '0f00/5'],
    cells: inPv([
      native(undefined, 'They see the descriptors of the guest, and those of Xen behind them.'),
    ]),
    places: CHECK_DESCRIPTOR,
  },
];

const UNTRAPPED = 'CPUID says whether the guest is told of them; nothing traps them.';

const PLAIN: readonly Entry[] = (
  [
    ['clflush', 'CLFLUSH, CLFLUSHOPT, CLWB and PREFETCH', ['0fae/7']],
    ['rdrand-rdseed', 'RDRAND and RDSEED', ['0fc7/6', '0fc7/7']],
    ['tsx', 'XBEGIN, XEND, XABORT and XTEST', ['0f01d5', '0f01d6']],
    ['serialize', 'SERIALIZE', ['0f01e8']],
    ['clzero', 'CLZERO', ['0f01fc']],
  ] as const
).map(([id, instruction, opcodes]) => ({
  id,
  instruction,
  class: 'native',
  opcodes,
  cells: inPv(whereThere(UNTRAPPED)),
  places: [CR4, ...UD_TO_GUEST],
}));

/** The Xen outside answers with #UD what leaves the container. */
const UD_OUTSIDE = byXenOutside(
  refused(
    '#UD',
    { feature: ['host-instruction'] },
    'It leaves the container, and the Xen outside answers with the fault.',
  ),
);

/** SVM intercepts them together with MONITOR and MWAIT, at every privilege level. */
const MONITORX: Entry = {
  id: 'monitorx-mwaitx',
  instruction: 'MONITORX and MWAITX',
  class: 'native',
  opcodes: ['0f01fa', '0f01fb'],
  cells: inPv(whereThere(UNTRAPPED), whereThere(UNTRAPPED), [
    { ...UD_OUTSIDE, places: [at(SVM, 'svm_vmexit_handler', 'VMEXIT_MONITOR')] },
    ABSENT_ON_HOST,
  ]),
  places: [CR4, ...UD_TO_GUEST],
};

const WITHOUT_TSD = { feature: ['host-instruction'], guest: ['!vtsc', '!cr4-tsd'] } as const;

const USER_WAIT: List = [
  native(WITHOUT_TSD, 'UMONITOR in any case.'),
  refused('#GP', { guest: ['vtsc'] }, 'UMWAIT and TPAUSE.'),
  refused('#GP', { guest: ['cr4-tsd'] }, 'UMWAIT and TPAUSE.'),
  ABSENT_ON_HOST,
];
const TIMED_READ: List = [
  native(WITHOUT_TSD, 'With the real CR4.TSD set it faults, and the fault goes to the guest.'),
  ABSENT_ON_HOST,
];

/** Instructions that CR4.TSD takes from code above privilege level 0, and that the whitelist does not hold. */
const TIMED: readonly Entry[] = [
  {
    id: 'umonitor-umwait',
    instruction: 'UMONITOR, UMWAIT and TPAUSE',
    class: 'native',
    opcodes: ['0fae/6'],
    cells: inPv(USER_WAIT, USER_WAIT, [
      {
        ...refused('#UD', undefined, 'The Xen outside does not turn them on in VMX.'),
        places: [at('xen/arch/x86/hvm/vmx/vmcs.c', 'vmx_init_vmcs_config')],
      },
    ]),
    places: [at(PV_DOMAIN, 'pv_make_cr4', 'vtsc'), ...GP_TO_GUEST, ...UD_TO_GUEST],
  },
  {
    id: 'rdpru',
    instruction: 'RDPRU',
    class: 'native',
    opcodes: ['0f01fd'],
    cells: inPv(TIMED_READ, TIMED_READ, [
      {
        ...UD_OUTSIDE,
        since: '4.16',
        places: [at(SVM, 'svm_vmexit_handler', 'VMEXIT_RDPRU')],
      },
      { ...hardware(WITHOUT_TSD, 'With the real CR4.TSD set it faults.'), until: '4.16' },
      ABSENT_ON_HOST,
    ]),
    places: [at(PV_DOMAIN, 'pv_make_cr4', 'vtsc'), ...UD_TO_GUEST],
  },
];

export const NATIVE: readonly Entry[] = [
  ...FLAGS,
  FSGSBASE,
  ...STATE,
  ...PLAIN,
  MONITORX,
  ...TIMED,
];
