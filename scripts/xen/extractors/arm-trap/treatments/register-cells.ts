/** What a guest gets from the registers of AArch64 and of AArch32 that mean the same. */
import {
  both,
  type Cells,
  constant,
  emulated,
  type Group,
  KERNEL_ONLY,
  mediated,
  onHardware,
  type Provided,
  READ_ONLY,
  UNDEFINED_FOR_USERS,
  undefined_,
  undefinedByCpu,
  WRITE_ONLY,
  zeroAndIgnored,
  zeroReadOnly,
} from '../treatment.ts';

/** What registers share that mean the same. */
export interface Shared {
  readonly group: Group;
  readonly answer: string | null;
  readonly traps: readonly string[];
  readonly cells: Cells;
}

export const PLACES_OF_SET_WAY = [
  { path: 'xen/arch/arm/p2m.c', symbol: 'p2m_set_way_flush' },
] as const;

export const ACTLR: Shared = {
  group: 'system-control',
  answer: 'set_user_reg',
  traps: ['HCR_TAC'],
  cells: both(
    emulated('The value of the CPU when the vCPU was made.', { access: 'read' }),
    { how: 'refused', by: 'xen', effect: 'ignored', access: 'write' },
    KERNEL_ONLY,
  ),
};

export const UNDEFINED_BY_SET_WAY: Provided = undefined_(
  'Undefined instruction exception, as the IOMMU shares the page tables; Xen then steps over an instruction, so that the guest enters its vector past the first one.',
  { when: { guest: ['iommu-enabled'] } },
);

export const SET_WAY: Shared = {
  group: 'cache',
  answer: 'p2m_set_way_flush',
  traps: ['HCR_TSW'],
  cells: both(
    emulated(
      'Xen cleans and invalidates all memory of the domain, now and when the guest turns its caches on or off.',
      { when: { guest: ['!iommu-enabled'] }, access: 'write' },
    ),
    { ...UNDEFINED_BY_SET_WAY, access: 'write' },
    UNDEFINED_FOR_USERS,
  ),
};

/** Before Xen 4.16 an IOMMU that shares the page tables made no difference. */
export const SET_WAY_BEFORE: Shared = {
  ...SET_WAY,
  cells: both(
    emulated(
      'Xen cleans and invalidates all memory of the domain, now and when the guest turns its caches on or off.',
      { access: 'write' },
    ),
    UNDEFINED_FOR_USERS,
  ),
};

export const MEMORY_CONTROL: Shared = {
  group: 'memory-control',
  answer: null,
  traps: ['HCR_TVM'],
  cells: both(
    onHardware('Writes trap only after a cache operation by set and way.', {
      guest: ['!set-way-flush'],
    }),
    {
      ...onHardware('Reads do not trap then either.', { guest: ['set-way-flush'] }),
      access: 'read',
    },
    mediated('Xen writes the register for the guest and watches whether the caches turn on.', {
      when: { guest: ['set-way-flush'] },
      access: 'write',
    }),
    UNDEFINED_FOR_USERS,
  ),
};

const DEBUG_ZERO = 'Reads as zero; a guest has no hardware breakpoints or watchpoints.';

export const DEBUG: Shared = {
  group: 'debug',
  answer: 'handle_raz_wi',
  traps: ['HDCR_TDA'],
  cells: both(...zeroAndIgnored(DEBUG_ZERO), KERNEL_ONLY),
};

export const DCC_STATUS: Shared = {
  group: 'debug',
  answer: 'handle_ro_read_val',
  traps: ['HDCR_TDA'],
  cells: both(
    emulated('Reads as zero: the channel can send.', { access: 'read' }),
    emulated('Reads as a channel that is always full, so that the guest does not use it.', {
      access: 'read',
      when: { cmdline: 'partial-emulation', kconfig: ['CONFIG_PARTIAL_EMULATION'] },
    }),
    READ_ONLY,
  ),
};

export const DCC_DATA: Shared = {
  group: 'debug',
  answer: 'handle_raz_wi',
  traps: ['HDCR_TDA'],
  cells: both(
    undefined_('Undefined instruction exception.'),
    ...zeroAndIgnored('Reads as zero.', {
      cmdline: 'partial-emulation',
      kconfig: ['CONFIG_PARTIAL_EMULATION'],
    }),
  ),
};

export const TIMER: Shared = {
  group: 'timer',
  answer: 'vtimer_emulate',
  traps: ['CNTHCTL_EL2_EL1PCEN'],
  cells: both(
    emulated('A timer of Xen, with its interrupt from the virtual GIC.'),
    undefinedByCpu(
      'Where CNTKCTL_EL1 of the guest does not let user mode through (EL0PTEN), the CPU reports the access to the kernel of the guest before it can trap.',
      { when: { guest: ['user-mode'] } },
    ),
  ),
};

const WITH_GICV3 = { guest: ['vgic-v3'], kconfig: ['CONFIG_GICV3'] } as const;

export const SGI: Shared = {
  group: 'interrupt-controller',
  answer: 'vgic_emulate',
  traps: ['HCR_IMO', 'HCR_FMO'],
  cells: both(
    emulated('Xen sends the software-generated interrupt to the vCPUs that it names.', {
      access: 'write',
      when: WITH_GICV3,
    }),
    { ...WRITE_ONLY, when: WITH_GICV3 },
    {
      how: 'absent',
      when: { guest: ['vgic-v2'] },
      note: 'The guest sends such interrupts by the registers of the distributor.',
    },
    UNDEFINED_FOR_USERS,
  ),
};

export const OTHER_SGI: Shared = {
  ...SGI,
  cells: both(
    undefined_('The case is there, and the virtual GIC has no answer to it.', {
      when: WITH_GICV3,
    }),
    {
      how: 'absent',
      when: { guest: ['vgic-v2'] },
      note: 'The guest has no system registers of a GIC.',
    },
  ),
};

export const GIC_INTERFACE: Shared = {
  group: 'interrupt-controller',
  answer: 'handle_raz_wi',
  traps: ['GICC_SRE_EL2_ENEL1'],
  cells: both(
    ...zeroAndIgnored(
      'On a host with a GICv3 it reads as zero, so that the guest uses the memory-mapped interface; a CPU without the interface of a GICv3 refuses the access itself.',
      { guest: ['vgic-v2'], kconfig: ['CONFIG_GICV3'] },
    ),
    onHardware('The register does not trap for a guest with a GICv3.', WITH_GICV3),
    KERNEL_ONLY,
  ),
};

export const ID: Shared = {
  group: 'id-register',
  answer: 'handle_ro_read_val',
  traps: ['HCR_TID3'],
  cells: both(
    ...constant('What all CPUs of the host have in common, less the features that Xen hides.'),
  ),
};

const IN_COMMON = 'What all CPUs of the host have in common, less the features that Xen hides';

/** Registers of AArch64 that describe AArch32; Xen reads them where a CPU runs it in user mode. */
export const ID_OF_AARCH32: Shared = {
  ...ID,
  cells: both(
    ...constant(`${IN_COMMON}; zero on a host whose CPUs do not run AArch32 in user mode.`),
  ),
};

/** Registers of AArch32. A Xen of 32 bits does not compare the CPUs of its host. */
export const AARCH32_ID: Shared = {
  ...ID,
  cells: both(...constant(`${IN_COMMON}; of a Xen of 32 bits, what the boot CPU has.`)),
};

export const MVFR2_OF_AARCH32: Shared = {
  ...ID,
  cells: both(...constant(`${IN_COMMON}; of a Xen of 32 bits, zero.`)),
};

/** Before Xen 4.16 the boot CPU stood for all. */
export const BOOT_CPU_ID: Shared = {
  ...ID,
  cells: both(...constant('What the boot CPU has, less the features that Xen hides.')),
};

export const SVE_ID: Shared = {
  ...ID,
  cells: both(
    ...constant('What all CPUs of the host have in common, less the features that Xen hides.'),
    emulated('The fields about SVE are those of the host.', {
      access: 'read',
      when: { guest: ['sve'], kconfig: ['CONFIG_ARM64_SVE'] },
    }),
  ),
};

export const RESERVED: Shared = {
  group: 'id-register',
  answer: 'handle_ro_raz',
  traps: ['HCR_TID3'],
  cells: both(
    ...constant(
      'Reads as zero, as the architecture has it for unassigned registers; those that it has assigned since are hidden by that.',
    ),
  ),
};

export const DCC_STATUS_BEFORE: Shared = {
  ...DCC_STATUS,
  answer: 'handle_ro_raz',
  cells: both(...zeroReadOnly('Reads as zero.')),
};

export const DEBUG_LOCK: Shared = {
  group: 'debug',
  answer: 'handle_wo_wi',
  traps: ['HDCR_TDOSA'],
  cells: both(
    { how: 'refused', by: 'xen', effect: 'ignored', access: 'write' },
    WRITE_ONLY,
    KERNEL_ONLY,
  ),
};

export const DEBUG_LOCK_STATUS: Shared = {
  group: 'debug',
  answer: 'handle_ro_read_val',
  traps: ['HDCR_TDOSA'],
  cells: both(...constant('A constant: the lock is implemented and not locked.')),
};

export const DEBUG_DOUBLE_LOCK: Shared = {
  ...DEBUG,
  traps: ['HDCR_TDOSA'],
  cells: both(...zeroAndIgnored('Reads as zero.'), KERNEL_ONLY),
};
