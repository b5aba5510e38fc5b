/** What no switch names and what does not trap at all, each with the place of the source that shows it. */
import {
  both,
  type Cells,
  emulated,
  error,
  type Group,
  mediated,
  onHardware,
  type Place,
  undefined_,
  zeroAndIgnored,
} from './treatment.ts';

export interface Extra {
  readonly since?: string;
  readonly until?: string;
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly register?: string;
  readonly function?: string;
  readonly names: readonly string[];
  /** Function that shows it: the first evidence. */
  readonly place: Place & { readonly symbol: string };
  readonly answer?: string;
  readonly traps?: readonly string[];
  readonly bits?: 32 | 64;
  readonly cells: Cells;
  readonly places?: readonly Place[];
}

const TRAPS = 'xen/arch/arm/traps.c';
const VSMC = 'xen/arch/arm/vsmc.c';

const HVC: readonly Extra[] = [
  {
    id: 'hvc-hypercall',
    title: 'HVC #XEN_HYPERCALL_TAG: hypercall',
    group: 'hvc',
    function: 'XEN_HYPERCALL_TAG',
    names: ['XEN_HYPERCALL_TAG'],
    place: { path: TRAPS, symbol: 'do_trap_hypercall', anchor: 'XEN_HYPERCALL_TAG' },
    cells: both({
      how: 'paravirtualized',
      by: 'xen',
      note: 'The number is in x16 or r12; the facts of hypercalls say which there are.',
    }),
    places: [{ path: 'xen/include/public/arch-arm.h', symbol: 'XEN_HYPERCALL_TAG' }],
  },
  {
    id: 'hvc-smccc',
    title: 'HVC #0: call of the SMC calling convention',
    group: 'hvc',
    names: ['0'],
    place: { path: VSMC, symbol: 'do_trap_hvc_smccc' },
    answer: 'vsmccc_handle_call',
    cells: both(emulated('The same as SMC: the owner of the function says who answers.')),
  },
  {
    id: 'hvc-other',
    title: 'HVC with another immediate',
    group: 'hvc',
    names: [],
    place: { path: TRAPS, symbol: 'do_trap_hypercall', anchor: 'inject_undef_exception' },
    answer: 'inject_undef_exception',
    cells: both(
      undefined_('Undefined instruction exception; a debug build prints for some immediates.'),
    ),
  },
  {
    id: 'smccc-existing',
    title: 'SMCCC: calls from before the convention',
    group: 'smccc',
    names: ['ARM_SMCCC_RESERVED_RANGE_START', 'ARM_SMCCC_RESERVED_RANGE_END'],
    place: { path: VSMC, symbol: 'vsmccc_handle_call', anchor: 'handle_existing_apis' },
    answer: 'handle_existing_apis',
    traps: ['HCR_TSC'],
    cells: both(
      emulated('Xen answers the calls of PSCI 0.1.'),
      error('The call returns that the function is not known.'),
    ),
  },
  {
    id: 'smccc-64-bit-call',
    title: 'SMCCC: 64-bit calls of a 32-bit domain',
    group: 'smccc',
    names: ['smccc_is_conv_64'],
    place: { path: VSMC, symbol: 'vsmccc_handle_call', anchor: 'smccc_is_conv_64' },
    traps: ['HCR_TSC'],
    bits: 32,
    cells: both(error('The call returns that the function is not known.', { when: { bits: 32 } })),
  },
];

const EXCEPTIONS: readonly Extra[] = [
  {
    id: 'exception-serror',
    title: 'SError while a guest runs',
    group: 'exception',
    names: ['do_trap_guest_serror'],
    place: { path: TRAPS, symbol: 'do_trap_guest_serror' },
    answer: '__do_trap_serror',
    traps: ['HCR_AMO'],
    cells: both(emulated('Xen makes a virtual SError of the guest pending.'), {
      how: 'refused',
      by: 'xen',
      effect: 'crash',
      when: { cmdline: 'serrors=panic' },
      note: 'The host panics.',
    }),
  },
  {
    id: 'exception-irq',
    title: 'Interrupt while a guest runs',
    group: 'exception',
    names: ['do_trap_irq'],
    place: { path: TRAPS, symbol: 'do_trap_irq' },
    answer: 'gic_interrupt',
    traps: ['HCR_IMO'],
    cells: both(
      emulated(
        'Xen takes it, and makes the virtual one of the domain to which it belongs pending.',
      ),
    ),
  },
];

const untrapped = (
  id: string,
  title: string,
  registers: string,
  place: Extra['place'],
  cells: Cells,
  places: readonly Place[] = [],
): Extra => ({
  id: `untrapped-${id}`,
  title,
  group: 'untrapped',
  register: title,
  names: registers.split(' '),
  place,
  cells,
  places,
});

const GICV2_INTERFACE = untrapped(
  'gicv2-interface',
  'CPU interface of the GICv2',
  'GICC GICV',
  { path: TRAPS, symbol: 'try_map_mmio', anchor: 'vbase' },
  both(
    onHardware('The guest has the virtual CPU interface of the GIC mapped in its place.', {
      guest: ['vgic-v2'],
    }),
    {
      how: 'absent',
      when: { guest: ['vgic-v3'] },
      note: 'The guest has system registers instead.',
    },
  ),
);

const UNTRAPPED: readonly Extra[] = [
  untrapped(
    'virtual-timer',
    'Virtual timer and counter',
    'CNTV_CTL_EL0 CNTV_TVAL_EL0 CNTV_CVAL_EL0 CNTVCT_EL0',
    { path: 'xen/arch/arm/vtimer.c', symbol: 'virt_timer_restore', anchor: 'CNTVOFF_EL2' },
    both(
      onHardware(
        'The guest programs the timer of the CPU; Xen takes its interrupt and injects the virtual one, and uses a timer of its own while the vCPU does not run.',
      ),
    ),
    [{ path: 'xen/arch/arm/time.c', symbol: 'vtimer_interrupt' }],
  ),
  untrapped(
    'physical-counter',
    'Physical counter and its frequency',
    'CNTPCT_EL0 CNTFRQ_EL0',
    {
      path: 'xen/arch/arm/time.c',
      symbol: 'init_timer_interrupt',
      anchor: 'CNTHCTL_EL2_EL1PCTEN',
    },
    both(onHardware('The guest reads the counter of the CPU, without an offset.')),
  ),
  untrapped(
    'fp-simd',
    'Floating point and SIMD registers',
    'V0 V31 FPSR FPCR',
    { path: 'xen/arch/arm/domain.c', symbol: 'ctxt_switch_to', anchor: 'vfp_restore_state' },
    both(onHardware('Xen switches them with the vCPU.')),
  ),
  untrapped(
    'identity',
    'Identity of the CPU: MIDR and MPIDR',
    'MIDR_EL1 MPIDR_EL1',
    { path: 'xen/arch/arm/domain.c', symbol: 'ctxt_switch_to', anchor: 'VMPIDR_EL2' },
    both(
      onHardware(
        'The CPU answers with the values that Xen loads: its own MIDR, and the affinity of the vCPU.',
      ),
    ),
  ),
  untrapped(
    'kernel-state',
    'Registers of the guest’s kernel',
    'SCTLR_EL1 TTBR0_EL1 TTBR1_EL1 TCR_EL1 MAIR_EL1 VBAR_EL1 CPACR_EL1 TPIDR_EL1 TPIDR_EL0 PAR_EL1',
    { path: 'xen/arch/arm/domain.c', symbol: 'ctxt_switch_to', anchor: 'VBAR_EL1' },
    both(
      onHardware('Xen switches them with the vCPU.', { guest: ['!set-way-flush'] }),
      mediated('Writes to the registers of virtual memory trap.', {
        when: { guest: ['set-way-flush'] },
        access: 'write',
      }),
    ),
  ),
  untrapped(
    'maintenance',
    'TLB maintenance, and cache maintenance by address',
    'TLBI DC IC',
    { path: TRAPS, symbol: 'get_default_hcr_flags', anchor: 'HCR_FB' },
    both(onHardware('The CPU performs and broadcasts them.')),
  ),
  untrapped(
    'gicv3-interface',
    'CPU interface of the GICv3',
    'ICC_IAR1_EL1 ICC_EOIR1_EL1 ICC_DIR_EL1 ICC_PMR_EL1 ICC_BPR1_EL1 ICC_CTLR_EL1 ICC_IGRPEN1_EL1',
    { path: 'xen/arch/arm/gic-v3.c', symbol: 'gicv3_restore_state', anchor: 'GICC_SRE_EL2_ENEL1' },
    both(
      onHardware('The CPU answers with virtual registers and the list registers of Xen.', {
        guest: ['vgic-v3'],
        kconfig: ['CONFIG_GICV3'],
      }),
      {
        how: 'absent',
        when: { guest: ['vgic-v2'] },
        note: 'The guest has the memory-mapped interface.',
      },
    ),
  ),
  { ...GICV2_INTERFACE, since: '4.18' },
  {
    ...GICV2_INTERFACE,
    until: '4.18',
    place: { path: 'xen/arch/arm/vgic-v2.c', symbol: 'vgic_v2_domain_init', anchor: 'vbase' },
  },
  untrapped(
    'guest-exceptions',
    'System calls, breakpoints and faults of the guest',
    'SVC BRK',
    { path: TRAPS, symbol: 'get_default_hcr_flags' },
    both(
      onHardware('The CPU takes them to the kernel of the guest; only the second stage is Xen’s.'),
    ),
  ),
];

const CONTROLS: readonly Extra[] = [
  {
    id: 'control-cnthctl-el1pcen',
    title: 'CNTHCTL_EL2_EL1PCEN: access to the physical timer',
    group: 'trap-control',
    register: 'CNTHCTL_EL2',
    names: ['CNTHCTL_EL2_EL1PCEN'],
    place: { path: 'xen/arch/arm/time.c', symbol: 'init_timer_interrupt', anchor: 'CNTHCTL_EL2' },
    cells: both(emulated('Xen leaves the bit clear: the physical timer traps.')),
  },
  {
    id: 'control-cnthctl-el1pcten',
    title: 'CNTHCTL_EL2_EL1PCTEN: access to the physical counter',
    group: 'trap-control',
    register: 'CNTHCTL_EL2',
    names: ['CNTHCTL_EL2_EL1PCTEN'],
    place: {
      path: 'xen/arch/arm/time.c',
      symbol: 'init_timer_interrupt',
      anchor: 'CNTHCTL_EL2_EL1PCTEN',
    },
    cells: both(onHardware('Xen sets the bit: the physical counter does not trap.')),
  },
  {
    id: 'control-icc-sre-enable',
    title: 'GICC_SRE_EL2_ENEL1: access to ICC_SRE_EL1',
    group: 'trap-control',
    register: 'ICC_SRE_EL2',
    names: ['GICC_SRE_EL2_ENEL1'],
    place: { path: 'xen/arch/arm/gic-v3.c', symbol: 'gicv3_restore_state', anchor: 'GIC_V2' },
    cells: both(
      onHardware('The bit is set: the register does not trap.', { guest: ['vgic-v3'] }),
      ...zeroAndIgnored('The bit is clear: the register reads as zero.', { guest: ['vgic-v2'] }),
    ),
  },
];

export const EXTRAS: readonly Extra[] = [...HVC, ...EXCEPTIONS, ...CONTROLS, ...UNTRAPPED];
