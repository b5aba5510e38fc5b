/** Features that depend on the width of a PV guest, or on what Xen can virtualize. */
import { DOMAIN_CLEAR, DOMAIN_SET, HVM_MAX_CLEAR, HVM_MAX_SET, LIBXL_POLICY } from './sites.ts';
import {
  CONTAINERS,
  cells,
  exposed,
  hidden,
  onHost,
  optIn,
  type ProvidedList,
  PV,
  type Verdict,
} from './verdict.ts';

const withVmxSupport = (paging?: 'hap'): ProvidedList => {
  const mode = paging === undefined ? {} : { paging };
  return [
    exposed({ vendor: 'amd', ...mode }),
    exposed({ vendor: 'intel', feature: ['vmx-support'], ...mode }),
    hidden({ vendor: 'intel', feature: ['!vmx-support'] }),
  ];
};

/** What Xen needs of a CPU to nest SVM, since 4.19; a domain that asks for it elsewhere is not created. */
const NESTED_SVM = ['svm-lbrv', 'nrips', 'flush-by-asid', 'decode-assists'] as const;

const ASKS = 'The option asks for the bit.';

/** The bit of nested virtualization on CPUs of a vendor, and what Xen needs of them since 4.19. */
function nested(feature: string, vendor: 'intel' | 'amd', needs: typeof NESTED_SVM | []): Verdict {
  const asked = { vendor, paging: 'hap', xl: { nestedhvm: 1 } } as const;
  const checked = needs.length === 0 ? asked : { ...asked, feature: needs };
  return {
    features: [feature],
    sites: [DOMAIN_CLEAR],
    places: [
      { ...LIBXL_POLICY, anchor: 'nested_virt', since: '4.15' },
      { ...LIBXL_POLICY, anchor: feature.toLowerCase(), until: '4.15' },
      {
        path: `xen/arch/x86/hvm/${vendor === 'intel' ? 'vmx/vvmx.c' : 'svm/nestedsvm.c'}`,
        symbol: `start_nested_${feature.toLowerCase()}`,
        since: '4.19',
      },
    ],
    cells: {
      ...cells(
        ['hvm', 'pvh'],
        { ...optIn(checked, ASKS), since: '4.19' },
        { ...optIn(asked, ASKS), since: '4.15', until: '4.19' },
        {
          ...optIn(asked, 'libxl always asks for the bit, and Xen gives it with the option.'),
          until: '4.15',
        },
        hidden({ xl: { nestedhvm: 0 } }, 'The default of the option.'),
        hidden({ paging: 'shadow' }),
        hidden({ vendor: vendor === 'intel' ? 'amd' : 'intel' }, 'No such CPU has it.'),
      ),
      ...cells(['pvh-dom0'], hidden(undefined, 'Dom0 has no nested virtualization.')),
    },
  };
}

export const VIRTUALIZATION_VERDICTS: readonly Verdict[] = [
  {
    features: ['APIC'],
    sites: [HVM_MAX_SET, 'clear guest_cpuid'],
    cells: cells(
      CONTAINERS,
      exposed({ guest: ['!apic-disabled'] }, 'On every host: the local APIC is emulated.'),
      hidden({ guest: ['apic-disabled'] }, 'The bit follows the enable bit of IA32_APIC_BASE.'),
    ),
  },
  {
    features: ['X2APIC'],
    since: ['4.17.4', '4.18.2', '4.19'],
    sites: ['set calculate_pv_max_policy', HVM_MAX_SET],
    cells: {
      ...cells(
        PV,
        optIn(undefined, 'For guests that saw the bit elsewhere; no x2APIC comes with it.'),
      ),
      ...cells(CONTAINERS, exposed(undefined, 'On every host: the x2APIC is emulated.')),
    },
  },
  {
    features: ['X2APIC'],
    until: '4.14',
    sites: [DOMAIN_SET],
    cells: cells(
      [...PV, ...CONTAINERS],
      exposed({ feature: ['host-feature'] }),
      optIn({ feature: ['!host-feature'] }, 'The toolstack may ask for the bit on every host.'),
    ),
  },
  {
    features: ['X2APIC'],
    since: '4.14',
    until: ['4.17.4', '4.18.2', '4.19'],
    sites: [DOMAIN_SET, HVM_MAX_SET],
    cells: {
      ...cells(PV, ...onHost),
      ...cells(CONTAINERS, exposed(undefined, 'On every host: the x2APIC is emulated.')),
    },
  },
  {
    features: ['NO_LMSL'],
    sites: [HVM_MAX_SET],
    cells: cells(CONTAINERS, exposed(undefined, 'On every host: Xen supports no EFER.LMSLE.')),
  },
  {
    features: ['SEP'],
    sites: [HVM_MAX_SET],
    cells: {
      ...cells(
        PV,
        exposed({ vendor: 'intel' }),
        hidden({ vendor: 'amd' }, 'Xen runs in long mode, where AMD has no SYSENTER.'),
      ),
      ...cells(CONTAINERS, exposed(undefined, 'On AMD as well, for protected mode.')),
    },
  },
  {
    features: ['LM'],
    sites: [DOMAIN_CLEAR],
    cells: cells(PV, exposed({ bits: 64 }), hidden({ bits: 32 })),
  },
  {
    features: ['SYSCALL'],
    sites: [DOMAIN_CLEAR, 'clear guest_cpuid'],
    cells: {
      ...cells(
        PV,
        exposed({ bits: 64 }),
        exposed({ vendor: 'amd', bits: 32 }),
        hidden({ vendor: 'intel', bits: 32 }),
      ),
      ...cells(
        CONTAINERS,
        exposed({ vendor: 'amd' }),
        exposed({ vendor: 'intel', guest: ['long-mode'] }),
        hidden({ vendor: 'intel', guest: ['!long-mode'] }),
      ),
    },
  },
  {
    features: ['RDTSCP', 'XSAVES'],
    sites: [HVM_MAX_CLEAR],
    cells: cells(CONTAINERS, ...withVmxSupport()),
  },
  {
    features: ['INVPCID'],
    sites: [HVM_MAX_CLEAR],
    cells: cells(CONTAINERS, ...withVmxSupport('hap'), hidden({ paging: 'shadow' })),
  },
  {
    features: ['MPX'],
    sites: [HVM_MAX_CLEAR],
    cells: cells(
      CONTAINERS,
      { ...optIn({ vendor: 'intel', feature: ['vmx-support'] }), since: '4.14' },
      { ...exposed({ vendor: 'intel', feature: ['vmx-support'] }), until: '4.14' },
      hidden({ vendor: 'intel', feature: ['!vmx-support'] }),
      hidden({ vendor: 'amd' }, 'No such CPU has it.'),
    ),
  },
  {
    features: ['PKS'],
    sites: [HVM_MAX_CLEAR],
    cells: cells(
      CONTAINERS,
      exposed({ vendor: 'intel', paging: 'hap' }),
      hidden({ vendor: 'amd' }),
      hidden({ paging: 'shadow' }),
    ),
  },
  {
    features: ['PSE36'],
    sites: ['clear guest_cpuid'],
    cells: cells(
      CONTAINERS,
      exposed({ paging: 'hap' }),
      exposed({ paging: 'shadow', guest: ['pae-paging'] }, 'Shown for the sake of old guests.'),
      hidden({ paging: 'shadow', guest: ['!pae-paging'] }),
    ),
  },
  nested('VMX', 'intel', []),
  nested('SVM', 'amd', NESTED_SVM),
];
