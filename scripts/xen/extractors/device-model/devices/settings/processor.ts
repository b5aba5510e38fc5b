/** Settings of what the CPU offers. */
import type { Device, Offer } from '../../device.ts';
import {
  each,
  HVM,
  LIBXL,
  MAKE,
  parameterPlaces,
  setting,
  switched,
  TRANSLATED,
  X86,
} from './setting.ts';

/** What Xen wants of an AMD CPU. */
export const NESTED_SVM_NEEDS = ['svm-lbrv', 'nrips', 'flush-by-asid', 'decode-assists'] as const;

/** An MSR that Xen does not know. */
const RELAXED: Offer = [
  { how: 'refused', by: 'xen', effect: '#GP' },
  {
    how: 'refused',
    by: 'xen',
    effect: 'zero',
    when: { xl: { msr_relaxed: 1 }, feature: ['host-msr'] },
    note: 'Reads give zero and writes are dropped for an MSR that the host has.',
  },
];

const PLAIN_CPUID = 'Plain CPUID; the forced prefix is emulated by the policy.';

/** From when on Xen looks at the CPU. */
export const NESTED_CHECKED = '4.19';

/** Hardware virtualization, which needs HAP, and on AMD more. */
function nested(note: string): Offer {
  const xl = { nestedhvm: 1 };
  return [
    { how: 'hidden', by: 'xen' },
    { how: 'opt-in', by: 'xen', when: { paging: 'hap', xl }, until: NESTED_CHECKED, note },
    {
      how: 'opt-in',
      by: 'xen',
      when: { vendor: 'intel', paging: 'hap', xl },
      since: NESTED_CHECKED,
      note,
    },
    {
      how: 'opt-in',
      by: 'xen',
      when: { vendor: 'amd', paging: 'hap', feature: NESTED_SVM_NEEDS, xl },
      since: NESTED_CHECKED,
      note: `${note} Where one of these is missing, Xen creates no such domain.`,
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'error',
      when: { paging: 'shadow', xl },
      since: '4.14',
      note: 'A domain without HAP is not created.',
    },
    {
      how: 'hidden',
      by: 'xen',
      when: { paging: 'shadow', xl },
      until: '4.14',
      note: 'Xen refuses the setting to a domain without HAP, and libxl goes on.',
    },
  ];
}

export const PROCESSOR_SETTINGS: readonly Device[] = [
  setting(
    {
      id: 'key-pae',
      title: 'pae=, physical address extension',
      device: 'CPUID bit PAE',
      option: 'pae=1',
      default: true,
      keys: ['pae'],
    },
    {
      hvm: switched(
        { pae: 0 },
        { how: 'exposed', by: 'xen' },
        { how: 'hidden', by: 'xen', note: 'libxl clears the bit in the CPUID policy.' },
      ),
    },
    [{ path: `${LIBXL}libxl_cpuid.c`, anchor: 'u.hvm.pae', since: '4.14' }],
  ),
  setting(
    {
      id: 'key-nx',
      title: 'nx=, the no-execute bit',
      device: 'CPUID bit NX',
      option: 'nx=1',
      default: true,
      keys: ['nx'],
    },
    {
      hvm: [
        {
          how: 'exposed',
          by: 'xen',
          note: 'libxl gives the key a default and never reads it: `nx=0` hides nothing, `cpuid=` does.',
        },
      ],
    },
    [{ path: `${LIBXL}libxl_create.c`, anchor: 'u.hvm.nx' }],
  ),
  setting(
    {
      id: 'key-cpuid',
      title: 'cpuid=, the CPUID policy',
      device: 'CPUID',
      option: 'cpuid="LIBXL_STRING"',
      default: false,
      keys: ['cpuid'],
    },
    {
      hvm: [{ how: 'emulated', by: 'xen', note: 'By the policy that the key changes.' }],
      pvh: [{ how: 'emulated', by: 'xen', note: 'By the policy that the key changes.' }],
      'pv-shim': [
        { how: 'emulated', by: 'xen', note: 'The key changes the policy of the container.' },
      ],
      pv: [
        {
          how: 'native',
          by: 'cpu',
          when: { feature: ['!cpuid-faulting', '!cpuid-user-dis'] },
          since: '4.18',
          note: PLAIN_CPUID,
        },
        {
          how: 'native',
          by: 'cpu',
          when: { feature: ['!cpuid-faulting'] },
          until: '4.18',
          note: PLAIN_CPUID,
        },
        { how: 'emulated', by: 'xen', when: { feature: ['cpuid-faulting'] } },
        { how: 'emulated', by: 'xen', when: { feature: ['cpuid-user-dis'] }, since: '4.18' },
      ],
    },
    [{ path: `${LIBXL}libxl_cpuid.c`, symbol: 'libxl__cpuid_legacy', since: '4.14' }],
  ),
  setting(
    {
      id: 'key-nested-hvm',
      title: 'nestedhvm=, hardware virtualization inside of the guest',
      device: 'VMX or SVM',
      option: 'nestedhvm=1',
      default: false,
      keys: ['nestedhvm'],
    },
    {
      arm: [
        { how: 'absent', note: 'There is nothing to choose.' },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { xl: { nestedhvm: 1 } },
          note: 'Xen creates no such domain on Arm.',
          since: '4.15',
        },
      ],
      ...each(TRANSLATED, nested('libxl refuses it together with altp2m.')),
      'pv-shim': nested('For the container: the guest inside is shown none of it.'),
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_nested_virt', since: '4.15' },
      { path: 'xen/arch/arm/domain.c', symbol: 'arch_sanitise_domain_config', since: '4.15' },
    ],
  ),
  setting(
    {
      id: 'key-mca',
      title: 'mca_caps=, machine check capabilities',
      device: 'MCG_CAP',
      option: 'mca_caps=[…]',
      default: false,
      keys: ['mca_caps'],
    },
    {
      hvm: [
        { how: 'hidden', by: 'xen', note: 'Local machine checks are not announced.' },
        {
          how: 'opt-in',
          by: 'xen',
          when: { vendor: 'intel', feature: ['host-lmce'], xl: { mca_caps: 'lmce' } },
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'error',
          when: { feature: ['!host-lmce'], xl: { mca_caps: 'lmce' } },
          note: 'libxl does not build the guest then.',
        },
      ],
    },
    parameterPlaces('HVM_PARAM_MCA_CAP').filter(({ since }) => since !== undefined),
  ),
  setting(
    {
      id: 'key-msr-relaxed',
      title: 'msr_relaxed=, MSRs that nothing handles',
      device: 'unknown MSRs',
      option: 'msr_relaxed=1',
      default: false,
      keys: ['msr_relaxed'],
    },
    {
      ...each(['pvh', 'hvm'], RELAXED),
      pv: [
        ...RELAXED,
        {
          how: 'refused',
          by: 'xen',
          effect: 'zero',
          access: 'read',
          when: { feature: ['host-msr'], guest: ['no-gp-handler'] },
          note: 'Xen answers zero in place of the fault.',
        },
      ],
    },
    [
      { path: `${LIBXL}libxl_x86.c`, anchor: 'XEN_X86_MSR_RELAXED' },
      { path: 'xen/arch/x86/pv/emul-priv-op.c', symbol: 'read_msr', anchor: 'msr_relaxed' },
      { path: 'xen/arch/x86/hvm/vmx/vmx.c', symbol: 'vmx_msr_read_intercept' },
    ],
    { since: '4.15' },
  ),
  setting(
    {
      id: 'key-vpmu',
      title: 'vpmu=, performance counters',
      device: 'PMU',
      option: 'vpmu=1',
      default: false,
      keys: ['vpmu'],
    },
    {
      ...each(
        X86,
        switched(
          { vpmu: 1 },
          { how: 'absent', note: 'On x86 the option `vpmu=` of Xen decides.' },
          {
            how: 'refused',
            by: 'dom0',
            effect: 'error',
            note: 'libxl refuses the key where Xen does not announce it, as on x86.',
          },
        ),
      ),
      arm: [
        { how: 'hidden', by: 'xen', note: 'Accesses trap.' },
        {
          how: 'passthrough',
          by: 'cpu',
          when: { xl: { vpmu: 1 }, feature: ['host-feature'] },
          note: 'Xen does not trap them and saves nothing.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { xl: { vpmu: 1 }, feature: ['!host-feature'] },
          note: 'libxl creates no such guest on a CPU without counters.',
        },
      ],
    },
    [
      { ...MAKE, anchor: 'XEN_DOMCTL_CDF_vpmu' },
      { path: `${LIBXL}libxl_create.c`, anchor: 'cap_vpmu' },
      { path: 'xen/arch/arm/domain.c', symbol: 'arch_vcpu_create', anchor: 'HDCR_TPM' },
    ],
    { since: '4.16' },
  ),
  setting(
    {
      id: 'key-viridian',
      title: 'viridian=, interfaces of Hyper-V',
      device: 'Viridian',
      option: 'viridian=1',
      default: false,
      keys: ['viridian'],
    },
    each(HVM, [
      { how: 'hidden', by: 'xen' },
      {
        how: 'opt-in',
        by: 'xen',
        when: { xl: { viridian: 1 } },
        note: 'The groups of `defaults`; a list names groups.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'error',
        when: { xl: { viridian: 1 }, kconfig: ['!CONFIG_VIRIDIAN'] },
        since: '4.22',
        note: 'Xen refuses the parameter, and libxl does not build the guest.',
      },
    ]),
    [
      { path: `${LIBXL}libxl_x86.c`, symbol: 'hvm_set_viridian_features', since: '4.14' },
      { path: `${LIBXL}libxl_dom.c`, symbol: 'hvm_set_viridian_features', until: '4.14' },
    ],
  ),
];
