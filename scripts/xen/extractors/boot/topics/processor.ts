/** What a kernel asks of the CPU besides memory and interrupts. */
import { type AuthoredHandling, at, byXenOutside, sinceOption } from '../../../authored.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const MM = 'xen/arch/x86/mm.c';
const MISC = 'xen/arch/x86/pv/misc-hypercalls.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const VGIC = 'xen/arch/arm/vgic.c';

/** Xen makes CPUID trap on AMD as well. */
const USER_DISABLE = '4.18';

/** Where plain CPUID of a PV guest does not trap. */
function withoutTrap(handling: AuthoredHandling): readonly [AuthoredHandling, AuthoredHandling] {
  return [
    {
      ...handling,
      when: { feature: ['!cpuid-faulting', '!cpuid-user-dis'] },
      since: USER_DISABLE,
    },
    { ...handling, when: { feature: ['!cpuid-faulting'] }, until: USER_DISABLE },
  ];
}

/** Where it does. */
function withTrap(handling: AuthoredHandling): readonly [AuthoredHandling, AuthoredHandling] {
  return [
    { ...handling, when: { feature: ['cpuid-faulting'] } },
    { ...handling, when: { feature: ['cpuid-user-dis'] }, since: USER_DISABLE },
  ];
}

/** How the local APIC takes an interrupt to another vCPU. */
const IPIS = [
  emulated('The interrupt command register of the local APIC exits; Xen finds the targets.', {
    places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_ipi')],
  }),
  hardware('The target takes it without an exit.', {
    when: { vendor: 'intel', feature: ['posted-interrupts'] },
    places: [at(VMX, '__vmx_deliver_posted_interrupt')],
  }),
  hardware('An interrupt to the sender itself does not exit.', {
    when: { vendor: 'intel', feature: ['apicv'] },
    places: [at(VMX, 'vmx_vlapic_msr_changed')],
  }),
] as const;

/** How a guest in an HVM container drops translations. */
const FLUSHES = [
  hardware('INVLPG and loads of CR3; other vCPUs by interrupts between vCPUs.', {
    when: { paging: 'hap' },
  }),
  emulated('INVLPG and loads of CR3 exit.', {
    when: { paging: 'shadow' },
    places: [at('xen/arch/x86/mm/shadow/multi.c', 'sh_invlpg')],
  }),
  pv('HVMOP_flush_tlbs.', { places: [at('xen/arch/x86/hvm/hvm.c', 'hvmop_flush_tlb_all')] }),
] as const;

export const PROCESSOR: readonly Topic[] = [
  {
    id: 'ipi',
    topic: 'interrupts between vCPUs',
    area: 'interrupts',
    about: 'How one vCPU of a guest interrupts another.',
    places: [at('xen/common/event_channel.c', 'evtchn_bind_ipi')],
    cells: [
      ['pvs', pv('Event channels that are bound for it.')],
      ['hvms', ...IPIS, pv('Event channels that are bound for it, where the kernel uses them.')],
      [
        'hvm',
        ...IPIS,
        pv('Event channels that are bound for it, where the kernel uses them.', {
          when: { guest: ['pv-drivers'] },
        }),
        ...sinceOption(
          '4.22',
          'CONFIG_VIRIDIAN',
          pv('The hypercall of Viridian.', {
            when: { xl: { viridian: 'hcall_ipi' } },
            places: [at('xen/arch/x86/hvm/viridian/viridian.c', 'viridian_hypercall')],
          }),
        ),
      ],
      [
        'arms',
        emulated('Software-generated interrupts of the virtual GIC.', {
          places: [at(VGIC, 'vgic_to_sgi')],
        }),
      ],
    ],
  },
  {
    id: 'tlb-flush',
    topic: 'TLB flushes',
    area: 'memory',
    about: 'How a guest drops translations on its own and on other vCPUs.',
    places: [at(MM, 'do_mmuext_op')],
    cells: [
      [
        'pvs',
        pv('mmuext_op and update_va_mapping, for one page or all, on one vCPU or several.'),
        {
          how: 'refused',
          by: 'xen',
          effect: '#GP',
          note: 'INVLPG, and INVPCID and INVLPGB where the host has them.',
        },
        emulated('MOV to CR3.', { when: { guest: ['!user-mode', 'valid-page-table'] } }),
      ],
      [
        'hvm',
        ...FLUSHES,
        pv('The hypercalls of Viridian.', {
          when: { xl: { viridian: 'hcall_remote_tlb_flush' } },
          places: [at('xen/arch/x86/hvm/viridian/viridian.c', 'viridian_hypercall')],
        }),
      ],
      ['pvh', ...FLUSHES],
      ['pvh-dom0', ...FLUSHES],
      ['arms', hardware('The TLBI instructions, which reach other CPUs as well.')],
    ],
  },
  {
    id: 'spinlocks',
    topic: 'spinning on locks',
    area: 'cpus',
    about: 'What keeps a vCPU from spinning on a lock whose holder does not run.',
    places: [at('xen/common/sched/core.c', 'do_sched_op')],
    cells: [
      ['pvs', pv('SCHEDOP_poll on an event channel.')],
      [
        'hvms',
        hardware('The CPU finds loops of PAUSE and exits, and Xen lets another vCPU run.', {
          when: { feature: ['pause-filter'] },
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', undefined, 'ple_gap')],
        }),
        pv('SCHEDOP_poll on an event channel, where the kernel uses it.'),
      ],
      [
        'arms',
        emulated('WFE traps, and Xen lets another vCPU run.', {
          places: [at('xen/arch/arm/traps.c', 'parse_vwfi')],
        }),
        hardware('WFE does not trap, and the CPU waits.', { when: { cmdline: 'vwfi=native' } }),
      ],
    ],
  },
  {
    id: 'fpu',
    topic: 'floating point and CR0.TS',
    area: 'cpus',
    about: 'Who switches the state of the floating-point unit for the kernel.',
    places: [at(MISC, 'do_fpu_taskswitch')],
    cells: [
      [
        'pvs',
        pv('fpu_taskswitch sets and clears CR0.TS.'),
        emulated('CLTS and writes of CR0 that change TS only.', {
          places: [at('xen/arch/x86/pv/emul-priv-op.c', 'write_cr')],
        }),
      ],
      [
        'hvms',
        hardware('The CPU; Xen switches the state between vCPUs.', {
          places: [at('xen/arch/x86/i387.c', 'vcpu_save_fpu')],
        }),
        emulated('CLTS, LMSW and MOV to CR0 exit when they change TS.', {
          when: { vendor: 'intel', guest: ['owned-bit-changes'] },
        }),
        emulated('Every write of CR0 exits.', { when: { vendor: 'amd' } }),
      ],
      [
        'arms',
        hardware('The CPU; Xen switches the state between vCPUs.', {
          places: [at('xen/arch/arm/arm64/vfp.c', 'vfp_restore_state')],
        }),
      ],
    ],
  },
  {
    id: 'debug-registers',
    topic: 'debug registers',
    area: 'cpus',
    about: 'How a guest sets hardware breakpoints.',
    places: [at(MISC, 'set_debugreg')],
    cells: [
      [
        'pvs',
        pv('set_debugreg and get_debugreg.'),
        emulated('MOV to and from debug registers.', {
          places: [at('xen/arch/x86/pv/emul-priv-op.c', undefined, 'x86emul_write_dr')],
        }),
      ],
      [
        'hvms',
        emulated('The first access exits, and Xen loads the registers.', {
          when: { guest: ['!debug-registers-loaded'] },
          places: [at(VMX, 'vmx_dr_access')],
        }),
        hardware('Further ones do not exit.', { when: { guest: ['debug-registers-loaded'] } }),
      ],
      [
        'arms',
        {
          how: 'refused',
          by: 'xen',
          effect: 'zero',
          note: 'The registers of the debug unit trap and ignore writes.',
          places: [at('xen/arch/arm/arm64/vsysreg.c', 'do_sysreg')],
        },
      ],
    ],
  },
  {
    id: 'real-mode',
    topic: 'real mode',
    area: 'cpus',
    about: 'How 16-bit code without protection runs.',
    places: [at('xen/arch/x86/hvm/vmx/realmode.c', 'vmx_realmode')],
    cells: [
      ['pvs', absent('PV kernels start in protected or long mode and cannot leave it.')],
      [
        'hvms',
        hardware('The CPU.', { when: { vendor: 'amd' } }),
        hardware('The CPU.', {
          when: { vendor: 'intel', paging: 'hap', feature: ['unrestricted-guest'] },
        }),
        emulated('Xen emulates the instructions, and runs what it can in virtual-8086 mode.', {
          when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
        }),
        emulated('As without unrestricted guest, which needs HAP.', {
          when: { vendor: 'intel', paging: 'shadow' },
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', 'construct_vmcs')],
        }),
      ],
      [
        'pvh',
        hardware('The CPU.', { when: { vendor: 'amd' } }),
        hardware('The CPU.', {
          when: { vendor: 'intel', paging: 'hap', feature: ['unrestricted-guest'] },
        }),
        emulated('Xen emulates every instruction, as nothing sets virtual-8086 mode up.', {
          when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
          places: [at('xen/arch/x86/hvm/vmx/vmx.c', undefined, 'HVM_PARAM_VM86_TSS_SIZED')],
        }),
        emulated('As without unrestricted guest, which needs HAP.', {
          when: { vendor: 'intel', paging: 'shadow' },
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', 'construct_vmcs')],
        }),
      ],
      ['arms', absent('Arm has no such mode.')],
    ],
  },
  {
    id: 'p2m-tables',
    topic: 'tables between guest and machine addresses',
    area: 'memory',
    about: 'Which tables of translation a guest keeps or sees.',
    places: [at(MM, 'arch_memory_op')],
    cells: [
      [
        'pvs',
        pv(
          'The guest keeps the p2m list and tells its place in shared info; Xen maps the m2p table read-only for it.',
          { places: [at('xen/include/public/arch-x86/xen.h', 'arch_shared_info')] },
        ),
      ],
      [
        'hvms',
        absent('None; Xen keeps the translation. XENMEM_machphys_mapping is refused.', {
          places: [at('xen/arch/x86/hvm/hypercall.c', 'hvm_memory_op')],
        }),
      ],
      ['arms', absent('None; Xen keeps the translation.')],
    ],
  },
  {
    id: 'superpages',
    topic: 'large pages',
    area: 'memory',
    about:
      'Whether the page tables of a guest may map large pages, and whether Xen backs them by such.',
    places: [at('xen/arch/x86/mm/p2m.c', undefined, 'opt_hap_2mb')],
    cells: [
      [
        'pvs',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'Xen accepts no entries of large pages.',
          places: [at(MM, 'get_page_from_l2e')],
        },
      ],
      [
        'hvms',
        hardware(
          'The guest uses them freely; Xen backs them by pages of 2 MiB and 1 GiB where it can, unless hap_2mb=0 or hap_1gb=0.',
          { when: { paging: 'hap' } },
        ),
        emulated('Shadow page tables split them.', { when: { paging: 'shadow' } }),
      ],
      ['arms', hardware('The guest uses them freely; stage 2 has large blocks where it can.')],
    ],
  },
  {
    id: 'cpu-topology',
    topic: 'topology of CPUs',
    area: 'cpus',
    about: 'Which cores and threads the vCPUs seem to be.',
    places: [at('tools/libs/guest/xg_cpuid_x86.c', 'xc_cpuid_apply_policy')],
    cells: [
      [
        'pvs',
        ...withoutTrap(native('That of the host, since plain CPUID does not trap.')),
        ...withTrap(emulated('That of the policy, which libxl leaves close to the host.')),
      ],
      [
        'pv-dom0',
        ...withoutTrap(native('That of the host, since plain CPUID does not trap.')),
        ...withTrap(
          emulated('That of its policy, with some words of the host.', {
            places: [at('xen/arch/x86/cpu/common.c', undefined, 'opt_dom0_cpuid_faulting')],
          }),
        ),
        native('That of the host: the option turns the trap off for dom0.', {
          when: { cmdline: 'dom0=no-cpuid-faulting' },
        }),
      ],
      [
        'pv-shim',
        emulated('That of the policy which the shim gives its guest.', {
          when: { feature: ['cpuid-faulting'] },
        }),
        byXenOutside(
          emulated('Plain CPUID leaves the container, and shows the topology of its vCPUs.', {
            when: { feature: ['!cpuid-faulting'] },
          }),
        ),
      ],
      ['hvms', emulated('Each vCPU is a core of its own: its APIC ID is twice its number.')],
      [
        'arms',
        emulated('The affinity in the virtual MPIDR.', {
          places: [at('xen/arch/arm/domain.c', 'arch_vcpu_create')],
        }),
      ],
    ],
  },
  {
    id: 'microcode',
    topic: 'microcode',
    area: 'cpus',
    about: 'Who loads microcode into the CPUs of the host.',
    places: [at('xen/arch/x86/platform_hypercall.c', 'do_platform_op')],
    cells: [
      ['all', absent('Guests cannot; writes to the MSR are dropped or refused.')],
      ['pv-dom0', pv('Xen, at boot, or from an image that dom0 gives by platform_op.')],
      ['pvh-dom0', pv('Xen, at boot, or from an image that dom0 gives by platform_op.')],
      ['arms', absent('Arm CPUs have none.')],
    ],
  },
];
