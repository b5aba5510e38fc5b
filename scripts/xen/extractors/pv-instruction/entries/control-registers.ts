/** Control and debug registers: moves, CLTS, LMSW, XSETBV. */
import { at } from '../../../authored.ts';
import { type Entry, emulated, inPv, KERNEL, kernelOnly, refused } from '../entry.ts';
import {
  AFTER_GP,
  GP_TO_GUEST,
  HYPERCALLS,
  listed,
  PRIVILEGED,
  PV_DOMAIN,
  UD_TO_GUEST,
} from '../places.ts';

const UTIL = [
  { ...at('xen/arch/x86/x86_emulate.c', 'x86emul_read_dr'), until: '4.18' },
  { ...at('xen/arch/x86/x86_emulate/util-xen.c', 'x86emul_read_dr'), since: '4.18' },
] as const;

const READ_CR = [...AFTER_GP, listed('mov'), at(PRIVILEGED, 'read_cr')];
const WRITE_CR = [...AFTER_GP, listed('mov'), at(PRIVILEGED, 'write_cr')];

const COMMON = {
  class: 'emulated-instruction',
  entry: ['do_general_protection'],
  operations: 'priv_op_ops',
  emulator: 'runs',
} as const;

const READS = { ...COMMON, handlers: ['pv_emulate_privileged_op', 'read_cr'], opcodes: ['0f20'] };
const WRITES = { ...COMMON, handlers: ['pv_emulate_privileged_op', 'write_cr'], opcodes: ['0f22'] };

export const CONTROL_REGISTERS: readonly Entry[] = [
  {
    ...COMMON,
    id: 'clts',
    instruction: 'CLTS',
    handlers: ['pv_emulate_privileged_op', 'write_cr', 'do_fpu_taskswitch'],
    opcodes: ['0f06'],
    alternatives: ['fpu_taskswitch'],
    cells: inPv(kernelOnly(emulated(KERNEL, 'It clears the virtual CR0.TS, and the real one.'))),
    places: [...AFTER_GP, listed('clts'), at(PRIVILEGED, 'write_cr', 'do_fpu_taskswitch')],
  },
  {
    ...READS,
    id: 'mov-from-cr0',
    instruction: 'MOV from CR0',
    cells: inPv(kernelOnly(emulated(KERNEL, 'The real CR0, with the virtual TS.'))),
    places: READ_CR,
  },
  {
    ...WRITES,
    id: 'mov-to-cr0',
    instruction: 'MOV to CR0',
    handlers: [...WRITES.handlers, 'do_fpu_taskswitch'],
    alternatives: ['fpu_taskswitch'],
    cells: inPv(
      kernelOnly(
        emulated({ guest: ['!user-mode', 'only-ts-changes'] }, 'Only TS may change.'),
        refused('#GP', { guest: ['!user-mode', '!only-ts-changes'] }),
      ),
    ),
    places: [...WRITE_CR, at(PRIVILEGED, 'write_cr', 'do_fpu_taskswitch')],
  },
  {
    ...READS,
    id: 'mov-from-cr2',
    instruction: 'MOV from CR2',
    cells: inPv(kernelOnly(emulated(KERNEL, 'The virtual CR2.'))),
    places: READ_CR,
  },
  {
    ...WRITES,
    id: 'mov-to-cr2',
    instruction: 'MOV to CR2',
    handlers: [...WRITES.handlers, 'arch_set_cr2'],
    cells: inPv(kernelOnly(emulated(KERNEL, 'The virtual CR2, also in the vcpu_info page.'))),
    places: [...WRITE_CR, at(PRIVILEGED, 'write_cr', 'arch_set_cr2')],
  },
  {
    ...READS,
    id: 'mov-from-cr3',
    instruction: 'MOV from CR3',
    cells: inPv(
      kernelOnly(
        emulated(
          KERNEL,
          'The guest’s own frame number of its kernel page table; 32-bit guests read it in the PAE format.',
        ),
      ),
    ),
    places: READ_CR,
  },
  {
    ...WRITES,
    id: 'mov-to-cr3',
    instruction: 'MOV to CR3',
    handlers: [...WRITES.handlers, 'new_guest_cr3'],
    alternatives: ['mmuext_op'],
    cells: inPv(
      kernelOnly(
        emulated({ guest: ['!user-mode', 'valid-page-table'] }, 'The new page table is checked.'),
        refused('#GP', { guest: ['!user-mode', '!valid-page-table'] }),
      ),
    ),
    places: [...WRITE_CR, at(PRIVILEGED, 'write_cr', 'new_guest_cr3')],
  },
  {
    ...READS,
    id: 'mov-from-cr4',
    instruction: 'MOV from CR4',
    cells: inPv(kernelOnly(emulated(KERNEL, 'The virtual CR4.'))),
    places: READ_CR,
  },
  {
    ...WRITES,
    id: 'mov-to-cr4',
    instruction: 'MOV to CR4',
    handlers: [...WRITES.handlers, 'pv_fixup_guest_cr4', 'pv_make_cr4', 'ctxt_switch_levelling'],
    cells: inPv(
      kernelOnly(
        emulated(
          KERNEL,
          'The guest controls TSD, DE, FSGSBASE and OSXSAVE, as far as its CPUID policy has them; other bits are silently dropped.',
        ),
      ),
    ),
    places: [
      ...WRITE_CR,
      at(PRIVILEGED, 'write_cr', 'pv_fixup_guest_cr4'),
      at(PV_DOMAIN, 'pv_fixup_guest_cr4'),
      at(PV_DOMAIN, 'pv_make_cr4'),
    ],
  },
  {
    ...COMMON,
    class: 'not-emulated',
    id: 'mov-cr8',
    instruction: 'MOV to and from CR8',
    handlers: ['pv_emulate_privileged_op', 'read_cr', 'write_cr'],
    cells: inPv([
      refused(
        '#GP',
        { guest: ['!code-32'] },
        'The whitelist lets the opcode through; the callbacks know CR0, CR2, CR3 and CR4 only. PV guests have no task priority register.',
      ),
      refused(
        '#UD',
        { guest: ['code-32'] },
        'CR8 cannot be named there, but on AMD CPUs that take MOV of CR0 with a LOCK prefix for it, which is #GP.',
      ),
    ]),
    places: [
      ...READ_CR,
      at(PRIVILEGED, 'write_cr', 'X86EMUL_UNHANDLEABLE'),
      ...GP_TO_GUEST,
      ...UD_TO_GUEST,
    ],
  },
  {
    ...COMMON,
    id: 'mov-from-dr',
    instruction: 'MOV from DR0 to DR7',
    handlers: ['pv_emulate_privileged_op', 'x86emul_read_dr'],
    opcodes: ['0f21'],
    alternatives: ['get_debugreg'],
    cells: inPv(
      kernelOnly(
        emulated(KERNEL, 'The virtual debug registers; DR4 and DR5 are DR6 and DR7.'),
        refused('#UD', { guest: ['!user-mode', 'cr4-de', 'dr4-or-dr5'] }),
      ),
    ),
    places: [...AFTER_GP, listed('mov'), ...UTIL],
  },
  {
    ...COMMON,
    id: 'mov-to-dr',
    instruction: 'MOV to DR0 to DR7',
    handlers: ['pv_emulate_privileged_op', 'x86emul_write_dr', 'set_debugreg'],
    opcodes: ['0f23'],
    alternatives: ['set_debugreg'],
    cells: inPv(
      kernelOnly(
        emulated(
          { guest: ['!user-mode', 'debug-value-permitted'] },
          'The value is checked, kept, and written to the hardware; breakpoints on ports are kept for the emulation of IN and OUT.',
        ),
        refused('#UD', { guest: ['!user-mode', 'cr4-de', 'dr4-or-dr5'] }),
        refused(
          '#GP',
          { guest: ['!user-mode', '!debug-value-permitted'] },
          'Breakpoints on addresses of Xen, general detect, reserved upper bits, and breakpoints on ports without CR4.DE.',
        ),
      ),
    ),
    places: [
      ...AFTER_GP,
      listed('mov'),
      ...UTIL.map((place) => ({ ...place, symbol: 'x86emul_write_dr' })),
      at(HYPERCALLS, 'set_debugreg'),
    ],
  },
  {
    ...COMMON,
    id: 'xsetbv',
    instruction: 'XSETBV',
    handlers: ['pv_emulate_privileged_op', 'x86emul_write_xcr', 'handle_xsetbv'],
    opcodes: ['0f01d1'],
    cells: inPv([
      emulated(
        { guest: ['!user-mode', 'cr4-osxsave', '!bad-register-value'] },
        'XCR0 only, with states that the CPUID policy has.',
      ),
      refused(
        '#GP',
        { guest: ['!user-mode', 'cr4-osxsave', 'bad-register-value'] },
        'Any other register, and states that the CPUID policy has not or that need others.',
      ),
      refused('#UD', { guest: ['!cr4-osxsave'] }),
      refused('#GP', { guest: ['user-mode', 'cr4-osxsave'] }),
    ]),
    places: [
      ...AFTER_GP,
      listed('xsetbv'),
      ...UTIL.map((place) => ({ ...place, symbol: 'x86emul_write_xcr' })),
      at('xen/arch/x86/xstate.c', 'handle_xsetbv'),
    ],
  },
];
