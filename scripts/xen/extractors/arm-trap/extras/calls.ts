/** Calls and exceptions that no switch names. */
import {
  both,
  emulated,
  error,
  type ProvidedList,
  UNDEFINED_FOR_USERS,
  undefined_,
} from '../treatment.ts';
import { SERRORS_PANIC, UNKNOWN_PANICS } from '../treatments/faults.ts';
import type { Extra } from './extra.ts';

const TRAPS = 'xen/arch/arm/traps.c';
const VSMC = 'xen/arch/arm/vsmc.c';

const HVC_OTHER = {
  id: 'hvc-other',
  title: 'HVC with another immediate',
  group: 'hvc',
  names: [],
  place: { path: TRAPS, symbol: 'do_trap_hypercall', anchor: 'inject_undef_exception' },
  answer: 'inject_undef_exception',
  places: [{ path: TRAPS, symbol: 'do_trap_guest_sync', anchor: 'HSR_EC_HVC64' }],
} as const;
const OTHER_HVC: ProvidedList = [
  undefined_('Undefined instruction exception.'),
  {
    how: 'paravirtualized',
    by: 'xen',
    when: { kconfig: ['CONFIG_DEBUG'] },
    note: 'The immediates from 0xff00 print for debugging.',
  },
];

export const CALLS: readonly Extra[] = [
  {
    id: 'hvc-hypercall',
    title: 'HVC #XEN_HYPERCALL_TAG: hypercall',
    group: 'hvc',
    function: 'XEN_HYPERCALL_TAG',
    names: ['XEN_HYPERCALL_TAG'],
    place: { path: TRAPS, symbol: 'do_trap_hypercall', anchor: 'XEN_HYPERCALL_TAG' },
    cells: both(
      {
        how: 'paravirtualized',
        by: 'xen',
        note: 'The number is in x16 or r12; the facts of hypercalls say which there are.',
      },
      UNDEFINED_FOR_USERS,
    ),
    places: [{ path: 'xen/include/public/arch-arm.h', symbol: 'XEN_HYPERCALL_TAG' }],
  },
  {
    id: 'hvc-smccc',
    title: 'HVC #0: call of the SMC calling convention',
    group: 'hvc',
    names: ['0'],
    place: { path: VSMC, symbol: 'do_trap_hvc_smccc' },
    answer: 'vsmccc_handle_call',
    cells: both(
      emulated('The same as SMC: the owner of the function says who answers.'),
      UNDEFINED_FOR_USERS,
    ),
  },
  {
    ...HVC_OTHER,
    since: '4.15',
    cells: both(...OTHER_HVC),
  },
  {
    ...HVC_OTHER,
    until: '4.15',
    cells: both(...OTHER_HVC, UNKNOWN_PANICS),
  },
  {
    id: 'smccc-existing',
    title: 'SMCCC: calls from before the convention',
    group: 'smccc',
    names: ['ARM_SMCCC_RESERVED_RANGE_START', 'ARM_SMCCC_RESERVED_RANGE_END'],
    place: { path: VSMC, symbol: 'vsmccc_handle_call', anchor: 'handle_existing_apis' },
    answer: 'handle_existing_apis',
    traps: ['HCR_TSC'],
    cells: both(
      emulated('Xen answers the calls of PSCI 0.1.'),
      error('The call returns that the function is not known.'),
    ),
  },
  {
    id: 'smccc-64-bit-call',
    title: 'SMCCC: 64-bit calls of a 32-bit domain',
    group: 'smccc',
    names: ['smccc_is_conv_64'],
    place: { path: VSMC, symbol: 'vsmccc_handle_call', anchor: 'smccc_is_conv_64' },
    traps: ['HCR_TSC'],
    bits: 32,
    cells: both(error('The call returns that the function is not known.', { when: { bits: 32 } })),
  },
];

export const EXCEPTIONS: readonly Extra[] = [
  {
    id: 'exception-serror',
    title: 'SError while a guest runs',
    group: 'exception',
    names: ['do_trap_guest_serror'],
    place: { path: TRAPS, symbol: 'do_trap_guest_serror' },
    answer: '__do_trap_serror',
    traps: ['HCR_AMO'],
    cells: both(emulated('Xen makes a virtual SError of the guest pending.'), SERRORS_PANIC),
  },
  {
    id: 'exception-irq',
    title: 'Interrupt while a guest runs',
    group: 'exception',
    names: ['do_trap_irq'],
    place: { path: TRAPS, symbol: 'do_trap_irq' },
    answer: 'gic_interrupt',
    traps: ['HCR_IMO'],
    cells: both(
      emulated(
        'Xen takes it, and makes the virtual one of the domain to which it belongs pending.',
      ),
    ),
  },
];
