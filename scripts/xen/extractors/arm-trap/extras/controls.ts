/** Bits of trap controls that stand in no list of a header. */
import { both, emulated, onHardware, undefined_, zeroAndIgnored } from '../treatment.ts';
import type { Extra } from './extra.ts';

export const OTHER_CONTROLS: readonly Extra[] = [
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
      onHardware('The bit is set: the register does not trap.', {
        guest: ['vgic-v3'],
        kconfig: ['CONFIG_GICV3'],
      }),
      ...zeroAndIgnored(
        'The bit is clear, on a host with a GICv3: the register reads as zero, so that the guest uses the memory-mapped interface.',
        { guest: ['vgic-v2'], kconfig: ['CONFIG_GICV3'], bits: 64 },
      ),
      undefined_('The bit is clear, on a host with a GICv3, and no case names the register.', {
        when: { guest: ['vgic-v2'], kconfig: ['CONFIG_GICV3'], bits: 32 },
      }),
    ),
  },
];
