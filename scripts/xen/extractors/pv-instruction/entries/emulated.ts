/** Instructions of the whitelist that reach MSRs, caches and the interrupt flag. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredCells, type AuthoredHandling, at } from '../../../authored.ts';
import { type Entry, emulated, inPv, KERNEL, kernelOnly, mediated, refused } from '../entry.ts';
import { AFTER_GP, listed, PRIVILEGED } from '../places.ts';

const COMMON = {
  class: 'emulated-instruction',
  entry: ['do_general_protection'],
  operations: 'priv_op_ops',
  emulator: 'runs',
} as const;

const way = (...handlers: readonly string[]) => ['pv_emulate_privileged_op', ...handlers];

const IGNORED = 'Xen drops the instruction, which Linux runs at start.';
const CACHE_CELLS = inPv(
  kernelOnly(
    refused('ignored', { guest: ['!user-mode', '!cache-flush-permitted'] }, IGNORED),
    mediated({ guest: ['!user-mode', 'cache-flush-permitted'] }, 'Xen flushes the caches.'),
  ),
  kernelOnly(mediated(KERNEL, 'Xen flushes the caches.')),
  kernelOnly(refused('ignored', KERNEL, IGNORED)),
);
const CACHE_PLACES = [
  ...AFTER_GP,
  listed('wbinvd'),
  at(PRIVILEGED, 'cache_op'),
  at('xen/arch/x86/include/asm/iocap.h', 'cache_flush_permitted'),
];

/** Who relaxes the check of unknown MSRs for a domain that Xen builds itself. */
const RELAXED = [{ ...at('xen/arch/x86/setup.c', 'create_dom0'), since: '4.15' }] as const;

const NOT_PERMITTED: Condition = { guest: ['!user-mode', '!msr-permitted'] };

/** Xen’s option for PV domains that it builds itself: dom0, and the guest of the shim, of which it is the shim’s own. */
const BUILT_BY_XEN: Condition = { cmdline: 'dom0=msr-relaxed' };

/** Since Xen 4.15 what Xen does not know is refused; before, the guest read what the hardware has. */
const unknownReads = (relaxed: Condition): readonly AuthoredHandling[] => [
  ...[
    refused('#GP', { guest: ['!user-mode', '!msr-permitted', '!no-gp-handler'] }),
    refused('#GP', { ...NOT_PERMITTED, feature: ['!host-msr'] }),
    refused(
      'zero',
      { guest: ['!user-mode', '!msr-permitted', 'no-gp-handler'], feature: ['host-msr'] },
      'Unless it is one of 0x4000xxxx.',
    ),
    refused(
      'zero',
      { ...NOT_PERMITTED, feature: ['host-msr'], ...relaxed },
      'MSRs that Xen does not know.',
    ),
  ].map((one) => ({ ...one, since: '4.15' })),
  ...[
    mediated(
      { ...NOT_PERMITTED, feature: ['host-msr'] },
      'MSRs that Xen does not know: the guest reads those of the CPU.',
    ),
    refused('#GP', { ...NOT_PERMITTED, feature: ['!host-msr'] }),
    refused('#GP', NOT_PERMITTED, 'MSRs that Xen refuses by name.'),
  ].map((one) => ({ ...one, until: '4.15' })),
];

/** Since Xen 4.15 what Xen does not know is refused; before, it was dropped. */
const unknownWrites = (relaxed: Condition): readonly AuthoredHandling[] => [
  ...[
    refused('#GP', NOT_PERMITTED),
    refused(
      'ignored',
      { ...NOT_PERMITTED, feature: ['host-msr'], ...relaxed },
      'MSRs that Xen does not know.',
    ),
  ].map((one) => ({ ...one, since: '4.15' })),
  ...[
    refused('ignored', NOT_PERMITTED, 'MSRs that Xen does not know; a debug build logs the write.'),
    refused('#GP', NOT_PERMITTED, 'MSRs and values that Xen refuses by name.'),
  ].map((one) => ({ ...one, until: '4.15' })),
];

/** An access to an MSR; which setting relaxes the check of it depends on who builds the domain. */
function msrCells(
  note: string,
  unknown: (relaxed: Condition) => readonly AuthoredHandling[],
): AuthoredCells {
  const permitted = emulated({ guest: ['!user-mode', 'msr-permitted'] }, note);
  const builtByXen = kernelOnly(permitted, ...unknown(BUILT_BY_XEN));
  return inPv(
    kernelOnly(permitted, ...unknown({ xl: { msr_relaxed: 1 } })),
    builtByXen,
    builtByXen,
  );
}

const FLAGS_NOTE =
  'Neither EFLAGS.IF nor the event mask of the guest changes; a PV guest masks events in vcpu_info.';

export const EMULATED: readonly Entry[] = [
  {
    ...COMMON,
    id: 'rdmsr',
    instruction: 'RDMSR',
    handlers: way('read_msr', 'guest_rdmsr'),
    opcodes: ['0f32'],
    cells: msrCells('By MSR; the facts about MSRs say what each one gives.', unknownReads),
    places: [
      ...AFTER_GP,
      listed('rdmsr'),
      at(PRIVILEGED, 'read_msr'),
      { ...at(PRIVILEGED, 'read_msr', 'trap_ctxt'), since: '4.15' },
      ...RELAXED,
    ],
  },
  {
    ...COMMON,
    id: 'wrmsr',
    instruction: 'WRMSR',
    handlers: way('write_msr', 'guest_wrmsr'),
    opcodes: ['0f30'],
    cells: msrCells('By MSR; the facts about MSRs say what each one does.', unknownWrites),
    places: [...AFTER_GP, listed('wrmsr'), at(PRIVILEGED, 'write_msr'), ...RELAXED],
  },
  {
    ...COMMON,
    id: 'wbinvd',
    instruction: 'WBINVD',
    handlers: way('cache_op', 'flush_all'),
    opcodes: ['0f09'],
    alternatives: ['mmuext_op'],
    cells: CACHE_CELLS,
    places: CACHE_PLACES,
  },
  {
    ...COMMON,
    id: 'wbnoinvd',
    instruction: 'WBNOINVD',
    handlers: way('cache_op', 'flush_all'),
    opcodes: ['0f09'],
    alternatives: ['mmuext_op'],
    cells: CACHE_CELLS,
    places: CACHE_PLACES,
  },
  {
    ...COMMON,
    id: 'cli-sti',
    instruction: 'CLI and STI',
    handlers: way('validate', 'iopl_ok'),
    opcodes: ['fa', 'fb'],
    cells: inPv([
      refused('ignored', { guest: ['iopl'] }, FLAGS_NOTE),
      refused('#GP', { guest: ['!iopl'] }),
    ]),
    places: [
      ...AFTER_GP,
      listed('cli'),
      at(PRIVILEGED, 'validate', 'X86EMUL_DONE'),
      at(PRIVILEGED, 'iopl_ok'),
    ],
  },
];
