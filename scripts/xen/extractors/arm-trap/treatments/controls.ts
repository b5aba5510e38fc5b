/** What the bits of the trap controls mean for a guest. */
import type { Point, Span } from '../../../../../src/model/release.ts';
import {
  emulated,
  KERNEL_ONLY,
  mediated,
  onHardware,
  type Provided,
  type ProvidedList,
  READ_ONLY,
  UNDEFINED,
  undefined_,
} from '../treatment.ts';
import { SERRORS_PANIC } from './faults.ts';
import { USER_ACCESS, VPMU } from './performance-monitor-cells.ts';
import { UNDEFINED_BY_SET_WAY } from './register-cells.ts';

/** Releases since which ThumbEE is hidden, and traps. */
export const THUMBEE: Point = ['4.19.5', '4.20.3', '4.21.1', '4.22'];

/** Functions that handle what traps by a bit, and the name at which they do; null for the whole function. */
type Handlers = Readonly<Record<string, string | null>>;

export interface Control extends Span {
  readonly register: string;
  /** Functions that set it; none where Xen leaves it clear. */
  readonly setBy: readonly string[];
  readonly meaning: string;
  readonly handledBy?: Handlers;
  readonly cell: ProvidedList;
  /** What the configuration of a domU can have beside it. */
  readonly forDomU?: Provided;
}

const NEW_VCPU = ['get_default_hcr_flags'] as const;
const INIT = ['init_traps'] as const;
/** A CPU has the bits from the start, and a vCPU has its own. */
const CPU_AND_VCPU = ['arch_vcpu_create', 'init_traps'] as const;
const CPTR = ['get_default_cptr_flags'] as const;

/** A register of AArch64, and what it is in AArch32. */
const registers = (aarch64: string, aarch32: string): Handlers => ({
  do_sysreg: aarch64,
  do_cp15_32: aarch32,
});
const UNLISTED: Handlers = { do_sysreg: null, do_cp15_32: null };
const SET_WAY_HANDLERS = {
  ...registers('HSR_SYSREG_DCISW', 'HSR_CPREG32(DCISW)'),
  p2m_set_way_flush: null,
};
const WAITING = { do_trap_guest_sync: 'HSR_EC_WFI_WFE' } as const;

const hcr = (meaning: string, ...cell: ProvidedList): Control => ({
  register: 'HCR_EL2',
  setBy: NEW_VCPU,
  meaning,
  cell,
});
const clear = (meaning: string, note: string): Control => ({
  register: 'HCR_EL2',
  setBy: [],
  meaning,
  cell: [onHardware(note)],
});
const unused = (meaning: string, note: string): Control => ({
  ...clear(meaning, note),
  cell: [{ how: 'absent', note }],
});
/** Before Xen 4.16 the bits were the same for every vCPU. */
const mdcr = (
  meaning: string,
  handledBy: Handlers,
  cell: ProvidedList,
  forDomU?: Provided,
): readonly [Control, ...Control[]] => {
  const one = { register: 'MDCR_EL2', meaning, handledBy, cell };
  return [
    {
      ...one,
      setBy: CPU_AND_VCPU,
      ...(forDomU === undefined ? {} : { forDomU }),
      since: '4.16',
    },
    { ...one, setBy: INIT, until: '4.16' },
  ];
};

const OTHERS_UNDEFINED: Provided = undefined_(
  'A register that no case names: undefined instruction exception.',
);
const zero = (note: string, when?: Provided['when']): Provided => ({
  how: 'refused',
  by: 'xen',
  effect: 'zero',
  access: 'read',
  ...(when === undefined ? {} : { when }),
  note,
});
const WRITES_IGNORED: Provided = {
  how: 'refused',
  by: 'xen',
  effect: 'ignored',
  access: 'write',
};
const SET_WAY = 'trap of cache maintenance by set and way';
const CLEANS =
  'Xen cleans all memory of the domain, at the first operation and when the guest turns its caches on or off.';
const VWFI = onHardware('The bit is clear and the instruction does not trap.', {
  cmdline: 'vwfi=native',
});

const ROM_HANDLERS = { do_sysreg: 'HSR_SYSREG_MDRAR_EL1', do_cp14_64: null } as const;
const LOCK_HANDLERS = {
  do_sysreg: 'HSR_SYSREG_OSLSR_EL1',
  do_cp14_32: 'HSR_CPREG32(DBGOSLAR)',
} as const;
const CPTR_REGISTER = { register: 'CPTR_EL2' } as const;
const SVE_TRAPS = `${UNDEFINED} SVE and SME trap by bits of this field.`;
const COPROCESSORS = {
  meaning: 'trap of coprocessors',
  handledBy: { do_cp: null },
  cell: [
    undefined_(
      'Undefined instruction exception, for all coprocessors from 0 to 13 but 10 and 11; a CPU that has none of them refuses itself.',
      { when: { bits: 32 } },
    ),
    onHardware('Floating point and SIMD do not trap.'),
  ],
} as const;

/** By name; a name that stands twice has releases. */
export const CONTROLS: Readonly<Record<string, readonly [Control, ...Control[]]>> = {
  HCR_RW: [
    {
      ...hcr(
        'state of the kernel',
        onHardware('Set for a 64-bit domain, whose kernel then runs in AArch64.', { bits: 64 }),
        onHardware('Clear for a 32-bit domain, whose kernel then runs in AArch32.', { bits: 32 }),
      ),
      setBy: ['vcpu_switch_to_aarch64_mode'],
    },
  ],
  HCR_TGE: [clear('trap of general exceptions', 'Exceptions of the guest stay in the guest.')],
  HCR_TVM: [
    {
      ...hcr(
        'trap of writes to the registers of virtual memory',
        onHardware('The bit is clear and the registers are the guest’s own.', {
          guest: ['!set-way-flush'],
        }),
        mediated('Xen writes the registers until the caches of the guest are on.', {
          when: { guest: ['set-way-flush'] },
        }),
      ),
      setBy: ['p2m_set_way_flush'],
      handledBy: {
        ...registers('SCTLR_EL1', 'SCTLR'),
        do_cp15_64: 'TTBR0',
        p2m_toggle_cache: null,
      },
    },
  ],
  HCR_TTLB: [clear('trap of TLB maintenance', 'The guest maintains its TLB entries itself.')],
  HCR_TPU: [clear('trap of cache maintenance to unification', 'The operations do not trap.')],
  HCR_TPC: [clear('trap of cache maintenance to coherency', 'The operations do not trap.')],
  HCR_TSW: [
    {
      ...hcr(
        SET_WAY,
        emulated(CLEANS, { when: { guest: ['!iommu-enabled'] } }),
        UNDEFINED_BY_SET_WAY,
      ),
      handledBy: SET_WAY_HANDLERS,
      since: '4.16',
    },
    { ...hcr(SET_WAY, emulated(CLEANS)), handledBy: SET_WAY_HANDLERS, until: '4.16' },
  ],
  HCR_TAC: [
    {
      ...hcr(
        'trap of ACTLR',
        emulated('Xen answers with the value of the CPU when the vCPU was made.', {
          access: 'read',
        }),
        WRITES_IGNORED,
        KERNEL_ONLY,
      ),
      handledBy: registers('HSR_SYSREG_ACTLR_EL1', 'HSR_CPREG32(ACTLR)'),
    },
  ],
  HCR_TIDCP: [
    {
      ...hcr('trap of implementation-defined registers', undefined_(UNDEFINED)),
      handledBy: UNLISTED,
    },
  ],
  HCR_TSC: [
    { ...smc({ guest: ['introspection'], kconfig: ['CONFIG_VM_EVENT'] }), since: '4.21' },
    { ...smc({ guest: ['introspection'] }), until: '4.21' },
  ],
  HCR_TID3: [
    {
      ...hcr(
        'trap of ID registers, group 3',
        emulated('Reads alone can trap; Xen answers with its own values.', { access: 'read' }),
      ),
      handledBy: { ...registers('ID_PFR0_EL1', 'ID_PFR0'), do_cp10: 'MVFR0' },
      since: '4.15',
    },
    {
      ...clear(
        'trap of ID registers, group 3',
        'The guest reads the feature registers of the CPU.',
      ),
      until: '4.15',
    },
  ],
  HCR_TID2: [
    clear('trap of ID registers, group 2', 'The guest reads the cache registers of the CPU.'),
  ],
  HCR_TID1: [
    clear('trap of ID registers, group 1', 'The guest reads the revision registers of the CPU.'),
  ],
  HCR_TID0: [clear('trap of ID registers, group 0', 'The guest reads the registers of the CPU.')],
  HCR_TWE: [{ ...hcr('trap of WFE', emulated('The vCPU yields.'), VWFI), handledBy: WAITING }],
  HCR_TWI: [
    {
      ...hcr('trap of WFI', emulated('The vCPU blocks until an event comes.'), VWFI),
      handledBy: WAITING,
    },
  ],
  HCR_DC: [unused('default cacheability', 'Xen leaves the bit clear.')],
  HCR_BSU_INNER: [
    hcr('upgrade of barriers', onHardware('Barriers reach at least the inner shareable domain.')),
  ],
  HCR_FB: [
    hcr(
      'broadcast of maintenance',
      onHardware(
        'Maintenance of the TLB, the branch predictor and the whole instruction cache reaches all CPUs.',
      ),
    ),
  ],
  HCR_VA: [
    {
      ...hcr(
        'virtual SError',
        emulated('Xen makes an SError of the guest pending.'),
        SERRORS_PANIC,
      ),
      setBy: ['inject_vabt_exception'],
      handledBy: { __do_trap_serror: null },
    },
  ],
  HCR_VI: [unused('virtual IRQ by this register', 'The list registers of the GIC raise it.')],
  HCR_VF: [
    unused(
      'virtual FIQ by this register',
      'The list registers of the GIC raise it, where a guest with a GICv2 asks for FIQs.',
    ),
  ],
  HCR_AMO: [
    {
      ...hcr(
        'routing of SErrors',
        onHardware('The physical one goes to Xen, which makes a virtual one pending.'),
        SERRORS_PANIC,
      ),
      handledBy: { do_trap_guest_serror: null, __do_trap_serror: null },
    },
  ],
  HCR_IMO: [
    {
      ...hcr(
        'routing of IRQs',
        onHardware('The physical one goes to Xen; the virtual one comes from the virtual GIC.'),
      ),
      handledBy: { do_trap_irq: null },
    },
  ],
  HCR_FMO: [
    {
      ...hcr(
        'routing of FIQs',
        onHardware(
          'The physical one goes to Xen; a virtual one comes where a guest with a GICv2 asks for FIQs (FIQEn).',
          { guest: ['vgic-v2'] },
        ),
        onHardware(
          'The physical one goes to Xen; the interrupts of a virtual GICv3 are in group 1 and all IRQs.',
          { guest: ['vgic-v3'], kconfig: ['CONFIG_GICV3'] },
        ),
      ),
      handledBy: { do_trap_fiq: null, gicv3_update_lr: null },
    },
  ],
  HCR_PTW: [
    hcr(
      'protected table walk',
      onHardware('A walk of the guest’s tables through a device faults.'),
    ),
  ],
  HCR_SWIO: [
    hcr('override of invalidation by set and way', {
      how: 'absent',
      note: 'The bit is set without an effect, as invalidation by set and way traps before (HCR_TSW).',
    }),
  ],
  HCR_VM: [hcr('second stage', onHardware('The CPU translates by the page tables of Xen.'))],
  HDCR_TDRA: mdcr('trap of the debug ROM registers', ROM_HANDLERS, [
    zero('MDRAR_EL1 reads as zero.', { bits: 64 }),
    undefined_('No case names the registers of AArch32.', { access: 'read', when: { bits: 32 } }),
    READ_ONLY,
  ]),
  HDCR_TDOSA: mdcr('trap of the debug lock registers', LOCK_HANDLERS, [
    emulated('The status of the lock reads as a constant.', { access: 'read' }),
    zero('The double lock reads as zero.'),
    { ...WRITES_IGNORED, note: 'Writes to the lock and to the double lock are ignored.' },
    OTHERS_UNDEFINED,
  ]),
  HDCR_TDA: mdcr(
    'trap of the debug registers',
    { do_sysreg: 'HSR_SYSREG_MDSCR_EL1', do_cp14_32: 'HSR_CPREG32(DBGDIDR)', do_cp14_dbg: null },
    [
      zero('Most of the registers that a case names read as zero.'),
      WRITES_IGNORED,
      emulated('DBGDIDR of AArch32 reads as a constant.', { access: 'read', when: { bits: 32 } }),
      OTHERS_UNDEFINED,
    ],
  ),
  HDCR_TDE: [
    {
      register: 'MDCR_EL2',
      setBy: [],
      meaning: 'routing of debug exceptions',
      cell: [onHardware('They stay in the guest.')],
    },
  ],
  HDCR_TPM: mdcr(
    'trap of the performance monitors',
    registers('HSR_SYSREG_PMUSERENR_EL0', 'HSR_CPREG32(PMUSERENR)'),
    [
      zero('The registers that a case names read as zero.'),
      WRITES_IGNORED,
      undefined_('All but reads of PMUSERENR.', { when: { guest: ['user-mode'] } }),
      OTHERS_UNDEFINED,
    ],
    VPMU,
  ),
  HDCR_TPMCR: mdcr(
    'trap of PMCR',
    registers('HSR_SYSREG_PMCR_EL0', 'HSR_CPREG32(PMCR)'),
    [zero('PMCR reads as zero.'), WRITES_IGNORED, USER_ACCESS],
    VPMU,
  ),
  HCPTR_TAM: cptr('trap of the activity monitors', UNLISTED, undefined_(UNDEFINED)),
  HCPTR_TTA: cptr(
    'trap of the trace registers',
    { do_sysreg: null, do_cp14_32: null, do_cp14_64: null },
    undefined_(UNDEFINED),
  ),
  HCPTR_CP: [
    {
      ...CPTR_REGISTER,
      ...COPROCESSORS,
      handledBy: { ...COPROCESSORS.handledBy, do_trap_guest_sync: 'HSR_EC_SVE' },
      cell: [
        ...COPROCESSORS.cell,
        undefined_(SVE_TRAPS, { when: { guest: ['!sve'], bits: 64 } }),
        onHardware('SVE does not trap for a domain that has it.', {
          guest: ['sve'],
          kconfig: ['CONFIG_ARM64_SVE'],
          bits: 64,
        }),
      ],
      setBy: CPTR,
      since: '4.18',
    },
    {
      ...CPTR_REGISTER,
      ...COPROCESSORS,
      handledBy: { ...COPROCESSORS.handledBy, do_trap_guest_sync: 'Unknown Guest Trap' },
      cell: [...COPROCESSORS.cell, undefined_(SVE_TRAPS, { when: { bits: 64 } })],
      setBy: INIT,
      until: '4.18',
    },
  ],
  HSTR_T: [
    {
      register: 'HSTR_EL2',
      setBy: INIT,
      meaning: 'trap of c15 of coprocessor 15',
      cell: [undefined_(UNDEFINED, { when: { bits: 32 } })],
      handledBy: { do_cp15_32: null, do_cp15_64: null },
    },
  ],
  HSTR_TTEE: [
    {
      register: 'HSTR_EL2',
      setBy: INIT,
      meaning: 'trap of ThumbEE',
      cell: [undefined_(UNDEFINED, { when: { bits: 32, feature: ['thumbee'] } })],
      since: THUMBEE,
    },
    {
      register: 'HSTR_EL2',
      setBy: [],
      meaning: 'trap of ThumbEE',
      cell: [onHardware('ThumbEE does not trap.', { bits: 32, feature: ['thumbee'] })],
      until: THUMBEE,
    },
  ],
};

function smc(introspection: NonNullable<Provided['when']>): Control {
  return {
    ...hcr(
      'trap of SMC',
      emulated('Xen answers the call, or hands it to a mediator.'),
      emulated('Introspection that asked for it gets the call instead of Xen.', {
        when: introspection,
      }),
      undefined_('With an immediate other than 0: undefined instruction exception.', {
        when: { bits: 64 },
      }),
    ),
    handledBy: { do_trap_smc: null },
  };
}

/** Before Xen 4.18 the bits were set where the others are. */
function cptr(
  meaning: string,
  handledBy: Handlers,
  ...cell: ProvidedList
): readonly [Control, ...Control[]] {
  const one = { ...CPTR_REGISTER, meaning, handledBy, cell };
  return [
    { ...one, setBy: CPTR, since: '4.18' },
    { ...one, setBy: INIT, until: '4.18' },
  ];
}
