/** Interrupt controllers, interrupts of devices, and exceptions. */
import { at } from '../../../authored.ts';
import { MEANINGS } from '../../emulation-flag/meanings.ts';
import { absent, emulated, hardware, passedThrough, pv, type Topic } from '../topic.ts';

const IRQ = 'xen/arch/x86/hvm/irq.c';

const TRAPS = 'xen/arch/x86/pv/traps.c';

const VMCS = 'xen/arch/x86/hvm/vmx/vmcs.c';

const SHIM = 'xen/arch/x86/pv/shim.c';

const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';

const EXCEPTION_BITMAP = at(VMX, 'vmx_update_exception_bitmap');

const BREAKPOINTS_EXIT = at(VMCS, undefined, 'debug_state_latch');

const REAL_MODE_EXCEPTIONS =
  'Every exception exits in real mode, and all but #PF, NMI and #MC make the emulator run the instruction.';

const TIED = 'Xen takes the interrupt and injects a virtual one, tied to it.';
const ENDED = 'The guest’s end of the virtual one ends the physical one without Xen.';

const NOT_POSTED = [
  absent('Elsewhere.', { when: { vendor: 'intel', feature: ['!posted-interrupts'] } }),
  absent('There is no AVIC.', { when: { vendor: 'amd' } }),
] as const;

const POSTED_BY_VTD = {
  vendor: 'intel',
  feature: ['posted-interrupts', 'iommu'],
  cmdline: 'iommu=intpost',
} as const;

/** What of the local APIC the CPU serves without Xen. */
const SERVED_BY_CPU = (MEANINGS['LAPIC']?.provided('pvh') ?? [])
  .filter(({ how }) => how === 'hardware')
  .map((one) => ({ ...one, note: `Of the local APIC: ${one.note}` }));

const GIC = [
  hardware('The CPU interface of the virtual GIC.', {
    places: [at('xen/arch/arm/gic-vgic.c', 'gic_raise_guest_irq')],
  }),
  emulated('Of the CPU interface, the registers that send interrupts to other vCPUs.', {
    when: { guest: ['vgic-v3'], kconfig: ['CONFIG_GICV3'] },
    places: [at('xen/arch/arm/vgic-v3.c', 'vgic_v3_emulate_sysreg')],
  }),
  emulated('The distributor.', { places: [at('xen/arch/arm/vgic.c', 'domain_vgic_init')] }),
  emulated('The redistributors.', {
    when: { guest: ['vgic-v3'], kconfig: ['CONFIG_GICV3'] },
    places: [at('xen/arch/arm/vgic-v3.c', 'vgic_v3_rdistr_mmio_read')],
  }),
] as const;

const UPDATE_POSTED = [
  { ...at(VMX, 'vmx_pi_update_irte'), since: '4.18' },
  { ...at('xen/drivers/passthrough/vtd/intremap.c', 'pi_update_irte'), until: '4.18' },
] as const;

const BIND = [
  { ...at('xen/drivers/passthrough/x86/hvm.c', 'pt_irq_create_bind'), since: '4.15' },
  { ...at('xen/drivers/passthrough/io.c', 'pt_irq_create_bind'), until: '4.15' },
] as const;

export const DEVICE_INTERRUPTS: readonly Topic[] = [
  {
    id: 'interrupt-controller',
    topic: 'interrupt controllers',
    area: 'interrupts',
    about: 'The interrupt controllers that a guest sees.',
    places: [at('xen/arch/x86/domain.c', 'emulation_flags_ok')],
    cells: [
      ['pvs', absent('None: event channels stand for them.')],
      [
        'pv-dom0',
        pv(
          'It programs the IO-APICs of the host by physdev_op; event channels stand for the rest.',
          { places: [at('xen/arch/x86/physdev.c', 'do_physdev_op')] },
        ),
      ],
      [
        'pvh',
        emulated('The local APIC.', { places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init')] }),
        ...SERVED_BY_CPU,
      ],
      [
        'pvh-dom0',
        emulated('The local APIC, and IO-APICs like those of the host.', {
          places: [at('xen/arch/x86/hvm/vioapic.c', 'vioapic_init')],
        }),
        ...SERVED_BY_CPU,
      ],
      [
        'hvm',
        emulated('The local APIC, one IO-APIC and two PICs.', {
          places: [at('xen/arch/x86/hvm/vioapic.c', 'vioapic_init')],
        }),
        ...SERVED_BY_CPU,
      ],
      ['arms', ...GIC],
      [
        'arm-dom0',
        ...GIC,
        emulated('An ITS for each of the host.', {
          when: { guest: ['vgic-v3'], kconfig: ['CONFIG_HAS_ITS'] },
          places: [at('xen/arch/arm/vgic-v3-its.c', 'vgic_v3_its_init_domain')],
        }),
      ],
    ],
  },
  {
    id: 'posted-interrupts',
    topic: 'posted interrupts',
    area: 'interrupts',
    about:
      'Interrupts that reach a running vCPU without an exit: from other CPUs (CPU side), and from devices (VT-d).',
    places: [at(VMCS, 'vmx_init_vmcs_config')],
    cells: [
      ['pvs', absent('PV guests have no local APIC.')],
      [
        'hvms',
        hardware('On the CPU side.', { when: { vendor: 'intel', feature: ['posted-interrupts'] } }),
        ...NOT_POSTED,
      ],
      [
        'pvh-dom0',
        hardware('On the CPU side.', { when: { vendor: 'intel', feature: ['posted-interrupts'] } }),
        hardware(
          'Of its devices, by VT-d; the hooks that keep the descriptor with the vCPU are those of assigned devices only.',
          {
            when: POSTED_BY_VTD,
            places: BIND,
          },
        ),
        ...NOT_POSTED,
      ],
      [
        'hvm',
        hardware('On the CPU side.', { when: { vendor: 'intel', feature: ['posted-interrupts'] } }),
        hardware('Of assigned devices, by VT-d.', {
          when: { ...POSTED_BY_VTD, guest: ['pci-device'] },
          places: UPDATE_POSTED,
        }),
        ...NOT_POSTED,
      ],
      ['arms', absent('The GIC of version 4 is not used for it.')],
    ],
  },
  {
    id: 'physical-interrupts',
    topic: 'interrupts of physical devices',
    area: 'interrupts',
    about: 'How the interrupt of a device that the guest drives reaches it.',

    places: [at('xen/common/event_channel.c', 'evtchn_bind_pirq')],
    cells: [
      ['pvs', pv('A PIRQ that is bound to an event channel.', { when: { guest: ['pci-device'] } })],
      [
        'pv-shim',
        {
          how: 'refused',
          by: 'shim',
          effect: 'error',
          note: 'The shim has no PIRQs.',
          places: [at(SHIM, 'pv_shim_event_channel_op')],
        },
      ],
      ['pv-dom0', pv('A PIRQ that is bound to an event channel.')],
      ['pvh', absent('libxl passes no device through to PVH guests.')],
      [
        'pvh-dom0',
        emulated('The virtual IO-APIC, and MSI and MSI-X by virtual PCI.', {
          places: [at('xen/drivers/vpci/msi.c', 'init_msi')],
        }),
        hardware('VT-d posts an MSI or MSI-X to the vCPU.', { when: POSTED_BY_VTD, places: BIND }),
      ],
      [
        'hvm',
        emulated('Xen injects it through the virtual IO-APIC or as an MSI.', {
          when: { guest: ['pci-device'] },
          places: [
            { ...at('xen/drivers/passthrough/x86/hvm.c', 'hvm_do_IRQ_dpci'), since: '4.15' },
            { ...at('xen/drivers/passthrough/io.c', 'hvm_do_IRQ_dpci'), until: '4.15' },
          ],
        }),
        hardware('VT-d posts an MSI or MSI-X to the vCPU.', {
          when: { ...POSTED_BY_VTD, guest: ['pci-device'] },
          places: [...BIND, ...UPDATE_POSTED],
        }),
        pv('As a PIRQ over an event channel.', {
          when: { guest: ['pirq-bound'], xl: { hvm_pirq: true } },
          since: '4.19',
        }),
        pv('As a PIRQ over an event channel.', {
          when: { guest: ['pirq-bound'] },
          until: '4.19',
        }),
      ],
      [
        'arms',
        emulated(TIED, {
          when: { guest: ['platform-device'] },
          places: [at('xen/arch/arm/gic.c', 'gic_route_irq_to_guest')],
        }),
        hardware(ENDED, { when: { guest: ['platform-device'] } }),
      ],
      [
        'arm-dom0',
        emulated(TIED, {
          places: [at('xen/arch/arm/gic.c', 'gic_route_irq_to_guest')],
        }),
        hardware(ENDED),
      ],
    ],
  },
  {
    id: 'msi',
    topic: 'message-signalled interrupts',
    area: 'interrupts',
    about: 'Who programs the MSI and MSI-X of a device for the guest.',
    names: ['XEN_HVM_CPUID_EXT_DEST_ID'],
    places: [at('xen/arch/x86/msi.c', 'pci_enable_msi')],
    cells: [
      [
        'pv',
        pv('pciback in dom0 and Xen, on behalf of pcifront.', {
          by: 'dom0',
          when: { guest: ['pci-device'] },
        }),
      ],
      [
        'pv-dom0',
        pv('PHYSDEVOP_map_pirq: Xen programs the device.', {
          places: [at('xen/arch/x86/physdev.c', 'physdev_map_pirq')],
        }),
      ],
      ['pvh', absent('libxl passes no device through to PVH guests.')],
      ['pv-shim', absent('The shim has no PIRQs.')],
      [
        'pvh-dom0',
        emulated('Virtual PCI traps the capability, the table and the mask bits.', {
          places: [at('xen/drivers/vpci/msix.c', 'init_msix')],
        }),
      ],
      [
        'hvm',
        emulated(
          'QEMU emulates the capability and binds the interrupt; Xen traps the mask bits of the MSI-X table.',
          {
            by: 'qemu',
            when: { guest: ['pci-device'] },
            places: [at('xen/arch/x86/hvm/vmsi.c', 'msixtbl_pt_register')],
          },
        ),
        hardware('VT-d posts the interrupt to the vCPU.', {
          when: { ...POSTED_BY_VTD, guest: ['pci-device'] },
          places: UPDATE_POSTED,
        }),
      ],
      ['arm', absent('Guests have no ITS.')],
      [
        'arm-dom0',
        absent('With a GIC of version 3, since builds have no ITS by default.', {
          when: { guest: ['vgic-v3'], kconfig: ['!CONFIG_HAS_ITS'] },
        }),
        emulated('A virtual ITS, which passes commands on to that of the host.', {
          when: { guest: ['vgic-v3'], kconfig: ['CONFIG_HAS_ITS'] },
          places: [at('xen/arch/arm/vgic-v3-its.c', 'vgic_v3_its_init_domain')],
        }),
        passedThrough(
          'The frames of GICv2m, where the host has them, are mapped to dom0, and their interrupts are routed to it.',
          {
            when: { guest: ['vgic-v2'] },
            places: [at('xen/arch/arm/gic-v2.c', undefined, 'gicv2m_info')],
          },
        ),
      ],
    ],
  },
  {
    id: 'nmi',
    topic: 'NMIs',
    area: 'interrupts',
    about: 'How a guest gets a non-maskable interrupt.',
    names: ['CALLBACKTYPE_nmi', 'VCPUOP_send_nmi'],
    places: [
      { ...at('xen/arch/x86/domain.c', undefined, 'VCPUOP_send_nmi'), since: '4.14' },
      { ...at('xen/common/domain.c', undefined, 'VCPUOP_send_nmi'), until: '4.14' },
    ],
    cells: [
      [
        'pvs',
        pv('A callback that the guest registers; VCPUOP_send_nmi.', {
          places: [at(TRAPS, 'pv_raise_nmi')],
        }),
      ],
      [
        'pv-dom0',
        pv(
          'As a PV guest; those of the host go to it with nmi=dom0, the default of a build that is not for debugging.',
          {
            places: [at(TRAPS, 'pv_raise_nmi')],
          },
        ),
      ],
      [
        'hvms',
        emulated('By the local APIC, VCPUOP_send_nmi or the toolstack; the CPU delivers it.', {
          places: [at(IRQ, 'hvm_vcpu_has_pending_irq')],
        }),
        hardware('The CPU keeps the next one back while one is handled.', {
          when: { vendor: 'intel' },
        }),
        hardware('The CPU keeps the next one back while one is handled.', {
          when: { vendor: 'amd', feature: ['vnmi'] },
          since: '4.22',
        }),
      ],
      ['arms', absent('Arm has no NMI for guests.')],
    ],
  },
  {
    id: 'exceptions',
    topic: 'exceptions and system calls',
    area: 'interrupts',
    about: 'Who delivers an exception or a system call to the kernel of the guest.',
    places: [at(TRAPS, 'pv_inject_event')],
    cells: [
      [
        'pvs',
        pv(
          'The guest registers handlers by set_trap_table and callbacks; Xen takes every exception and every SYSCALL, and bounces it.',
          { places: [at('xen/arch/x86/pv/callback.c', 'do_set_trap_table')] },
        ),
      ],
      [
        'hvms',
        hardware('The CPU, by the IDT of the guest.', { places: [EXCEPTION_BITMAP] }),
        emulated('#DB, #AC and #MC exit; Xen hands on those of the guest.', {
          places: [at('xen/arch/x86/include/asm/hvm/hvm.h', 'HVM_TRAP_MASK')],
        }),
        emulated('#PF exits; Xen mends the shadow page tables or hands it on.', {
          when: { paging: 'shadow' },
          places: [at('xen/arch/x86/mm/shadow/multi.c', 'sh_page_fault')],
        }),
        emulated('#BP exits as well where introspection asks for it.', {
          when: { guest: ['introspection'] },
          places: [BREAKPOINTS_EXIT],
        }),
        emulated('#BP exits as well while a debugger is attached.', {
          when: { guest: ['being-debugged'] },
          places: [BREAKPOINTS_EXIT],
        }),
        emulated('#UD exits as well, for the prefix of forced emulation.', {
          when: { cmdline: 'hvm_fep', kconfig: ['CONFIG_HVM_FEP'] },
          places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_ud_intercept')],
        }),
        emulated('#NM exits as well, until the guest has used its FPU.', {
          when: { feature: ['!eager-fpu'] },
          places: [at(VMX, 'vmx_fpu_enter')],
          until: '4.22',
        }),
        emulated(REAL_MODE_EXCEPTIONS, {
          when: { vendor: 'intel', feature: ['!unrestricted-guest'], guest: ['real-mode'] },
          places: [EXCEPTION_BITMAP],
        }),
        emulated(REAL_MODE_EXCEPTIONS, {
          when: { vendor: 'intel', paging: 'shadow', guest: ['real-mode'] },
          places: [EXCEPTION_BITMAP],
        }),
      ],
      ['arms', hardware('The CPU, by the vectors of the guest in EL1.')],
    ],
  },
];
