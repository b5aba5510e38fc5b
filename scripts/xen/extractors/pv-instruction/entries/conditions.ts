/** States of Xen and of the guest on which the ways of PV guests depend. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { at } from '../../../authored.ts';
import {
  type Entry,
  emulated,
  hardware,
  inPv,
  type List,
  native,
  PV32_OPTION,
  paravirtualized,
  refused,
} from '../entry.ts';
import {
  COMPAT_ENTRY,
  FRED,
  FRED_ENTRY,
  LEVELLING,
  PRIVILEGED,
  PV_DOMAIN,
  TIME,
  TRAPS,
} from '../places.ts';

import {
  CONTAINER_TSC,
  EMULATED_OUTSIDE,
  SHOWN_INVARIANT,
  UNRELIABLE_IN_SHIM,
} from './shim-tsc.ts';

const SETUP = 'xen/arch/x86/traps-setup.c';

/** Before, FRED was on by default wherever the CPU had it. */
const FRED_BY_VENDOR = '4.22';
const FRED_CELLS: List = [
  {
    ...paravirtualized(
      { vendor: 'amd', feature: ['fred'], bits: 64 },
      'The default on AMD CPUs with FRED. INT n needs no decoding.',
    ),
    since: FRED_BY_VENDOR,
  },
  {
    ...paravirtualized(
      { vendor: 'intel', feature: ['fred'], cmdline: 'fred=1', bits: 64 },
      'Off by default on Intel CPUs.',
    ),
    since: FRED_BY_VENDOR,
  },
  {
    ...paravirtualized(
      { feature: ['fred'], bits: 64 },
      'The default on every CPU with FRED. INT n needs no decoding.',
    ),
    until: FRED_BY_VENDOR,
  },
  {
    how: 'absent',
    when: { feature: ['!fred'] },
    note: 'Without FRED, or with fred=0, events come by the IDT; that is the default on other CPUs than AMD’s.',
    since: FRED_BY_VENDOR,
  },
  {
    how: 'absent',
    when: { feature: ['!fred'] },
    note: 'Without FRED, or with fred=0, events come by the IDT.',
    until: FRED_BY_VENDOR,
  },
];
const NO_PV32: List[number] = {
  how: 'absent',
  when: { feature: ['fred'], bits: 32 },
  note: 'FRED turns 32-bit PV guests off.',
};

const notBuilt = (when: Condition) => refused('error', when, 'The domain cannot be built.');

const FAULTS = 'CPUID of the guest faults, and Xen answers with the CPUID policy.';
const MASKS = 'The mask MSRs of the CPU level what CPUID shows, where it has them.';
const UNFAULTED = [
  { ...native({ feature: ['!cpuid-faulting', '!cpuid-user-dis'] }, MASKS), since: '4.18' },
  { ...native({ feature: ['!cpuid-faulting'] }, MASKS), until: '4.18' },
] as const;
const DEFAULT_TSC =
  'Default mode, while the frequency of the host is the one of the domain; it is emulated after a migration to another frequency.';

export const CONDITIONS: readonly Entry[] = [
  {
    id: 'fred',
    instruction: 'FRED event delivery',
    class: 'condition',
    since: FRED,
    entry: ['entry_FRED_R3'],
    handlers: ['entry_from_pv'],
    cells: inPv(
      [...FRED_CELLS, NO_PV32],
      [...FRED_CELLS, NO_PV32],
      [{ how: 'absent', note: 'The container is not shown FRED, and the shim leaves it off.' }],
    ),
    places: [
      { ...at(SETUP, 'traps_init', 'X86_VENDOR_AMD'), since: FRED_BY_VENDOR },
      at(SETUP, 'traps_init', 'opt_pv32'),
      at(FRED_ENTRY, undefined, 'entry_FRED_R3'),
    ],
  },
  {
    id: 'pv32',
    instruction: '32-bit PV guests',
    class: 'condition',
    cells: inPv([
      paravirtualized({ bits: 32 }, 'The kernel runs at privilege level 1.'),
      { ...notBuilt({ bits: 32, kconfig: ['!CONFIG_PV32'] }), since: PV32_OPTION },
      { ...notBuilt({ bits: 32, cmdline: 'pv=no-32' }), since: PV32_OPTION },
      {
        ...refused(
          'error',
          { bits: 32, feature: ['cet'] },
          'Whatever pv= says, unless cet= keeps Xen from using it.',
        ),
        since: PV32_OPTION,
      },
      { ...notBuilt({ bits: 32, feature: ['fred'] }), since: FRED },
    ]),
    places: [
      { ...at(PV_DOMAIN, 'opt_pv32'), since: PV32_OPTION },
      at(PV_DOMAIN, 'switch_compat'),
      { ...at('xen/arch/x86/setup.c', '__start_xen', 'opt_pv32'), since: PV32_OPTION },
    ],
  },
  {
    id: 'privilege-level',
    instruction: 'Privilege level of the kernel',
    class: 'condition',
    cells: inPv([
      paravirtualized(
        { bits: 64 },
        'Kernel and user code run at privilege level 3, with page tables of their own; Xen keeps which of them runs.',
      ),
      paravirtualized({ bits: 32 }, 'The kernel runs at privilege level 1.'),
    ]),
    places: [
      { ...at('xen/arch/x86/include/asm/regs.h', 'guest_kernel_mode'), since: '4.21' },
      { ...at('xen/arch/x86/include/asm/x86_64/regs.h', 'guest_kernel_mode'), until: '4.21' },
      at(PRIVILEGED, 'read_segment', 'dpl'),
    ],
  },
  {
    id: 'io-privilege',
    instruction: 'I/O privilege level and I/O bitmap',
    class: 'condition',
    handlers: ['iopl_ok', 'guest_io_okay'],
    alternatives: ['physdev_op', 'vm_assist'],
    cells: inPv([
      paravirtualized(
        undefined,
        'PHYSDEVOP_set_iopl and PHYSDEVOP_set_iobitmap set them; with the architectural_iopl assist the IOPL of an IRET frame counts, and the kernel is at level 0 instead of 1 for the check.',
      ),
    ]),
    places: [
      at(PRIVILEGED, 'iopl_ok'),
      at(PRIVILEGED, 'guest_io_okay'),
      at('xen/arch/x86/pv/iret.c', 'do_iret', 'architectural_iopl'),
    ],
  },
  {
    id: 'cpuid-faulting',
    instruction: 'CPUID faulting and levelling',
    class: 'condition',
    handlers: ['ctxt_switch_levelling'],
    cells: inPv(
      [
        emulated({ feature: ['cpuid-faulting'] }, FAULTS),
        { ...emulated({ feature: ['cpuid-user-dis'] }, FAULTS), since: '4.18' },
        ...UNFAULTED,
      ],
      [
        emulated({ feature: ['cpuid-faulting'] }, FAULTS),
        { ...emulated({ feature: ['cpuid-user-dis'] }, FAULTS), since: '4.18' },
        ...UNFAULTED,
        native({ cmdline: 'dom0=no-cpuid-faulting' }, 'For a PV control domain only.'),
      ],
      [
        emulated(
          { feature: ['cpuid-faulting'] },
          'Always: the Xen outside offers it to every container. CPUID leaves the container and comes back as the fault.',
        ),
      ],
    ),
    places: [
      at(LEVELLING, 'ctxt_switch_levelling', 'cpu_has_cpuid_faulting'),
      at(LEVELLING, 'ctxt_switch_levelling', 'opt_dom0_cpuid_faulting'),
      at(LEVELLING, 'ctxt_switch_levelling', 'ctxt_switch_masking'),
    ],
  },
  {
    id: 'emulated-tsc',
    instruction: 'Emulation of the time-stamp counter',
    class: 'condition',
    handlers: ['tsc_set_info', 'pv_make_cr4'],
    cells: inPv(
      [
        native({ feature: ['tsc-reliable'], guest: ['!vtsc', '!cr4-tsd'] }, DEFAULT_TSC),
        emulated({ xl: { tsc_mode: 'always_emulate' } }),
        emulated({ feature: ['!tsc-reliable'] }, 'Default mode.'),
        native({ xl: { tsc_mode: 'native' }, guest: ['!cr4-tsd'] }),
        emulated({ guest: ['cr4-tsd'] }, 'The guest asked for it.'),
      ],
      [
        native({ guest: ['!cr4-tsd'] }, 'In every mode.'),
        emulated({ guest: ['cr4-tsd'] }, 'The guest asked for it.'),
      ],
      [
        {
          ...emulated({ feature: ['!tsc-reliable'] }, UNRELIABLE_IN_SHIM),
          places: SHOWN_INVARIANT,
        },
        hardware({ feature: ['tsc-reliable'], guest: ['!vtsc', '!cr4-tsd'] }, CONTAINER_TSC),
        EMULATED_OUTSIDE,
        emulated({ guest: ['cr4-tsd'] }, 'The guest asked for it.'),
      ],
    ),
    places: [
      at(TIME, 'tsc_set_info', 'is_hardware_domain'),
      at(TIME, 'tsc_set_info', 'host_tsc_is_safe'),
      at(PV_DOMAIN, 'pv_make_cr4', 'vtsc'),
    ],
  },
  {
    id: 'smep-smap',
    instruction: 'SMEP and SMAP while a PV guest runs',
    class: 'condition',
    cells: inPv([
      {
        how: 'absent',
        when: { bits: 64 },
        note: 'Kernel code runs at privilege level 3, where neither applies; they guard Xen.',
      },
      {
        how: 'absent',
        when: { bits: 32 },
        note: 'The kernel at privilege level 1 would be bound by them, so Xen clears both in CR4 on the way to it.',
      },
    ]),
    places: [
      at('xen/arch/x86/include/asm/processor.h', 'XEN_CR4_PV32_BITS'),
      at(COMPAT_ENTRY, undefined, 'XEN_CR4_PV32_BITS'),
    ],
  },
  {
    id: 'vm-assists',
    instruction: 'Assists that a PV guest turns on',
    class: 'condition',
    handlers: ['do_vm_assist'],
    alternatives: ['vm_assist'],
    cells: inPv([
      paravirtualized(
        { bits: 64 },
        'Those of 32-bit guests, of which not all mean something here, and m2p_strict.',
      ),
      paravirtualized(
        { bits: 32 },
        '4gb_segments, 4gb_segments_notify, writable_pagetables, pae_extended_cr3, architectural_iopl and runstate_update_flag.',
      ),
    ]),
    places: [
      at('xen/include/public/xen.h', 'VMASST_TYPE_writable_pagetables'),
      {
        ...at('xen/arch/x86/include/asm/domain.h', 'arch_vm_assist_valid_mask'),
        since: ['4.13.1', '4.14'],
      },
      {
        ...at('xen/arch/x86/include/asm/config.h', 'NATIVE_VM_ASSIST_VALID'),
        until: ['4.13.1', '4.14'],
      },
    ],
  },
  {
    id: 'pv-build',
    instruction: 'PV guests at all',
    class: 'condition',
    cells: inPv([
      paravirtualized({ kconfig: ['CONFIG_PV'] }),
      refused('error', { kconfig: ['!CONFIG_PV'] }, 'No PV domain can be built.'),
    ]),
    places: [at('xen/arch/x86/Kconfig', undefined, 'PV')],
  },
  {
    id: 'error-code-of-gp',
    instruction: 'Emulation of a privileged instruction at all',
    class: 'condition',
    entry: ['do_general_protection'],
    handlers: ['pv_emulate_privileged_op'],
    operations: 'priv_op_ops',
    emulator: 'runs',
    cells: inPv([
      emulated(
        { guest: ['error-code-0', 'whitelisted'] },
        'From a present code segment; in user code the emulator refuses what needs ring 0.',
      ),
      refused('#GP', { guest: ['error-code-0', '!whitelisted'] }),
      refused('#GP', { guest: ['!error-code-0'] }, 'Unless it is INT n or a call gate.'),
    ]),
    places: [
      at(TRAPS, 'do_general_protection', 'pv_emulate_privileged_op'),
      at(PRIVILEGED, 'validate'),
      at(PRIVILEGED, 'priv_op_ops'),
      at(PRIVILEGED, 'pv_emulate_privileged_op', 'pv_emul_read_descriptor'),
    ],
  },
];
