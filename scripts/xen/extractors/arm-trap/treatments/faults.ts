/** What faults of the second stage mean, and calls for debugging. */
import {
  both,
  type Cells,
  emulated,
  mediated,
  type Provided,
  type ProvidedList,
  type Treatment,
  UNDEFINED,
  undefined_,
} from '../treatment.ts';

/** Instead of a virtual SError of the guest. */
export const SERRORS_PANIC: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'crash',
  when: { cmdline: 'serrors=panic' },
  note: 'The host panics.',
};

/** Since Xen 4.21. */
export const UNMAPPED: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'all-ones',
  when: { xl: { trap_unmapped_accesses: 0 } },
  note: 'Where nothing answers, reads give all ones and writes are dropped; for a domain that Xen builds at boot, the property trap-unmapped-accesses of its node says so.',
};

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
    decidedBy: ['do_trap_hypercall'],
    cells: both(...PRINTS),
    ...more,
  };
}

const TO_IOREQ_SERVER: Provided = {
  how: 'emulated',
  by: 'dom0',
  when: { guest: ['ioreq-server'], kconfig: ['CONFIG_IOREQ_SERVER'] },
  note: 'An access that no handler claims goes to the ioreq server that does.',
};
const translationFault = (...forDomU: readonly Provided[]): Cells => {
  const cell: ProvidedList = [
    emulated('The access goes to a handler of emulated memory.'),
    mediated(
      'After maintenance of caches by set and way Xen restores the entries of its page tables where the guest touches them, and the guest retries.',
    ),
    {
      how: 'refused',
      by: 'xen',
      note: 'Where nothing answers, or the instruction cannot be decoded, the guest gets an abort.',
    },
  ];
  const ofHost = mediated('Xen maps memory of the host that the domain is permitted.', {
    when: { feature: ['acpi-boot'], guest: ['iomem-granted'] },
  });
  return { arm: [...cell, ...forDomU], 'arm-dom0': [...cell, ofHost] };
};

/** Before Xen 4.18 the interface was mapped when the domain was made. */
function withGicv2({ arm, 'arm-dom0': dom0 }: Cells): Cells {
  const maps = mediated('Xen maps the virtual CPU interface of the GIC at the first access.', {
    when: { guest: ['vgic-v2'] },
  });
  return { arm: [...arm, maps], 'arm-dom0': [...dom0, maps] };
}

const PERMISSION_FAULT = {
  in: 'faults',
  labels: ['FSC_FLT_PERM'],
  title: 'Permission fault of the second stage',
  group: 'stage-2',
  answer: 'p2m_mem_access_check',
  decidedBy: ['p2m_set_permission'],
  traps: ['HCR_VM'],
} as const;
const permissionFault = (option: string): Cells =>
  both(
    emulated(
      'Xen reports the access to introspection, which restricted the page; without a listener it lifts the restriction, or crashes a domain that must have one.',
      { when: { guest: ['introspection'], kconfig: [option] } },
    ),
    {
      how: 'refused',
      by: 'xen',
      note: 'A write to a page that is mapped read-only, as a grant can be, or a fetch from one that is not for execution: Xen changes nothing, and the guest retries without end.',
    },
  );

const TRANSLATION_FAULT = {
  in: 'faults',
  labels: ['FSC_FLT_TRANS'],
  title: 'Translation fault of the second stage',
  group: 'stage-2',
  answer: 'try_handle_mmio',
  decidedBy: ['try_fwd_ioserv', 'p2m_resolve_translation_fault', 'try_map_mmio'],
  traps: ['HCR_VM'],
} as const;

export const FAULT_TREATMENTS: readonly Treatment[] = [
  { ...PERMISSION_FAULT, cells: permissionFault('CONFIG_VM_EVENT'), since: '4.21' },
  { ...PERMISSION_FAULT, cells: permissionFault('CONFIG_MEM_ACCESS'), until: '4.21' },
  {
    ...TRANSLATION_FAULT,
    cells: withGicv2(translationFault(TO_IOREQ_SERVER, UNMAPPED)),
    since: '4.21',
  },
  {
    ...TRANSLATION_FAULT,
    cells: withGicv2(translationFault(TO_IOREQ_SERVER)),
    since: '4.18',
    until: '4.21',
  },
  {
    ...TRANSLATION_FAULT,
    cells: translationFault(TO_IOREQ_SERVER),
    since: '4.15',
    until: '4.18',
  },
  { ...TRANSLATION_FAULT, cells: translationFault(), until: '4.15' },
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
