/** System registers of AArch64 and coprocessor registers of AArch32, by the labels of the handlers. */
import type { DispatchId } from '../constructs.ts';
import {
  both,
  emulated,
  KERNEL_ONLY,
  READ_ONLY,
  type Treatment,
  undefined_,
  words,
  zeroReadOnly,
} from '../treatment.ts';
import {
  PMU,
  PMU_CONTROL,
  PMU_INTERRUPTS,
  PMU_PLACES,
  PMU_PLACES_BEFORE,
  PMU_USER,
  VPMU,
  withoutVpmu,
} from './performance-monitor-cells.ts';
import {
  AARCH32_ID,
  ACTLR,
  BOOT_CPU_ID,
  DCC_DATA,
  DCC_STATUS,
  DCC_STATUS_BEFORE,
  DEBUG,
  DEBUG_DOUBLE_LOCK,
  DEBUG_LOCK,
  DEBUG_LOCK_STATUS,
  GIC_INTERFACE,
  ID,
  ID_OF_AARCH32,
  MEMORY_CONTROL,
  MVFR2_OF_AARCH32,
  OTHER_SGI,
  PLACES_OF_SET_WAY,
  RESERVED,
  SET_WAY,
  SET_WAY_BEFORE,
  SGI,
  type Shared,
  SVE_ID,
  TIMER,
} from './register-cells.ts';

/** Register names as the labels of a dispatcher. */
const LABELS = {
  sysreg: (name: string) => `HSR_SYSREG_${name}`,
  cp15: (name: string) => `HSR_CPREG32(${name})`,
  cp14: (name: string) => `HSR_CPREG32(${name})`,
  cp10: (name: string) => `HSR_CPREG32(${name})`,
  cp15Wide: (name: string) => `HSR_CPREG64(${name})`,
} as const satisfies Partial<Record<DispatchId, (name: string) => string>>;

type Where = keyof typeof LABELS;

function of(where: Where, names: string, shared: Shared, more: Partial<Treatment> = {}): Treatment {
  return { in: where, labels: words(names).map(LABELS[where]), ...shared, ...more };
}

const TVM_OF: Readonly<Record<'sysreg' | 'cp15' | 'cp15Wide', string>> = {
  sysreg: 'vreg_emulate_sysreg',
  cp15: 'vreg_emulate_cp32',
  cp15Wide: 'vreg_emulate_cp64',
};

function memoryControl(
  where: keyof typeof TVM_OF,
  names: string,
  more: Partial<Treatment> = {},
): Treatment {
  const shared = { ...MEMORY_CONTROL, answer: TVM_OF[where] };
  return of(where, names, shared, { places: PLACES_OF_SET_WAY, ...more });
}

const MEMORY_SYSREGS =
  'SCTLR_EL1 TTBR0_EL1 TTBR1_EL1 TCR_EL1 ESR_EL1 FAR_EL1 AFSR0_EL1 AFSR1_EL1 MAIR_EL1 AMAIR_EL1 CONTEXTIDR_EL1';

/** Xen 4.16 came to refuse the operations where an IOMMU shares the page tables. */
function setAndWay(where: Where): readonly Treatment[] {
  const names = 'DCISW DCCSW DCCISW';
  return [
    of(where, names, SET_WAY, { places: PLACES_OF_SET_WAY, since: '4.16' }),
    of(where, names, SET_WAY_BEFORE, { places: PLACES_OF_SET_WAY, until: '4.16' }),
  ];
}

/** Since Xen 4.16 a domU can have the registers of the CPU. */
function performanceMonitor(where: Where, names: string, shared: Shared): readonly Treatment[] {
  return [
    of(where, names, shared, { places: PMU_PLACES, since: '4.16' }),
    of(where, names, withoutVpmu(shared), { places: PMU_PLACES_BEFORE, until: '4.16' }),
  ];
}

/** Before Xen 4.15 the ID registers did not trap. */
function identification(
  where: Where,
  names: string,
  more: Partial<Treatment> = {},
  shared: Shared = where === 'sysreg' ? ID : AARCH32_ID,
): readonly Treatment[] {
  return [
    of(where, names, shared, { since: '4.16', ...more }),
    of(where, names, BOOT_CPU_ID, { since: '4.15', until: '4.16' }),
  ];
}

const encoding = (registers: readonly (readonly [crm: number, op2: string])[], make: string) =>
  registers.flatMap(([crm, op2]) =>
    [...op2].map((digit) => make.replace('CRM', `c${crm}`).replace('OP2', digit)),
  );

const breakpoints = (register: string): Treatment => ({
  in: 'sysreg',
  labels: Array.from({ length: 16 }, (_, n) => `HSR_SYSREG_${register}n_EL1(${n})`),
  family: {
    id: `sysreg-${register.toLowerCase()}-el1`,
    title: `${register}<n>_EL1`,
    register: `${register}<n>_EL1`,
  },
  ...DEBUG,
});

const UNLISTED = undefined_(
  'Undefined instruction exception; a build for debugging logs the access.',
);

const unlisted = (where: DispatchId, what: string, traps: readonly string[]): Treatment => ({
  in: where,
  labels: ['default'],
  title: what,
  group: 'unlisted-register',
  answer: 'inject_undef_exception',
  traps,
  cells: both(UNLISTED),
});

/** Registers of the performance monitors are among those that no case names. */
const unlistedWithMonitors = (...rest: Parameters<typeof unlisted>): readonly Treatment[] => [
  {
    ...unlisted(...rest),
    since: '4.16',
    cells: {
      arm: [
        UNLISTED,
        {
          ...VPMU,
          note: 'The counters, their types and the filter of the cycle counter do not trap: the guest has those of the CPU.',
        },
      ],
      'arm-dom0': [UNLISTED],
    },
    places: PMU_PLACES,
  },
  { ...unlisted(...rest), until: '4.16' },
];

export const REGISTER_TREATMENTS: readonly Treatment[] = [
  of('sysreg', 'ACTLR_EL1', ACTLR),
  of('cp15', 'ACTLR', ACTLR),
  ...setAndWay('sysreg'),
  ...setAndWay('cp15'),
  memoryControl('sysreg', MEMORY_SYSREGS, { since: '4.16' }),
  memoryControl('sysreg', MEMORY_SYSREGS, { answer: 'vreg_emulate_sysreg64', until: '4.16' }),
  memoryControl(
    'cp15',
    'SCTLR TTBR0_32 TTBR1_32 TTBCR TTBCR2 DACR DFSR IFSR DFAR IFAR ADFSR AIFSR MAIR0 MAIR1 AMAIR0 AMAIR1 CONTEXTIDR',
  ),
  memoryControl('cp15Wide', 'TTBR0 TTBR1'),
  of('sysreg', 'MDRAR_EL1', {
    group: 'debug',
    answer: 'handle_ro_raz',
    traps: ['HDCR_TDRA'],
    cells: both(
      ...zeroReadOnly('Reads as zero: there is no table of debug components.'),
      KERNEL_ONLY,
    ),
  }),
  of('sysreg', 'OSLAR_EL1', DEBUG_LOCK),
  of('cp14', 'DBGOSLAR', DEBUG_LOCK),
  of('sysreg', 'OSLSR_EL1', DEBUG_LOCK_STATUS),
  of('cp14', 'DBGOSLSR', DEBUG_LOCK_STATUS, { since: '4.19' }),
  of('sysreg', 'OSDLR_EL1', DEBUG_DOUBLE_LOCK),
  of('cp14', 'DBGOSDLR', DEBUG_DOUBLE_LOCK),
  of('sysreg', 'MDSCR_EL1', DEBUG),
  of('sysreg', 'MDCCSR_EL0', DCC_STATUS, { since: '4.19' }),
  of('sysreg', 'MDCCSR_EL0', DCC_STATUS_BEFORE, { until: '4.19' }),
  of('sysreg', 'DBGDTR_EL0 DBGDTRTX_EL0', DCC_DATA, { since: '4.19' }),
  ...['DBGBVR', 'DBGBCR', 'DBGWVR', 'DBGWCR'].map(breakpoints),
  of('cp14', 'DBGDIDR', {
    group: 'debug',
    answer: 'set_user_reg',
    traps: ['HDCR_TDA'],
    cells: both(
      emulated('The least that ARMv7.1 debug allows: two breakpoints and one watchpoint.', {
        access: 'read',
      }),
      READ_ONLY,
    ),
  }),
  of('cp14', 'DBGDSCRINT', DCC_STATUS, { since: '4.19' }),
  of('cp14', 'DBGDSCRINT', DCC_STATUS_BEFORE, { until: '4.19' }),
  of('cp14', 'DBGDTRTXINT', DCC_DATA, { since: '4.19' }),
  of('cp14', 'DBGDSCREXT DBGVCR DBGBVR0 DBGBCR0 DBGWVR0 DBGWCR0 DBGBVR1 DBGBCR1', DEBUG),
  ...performanceMonitor(
    'sysreg',
    'PMCNTENSET_EL0 PMCNTENCLR_EL0 PMOVSCLR_EL0 PMSWINC_EL0 PMSELR_EL0 PMCEID0_EL0 PMCEID1_EL0 PMCCNTR_EL0 PMXEVTYPER_EL0 PMXEVCNTR_EL0 PMOVSSET_EL0',
    PMU,
  ),
  ...performanceMonitor(
    'cp15',
    'PMCNTENSET PMCNTENCLR PMOVSR PMSWINC PMSELR PMCEID0 PMCEID1 PMCCNTR PMXEVTYPER PMXEVCNTR PMOVSSET',
    PMU,
  ),
  ...performanceMonitor('sysreg', 'PMINTENSET_EL1 PMINTENCLR_EL1', PMU_INTERRUPTS),
  ...performanceMonitor('cp15', 'PMINTENSET PMINTENCLR', PMU_INTERRUPTS),
  ...performanceMonitor('sysreg', 'PMCR_EL0', PMU_CONTROL),
  ...performanceMonitor('cp15', 'PMCR', PMU_CONTROL),
  ...performanceMonitor('sysreg', 'PMUSERENR_EL0', PMU_USER),
  ...performanceMonitor('cp15', 'PMUSERENR', PMU_USER),
  of('sysreg', 'CNTP_CTL_EL0 CNTP_TVAL_EL0 CNTP_CVAL_EL0', TIMER),
  of('cp15', 'CNTP_CTL CNTP_TVAL', TIMER),
  of('cp15Wide', 'CNTP_CVAL', TIMER),
  of('sysreg', 'ICC_SGI1R_EL1', SGI),
  of('cp15Wide', 'ICC_SGI1R', SGI),
  of('sysreg', 'ICC_ASGI1R_EL1 ICC_SGI0R_EL1', OTHER_SGI),
  of('cp15Wide', 'ICC_ASGI1R ICC_SGI0R', OTHER_SGI),
  of('sysreg', 'ICC_SRE_EL1', GIC_INTERFACE, {
    places: [{ path: 'xen/arch/arm/gic-v3.c', symbol: 'gicv3_restore_state' }],
  }),
  ...identification(
    'sysreg',
    'ID_PFR0_EL1 ID_PFR1_EL1 ID_PFR2_EL1 ID_DFR0_EL1 ID_DFR1_EL1 ID_AFR0_EL1 ID_MMFR0_EL1 ID_MMFR1_EL1 ID_MMFR2_EL1 ID_MMFR3_EL1 ID_MMFR4_EL1 ID_MMFR5_EL1 ID_ISAR0_EL1 ID_ISAR1_EL1 ID_ISAR2_EL1 ID_ISAR3_EL1 ID_ISAR4_EL1 ID_ISAR5_EL1 ID_ISAR6_EL1 MVFR0_EL1 MVFR1_EL1 MVFR2_EL1',
    {},
    ID_OF_AARCH32,
  ),
  ...identification(
    'sysreg',
    'ID_AA64PFR1_EL1 ID_AA64DFR0_EL1 ID_AA64DFR1_EL1 ID_AA64ISAR0_EL1 ID_AA64ISAR1_EL1 ID_AA64MMFR0_EL1 ID_AA64MMFR1_EL1 ID_AA64MMFR2_EL1 ID_AA64AFR0_EL1 ID_AA64AFR1_EL1',
  ),
  of('sysreg', 'ID_AA64PFR0_EL1 ID_AA64ZFR0_EL1', SVE_ID, { since: '4.18' }),
  ...identification('sysreg', 'ID_AA64PFR0_EL1 ID_AA64ZFR0_EL1', { until: '4.18' }),
  ...identification(
    'cp15',
    'ID_PFR0 ID_PFR1 ID_PFR2 ID_DFR0 ID_DFR1 ID_AFR0 ID_MMFR0 ID_MMFR1 ID_MMFR2 ID_MMFR3 ID_MMFR4 ID_MMFR5 ID_ISAR0 ID_ISAR1 ID_ISAR2 ID_ISAR3 ID_ISAR4 ID_ISAR5 ID_ISAR6',
  ),
  ...identification('cp10', 'MVFR0 MVFR1'),
  ...identification('cp10', 'MVFR2', {}, MVFR2_OF_AARCH32),
  {
    in: 'sysreg',
    labels: encoding(
      [
        [3, '37'],
        [4, '23567'],
        [5, '2367'],
        [6, '234567'],
        [7, '34567'],
      ],
      'HSR_SYSREG(3,0,c0,CRM,OP2)',
    ),
    family: {
      id: 'sysreg-reserved-id',
      title: 'Reserved ID registers',
      register: 'op0 3, op1 0, CRn c0',
    },
    since: '4.15',
    ...RESERVED,
  },
  {
    in: 'cp15',
    labels: encoding(
      [
        [3, '01237'],
        [4, '01234567'],
        [5, '01234567'],
        [6, '01234567'],
        [7, '01234567'],
      ],
      'HSR_CPREG32(p15,0,c0,CRM,OP2)',
    ),
    family: {
      id: 'cp15-reserved-id',
      title: 'Reserved ID registers of AArch32',
      register: 'opc1 0, CRn c0',
    },
    since: '4.15',
    ...RESERVED,
  },
  ...unlistedWithMonitors('sysreg', 'System registers that no case names', [
    'HCR_TIDCP',
    'HCPTR_TTA',
    'HDCR_TPM',
  ]),
  ...unlistedWithMonitors('cp15', 'Registers of coprocessor 15 that no case names', [
    'HCR_TIDCP',
    'HSTR_T',
    'HDCR_TPM',
  ]),
  unlisted('cp15Wide', '64-bit registers of coprocessor 15 that no case names', ['HSTR_T']),
  unlisted('cp14', 'Registers of coprocessor 14 that no case names', ['HCPTR_TTA', 'HDCR_TDA']),
  unlisted('cp14Wide', '64-bit registers of coprocessor 14', ['HCPTR_TTA', 'HDCR_TDRA']),
  unlisted('cp14Load', 'Loads and stores of coprocessor 14', ['HDCR_TDA']),
  unlisted('cp10', 'Registers of coprocessor 10 that no case names', ['HCR_TID3']),
  unlisted('cp', 'Other coprocessors', ['HCPTR_CP']),
];
