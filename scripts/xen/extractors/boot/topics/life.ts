/** The life of a domain: sharing, shutdown, suspend, migration. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, emulated, pv, type Topic } from '../topic.ts';

const SCHED = 'xen/common/sched/core.c';
const SHIM = 'xen/arch/x86/pv/shim.c';
const HWDOM_SHUTDOWN = at('xen/common/shutdown.c', 'hwdom_shutdown');
const CREATE_DOM0 = [
  { ...at('xen/arch/x86/setup.c', 'create_dom0'), since: '4.14' },
  { ...at('xen/arch/x86/setup.c', '__start_xen'), until: '4.14' },
] as const;

const GRANTS = { when: { kconfig: ['CONFIG_GRANT_TABLE'] } } as const;
const NO_GRANTS = absent('Xen is built without grant tables.', {
  when: { kconfig: ['!CONFIG_GRANT_TABLE'] },
});

/** Xen does not track what a device writes. */
const NOT_LIVE = {
  how: 'refused',
  by: 'xen',
  effect: 'error',
  note: 'A guest with an assigned device is not migrated live: Xen cannot track the pages that the device writes.',
  when: { guest: ['pci-device'] },
  places: [at('xen/arch/x86/mm/paging.c', 'paging_log_dirty_enable')],
} as const;

const CRASHED =
  'SCHEDOP_shutdown with SHUTDOWN_crash; on_crash= says whether it is dumped, kept or restarted.';

export const LIFE: readonly Topic[] = [
  {
    id: 'shutdown',
    topic: 'shutdown and reboot',
    area: 'life',
    about: 'How a guest turns itself off or starts again.',
    names: [
      'SCHEDOP_shutdown',
      'SCHEDOP_shutdown_code',
      'SCHEDOP_remote_shutdown',
      'SHUTDOWN_poweroff',
      'SHUTDOWN_reboot',
      'SHUTDOWN_crash',
    ],
    places: [at(SCHED, 'do_sched_op')],
    cells: [
      ['pvs', pv('SCHEDOP_shutdown.')],
      [
        'pv-shim',
        pv('SCHEDOP_shutdown, which the shim passes on.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_shutdown')],
        }),
      ],
      [
        'pvh',
        pv(
          'SCHEDOP_shutdown; the FADT names PM1a and a reset register, but nothing answers there, and the DSDT has no S5.',
          { places: [at('tools/libacpi/static_tables.c', 'Fadt')] },
        ),
        emulated('A triple fault reboots the guest.', {
          places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_triple_fault')],
        }),
      ],
      [
        'hvm',
        emulated('ACPI S5 by the PM1a register, and the reset ports, of QEMU.', { by: 'qemu' }),
        pv('SCHEDOP_shutdown.'),
        emulated('A triple fault reboots the guest.', {
          places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_triple_fault')],
        }),
      ],
      [
        'pv-dom0',
        pv(
          'SCHEDOP_shutdown, and platform_op for the sleep states: Xen turns off or restarts the host.',
          { places: [at('xen/common/shutdown.c', 'hwdom_shutdown')] },
        ),
      ],
      [
        'pvh-dom0',
        pv(
          'SCHEDOP_shutdown, and platform_op for the sleep states: Xen turns off or restarts the host.',
          { places: [at('xen/common/shutdown.c', 'hwdom_shutdown')] },
        ),
        emulated('A triple fault restarts the host.', {
          places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_triple_fault')],
        }),
      ],
      [
        'arms',
        emulated('PSCI SYSTEM_OFF and SYSTEM_RESET.', {
          places: [at('xen/arch/arm/vpsci.c', 'do_vpsci_0_2_call')],
        }),
        pv('SCHEDOP_shutdown.'),
      ],
    ],
  },
  {
    id: 'suspend',
    topic: 'suspend, save and migration',
    area: 'life',
    about: 'How a guest is stopped so that it can be saved or moved.',
    names: ['SHUTDOWN_suspend'],
    places: [at('tools/libs/guest/xg_sr_save.c', 'write_batch')],
    cells: [
      [
        'pvs',
        pv(
          'The guest is asked by XenStore, stops in a known state and calls SCHEDOP_shutdown with SHUTDOWN_suspend.',
        ),
        NOT_LIVE,
      ],
      [
        'pv-shim',
        pv(
          'The guest suspends as PV; the shim then suspends its container, and reconnects it afterwards.',
          { by: 'shim', places: [at(SHIM, 'pv_shim_shutdown')] },
        ),
      ],
      [
        'pvh',
        pv('The guest is asked by XenStore and calls SCHEDOP_shutdown with SHUTDOWN_suspend.'),
      ],
      [
        'hvm',
        pv('The guest is asked by XenStore and calls SCHEDOP_shutdown with SHUTDOWN_suspend.', {
          when: { guest: ['pv-drivers'] },
        }),
        emulated('Without PV drivers the toolstack stops it without its help.', {
          by: 'dom0',
          when: { guest: ['!pv-drivers'] },
          places: [
            at('tools/libs/light/libxl_dom_suspend.c', undefined, 'domain_suspend_callback_common'),
          ],
        }),
        NOT_LIVE,
      ],
      ['dom0s', absent('Dom0 is not saved or migrated.')],
      [
        'arm',
        absent('Arm guests cannot be saved or migrated.', {
          places: [at('tools/libs/guest/xg_nomigrate.c', 'xc_domain_save')],
        }),
      ],
    ],
  },
  {
    id: 'sleep-states',
    topic: 'sleep states (S3, S4)',
    area: 'life',
    about: 'Whether a guest can suspend itself to memory or disk.',

    places: [at('xen/arch/x86/hvm/hvm.c', undefined, 'HVM_PARAM_ACPI_S_STATE')],
    cells: [
      ['all', absent('None; the guest can only be saved from outside.')],
      [
        'arm',
        emulated(
          'PSCI SYSTEM_SUSPEND from the last vCPU on line suspends the guest, until the toolstack resumes it.',
          { since: '4.22', places: [at('xen/arch/arm/vpsci.c', 'do_psci_1_0_system_suspend')] },
        ),
        absent('None; the guest can only be saved from outside.', { until: '4.22' }),
      ],
      [
        'hvm',
        emulated(
          'S3 by Xen and the tables of hvmloader; for S4 the guest saves itself and powers off.',
          { places: [at('xen/arch/x86/hvm/hvm.c', undefined, 'hvm_s3_suspend')] },
        ),
        absent('S3 alone.', { when: { xl: { acpi_s3: false } } }),
        absent('S4 alone.', { when: { xl: { acpi_s4: false } } }),
        absent('Neither.', { when: { xl: { acpi: false } } }),
      ],
      [
        'arm-dom0',
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          note: 'PSCI SYSTEM_SUSPEND is not supported for the hardware domain.',
          since: '4.22',
          places: [at('xen/arch/arm/vpsci.c', 'do_psci_1_0_system_suspend')],
        },
        absent('None.', { until: '4.22' }),
      ],
      [
        'pv-dom0',
        pv('platform_op: Xen puts the host to sleep.', {
          places: [at('xen/arch/x86/acpi/power.c', 'acpi_enter_sleep')],
        }),
      ],
      [
        'pvh-dom0',
        pv('platform_op: Xen puts the host to sleep.', {
          places: [at('xen/arch/x86/acpi/power.c', 'acpi_enter_sleep')],
        }),
      ],
    ],
  },
  {
    id: 'soft-reset',
    topic: 'kexec in a guest (soft reset)',
    area: 'life',
    about: 'How a guest starts a new kernel without being built anew.',
    names: ['SHUTDOWN_soft_reset'],
    places: [at('xen/common/domain.c', 'domain_soft_reset')],
    cells: [
      ['all', absent('Soft reset is for HVM containers.')],
      [
        'pv',
        absent('Soft reset is for HVM containers.'),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          note: 'Xen crashes a domain that asks for it: the default of the key lets the toolstack try.',
          when: { xl: { on_soft_reset: 'soft-reset' } },
        },
      ],
      [
        'hvm-domus',
        ...sinceOption(
          '4.22',
          'CONFIG_HAS_SOFT_RESET',
          pv('SHUTDOWN_soft_reset, where on_soft_reset= allows it.', {
            by: 'dom0',
            places: [at('xen/arch/x86/domain.c', 'arch_domain_soft_reset')],
          }),
        ),
      ],
      [
        'dom0s',
        absent('The kexec of dom0 is that of the host.', {
          places: [at('xen/common/kexec.c', 'kexec_crash')],
        }),
      ],
    ],
  },
  {
    id: 'crash',
    topic: 'crash of a guest',
    area: 'life',
    about: 'What a guest tells when it crashes.',
    names: [
      'XEN_ELFNOTE_CRASH_INFO',
      'XEN_ELFNOTE_CRASH_REGS',
      'XEN_ELFNOTE_DUMPCORE_NONE',
      'XEN_ELFNOTE_DUMPCORE_HEADER',
      'XEN_ELFNOTE_DUMPCORE_XEN_VERSION',
      'XEN_ELFNOTE_DUMPCORE_FORMAT_VERSION',
    ],
    places: [at(SCHED, 'do_sched_op'), at('xen/common/domain.c', 'domain_shutdown')],
    cells: [
      ['all', pv(CRASHED)],
      [
        'arm',
        pv(CRASHED),
        pv('SCHEDOP_shutdown with SHUTDOWN_crash; no toolstack restarts the guest.', {
          when: { guest: ['built-at-boot'] },
        }),
      ],
      [
        'pv-dom0',
        pv('SCHEDOP_shutdown with SHUTDOWN_crash ends the host.', { places: [HWDOM_SHUTDOWN] }),
        pv('The crash kernel that dom0 has loaded starts instead.', {
          when: { cmdline: 'crashkernel', kconfig: ['CONFIG_KEXEC'] },
          places: [HWDOM_SHUTDOWN],
        }),
      ],
      [
        'pvh-dom0',
        pv(
          'SCHEDOP_shutdown with SHUTDOWN_crash ends the host; without kexec_op, such a dom0 cannot load a crash kernel.',
          {
            places: [
              HWDOM_SHUTDOWN,
              { ...at('xen/include/hypercall-defs.c', undefined, 'kexec_op'), since: '4.17' },
              {
                ...at('xen/arch/x86/hvm/hypercall.c', 'hvm_hypercall_table'),
                until: '4.17',
              },
            ],
          },
        ),
      ],
      [
        'arm-dom0',
        pv('SCHEDOP_shutdown with SHUTDOWN_crash ends the host; Xen has no kexec on Arm.', {
          places: [HWDOM_SHUTDOWN],
        }),
      ],
    ],
  },
  {
    id: 'grants',
    topic: 'inter-domain sharing',
    area: 'life',
    about: 'How domains share memory with each other.',
    places: [at('xen/common/grant_table.c', 'do_grant_table_op')],
    cells: [
      [
        'all',
        pv('Grant tables of version 1, or of version 2 where Xen and the configuration allow it.', {
          ...GRANTS,
          since: '4.16',
        }),
        pv('Grant tables of version 1, or of version 2 where Xen allows it.', {
          ...GRANTS,
          until: '4.16',
        }),
        NO_GRANTS,
      ],
      [
        'pv-shim',
        pv(
          'The grant table of the container, set up through the shim; version 1, and no mapping or copying by the guest.',
          { by: 'shim', places: [at(SHIM, 'pv_shim_grant_table_op')] },
        ),
      ],
      [
        'pv-dom0',
        pv('Grant tables of version 1, or of version 2 where Xen allows it.', {
          ...GRANTS,
          places: [...CREATE_DOM0],
        }),
        NO_GRANTS,
      ],
      [
        'pvh-dom0',
        pv('Grant tables of version 1, or of version 2 where Xen allows it.', {
          ...GRANTS,
          places: [...CREATE_DOM0],
        }),
        NO_GRANTS,
      ],
      [
        'arms',
        pv('Grant tables of version 1 only.', {
          ...GRANTS,
          places: [at('xen/arch/arm/include/asm/grant_table.h', 'GNTTAB_MAX_VERSION')],
        }),
        NO_GRANTS,
      ],
    ],
  },
  {
    id: 'device-hotplug',
    topic: 'hotplug of devices',
    area: 'life',
    about: 'How devices come and go while the guest runs.',
    places: [at('tools/libs/light/libxl_pci.c', 'libxl__device_pci_add')],
    cells: [
      ['all', pv('Nodes of XenStore for PV devices.', { by: 'dom0' })],
      [
        'hvm',
        pv('Nodes of XenStore for PV devices.', { by: 'dom0', when: { guest: ['pv-drivers'] } }),
        emulated('PCI hotplug of QEMU by ACPI, for devices that are passed through and for USB.', {
          by: 'qemu',
        }),
      ],
      [
        'dom0s',
        {
          how: 'native',
          by: 'cpu',
          note: 'As on the host; dom0 tells Xen of new PCI devices by physdev_op.',
        },
      ],
      ['arm-dom0', { how: 'native', by: 'cpu', note: 'As on the host.' }],
    ],
  },
];
