/** What faults of the second stage mean, and calls for debugging. */
import {
  both,
  emulated,
  mediated,
  type Provided,
  type ProvidedList,
  type Treatment,
  UNDEFINED,
  undefined_,
} from '../treatment.ts';

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

/** Among immediates that mean different things. */
export const UNKNOWN_PANICS: Provided = {
  ...PANICS,
  note: 'With an unknown immediate from 0xff00 the host panics.',
};

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

export const FAULT_TREATMENTS: readonly Treatment[] = [
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
