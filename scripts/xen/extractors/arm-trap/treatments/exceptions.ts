/** The exception classes with which a guest enters Xen, what faults of its second stage mean, and calls for debugging. */
import {
  both,
  emulated,
  mediated,
  onHardware,
  type Provided,
  type ProvidedList,
  type Treatment,
  undefined_,
} from '../treatment.ts';

const UNDEFINED = 'Undefined instruction exception.';

const BY_REGISTER: ProvidedList = [
  emulated('Each register has a fact of its own.'),
  undefined_('A register that no case names: undefined instruction exception.'),
];

const SMC: ProvidedList = [
  emulated('A call of the SMC calling convention; Xen answers, or hands it to a mediator.'),
  emulated('Introspection that asked for it gets the call instead of Xen.', {
    when: { guest: ['introspection'], kconfig: ['CONFIG_VM_EVENT'] },
  }),
];

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
];

const PRINTS: ProvidedList = [
  undefined_(UNDEFINED, { when: { kconfig: ['!CONFIG_DEBUG'] } }),
  {
    how: 'paravirtualized',
    by: 'xen',
    when: { kconfig: ['CONFIG_DEBUG'] },
    note: 'Xen prints to its console.',
  },
];

/** Before Xen 4.15 a debug build stopped at an immediate that it did not know. */
const PANICS: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'crash',
  when: { kconfig: ['CONFIG_DEBUG'] },
  note: 'The host panics.',
};
const HVC_BEFORE: ProvidedList = [
  ...HVC,
  { ...PANICS, note: 'With an unknown immediate from 0xff00 the host panics.' },
];

const SVE: ProvidedList = [
  undefined_(`${UNDEFINED} SVE is off unless the domain is given a vector length.`, {
    when: { guest: ['!sve'] },
  }),
  onHardware('The instructions run on the CPU, up to the vector length of the domain.', {
    guest: ['sve'],
    kconfig: ['CONFIG_ARM64_SVE'],
  }),
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

function debugCall(label: string, title: string, more: Partial<Treatment> = {}): Treatment {
  return {
    in: 'debugCalls',
    labels: [label],
    title,
    group: 'hvc',
    answer: 'printk',
    cells: both(...PRINTS),
    ...more,
  };
}

const translationFault = (handlers: string): ProvidedList => [
  emulated(handlers),
  mediated('Xen fills in its page tables and the guest retries.'),
  {
    how: 'refused',
    by: 'xen',
    note: 'Where nothing answers, or the instruction cannot be decoded, the guest gets an abort.',
  },
];

const TRANSLATION_FAULT = {
  in: 'faults',
  labels: ['FSC_FLT_TRANS'],
  title: 'Translation fault of the second stage',
  group: 'stage-2',
  answer: 'try_handle_mmio',
  traps: ['HCR_VM'],
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
      places: [{ path: 'xen/arch/arm/traps.c', symbol: 'parse_vwfi' }],
    },
  ),
  exception('CP15_32', 'Trapped MRC and MCR of coprocessor 15', 'do_cp15_32', BY_REGISTER),
  exception('CP15_64', 'Trapped MRRC and MCRR of coprocessor 15', 'do_cp15_64', BY_REGISTER),
  exception('CP14_32', 'Trapped MRC and MCR of coprocessor 14', 'do_cp14_32', BY_REGISTER),
  exception('CP14_64', 'Trapped MRRC and MCRR of coprocessor 14', 'do_cp14_64', [
    undefined_(UNDEFINED),
  ]),
  exception('CP14_DBG', 'Trapped LDC and STC of coprocessor 14', 'do_cp14_dbg', [
    undefined_(UNDEFINED),
  ]),
  exception('CP10', 'Trapped VMRS of coprocessor 10', 'do_cp10', BY_REGISTER, { since: '4.15' }),
  exception('CP', 'Trapped access to another coprocessor', 'do_cp', [undefined_(UNDEFINED)], {
    traps: ['HCPTR_CP'],
  }),
  exception('SMC32', 'SMC in AArch32', 'do_trap_smc', SMC, { traps: ['HCR_TSC'] }),
  exception(
    'SMC64',
    'SMC in AArch64',
    'do_trap_smc',
    [...SMC, undefined_('With an immediate other than 0: undefined instruction exception.')],
    { traps: ['HCR_TSC'] },
  ),
  exception('HVC32', 'HVC in AArch32', 'do_trap_hypercall', HVC, { since: '4.15' }),
  exception('HVC32', 'HVC in AArch32', 'do_trap_hypercall', HVC_BEFORE, { until: '4.15' }),
  exception('HVC64', 'HVC in AArch64', 'do_trap_hypercall', HVC, { since: '4.15' }),
  exception('HVC64', 'HVC in AArch64', 'do_trap_hypercall', HVC_BEFORE, { until: '4.15' }),
  exception('SYSREG', 'Trapped MRS and MSR', 'do_sysreg', BY_REGISTER),
  exception('SVE', 'SVE instructions', 'inject_undef_exception', SVE, {
    since: '4.18',
    traps: ['HCPTR_CP'],
    places: [{ path: 'xen/arch/arm/arm64/sve.c', symbol: 'sve_context_init' }],
  }),
  exception(
    'INSTR_ABORT_LOWER_EL',
    'Instruction abort of the second stage',
    'do_trap_stage2_abort_guest',
    [
      emulated('Xen fills in its page tables, or reports to introspection, and the guest retries.'),
      { how: 'refused', by: 'xen', note: 'The guest gets a prefetch abort.' },
    ],
    { traps: ['HCR_VM'] },
  ),
  exception(
    'DATA_ABORT_LOWER_EL',
    'Data abort of the second stage',
    'do_trap_stage2_abort_guest',
    [
      emulated(
        'A handler of emulated memory answers, or Xen fills in its page tables; the facts of memory-mapped regions say which.',
      ),
      { how: 'refused', by: 'xen', note: 'Where nothing answers, the guest gets a data abort.' },
    ],
    { traps: ['HCR_VM'] },
  ),
  {
    in: 'exceptions',
    labels: ['default'],
    title: 'Exception classes that no case names',
    group: 'exception',
    answer: 'inject_undef_exception',
    cells: both(
      undefined_(`${UNDEFINED} Pointer authentication, which Xen hides, ends here as well.`),
    ),
  },
  {
    in: 'faults',
    labels: ['FSC_FLT_PERM'],
    title: 'Permission fault of the second stage',
    group: 'stage-2',
    answer: 'p2m_mem_access_check',
    traps: ['HCR_VM'],
    cells: both(
      emulated('Xen reports the access to introspection, which restricted the page.', {
        when: { guest: ['introspection'] },
      }),
      {
        how: 'absent',
        when: { guest: ['!introspection'] },
        note: 'Xen takes permissions away for introspection only; the guest would retry.',
      },
    ),
  },
  {
    ...TRANSLATION_FAULT,
    cells: both(
      ...translationFault('The access goes to a handler of emulated memory or to an ioreq server.'),
    ),
    since: '4.15',
  },
  {
    ...TRANSLATION_FAULT,
    cells: both(...translationFault('The access goes to a handler of emulated memory.')),
    until: '4.15',
  },
  {
    in: 'faults',
    labels: ['default'],
    title: 'Other faults of the second stage',
    group: 'stage-2',
    answer: 'inject_dabt_exception',
    traps: ['HCR_VM'],
    cells: both({ how: 'refused', by: 'xen', note: 'The guest gets an abort.' }),
  },
  ...(
    [
      ['0xe0', 'HVC #0xffe0 to #0xffef: print a register'],
      ['0xfd', 'HVC #0xfffd: print the address'],
      ['0xfe', 'HVC #0xfffe: print a character'],
      ['0xff', 'HVC #0xffff: print the state of the vCPU'],
    ] as const
  ).map(([label, title]) => debugCall(label, title)),
  debugCall('default', 'Other HVC from #0xff00: print the number', { since: '4.15' }),
  debugCall('default', 'Other HVC from #0xff00', {
    answer: 'panic',
    cells: both(undefined_(UNDEFINED, { when: { kconfig: ['!CONFIG_DEBUG'] } }), PANICS),
    until: '4.15',
  }),
];
