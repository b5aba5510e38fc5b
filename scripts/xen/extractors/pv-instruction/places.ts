import type { Point } from '../../../../src/model/release.ts';

/** Places of the source to which several entries point. */
import { type AuthoredPlace, at } from '../../authored.ts';

export const TRAPS = 'xen/arch/x86/traps.c';
export const PRIVILEGED = 'xen/arch/x86/pv/emul-priv-op.c';
export const INVALID = 'xen/arch/x86/pv/emul-inv-op.c';
export const GATE = 'xen/arch/x86/pv/emul-gate-op.c';
export const READ_ONLY = 'xen/arch/x86/pv/ro-page-fault.c';
export const HYPERCALLS = 'xen/arch/x86/pv/misc-hypercalls.c';
export const PV_DOMAIN = 'xen/arch/x86/pv/domain.c';
export const PV_HYPERCALL = 'xen/arch/x86/pv/hypercall.c';
export const IRET = 'xen/arch/x86/pv/iret.c';
export const TIME = 'xen/arch/x86/time.c';
export const MSR = 'xen/arch/x86/msr.c';
export const LEVELLING = 'xen/arch/x86/cpu/common.c';
export const ENTRY = 'xen/arch/x86/x86_64/entry.S';
export const COMPAT_ENTRY = 'xen/arch/x86/x86_64/compat/entry.S';
export const FRED_ENTRY = 'xen/arch/x86/x86_64/entry-fred.S';

/** The way of a #GP into the emulator of privileged instructions. */
export const AFTER_GP: readonly AuthoredPlace[] = [
  at(TRAPS, 'do_general_protection', 'pv_emulate_privileged_op'),
  at(PRIVILEGED, 'pv_emulate_privileged_op'),
];

/** The check of descriptors that a guest wants to have. */
export const CHECK_DESCRIPTOR: readonly AuthoredPlace[] = [
  { ...at('xen/arch/x86/pv/descriptor-tables.c', 'check_descriptor'), since: '4.15' },
  { ...at('xen/arch/x86/x86_64/mm.c', 'check_descriptor'), until: '4.15' },
];

/** The line of the whitelist with a name in its comment. */
export const listed = (name: string): AuthoredPlace => at(PRIVILEGED, 'validate', name);

/** A #GP that nothing answers goes on to the guest. */
export const GP_TO_GUEST: readonly AuthoredPlace[] = [
  listed('X86EMUL_UNHANDLEABLE'),
  at(PRIVILEGED, 'pv_emulate_privileged_op'),
  at(TRAPS, 'do_general_protection', 'pv_inject_hw_exception'),
];

/** A #UD without the forced-emulation prefix goes on to the guest. */
export const UD_TO_GUEST: readonly AuthoredPlace[] = [
  at(TRAPS, 'do_invalid_op', 'pv_emulate_invalid_op'),
  at(INVALID, 'emulate_forced_invalid_op'),
];

/** Since when Xen can protect a part of an MMIO page. */
export const SUBPAGE: Point = '4.20';

/** FRED, and the dispatch of events that came with it. */
export const FRED: Point = ['4.21.1', '4.22'];

/** Releases since which Xen decodes INT n; before, it took it for two bytes. */
export const SOFTWARE_INTERRUPTS_DECODED: Point = ['4.19.5', '4.20.3', '4.21.1', '4.22'];
