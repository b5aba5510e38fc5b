/** The exception classes with which a guest enters Xen. */
import {
  both,
  emulated,
  onHardware,
  type ProvidedList,
  type Treatment,
  UNDEFINED,
  UNDEFINED_FOR_USERS,
  undefined_,
} from '../treatment.ts';
import { SERRORS_PANIC, UNKNOWN_PANICS, UNMAPPED } from './faults.ts';

const BY_REGISTER: ProvidedList = [
  emulated('Each register has a fact of its own.'),
  undefined_('A register that no case names: undefined instruction exception.'),
];

const NOTHING: ProvidedList = [undefined_(UNDEFINED)];

const SMC_CALL = emulated(
  'A call of the SMC calling convention; Xen answers, or hands it to a mediator.',
);
const TO_INTROSPECTION = 'Introspection that asked for it gets the call instead of Xen.';
const SMC: ProvidedList = [
  SMC_CALL,
  emulated(TO_INTROSPECTION, {
    when: { guest: ['introspection'], kconfig: ['CONFIG_VM_EVENT'] },
  }),
  UNDEFINED_FOR_USERS,
];
/** Before Xen 4.21 no build of Arm was without introspection. */
const SMC_BEFORE: ProvidedList = [
  SMC_CALL,
  emulated(TO_INTROSPECTION, { when: { guest: ['introspection'] } }),
  UNDEFINED_FOR_USERS,
];
const OTHER_SMC = undefined_('With an immediate other than 0: undefined instruction exception.');
const SMC_TRAPS = { traps: ['HCR_TSC'] } as const;

const HVC: ProvidedList = [
  {
    how: 'paravirtualized',
    by: 'xen',
    note: 'With the immediate XEN_HYPERCALL_TAG it is a hypercall.',
  },
  emulated('With the immediate 0 it is a call of the SMC calling convention.'),
  undefined_('With another immediate: undefined instruction exception.', {
    when: { kconfig: ['!CONFIG_DEBUG'] },
  }),
  {
    how: 'paravirtualized',
    by: 'xen',
    when: { kconfig: ['CONFIG_DEBUG'] },
    note: 'The immediates from 0xff00 print for debugging; the others get an exception.',
  },
  UNDEFINED_FOR_USERS,
];

const HVC_BEFORE: ProvidedList = [...HVC, UNKNOWN_PANICS];

const SVE: ProvidedList = [
  undefined_(
    `${UNDEFINED} SVE is off unless the domain is given a vector length; a CPU without SVE refuses itself.`,
    { when: { guest: ['!sve'], bits: 64 } },
  ),
  onHardware('The instructions run on the CPU, up to the vector length of the domain.', {
    guest: ['sve'],
    kconfig: ['CONFIG_ARM64_SVE'],
    bits: 64,
  }),
];

/** An abort that comes from outside of the CPU is no fault of a translation. */
const EXTERNAL: ProvidedList = [
  emulated('An external abort becomes a virtual SError of the guest.'),
  { ...SERRORS_PANIC, note: 'The host panics at an external abort.' },
];

const INSTRUCTION_ABORT: ProvidedList = [
  emulated('Xen fills in its page tables, or reports to introspection, and the guest retries.'),
  { how: 'refused', by: 'xen', note: 'The guest gets a prefetch abort.' },
  ...EXTERNAL,
];

const DATA_ABORT: ProvidedList = [
  emulated(
    'A handler of emulated memory answers, or Xen fills in its page tables; the facts of memory-mapped regions say which.',
  ),
  { how: 'refused', by: 'xen', note: 'Where nothing answers, the guest gets a data abort.' },
  ...EXTERNAL,
];

function exception(
  name: string,
  title: string,
  answer: string,
  cell: ProvidedList,
  more: Partial<Treatment> = {},
): Treatment {
  return {
    in: 'exceptions',
    labels: [`HSR_EC_${name}`],
    title,
    group: 'exception',
    answer,
    cells: both(...cell),
    ...more,
  };
}

const dataAbort = (more: Partial<Treatment>): Treatment =>
  exception(
    'DATA_ABORT_LOWER_EL',
    'Data abort of the second stage',
    'do_trap_stage2_abort_guest',
    DATA_ABORT,
    { traps: ['HCR_VM'], decidedBy: ['__do_trap_serror', 'try_handle_mmio'], ...more },
  );

const OTHER_CLASSES = {
  in: 'exceptions',
  labels: ['default'],
  title: 'Exception classes that no case names',
  group: 'exception',
  answer: 'inject_undef_exception',
} as const;

export const EXCEPTION_TREATMENTS: readonly Treatment[] = [
  exception(
    'WFI_WFE',
    'WFI and WFE',
    'vcpu_block_unless_event_pending',
    [
      emulated('WFI blocks the vCPU until an event comes, and WFE yields the CPU.'),
      onHardware('The instructions do not trap.', { cmdline: 'vwfi=native' }),
    ],
    {
      traps: ['HCR_TWI', 'HCR_TWE'],
      places: [
        { path: 'xen/arch/arm/traps.c', symbol: 'parse_vwfi' },
        { path: 'xen/arch/arm/traps.c', symbol: 'get_default_hcr_flags', anchor: 'vwfi' },
      ],
    },
  ),
  ...(
    [
      ['CP15_32', 'Trapped MRC and MCR of coprocessor 15', 'do_cp15_32', BY_REGISTER],
      ['CP15_64', 'Trapped MRRC and MCRR of coprocessor 15', 'do_cp15_64', BY_REGISTER],
      ['CP14_32', 'Trapped MRC and MCR of coprocessor 14', 'do_cp14_32', BY_REGISTER],
      ['CP14_64', 'Trapped MRRC and MCRR of coprocessor 14', 'do_cp14_64', NOTHING],
      ['CP14_DBG', 'Trapped LDC and STC of coprocessor 14', 'do_cp14_dbg', NOTHING],
      ['CP10', 'Trapped VMRS of coprocessor 10', 'do_cp10', BY_REGISTER, { since: '4.15' }],
      ['CP', 'Trapped access to another coprocessor', 'do_cp', NOTHING, { traps: ['HCPTR_CP'] }],
    ] as const
  ).map(([name, title, answer, cell, more]) =>
    exception(name, title, answer, cell, { bits: 32, ...more }),
  ),
  ...(
    [
      [SMC, { ...SMC_TRAPS, since: '4.21' }],
      [SMC_BEFORE, { ...SMC_TRAPS, until: '4.21' }],
    ] as const
  ).flatMap(([[call, ...rest], span]) => [
    exception('SMC32', 'SMC in AArch32', 'do_trap_smc', [call, ...rest], { bits: 32, ...span }),
    exception('SMC64', 'SMC in AArch64', 'do_trap_smc', [call, ...rest, OTHER_SMC], {
      bits: 64,
      ...span,
    }),
  ]),
  ...([32, 64] as const).flatMap((bits) =>
    (
      [
        [HVC, { since: '4.15' }],
        [HVC_BEFORE, { until: '4.15' }],
      ] as const
    ).map(([cell, span]) =>
      exception(`HVC${bits}`, `HVC in AArch${bits}`, 'do_trap_hypercall', cell, { bits, ...span }),
    ),
  ),
  exception('SYSREG', 'Trapped MRS and MSR', 'do_sysreg', BY_REGISTER, { bits: 64 }),
  exception('SVE', 'SVE instructions', 'inject_undef_exception', SVE, {
    since: '4.18',
    bits: 64,
    traps: ['HCPTR_CP'],
    places: [{ path: 'xen/arch/arm/arm64/sve.c', symbol: 'sve_context_init' }],
  }),
  exception(
    'INSTR_ABORT_LOWER_EL',
    'Instruction abort of the second stage',
    'do_trap_stage2_abort_guest',
    INSTRUCTION_ABORT,
    { traps: ['HCR_VM'], decidedBy: ['__do_trap_serror'] },
  ),
  dataAbort({ until: '4.21' }),
  dataAbort({
    since: '4.21',
    cells: { arm: [...DATA_ABORT, UNMAPPED], 'arm-dom0': DATA_ABORT },
  }),
  {
    ...OTHER_CLASSES,
    cells: both(
      undefined_(`${UNDEFINED} Pointer authentication, which Xen hides, ends here as well.`),
    ),
    since: '4.15',
  },
  {
    ...OTHER_CLASSES,
    cells: both(
      undefined_(
        `${UNDEFINED} Pointer authentication ends here as well, though guests read that the CPU has it.`,
      ),
    ),
    until: '4.15',
  },
];
