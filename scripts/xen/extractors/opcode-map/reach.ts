/**
 * By which ways the emulator meets an opcode, for each guest type. The ways are those of the facts `emulator-caller`;
 * a test holds the two against each other.
 */
import type { TreeEvidence } from '../../../../src/model/evidence.ts';
import { GUEST_TYPES, type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { Fact } from '../../../../src/schema/fact.ts';
import { type EvidenceList, seenBy } from '../../extractor.ts';
import type { OwnWay } from './instructions/instruction.ts';

type Cells = Fact['guests'];
type Handling = Cells[GuestType][number];

const HVM: readonly GuestType[] = ['pvh', 'hvm', 'pvh-dom0'];
const PV: readonly GuestType[] = ['pv', 'pv-dom0', 'pv-shim'];

interface Way {
  readonly guests: readonly GuestType[];
  readonly when: NonNullable<Handling['when']>;
  readonly note: string;
  readonly at: Omit<TreeEvidence, 'line' | 'fingerprint'>;
}

const SVM = 'xen/arch/x86/hvm/svm/svm.c';
const READ_ONLY = 'xen/arch/x86/pv/ro-page-fault.c';

/** Ways that bring any instruction. */
const ANY: readonly Way[] = [
  {
    guests: HVM,
    when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
    note: 'Code in real mode, or with segments that the CPU cannot load.',
    at: { path: 'xen/arch/x86/hvm/vmx/realmode.c', symbol: 'vmx_realmode_emulate_one' },
  },
  {
    guests: HVM,
    when: { guest: ['introspection'] },
    note: 'The answer to an event asks for it.',
    at: { path: 'xen/arch/x86/hvm/vm_event.c', symbol: 'hvm_vm_event_do_resume' },
  },
  {
    guests: HVM,
    when: { cmdline: 'hvm_fep', kconfig: ['CONFIG_HVM_FEP'] },
    note: 'Behind the prefix that forces emulation.',
    at: { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'hvm_ud_intercept' },
  },
];

/** What a memory operand adds. */
const MEMORY: Way = {
  guests: HVM,
  when: { guest: ['mmio-access'] },
  note: 'Memory that is not RAM.',
  at: { path: 'xen/arch/x86/hvm/io.c', symbol: 'hvm_emulate_one_insn' },
};

const OWN: Readonly<Record<OwnWay, readonly Way[]>> = {
  privileged: [
    {
      guests: PV,
      when: { guest: ['pv-let-through'] },
      note: 'It has to fault with #GP first; user code and kernel code alike come here.',
      at: { path: 'xen/arch/x86/pv/emul-priv-op.c', symbol: 'pv_emulate_privileged_op' },
    },
  ],
  'page-table': [
    {
      guests: HVM,
      when: { paging: 'shadow', guest: ['page-table-write'] },
      note: 'A write of supervisor code to a page that the shadow protects.',
      at: { path: 'xen/arch/x86/mm/shadow/multi.c', symbol: 'sh_page_fault' },
    },
    {
      guests: ['pv', 'pv-shim'],
      when: { guest: ['page-table-write', 'writable-pagetables'] },
      note: 'Kernel code that writes a level 1 page table.',
      at: { path: READ_ONLY, symbol: 'ptwr_do_page_fault' },
    },
    {
      guests: ['pv-dom0'],
      when: { guest: ['page-table-write'] },
      note: 'Kernel code that writes a level 1 page table, or MMIO that Xen keeps read-only.',
      at: { path: READ_ONLY, symbol: 'ptwr_do_page_fault' },
    },
  ],
  'string-io': [
    {
      guests: HVM,
      when: { guest: ['string-io'] },
      note: 'On a port that exits.',
      at: { path: 'xen/arch/x86/hvm/io.c', symbol: 'hvm_emulate_one_insn' },
    },
  ],
  'control-register': [
    {
      guests: HVM,
      when: { vendor: 'amd' },
      note: 'An intercepted access; VMX decodes it for Xen.',
      at: { path: SVM, symbol: 'svm_vmexit_handler', anchor: 'x86_insn_is_cr_access' },
    },
  ],
  'mov-cr': [
    {
      guests: HVM,
      when: { vendor: 'amd', feature: ['!decode-assists'] },
      note: 'An intercepted access; VMX and DecodeAssists decode it for Xen.',
      at: { path: SVM, symbol: 'svm_vmexit_handler', anchor: 'x86_insn_is_cr_access' },
    },
  ],
  invlpg: [
    {
      guests: HVM,
      when: { vendor: 'amd', paging: 'shadow', feature: ['!decode-assists'] },
      note: 'INVLPG is intercepted with shadow paging only.',
      at: { path: SVM, symbol: 'svm_vmexit_handler', anchor: 'is_invlpg' },
    },
  ],
};

export interface Reach {
  readonly supported: boolean;
  readonly memory: boolean;
  readonly ways: readonly OwnWay[];
  /** Whether no label is left without HVM, because it needs the FPU, MMX or SIMD. */
  readonly hvmOnly: boolean;
}

function absence(guest: GuestType, { supported, hvmOnly }: Reach): string {
  if (guest === 'arm' || guest === 'arm-dom0') return 'The emulator is x86 code.';
  if (!supported) return 'The emulator does not run it.';
  return hvmOnly
    ? 'No label is left without HVM, and no caller for PV domains offers the FPU to the emulator.'
    : 'No caller for PV domains lets it through, or offers what it needs.';
}

/**
 * The cells of an opcode: what the emulator does with it where a caller brings it. What happens when no caller does is
 * the matter of other facts.
 */
export function cellsOf(reach: Reach, evidence: EvidenceList, place: number): Cells {
  const ways = reach.supported
    ? [
        ...ANY,
        ...(reach.memory ? [MEMORY] : []),
        ...reach.ways
          .filter((way) => !(way === 'page-table' && reach.hvmOnly))
          .flatMap((way) => OWN[way]),
      ]
    : [];
  return perGuest((guest) => {
    const taken = ways.filter(({ guests }) => guests.includes(guest));
    const handlings = taken.map(({ when, note, at }): Handling => {
      const cited = evidence.cite(at);
      return seenBy(guest, { how: 'emulated', by: 'xen', when, note, evidence: [place, cited] });
    });
    const [first, ...rest] = handlings;
    if (first !== undefined) return [first, ...rest];
    return [{ how: 'absent', note: absence(guest, reach), evidence: [place] }];
  });
}

/** Guest types that some way serves, for the test that holds the ways against the facts `emulator-caller`. */
export function guestsServed(): ReadonlySet<GuestType> {
  const all = [...ANY, MEMORY, ...Object.values(OWN).flat()];
  return new Set(GUEST_TYPES.filter((guest) => all.some(({ guests }) => guests.includes(guest))));
}
