/** What does not trap, because Xen leaves a control clear or the hardware has a virtual copy. */
import { both, type Cells, mediated, onHardware, type Place } from '../treatment.ts';
import type { Extra } from './extra.ts';

const TRAPS = 'xen/arch/arm/traps.c';

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

export const UNTRAPPED: readonly Extra[] = [
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
  {
    ...untrapped(
      'id-registers',
      'Feature registers of the CPU',
      'ID_AA64PFR0_EL1 ID_AA64DFR0_EL1 ID_AA64ISAR0_EL1 ID_AA64MMFR0_EL1 ID_PFR0_EL1 ID_ISAR0_EL1 ID_MMFR0_EL1 MVFR0_EL1',
      { path: TRAPS, symbol: 'get_default_hcr_flags' },
      both(
        onHardware('The guest reads the registers of the CPU that it runs on: Xen hides nothing.'),
      ),
    ),
    until: '4.15',
  },
  {
    ...untrapped(
      'activity-monitors',
      'Activity monitors',
      'AMCR_EL0 AMUSERENR_EL0 AMEVCNTR00_EL0',
      { path: TRAPS, symbol: 'init_traps', anchor: 'HCPTR_TTA' },
      both(onHardware('Where the CPU has them the guest reaches them, as Xen sets no trap.')),
    ),
    until: '4.15',
  },
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
    both(
      onHardware(
        'The CPU performs them, and broadcasts those on the TLB and on the whole instruction cache.',
      ),
    ),
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
