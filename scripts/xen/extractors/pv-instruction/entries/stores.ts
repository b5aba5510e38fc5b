/** Instructions that store what the CPU was loaded with, which PV guests may run in user mode as well. */
import { at, byXenOutside } from '../../../authored.ts';
import { type Entry, emulated, forIntrospection, hardware, inPv, native } from '../entry.ts';
import { PV_DOMAIN } from '../places.ts';

const CR4 = at(PV_DOMAIN, 'pv_make_cr4');
const POLICY = at('xen/arch/x86/hvm/hvm.c', 'hvm_cr4_guest_valid_bits', 'umip');
const SVM = 'xen/arch/x86/hvm/svm/svm.c';
const NO_UMIP = 'Xen never sets CR4.UMIP for PV guests.';

/** Introspection may ask for the exits of the container on accesses to its descriptor tables. */
const WATCHED = forIntrospection(emulated);

const TABLES: readonly Entry[] = (
  [
    ['sgdt', 'SGDT', '0f01/0', 'The base and limit of the table that Xen loaded.'],
    ['sidt', 'SIDT', '0f01/1', 'The base and limit of Xen’s own table.'],
    ['sldt', 'SLDT', '0f00/0', 'The selector that Xen loaded.'],
    ['str', 'STR', '0f00/1', 'The selector of Xen’s own task state segment.'],
  ] as const
).map(([id, instruction, opcode, note]) => {
  const text = `${note} ${NO_UMIP}`;
  const domu = native(undefined, text);
  return {
    id,
    instruction,
    class: 'native',
    opcodes: [opcode],
    cells: inPv([domu], [domu], [hardware({ guest: ['!introspection'] }, text), ...WATCHED]),
    places: [CR4, POLICY],
  };
});

const SMSW: Entry = {
  id: 'smsw',
  instruction: 'SMSW',
  class: 'native',
  opcodes: ['0f01/4'],
  cells: inPv(
    [native(undefined, `The low bits of the real CR0. ${NO_UMIP}`)],
    [native(undefined, `The low bits of the real CR0. ${NO_UMIP}`)],
    [
      {
        ...hardware(
          { vendor: 'intel' },
          'The CPU gives the read shadow of the container, which is the CR0 of the shim.',
        ),
        places: [at('xen/arch/x86/hvm/vmx/vmx.c', 'vmx_update_guest_cr', 'CR0_READ_SHADOW')],
      },
      {
        ...byXenOutside(
          emulated(
            { vendor: 'amd' },
            'It reads CR0, which leaves the container; the instruction runs in the emulator of the Xen outside.',
          ),
        ),
        places: [
          at('xen/arch/x86/hvm/svm/vmcb.c', 'construct_vmcb', '_cr_intercepts'),
          at(SVM, 'svm_vmexit_handler', 'VMEXIT_CR0_READ'),
        ],
      },
    ],
  ),
  places: [CR4, POLICY],
};

export const STORES: readonly Entry[] = [...TABLES, SMSW];
