/** CPUs and memory of the platform. */
import { type AuthoredHandling, type AuthoredPlace, at } from '../../../authored.ts';
import { NESTED_CHECKED, NESTED_SVM_NEEDS } from '../../device-model/devices/settings/processor.ts';
import { absent, emulated, hardware, pv, type Topic } from '../topic.ts';

const DOMAIN = 'xen/common/domain.c';

const SHIM = 'xen/arch/x86/pv/shim.c';

const HVM = 'xen/arch/x86/hvm/hvm.c';

const CREATE = 'tools/libs/light/libxl_create.c';

/** As `vpmu_do_msr()` answers while the virtual PMU is off. */
const NO_COUNTERS = {
  how: 'refused',
  by: 'xen',
  effect: 'zero',
  note: 'By default: the MSRs of the counters read as zero, and writes are dropped.',
  places: [at('xen/arch/x86/cpu/vpmu.c', 'vpmu_do_msr')],
} as const;

const NESTED = { xl: { nestedhvm: true }, paging: 'hap' } as const;
const NESTED_SVM = at('xen/arch/x86/hvm/svm/nestedsvm.c', 'svm_nested_features_on_efer_update');

const CPUFREQ = { cmdline: 'cpufreq=dom0-kernel' } as const;
const PARSE_CPUFREQ = at('xen/drivers/cpufreq/cpufreq.c', 'setup_cpufreq_option');
const UPLOADS = pv('Dom0 uploads the states from ACPI by platform_op; Xen uses them.');

const VMCE = 'xen/arch/x86/cpu/mcheck/vmce.c';
const DO_MCA = at('xen/arch/x86/cpu/mcheck/mce.c', 'do_mca');
const BROKEN_PAGE = at(VMCE, 'unmmap_broken_page');
const INJECT = at(VMCE, 'inject_vmce');

/** Only the handlers of Intel’s errors hand one on. */
const MEMORY_ERROR = at('xen/arch/x86/cpu/mcheck/mce_intel.c', 'intel_memerr_dhandler');
const VIRTUAL_CHECK = 'After an error in its memory the guest gets a virtual machine check.';

const crashedByMemory = (
  when: NonNullable<AuthoredHandling['when']>,
  places: readonly AuthoredPlace[],
): AuthoredHandling => ({
  how: 'refused',
  by: 'xen',
  effect: 'crash',
  note: 'An error in its memory that Xen outlives crashes the guest.',
  when,
  places: [MEMORY_ERROR, ...places],
});

const SERROR = at('xen/arch/arm/traps.c', '__do_trap_serror');

/** The number of vCPUs of a dom0 that is an HVM container. */
const NOT_BY_LIBXL: AuthoredHandling = {
  how: 'refused',
  by: 'dom0',
  effect: 'error',
  note: 'For xl vcpu-set: libxl takes dom0 for an HVM guest, and finds no device model.',
  places: [at('tools/libs/light/libxl_dom.c', 'libxl__domain_type')],
};

export const CPUS: readonly Topic[] = [
  {
    id: 'ap-bringup',
    topic: 'secondary CPU bring-up',
    area: 'cpus',
    about: 'How a guest starts its other vCPUs.',
    names: ['VCPUOP_initialise', 'VCPUOP_up', 'VCPUOP_down', 'VCPUOP_is_up', 'VCPUOP_get_physid'],
    places: [at(DOMAIN, undefined, 'VCPUOP_initialise')],
    cells: [
      [
        'pvs',
        pv('VCPUOP_initialise with a vcpu_guest_context, then VCPUOP_up.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
      ],
      [
        'pv-shim',
        pv(
          'As PV; VCPUOP_up becomes an operation of the shim that brings up the CPU of the container.',
          { places: [at(SHIM, 'pv_shim_cpu_up')] },
        ),
      ],
      [
        'hvms',
        pv('VCPUOP_initialise with a vcpu_hvm_context, then VCPUOP_up.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
        emulated('Or INIT and SIPI through the emulated local APIC.', {
          places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init_sipi_one')],
        }),
      ],
      [
        'hvm',
        emulated('INIT and SIPI through the emulated local APIC.', {
          places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init_sipi_one')],
        }),
        pv('The hypercalls of PVH guests work as well.', {
          places: [at('xen/arch/x86/domain.c', 'arch_initialise_vcpu')],
        }),
      ],
      [
        'arms',
        emulated('PSCI CPU_ON; the operations of vcpu_op for it are refused.', {
          places: [
            at('xen/arch/arm/vpsci.c', 'do_vpsci_0_2_call'),
            { ...at('xen/arch/arm/domain.c', 'do_vcpu_op'), since: '4.17' },
            { ...at('xen/arch/arm/domain.c', 'do_arm_vcpu_op'), until: '4.17' },
          ],
        }),
      ],
    ],
  },
  {
    id: 'cpu-hotplug',
    topic: 'CPU hotplug',
    area: 'cpus',
    about: 'How the number of vCPUs in use changes while the guest runs.',
    places: [at('tools/libs/light/libxl_domain.c', 'libxl_set_vcpuonline')],
    cells: [
      [
        'all',
        pv('The availability nodes of XenStore, then VCPUOP_up and VCPUOP_down.', { by: 'dom0' }),
      ],
      [
        'pvh',
        pv(
          'The availability nodes of XenStore, then the hypercalls, or INIT and SIPI through the emulated local APIC.',
          { by: 'dom0' },
        ),
      ],
      [
        'hvm',
        emulated(
          'QEMU adds the CPU for ACPI, asked by QMP; the XenStore nodes are written as well.',
          {
            by: 'qemu',
            places: [
              {
                ...at('tools/libs/light/libxl_domain.c', 'set_vcpuonline_qmp_cpus_fast_queried'),
                since: '4.16',
              },
              {
                ...at('tools/libs/light/libxl_domain.c', 'set_vcpuonline_qmp_cpus_queried'),
                until: '4.16',
              },
            ],
          },
        ),
      ],
      [
        'pv-shim',
        pv(
          'The availability nodes of XenStore; the shim turns the operation into that of its container.',
          { by: 'dom0', places: [at(SHIM, 'pv_shim_cpu_up')] },
        ),
      ],
      [
        'arm',
        pv('The availability nodes of XenStore, then PSCI; libxl treats Arm guests as PVH.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_arm.c', 'libxl__arch_domain_create_info_setdefault')],
        }),
      ],
      [
        'pv-dom0',
        pv(
          'Dom0 takes its own vCPUs on and off line, by itself or as the availability nodes of XenStore say; the CPUs of the host by sysctl.',
        ),
      ],
      [
        'pvh-dom0',
        pv('Dom0 takes its own vCPUs on and off line, by itself; the CPUs of the host by sysctl.'),
        NOT_BY_LIBXL,
      ],
      [
        'arm-dom0',
        pv(
          'Dom0 takes its own vCPUs on and off line, by itself and by PSCI; the CPUs of the host stay as they are.',
          { places: [at('xen/arch/arm/vpsci.c', 'do_vpsci_0_2_call')] },
        ),
        NOT_BY_LIBXL,
      ],
    ],
  },
  {
    id: 'nested-virtualization',
    topic: 'nested virtualization',
    area: 'cpus',
    about: 'Whether the guest can run a hypervisor of its own on VMX or SVM.',

    places: [at(CREATE, 'libxl__domain_make')],
    cells: [
      ['pvs', absent('PV guests cannot use VMX or SVM.')],
      [
        'hvms',
        absent('By default.', { when: { xl: { nestedhvm: false } } }),
        emulated('VMX instructions are emulated.', { when: { ...NESTED, vendor: 'intel' } }),
        emulated('SVM instructions are emulated.', {
          when: { ...NESTED, vendor: 'amd' },
          until: NESTED_CHECKED,
        }),
        emulated(
          'SVM instructions are emulated. Where one of the features is missing, Xen creates no such domain.',
          {
            when: { ...NESTED, vendor: 'amd', feature: NESTED_SVM_NEEDS },
            since: NESTED_CHECKED,
            places: [at('xen/arch/x86/hvm/svm/nestedsvm.c', 'start_nested_svm')],
          },
        ),
        hardware('VMREAD and VMWRITE, on a shadow VMCS.', {
          when: { ...NESTED, vendor: 'intel', feature: ['vmcs-shadowing'] },
          places: [at('xen/arch/x86/hvm/vmx/vvmx.c', 'nvmx_set_vmcs_pointer')],
        }),
        hardware('VMLOAD and VMSAVE.', {
          when: { ...NESTED, vendor: 'amd', feature: ['virtual-vmload'] },
          places: [NESTED_SVM],
        }),
        hardware('STGI and CLGI.', {
          when: { ...NESTED, vendor: 'amd', feature: ['virtual-gif'] },
          places: [NESTED_SVM],
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { ...NESTED, paging: 'shadow' },
          note: 'The domain cannot be created: nested virtualization needs HAP.',
          places: [at('xen/arch/x86/domain.c', 'arch_sanitise_domain_config')],
          since: '4.15',
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { ...NESTED, paging: 'shadow' },
          note: 'Nested virtualization needs HAP: Xen refuses the parameter that turns it on.',
          places: [at(HVM, undefined, 'HVM_PARAM_NESTEDHVM')],
          until: '4.15',
        },
      ],
      ['pvh-dom0', absent('Dom0 is created without it.')],
      ['arms', absent('Guests have no EL2.')],
    ],
  },
  {
    id: 'idle',
    topic: 'idling',
    area: 'cpus',
    about: 'How a vCPU says that it has nothing to do.',
    names: ['SCHEDOP_yield', 'SCHEDOP_block', 'SCHEDOP_poll'],
    places: [at('xen/common/sched/core.c', 'do_sched_op')],
    cells: [
      ['pvs', pv('SCHEDOP_block.')],
      ['hvms', emulated('HLT exits, and Xen blocks the vCPU.', { places: [at(HVM, 'hvm_hlt')] })],
      [
        'arms',
        emulated('WFI traps, and Xen blocks the vCPU.', {
          places: [at('xen/arch/arm/traps.c', 'parse_vwfi')],
        }),
        hardware('WFI does not trap, and the CPU waits.', { when: { cmdline: 'vwfi=native' } }),
      ],
    ],
  },
  {
    id: 'machine-check',
    topic: 'machine checks',
    area: 'cpus',
    about: 'Who learns of errors of the hardware.',
    names: [
      'VIRQ_ARCH_0',
      'VIRQ_ARCH_1',
      'VIRQ_ARCH_2',
      'VIRQ_ARCH_3',
      'VIRQ_ARCH_4',
      'VIRQ_ARCH_5',
      'VIRQ_ARCH_6',
      'VIRQ_ARCH_7',
    ],
    places: [at(VMCE, 'vmce_init_vcpu')],
    cells: [
      [
        'pvs',
        emulated('The banks are emulated MSRs; no machine check reaches the guest.'),
        crashedByMemory({ vendor: 'intel' }, [BROKEN_PAGE]),
      ],
      [
        'hvm-domus',
        emulated('The banks are emulated MSRs.'),
        emulated(VIRTUAL_CHECK, {
          when: { vendor: 'intel', paging: 'hap' },
          places: [MEMORY_ERROR],
        }),
        crashedByMemory({ vendor: 'intel', paging: 'shadow' }, [BROKEN_PAGE]),
      ],
      [
        'pv-dom0',
        pv(
          'VIRQ_MCA and the mca hypercall for the logs of the host; the banks are emulated MSRs.',
          {
            places: [DO_MCA],
          },
        ),
        pv(VIRTUAL_CHECK, {
          when: { vendor: 'intel', guest: ['callback-registered'] },
          places: [MEMORY_ERROR],
        }),
        crashedByMemory({ vendor: 'intel', guest: ['!callback-registered'] }, [INJECT]),
      ],
      [
        'pvh-dom0',
        emulated(
          'The banks are emulated MSRs; the mca hypercall, which reads the logs of the host, exists for PV only.',
          { places: [DO_MCA] },
        ),
        emulated(VIRTUAL_CHECK, { when: { vendor: 'intel' }, places: [MEMORY_ERROR] }),
      ],
      [
        'arms',
        emulated('Xen injects a system error (SError) that comes while the guest runs.', {
          places: [SERROR],
        }),
        {
          how: 'refused',
          by: 'xen',
          effect: 'crash',
          note: 'Xen ends in a panic, and every guest with it.',
          when: { cmdline: 'serrors=panic' },
          places: [SERROR],
        },
      ],
    ],
  },
  {
    id: 'power-management',
    topic: 'frequency and idle states of the host CPUs',
    area: 'cpus',
    about: 'Who manages the power of the physical CPUs.',
    places: [at('xen/arch/x86/platform_hypercall.c', 'do_platform_op')],
    cells: [
      ['all', absent('Guests do not see it.')],
      [
        'pv-dom0',
        UPLOADS,
        {
          how: 'mediated',
          by: 'xen',
          when: CPUFREQ,
          note: 'Dom0, whose vCPUs are pinned, sets the frequencies by the MSRs of the CPU; the idle states stay with Xen.',
          places: [PARSE_CPUFREQ, at('xen/arch/x86/pv/emul-priv-op.c', 'write_msr')],
        },
      ],
      [
        'pvh-dom0',
        UPLOADS,
        absent('Neither Xen nor dom0 sets the frequencies; the idle states stay with Xen.', {
          when: CPUFREQ,
          places: [PARSE_CPUFREQ],
        }),
      ],
      [
        'arms',
        absent('Xen manages none; firmware calls of dom0 can be passed on on some platforms.'),
      ],
    ],
  },
  {
    id: 'vpmu',
    topic: 'performance counters',
    area: 'cpus',
    about: 'Whether a guest can use the counters of the CPU.',
    names: ['VIRQ_XENPMU'],
    places: [at('xen/arch/x86/cpu/vpmu.c', 'vpmu_initialise')],
    cells: [
      [
        'pvs',
        NO_COUNTERS,
        pv('By xenpmu_op and a page that is shared.', { when: { cmdline: 'vpmu' } }),
      ],
      [
        'hvms',
        NO_COUNTERS,
        emulated('The MSRs of the counters, as far as the CPU is known.', {
          when: { cmdline: 'vpmu' },
        }),
      ],
      [
        'arms',
        absent('By default.', { since: '4.16' }),
        {
          how: 'passthrough',
          by: 'cpu',
          when: { xl: { vpmu: true }, feature: ['host-feature'] },
          note: 'The counters are not switched between guests.',
          places: [at('xen/arch/arm/domain.c', 'arch_sanitise_domain_config')],
          since: '4.16',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { vpmu: true }, feature: ['!host-feature'] },
          note: 'libxl creates no such guest on a CPU without counters.',
          places: [at(CREATE, undefined, 'cap_vpmu')],
          since: '4.16',
        },
        absent('The registers of the counters trap, and nothing stands behind them.', {
          places: [at('xen/arch/arm/arm64/vsysreg.c', 'do_sysreg')],
          until: '4.16',
        }),
      ],
      [
        'arm-dom0',
        absent('Dom0 is created without it.', {
          places: [
            { ...at('xen/arch/arm/domain.c', 'arch_sanitise_domain_config'), since: '4.16' },
          ],
        }),
      ],
    ],
  },
];
