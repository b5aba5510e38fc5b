/** States of Xen and of the guest on which the ways of PV guests depend. */
import { at } from '../../../authored.ts';
import { type Entry, emulated, inPv, type List, paravirtualized, refused } from '../entry.ts';
import { FRED_ENTRY, PRIVILEGED, PV_DOMAIN, TRAPS } from '../places.ts';

const SETUP = 'xen/arch/x86/traps-setup.c';

const FRED_OFF: List[number] = {
  how: 'absent',
  when: { feature: ['!fred'] },
  note: 'Without FRED, or with fred=0, events come by the IDT; that is the default on other CPUs than AMD’s.',
};
const FRED_ON = paravirtualized(
  { feature: ['fred'], bits: 64 },
  'The default on AMD CPUs with FRED; fred=1 asks for it elsewhere. INT n needs no decoding.',
);
const NO_PV32: List[number] = {
  how: 'absent',
  when: { feature: ['fred'], bits: 32 },
  note: 'FRED turns 32-bit PV guests off.',
};

export const CONDITIONS: readonly Entry[] = [
  {
    id: 'fred',
    instruction: 'FRED event delivery',
    class: 'condition',
    since: '4.22',
    entry: ['entry_FRED_R3'],
    handlers: ['entry_from_pv'],
    cells: inPv(
      [FRED_ON, FRED_OFF, NO_PV32],
      [FRED_ON, FRED_OFF, NO_PV32],
      [
        {
          how: 'absent',
          when: { feature: ['!fred'] },
          note: 'Off by default in the shim on every CPU.',
        },
        paravirtualized({ feature: ['fred'], cmdline: 'fred=1', bits: 64 }),
        NO_PV32,
      ],
    ),
    places: [
      at(SETUP, 'traps_init', 'X86_VENDOR_AMD'),
      at(SETUP, 'traps_init', 'opt_pv32'),
      at(FRED_ENTRY, undefined, 'entry_FRED_R3'),
    ],
  },
  {
    id: 'pv32',
    instruction: '32-bit PV guests',
    class: 'condition',
    cells: inPv([
      paravirtualized(
        { bits: 32, kconfig: ['CONFIG_PV32'] },
        'The kernel runs at privilege level 1, and the default of pv=32 depends on the CPU.',
      ),
      refused('error', { bits: 32, kconfig: ['!CONFIG_PV32'] }, 'The domain cannot be built.'),
      refused('error', { bits: 32, cmdline: 'pv=no-32' }, 'The domain cannot be built.'),
      refused('error', { bits: 32, feature: ['fred'] }, 'The domain cannot be built.'),
    ]),
    places: [at(PV_DOMAIN, 'opt_pv32'), at(PV_DOMAIN, 'switch_compat')],
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
