/** Instructions that are native unless something makes them trap: the time-stamp counter, and CPUID. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, at } from '../../../authored.ts';
import {
  type Entry,
  emulated,
  hardware,
  inPv,
  native,
  refused,
  type SpannedName,
} from '../entry.ts';
import { AFTER_GP, INVALID, LEVELLING, listed, MSR, PRIVILEGED, TIME, TRAPS } from '../places.ts';
import {
  CONTAINER_TSC,
  EMULATED_OUTSIDE,
  SHOWN_INVARIANT,
  UNRELIABLE_IN_SHIM,
} from './shim-tsc.ts';

const COMMON = {
  class: 'emulated-instruction',
  entry: ['do_general_protection'],
  operations: 'priv_op_ops',
  emulator: 'runs',
} as const;

const SOFT_RDTSC: readonly SpannedName[] = [
  { name: 'pv_soft_rdtsc', until: '4.22' },
  { name: 'soft_rdtsc', since: '4.22' },
];

const way = (...handlers: readonly SpannedName[]) => ['pv_emulate_privileged_op', ...handlers];

const TSD_CELLS = [
  emulated({ guest: ['cr4-tsd', '!user-mode'] }),
  refused('#GP', { guest: ['cr4-tsd', 'user-mode'] }),
] as const;

/** The shim emulates the TSC by default: xl shows an invariant one only to containers that it may. */
const IN_SHIM = [
  {
    ...emulated({ guest: ['vtsc', '!cr4-tsd'] }, UNRELIABLE_IN_SHIM),
    places: SHOWN_INVARIANT,
  },
  hardware({ guest: ['!vtsc', '!cr4-tsd'] }, CONTAINER_TSC),
  EMULATED_OUTSIDE,
] as const;
const NATIVE_TSC = 'Unless Xen emulates the TSC or the guest has set CR4.TSD.';

const RDTSC_PLACES = [
  ...AFTER_GP,
  at('xen/arch/x86/pv/domain.c', 'pv_make_cr4', 'vtsc'),
  at(TIME, 'tsc_set_info', 'is_hardware_domain'),
  at(PRIVILEGED, 'read_msr'),
];

const TIME_STAMP: readonly Entry[] = [
  {
    ...COMMON,
    id: 'rdtsc',
    instruction: 'RDTSC',
    handlers: way('read_msr', ...SOFT_RDTSC),
    opcodes: ['0f31'],
    cells: inPv(
      [
        native({ guest: ['!vtsc', '!cr4-tsd'] }, NATIVE_TSC),
        emulated({ guest: ['vtsc', '!cr4-tsd'] }, 'The time of the domain, at its own frequency.'),
        ...TSD_CELLS,
      ],
      [
        native({ guest: ['!cr4-tsd'] }, 'Xen never emulates the TSC of the PV hardware domain.'),
        ...TSD_CELLS,
      ],
      [...IN_SHIM, ...TSD_CELLS],
    ),
    places: [listed('rdtsc'), ...RDTSC_PLACES],
  },
  {
    ...COMMON,
    id: 'rdtscp',
    instruction: 'RDTSCP',
    handlers: way('read_msr', 'guest_rdmsr', ...SOFT_RDTSC),
    opcodes: ['0f01f9'],
    cells: inPv(
      [
        native({ guest: ['!vtsc', '!cr4-tsd'] }, NATIVE_TSC),
        emulated({ guest: ['vtsc', '!cr4-tsd'] }, 'The time of the domain, and its own TSC_AUX.'),
        ...TSD_CELLS,
        refused('#GP', { guest: ['vtsc'], cpuid: ['!rdtscp', '!rdpid'] }),
        refused('#GP', { guest: ['cr4-tsd'], cpuid: ['!rdtscp', '!rdpid'] }),
        refused('#UD', { feature: ['!host-instruction'] }),
      ],
      [
        native({ guest: ['!cr4-tsd'] }, 'Xen never emulates the TSC of the PV hardware domain.'),
        ...TSD_CELLS,
        refused('#GP', { guest: ['cr4-tsd'], cpuid: ['!rdtscp', '!rdpid'] }),
        refused('#UD', { feature: ['!host-instruction'] }),
      ],
      [
        ...IN_SHIM,
        ...TSD_CELLS,
        refused('#GP', { guest: ['vtsc'], cpuid: ['!rdtscp', '!rdpid'] }),
        refused('#GP', { guest: ['cr4-tsd'], cpuid: ['!rdtscp', '!rdpid'] }),
        refused('#UD', { feature: ['!host-instruction'] }),
      ],
    ),
    places: [listed('rdtscp'), ...RDTSC_PLACES, at(MSR, 'guest_rdmsr')],
  },
];

const NATIVE_CPUID =
  'The values of the hardware, at best levelled by the mask MSRs; the CPUID policy is not consulted.';
/** The Xen outside offers faulting to every container. */
const FAULTING_OUTSIDE: AuthoredHandling = {
  ...emulated(
    { feature: ['cpuid-faulting'] },
    'The CPUID policy of the domain. The Xen outside offers faulting to every container: the instruction exits to it, and comes back as #GP.',
  ),
  places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_vmexit_cpuid'), at(LEVELLING, 'probe_cpuid_faulting')],
};
/** Without CPUID faulting; AMD’s form of it is used since Xen 4.18. */
function withoutFaulting(
  give: (when: Condition) => AuthoredHandling,
): readonly [AuthoredHandling, AuthoredHandling] {
  return [
    { ...give({ feature: ['!cpuid-faulting', '!cpuid-user-dis'] }), since: '4.18' },
    { ...give({ feature: ['!cpuid-faulting'] }), until: '4.18' },
  ];
}
const onHardware = (when: Condition) => native(when, NATIVE_CPUID);
const FAULTING_REFUSED = refused('#GP', { guest: ['cpuid-faulting-on', 'user-mode'] });
const FAULTING = [
  emulated({ feature: ['cpuid-faulting'] }, 'The CPUID policy of the domain.'),
  {
    ...emulated({ feature: ['cpuid-user-dis'] }, 'The CPUID policy of the domain.'),
    since: '4.18',
  },
] as const;

const CPUID: readonly Entry[] = [
  {
    ...COMMON,
    id: 'cpuid',
    instruction: 'CPUID',
    handlers: way('x86emul_cpuid', 'guest_cpuid'),
    opcodes: ['0fa2'],
    cells: inPv(
      [...withoutFaulting(onHardware), ...FAULTING, FAULTING_REFUSED],
      [
        ...withoutFaulting(onHardware),
        ...FAULTING,
        native(
          { cmdline: 'dom0=no-cpuid-faulting' },
          'Xen leaves faulting off for a PV control domain.',
        ),
        FAULTING_REFUSED,
      ],
      [FAULTING_OUTSIDE, FAULTING_REFUSED],
    ),
    places: [
      ...AFTER_GP,
      listed('cpuid'),
      at(LEVELLING, 'ctxt_switch_levelling', 'cpu_has_cpuid_faulting'),
      at(LEVELLING, 'ctxt_switch_levelling', 'opt_dom0_cpuid_faulting'),
      at(LEVELLING, 'ctxt_switch_levelling', 'set_cpuid_faulting'),
      at(LEVELLING, 'ctxt_switch_levelling', 'ctxt_switch_masking'),
    ],
  },
  {
    id: 'cpuid-forced',
    instruction: 'CPUID with the forced-emulation prefix (UD2, “xen”)',
    class: 'decoded-instruction',
    entry: ['do_invalid_op'],
    handlers: [
      'pv_emulate_invalid_op',
      'emulate_forced_invalid_op',
      'guest_cpuid',
      'pv_emul_instruction_done',
    ],
    cells: inPv([
      emulated(undefined, 'The CPUID policy of the domain. Only CPUID may follow the prefix.'),
      FAULTING_REFUSED,
    ]),
    places: [
      at(TRAPS, 'do_invalid_op', 'pv_emulate_invalid_op'),
      at(INVALID, 'emulate_forced_invalid_op'),
      at(INVALID, 'emulate_forced_invalid_op', 'cpuid_faulting'),
    ],
  },
];

export const TIME_AND_CPUID: readonly Entry[] = [...TIME_STAMP, ...CPUID];
