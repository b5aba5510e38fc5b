/** Callers that serve HVM domains, from the emulator outwards. */
import { inContainers, inPv, type ProvidedList, runs, type Site, VM_EVENT } from './site.ts';

const ENTRY = 'Each way to the emulator has a fact of its own, with its condition.';

const MMIO_FAULT = {
  id: 'hvm-mmio-fault',
  call: 'hvm_hap_nested_page_fault handle_mmio_with_translation',
  at: 2,
  anchor: 'p2m_is_discard_write(',
} as const satisfies Omit<Site, 'guests' | 'trigger'>;

const MMIO_GUESTS: Site['guests'] = {
  hvm: [runs('A device model may serve the access.', { paging: 'hap' })],
  pvh: [
    runs(
      'The registers of the local APIC have a call of their own; nothing serves another access, so that reads give all ones.',
      { paging: 'hap' },
    ),
  ],
};

/** An access of PVH dom0 to a hole: up to 4.20 emulated, in 4.21 mapped with the option, and since 4.22 without it. */
const HOLES: ProvidedList = [
  {
    how: 'passthrough',
    by: 'cpu',
    when: { paging: 'hap', guest: ['iomem-granted'] },
    note: 'Instead of the access the emulator maps the page of the hole one to one, and the CPU runs the instruction again.',
    since: '4.22',
  },
  {
    ...runs('A hole that dom0 has no permission for: reads give all ones.', {
      paging: 'hap',
      guest: ['!iomem-granted'],
    }),
    since: '4.22',
  },
  {
    ...runs('The option keeps Xen from mapping holes: reads give all ones.', {
      paging: 'hap',
      cmdline: 'dom0=pf-fixup=0',
    }),
    since: '4.22',
  },
  {
    ...runs('Accesses to holes: reads give all ones.', { paging: 'hap' }),
    until: '4.22',
  },
  {
    how: 'passthrough',
    by: 'cpu',
    when: { paging: 'hap', guest: ['iomem-granted'], cmdline: 'dom0=pf-fixup' },
    note: 'With the option the emulator maps the page of the hole one to one instead, and the CPU runs the instruction again.',
    since: '4.21',
    until: '4.22',
  },
];

const IOREQ_COMPLETION = {
  id: 'ioreq-completion',
  trigger: 'an instruction again after the device model answered',
  guests: {
    hvm: [runs('An access to memory that an ioreq server serves.', { guest: ['ioreq-server'] })],
  },
} as const satisfies Omit<Site, 'call'>;

const NESTED_HAP = runs('Nested virtualization with nested HAP.', {
  paging: 'hap',
  guest: ['nested-hvm'],
});

const FORCED = runs('Only with the option; up to 4.21 also for a guest whose CPU vendor differs.', {
  cmdline: 'hvm_fep',
  guest: ['forced-emulation-prefix'],
  kconfig: ['CONFIG_HVM_FEP'],
});

/** System calls of one vendor on a CPU of the other. */
const CROSS_VENDOR = [
  {
    ...runs('SYSCALL, SYSENTER and SYSEXIT, which raise #UD on the CPU of the other vendor.', {
      guest: ['foreign-vendor'],
    }),
    until: '4.22',
  },
] as const;

export const HVM_SITES: readonly Site[] = [
  {
    id: 'debug-wrapper',
    call: 'x86_emulate_wrapper x86_emulate',
    trigger: 'every instruction that is emulated in a debug build, with checks around it',
    guests: {
      ...inContainers(runs('Debug builds only.', { kconfig: ['CONFIG_DEBUG'] })),
      ...inPv(runs('Debug builds only.', { kconfig: ['CONFIG_DEBUG'] })),
    },
  },
  {
    id: 'hvm-core',
    call: '_hvm_emulate_one x86_emulate',
    trigger: 'every instruction of an HVM domain, writes of shadowed page tables apart',
    guests: inContainers(runs(ENTRY)),
  },
  {
    id: 'hvm-one',
    call: 'hvm_emulate_one _hvm_emulate_one',
    trigger: 'an instruction with all its effects',
    guests: inContainers(runs(ENTRY)),
  },
  {
    id: 'hvm-one-filtered',
    call: 'hvm_emulate_one_insn hvm_emulate_one',
    trigger: 'an instruction of the kind that the caller accepts',
    filter: 'none',
    guests: inContainers(runs(ENTRY)),
  },
  {
    id: 'hvm-mmio',
    call: 'handle_mmio hvm_emulate_one_insn',
    trigger: 'an instruction that accesses memory',
    guests: inContainers(runs(ENTRY)),
  },
  {
    id: 'hvm-mmio-translated',
    call: 'handle_mmio_with_translation handle_mmio',
    trigger: 'an access to memory whose translation the hardware or the shadow code knows',
    guests: inContainers(runs(ENTRY)),
  },
  {
    id: 'hvm-forced',
    call: 'hvm_ud_intercept hvm_emulate_one',
    trigger: 'an instruction behind the prefix of forced emulation, which raises #UD',
    filter: 'none',
    guests: {
      hvm: [FORCED, ...CROSS_VENDOR],
      pvh: [FORCED, ...CROSS_VENDOR],
      'pvh-dom0': [FORCED],
    },
  },
  {
    id: 'hvm-descriptor-access',
    option: VM_EVENT,
    call: 'hvm_descriptor_access_intercept hvm_emulate_one_insn',
    trigger:
      'an access to a descriptor table register that exited and that nobody asks for any more',
    guests: inContainers(
      runs('The exit is on only after introspection asked for it.', { guest: ['introspection'] }),
    ),
  },
  {
    id: 'hvm-nested-fault',
    call: 'hvm_hap_nested_page_fault handle_mmio',
    trigger: 'an access of a nested guest that its own hypervisor calls MMIO',
    guests: { hvm: [NESTED_HAP], pvh: [NESTED_HAP] },
  },
  {
    id: 'hvm-internal-mmio',
    call: 'hvm_hap_nested_page_fault handle_mmio_with_translation',
    at: 1,
    anchor: 'hvm_mmio_internal(',
    trigger: 'an access to memory that Xen emulates itself',
    guests: {
      hvm: [
        runs(
          'What Xen emulates itself, such as the local APIC, the I/O APIC, the HPET and MSI-X tables.',
          { paging: 'hap' },
        ),
      ],
      pvh: [
        runs('The registers of the local APIC, where no APIC-access page takes the exit.', {
          paging: 'hap',
          feature: ['!apic-access-page'],
          guest: ['xapic-mode'],
        }),
      ],
      'pvh-dom0': [
        runs(
          'What Xen emulates itself, such as the local APIC, the I/O APICs and the ECAM of vPCI.',
          {
            paging: 'hap',
          },
        ),
      ],
    },
  },
  {
    ...MMIO_FAULT,
    since: '4.21',
    trigger:
      'an access to a page of emulated MMIO, or a write to one that discards writes, belongs to an ioreq server or is read-only MMIO',
    guests: {
      ...MMIO_GUESTS,
      'pvh-dom0': [
        ...HOLES,
        {
          ...runs('Read-only MMIO: the write is dropped, but for the writable parts of a page.', {
            paging: 'hap',
          }),
          access: 'write',
        },
      ],
    },
  },
  {
    ...MMIO_FAULT,
    until: '4.21',
    trigger:
      'an access to a page of emulated MMIO, or a write to one that discards writes or belongs to an ioreq server',
    guests: {
      ...MMIO_GUESTS,
      'pvh-dom0': HOLES,
    },
  },
  {
    id: 'hvm-read-only-mmio',
    until: '4.21',
    call: 'hvm_hap_nested_page_fault hvm_emulate_one_mmio',
    trigger: 'a write to read-only MMIO',
    guests: { 'pvh-dom0': [runs('Up to 4.20.', { paging: 'hap' })] },
  },
  {
    id: 'hvm-read-only-mmio-core',
    until: '4.21',
    call: 'hvm_emulate_one_mmio _hvm_emulate_one',
    trigger: 'a write to read-only MMIO',
    guests: { 'pvh-dom0': [runs('Up to 4.20.', { paging: 'hap' })] },
  },
  { ...IOREQ_COMPLETION, call: 'arch_ioreq_complete_mmio handle_mmio', since: '4.15' },
  { ...IOREQ_COMPLETION, call: 'handle_hvm_io_completion handle_mmio', until: '4.15' },
  {
    id: 'introspection-page-walk',
    option: VM_EVENT,
    call: 'p2m_mem_access_check hvm_emulate_one_vm_event',
    trigger: 'an access of a page walk that would otherwise be reported to introspection',
    filter: 'none',
    guests: inContainers(
      runs('Only where the monitor turned reports of page walks off.', {
        vendor: 'intel',
        paging: 'hap',
        guest: ['introspection'],
      }),
    ),
  },
  {
    id: 'introspection-answer',
    option: VM_EVENT,
    call: 'hvm_vm_event_do_resume hvm_emulate_one_vm_event',
    trigger: 'an instruction that introspection asks to be emulated',
    filter: 'none',
    guests: inContainers(runs('The answer to an event asks for it.', { guest: ['introspection'] })),
  },
  {
    id: 'introspection-without-writes',
    option: VM_EVENT,
    call: 'hvm_emulate_one_vm_event _hvm_emulate_one',
    trigger: 'an instruction for introspection, with its writes discarded',
    guests: inContainers(runs('The answer to an event asks for it.', { guest: ['introspection'] })),
  },
  {
    id: 'introspection-with-writes',
    option: VM_EVENT,
    call: 'hvm_emulate_one_vm_event hvm_emulate_one',
    trigger: 'an instruction for introspection, with its writes',
    guests: inContainers(
      runs('The answer to an event asks for it, or a page walk is not to be reported.', {
        guest: ['introspection'],
      }),
    ),
  },
];
