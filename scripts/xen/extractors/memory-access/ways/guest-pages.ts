/** Pages that the guest names for one purpose, and that Xen keeps or fills. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, asked, NOT_ARM, NOT_HVM, onDemand, refused, type Way } from '../way.ts';
import { ALTP2M, counted, inAltp2m } from './altp2m.ts';

const registered = { guest: ['registered'] } as const;

const VIRIDIAN_FEATURES = [
  { ...at('tools/libs/light/libxl_x86.c', 'hvm_set_viridian_features'), since: '4.14' },
  { ...at('tools/libs/light/libxl_dom.c', 'hvm_set_viridian_features'), until: '4.14' },
] as const;

/** The page of #VE, by the mode of altp2m. */
const VE_PAGE = [
  ...inAltp2m(asked({ when: { ...ALTP2M, xl: { altp2m: 'mixed' }, ...registered } })),
  ...inAltp2m(
    asked({
      when: { ...ALTP2M, xl: { altp2m: 'limited' }, ...registered },
      note: 'The guest may register the page, and may use nothing else of altp2m.',
    }),
  ),
  ...inAltp2m(
    onDemand({
      by: 'xen',
      when: { ...ALTP2M, xl: { altp2m: 'external' }, ...registered },
      note: 'Only the monitor registers the page, without the guest.',
    }),
  ),
] as const;

export const GUEST_PAGES: readonly Way[] = [
  {
    id: 'pirq-eoi',
    title: 'PIRQ EOI map',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen marks in a page of the guest which physical interrupts need an explicit end of interrupt; the page stays mapped.',
    mapping: 'lasting-map',
    names: ['PHYSDEVOP_pirq_eoi_gmfn_v1', 'PHYSDEVOP_pirq_eoi_gmfn_v2'],
    callers: ['do_physdev_op'],
    places: [at('xen/arch/x86/physdev.c', 'do_physdev_op', '__map_domain_page_global')],
    cells: [
      ['pvs', asked({ when: registered })],
      [
        'hvms',
        refused('The operation is not in the list that HVM and PVH callers may use.', {
          places: [at('xen/arch/x86/hvm/hypercall.c', 'hvm_physdev_op')],
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'xenpmu',
    title: 'PMU data page',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen writes counters and registers into a page that the guest registers for performance monitoring.',
    mapping: 'lasting-map',
    names: ['XENPMU_init'],
    callers: ['pvpmu_init'],
    places: [at('xen/arch/x86/cpu/vpmu.c', 'pvpmu_init')],
    cells: [
      ['pvs', asked({ when: { cmdline: 'vpmu', guest: ['registered'] } })],
      [
        'hvms',
        refused('xenpmu_op always fails for HVM and PVH callers; their PMU is emulated.', {
          places: [at('xen/arch/x86/cpu/vpmu.c', 'do_xenpmu_op')],
        }),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'hypercall-page',
    title: 'Hypercall page',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen fills a page of the guest with the code that makes hypercalls.',
    mapping: 'brief-map',
    names: ['XEN_DOMCTL_hypercall_init'],
    callers: ['guest_wrmsr_xen', 'arch_do_domctl'],
    places: [
      { ...at('xen/arch/x86/msr.c', 'guest_wrmsr_xen'), since: '4.21' },
      { ...at('xen/arch/x86/traps.c', 'guest_wrmsr_xen'), until: '4.21' },
    ],
    cells: [
      [
        'all',
        asked({ note: 'When the guest writes the frame to the MSR that Xen’s CPUID leaf names.' }),
      ],
      [
        'pvs',
        asked({
          note: 'Where the ELF note of the kernel asks for it, while the domain is built; or when the guest writes the MSR.',
          places: [at('xen/arch/x86/domctl.c', 'arch_do_domctl', 'XEN_DOMCTL_hypercall_init')],
        }),
      ],
      [
        'pv-dom0',
        asked({
          note: 'Where the ELF note of the kernel asks for it, while Xen builds dom0; or when it writes the MSR.',
          places: [at('xen/arch/x86/pv/dom0_build.c', undefined, 'virt_hypercall')],
        }),
      ],
      [
        'pv-shim',
        asked({
          note: 'Where the ELF note of the kernel asks for it, while the shim builds the guest; or when the guest writes the MSR.',
          places: [at('xen/arch/x86/pv/dom0_build.c', undefined, 'virt_hypercall')],
        }),
      ],
      ['arms', absent('Arm guests use the HVC instruction itself.')],
    ],
  },
  {
    id: 'viridian',
    title: 'Viridian pages: hypercall page, VP assist, SynIC messages, reference TSC',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen'],
    does: 'Xen maps the pages that a guest with Hyper-V enlightenments names in MSRs and keeps them mapped; the hypercall page is filled once.',
    mapping: 'lasting-map',
    names: ['HVM_PARAM_VIRIDIAN'],
    callers: [
      'viridian_map_guest_page',
      'enable_hypercall_page',
      'viridian_synic_load_vcpu_ctxt',
      'viridian_synic_wrmsr',
      'viridian_time_load_domain_ctxt',
      'viridian_time_wrmsr',
    ],
    places: [
      at('xen/arch/x86/hvm/viridian/viridian.c', 'viridian_map_guest_page'),
      at('xen/arch/x86/hvm/viridian/viridian.c', 'enable_hypercall_page'),
    ],
    cells: [
      ['all', NOT_HVM],
      ['pvs', absent('The enlightenments are for HVM containers.')],
      [
        'hvm',
        ...sinceOption(
          '4.22',
          'CONFIG_VIRIDIAN',
          asked({
            when: { xl: { viridian: true }, guest: ['registered'] },
            places: [...VIRIDIAN_FEATURES],
          }),
        ),
      ],
      [
        'pvh',
        absent('libxl offers the enlightenments to HVM guests only.', {
          places: [...VIRIDIAN_FEATURES],
        }),
      ],
      ['pvh-dom0', absent('Xen does not set HVM_PARAM_VIRIDIAN for dom0.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'altp2m-ve',
    title: '#VE information page',
    accessor: 'xen',
    consent: 'cooperative',
    parties: ['Xen', 'CPU'],
    does: 'Xen holds the page that the guest or its monitor registers for virtualization exceptions; the CPU, or Xen on a CPU without them, writes the reason of each into it.',
    mapping: 'lasting-map',
    names: [
      'HVMOP_altp2m',
      'HVMOP_altp2m_vcpu_enable_notify',
      'HVMOP_altp2m_vcpu_disable_notify',
      'HVMOP_altp2m_set_suppress_ve',
    ],
    callers: ['altp2m_vcpu_enable_ve'],
    places: [at('xen/arch/x86/mm/altp2m.c', 'altp2m_vcpu_enable_ve')],
    cells: [
      ['all', NOT_ARM],
      ['hvm', ...VE_PAGE],
      ['pvh', ...counted(VE_PAGE)],
      ['pvh-dom0', absent('altp2m is not switched on for dom0.')],
      ['pvs', absent('altp2m needs EPT.')],
    ],
  },
  {
    id: 'vm-generation-id',
    title: 'VM generation ID',
    accessor: 'dom0',
    consent: 'implicit',
    parties: ['libxl'],
    does: 'libxl writes the generation ID into the buffer of the guest whose address hvmloader stored, when there is one.',
    mapping: 'foreign-map',
    moment: 'before-first-run',
    names: ['HVM_PARAM_VM_GENERATION_ID_ADDR'],
    callers: ['libxl__ms_vm_genid_set'],
    places: [at('tools/libs/light/libxl_genid.c', 'libxl__ms_vm_genid_set')],
    cells: [
      ['all', absent('The ID is a feature of HVM guests.')],
      [
        'hvm',
        {
          how: 'opt-in',
          by: 'dom0',
          when: { xl: { ms_vm_genid: 'generate' }, guest: ['being-saved'] },
          note: 'When the guest is restored; at first boot hvmloader takes the ID from XenStore and writes it.',
        },
      ],
    ],
  },
];
