/**
 * By which ways the emulator meets an opcode, for each guest type: the calls of the kind `emulator-caller`, under their
 * conditions, as far as they take the opcode.
 */
import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { Fact } from '../../../../src/schema/fact.ts';
import { type BuildOptions, withBuildOptions } from '../../build-options.ts';
import { type EvidenceList, seenBy } from '../../extractor.ts';
import { providedBy, SITES, sitesIn } from '../emulator-caller/sites/index.ts';
import type { Provided } from '../emulator-caller/sites/site.ts';
import type { Block, Fault, Instruction, OwnWay, VmxControl } from './instructions/instruction.ts';

type Cells = Fact['guests'];
type Handling = Cells[GuestType][number];
type When = NonNullable<Handling['when']>;

/** A call of the emulator that takes some opcodes. */
interface Way {
  /** Its entry among the callers. */
  readonly site: string;
  readonly path: string;
  /** What brings the opcode to the call, beside its own conditions. */
  readonly needs?: When;
  /** Which of the handlings of the call are meant; all of them otherwise. */
  readonly only?: (when: When, handling: Provided) => boolean;
  /** What the guest gets where the call does not run the opcode; under one condition in place of those of the call. */
  readonly refuses?: {
    readonly effect: NonNullable<Handling['effect']>;
    readonly note: string;
    readonly when?: When;
  };
}

const HVM = 'xen/arch/x86/hvm/hvm.c';
const SVM = 'xen/arch/x86/hvm/svm/svm.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const SHADOW = 'xen/arch/x86/mm/shadow/multi.c';
const READ_ONLY = 'xen/arch/x86/pv/ro-page-fault.c';

const REAL_MODE: Way = { site: 'vmx-real-mode', path: 'xen/arch/x86/hvm/vmx/realmode.c' };

/** The same for VEX, EVEX and XOP: in real mode their first bytes are those of LES, LDS, BOUND and POP. */
const NOT_IN_REAL_MODE: Way = {
  ...REAL_MODE,
  refuses: {
    effect: '#UD',
    note: 'The emulator does not decode the encoding in real mode, as the CPU does not.',
  },
};

/** Ways that bring any instruction, in real mode apart. */
const ANY: readonly Way[] = [
  { site: 'introspection-answer', path: 'xen/arch/x86/hvm/vm_event.c' },
  {
    site: 'hvm-forced',
    path: HVM,
    only: ({ cmdline }) => cmdline !== undefined,
  },
];

const MMIO = { guest: ['mmio-access'] } as const;

/** What a memory operand adds. */
const MEMORY: readonly Way[] = [
  { site: 'hvm-internal-mmio', path: HVM, needs: MMIO },
  { site: 'vmx-apic-access', path: VMX, needs: MMIO },
  { site: 'hvm-mmio-fault', path: HVM, needs: MMIO },
  { site: 'shadow-mmio', path: SHADOW, needs: MMIO },
];

/** The same for an instruction that writes no memory. */
const READS: readonly Way[] = MEMORY.map((way) => ({
  ...way,
  only: (_, { access }) => access !== 'write',
}));

/** What the operations on blocks do with memory that cannot be mapped: the emulator gives up. */
function unmapped(what: string): readonly Way[] {
  const note = `The emulator cannot map ${what} and gives up`;
  return [
    {
      site: 'hvm-mmio-fault',
      path: HVM,
      needs: MMIO,
      refuses: { effect: '#GP', note: `${note}.`, when: { paging: 'hap' } },
    },
    {
      site: 'shadow-mmio',
      path: SHADOW,
      needs: MMIO,
      refuses: { effect: '#PF', note: `${note}, so that the guest gets the page fault.` },
    },
  ];
}

/** What a memory operand adds, where operations on blocks take a part in it. */
function memoryWays({ memory, block }: Reach): readonly Way[] {
  if (memory === undefined) return [];
  const plain = memory === 'read' ? READS : MEMORY;
  if (block === undefined) return plain;
  return [...(block.only === true ? [] : plain), ...unmapped(block.what)];
}

const PRIVILEGED: Way = { site: 'pv-privileged', path: 'xen/arch/x86/pv/emul-priv-op.c' };

const OWN: Readonly<Record<OwnWay, readonly Way[]>> = {
  privileged: [{ ...PRIVILEGED, needs: { guest: ['whitelisted'] } }],
  skipped: [
    {
      ...PRIVILEGED,
      needs: { guest: ['iopl'] },
      refuses: {
        effect: 'ignored',
        note: 'The filter skips the instruction, and the emulator does not run it.',
      },
    },
  ],
  'page-table': [
    { site: 'shadow-page-table-write', path: SHADOW, needs: { guest: ['page-table-write'] } },
    {
      site: 'pv-page-table-write',
      path: READ_ONLY,
      needs: { guest: ['page-table-write'] },
    },
  ],
  'plain-write': [
    { site: 'pv-read-only-mmio-write', path: READ_ONLY, needs: MMIO },
    { site: 'pv-ecam-write', path: READ_ONLY, needs: MMIO },
    { site: 'hvm-read-only-mmio', path: HVM, needs: MMIO },
  ],
  'cross-vendor': [
    {
      site: 'hvm-forced',
      path: HVM,
      only: ({ guest }) => guest?.includes('foreign-vendor') ?? false,
    },
  ],
  'string-io': [
    { site: 'vmx-string-io', path: VMX },
    { site: 'svm-string-io', path: SVM },
  ],
  'control-register': [{ site: 'svm-control-register', path: SVM }],
  'mov-cr': [
    {
      site: 'svm-control-register',
      path: SVM,
      only: ({ feature }) => feature?.includes('!decode-assists') ?? false,
    },
  ],
  invlpg: [{ site: 'svm-invlpg', path: SVM }],
};

/** What the CPU runs by default. */
interface OnCpu {
  readonly note: string;
  readonly when?: When;
  /** What else VMX needs for it. */
  readonly vmx?: VmxControl | undefined;
}

/** Unprivileged instructions that some CPUs have, and what is left of a map with others. */
export const IMPLEMENTED: OnCpu = {
  note: 'A hidden CPUID bit does not take it away, unless the guest then cannot turn on the state that it needs.',
  when: { feature: ['host-instruction'] },
};
export const UNTRAPPED: OnCpu = { note: 'What neither exits nor faults.' };

export interface Reach {
  readonly supported: boolean;
  /** What the CPU runs without the emulator; null where that is the matter of other facts. */
  readonly cpu: OnCpu | null;
  /** Set where no Intel CPU has it, so that none brings it to a call of its own. */
  readonly amdOnly?: boolean | undefined;
  /** Whether its operand may be memory that it reads or writes. */
  readonly memory: Instruction['memory'];
  readonly ways: readonly OwnWay[];
  /** When the instruction faults in a PV guest and the filter lets it through; `whitelisted` for a set of them. */
  readonly faults?: readonly Fault[] | undefined;
  /** Set where the encoding is that of VEX, EVEX or XOP alone. */
  readonly extended?: boolean;
  /** What of it needs memory that can be mapped, and whether nothing else has a memory operand. */
  readonly block?: Block | undefined;
  /** Whether no label is left without HVM, because it needs the FPU, MMX or SIMD. */
  readonly hvmOnly: boolean;
  /** Whether the emulator of HVM domains lacks the callbacks for it, and gives up. */
  readonly onlyForPv?: boolean;
}

function absence(guest: GuestType, { supported, hvmOnly, onlyForPv }: Reach): string {
  if (guest === 'arm' || guest === 'arm-dom0') return 'The emulator is x86 code.';
  if (!supported) return 'The emulator does not run it.';
  if (onlyForPv) {
    return 'The emulator of HVM domains has no callback for it and gives up; in emulated real mode that crashes the domain.';
  }
  return hvmOnly
    ? 'No label is left without HVM, and no caller for PV domains offers the FPU to the emulator.'
    : 'No caller for PV domains lets it through, or offers what it needs.';
}

/** Where the opcode stands among the evidence, the release, and its build options. */
interface Position {
  readonly place: number;
  readonly release: string;
  readonly options: BuildOptions;
}

/** Calls whose operations do not offer the FPU. */
const NEEDS_NO_FPU: ReadonlySet<OwnWay> = new Set(['page-table', 'plain-write']);

function conditionOf({ when }: Provided, needs: When | undefined): When {
  if (needs === undefined) return when ?? {};
  const states = [...new Set([...(when?.guest ?? []), ...(needs.guest ?? [])])];
  return { ...when, ...needs, ...(states.length === 0 ? {} : { guest: states }) };
}

/** The ways of an instruction of its own, for a guest type in a release. */
function ownWays({ faults, hvmOnly, ways }: Reach, guest: GuestType, release: string): Way[] {
  return ways
    .filter((way) => !(hvmOnly && NEEDS_NO_FPU.has(way)))
    .flatMap((way) => {
      if (way !== 'privileged' || faults === undefined) return OWN[way];
      return faults
        .filter((fault) => isInSpan(fault, release) && fault.except !== guest)
        .map(({ when }) => ({ ...PRIVILEGED, needs: when }));
    });
}

/** What the call does, or how it refuses. */
function answered(provided: readonly Provided[], refuses: Way['refuses']): readonly Provided[] {
  if (refuses === undefined) return provided;
  const { effect, note } = refuses;
  const conditions = refuses.when === undefined ? provided.map(({ when }) => when) : [refuses.when];
  return provided.length === 0
    ? []
    : conditions.map((when) => ({
        how: 'refused',
        by: 'xen',
        effect,
        ...(when === undefined ? {} : { when }),
        note,
      }));
}

/** What a call does for a guest type; none when it does not serve it, or the release has no such call. Throws when no such call is known. */
function handlingsOf(
  { site: id, path, needs, only, refuses }: Way,
  guest: GuestType,
  { amdOnly }: Reach,
  evidence: EvidenceList,
  { place, release, options }: Position,
): Handling[] {
  if (!SITES.some((known) => known.id === id)) {
    throw new Error(`No call of the emulator is known as ${id}`);
  }
  const site = sitesIn(release).find((known) => known.id === id);
  if (site === undefined) return [];
  const provided = providedBy(site, guest, release)
    .filter((one) => only === undefined || only(one.when ?? {}, one))
    .filter(({ when }) => amdOnly !== true || when?.vendor !== 'intel');
  return answered(provided, refuses).map((one) => {
    const symbol = site.call.split(' ')[0] ?? '';
    const anchor = typeof site.at === 'string' ? site.at.replace(/^&/, '') : undefined;
    const cited = evidence.cite({ path, symbol, ...(anchor === undefined ? {} : { anchor }) });
    const handling = {
      ...one,
      when: withBuildOptions(conditionOf(one, needs), options),
      evidence: [place, cited] as const,
    };
    return seenBy(guest, handling);
  });
}

/** What the CPU does where no caller brings the opcode to the emulator. */
function byDefault(
  guest: GuestType,
  { supported, cpu }: Reach,
  { place, release }: Position,
): Handling[] {
  if (!supported || cpu === null || guest === 'arm' || guest === 'arm-dom0') return [];
  const { vmx, ...onCpu } = cpu;
  const evidence = [place] as const;
  if (guest === 'pv' || guest === 'pv-dom0') {
    return [{ how: 'native', by: 'cpu', ...onCpu, evidence }];
  }
  const runs = { how: 'hardware', by: 'cpu', ...onCpu, evidence } as const;
  if (vmx === undefined || !isInSpan(vmx, release)) return [runs];
  const { bit, note } = vmx;
  return [
    { ...runs, note, when: { ...onCpu.when, vendor: 'intel', cpuid: [bit] } },
    {
      how: 'refused',
      by: 'cpu',
      effect: '#UD',
      note,
      when: { vendor: 'intel', cpuid: [`!${bit}`] },
      evidence,
    },
    { ...runs, when: { ...onCpu.when, vendor: 'amd' } },
  ];
}

/**
 * The cells of an opcode: the CPU first, where that is certain, then what the emulator does with it where a caller
 * brings it.
 */
export function cellsOf(reach: Reach, evidence: EvidenceList, position: Position): Cells {
  const ways = reach.supported
    ? [
        ...(reach.onlyForPv
          ? []
          : [reach.extended === true ? NOT_IN_REAL_MODE : REAL_MODE, ...ANY]),
        ...memoryWays(reach),
      ]
    : [];
  return perGuest((guest) => {
    const handlings = [
      ...byDefault(guest, reach, position),
      ...[...ways, ...(reach.supported ? ownWays(reach, guest, position.release) : [])].flatMap(
        (way) => handlingsOf(way, guest, reach, evidence, position),
      ),
    ];
    const [first, ...rest] = handlings;
    if (first !== undefined) return [first, ...rest];
    return [{ how: 'absent', note: absence(guest, reach), evidence: [position.place] }];
  });
}
