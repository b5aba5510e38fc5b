/** Tools that look into the memory of a guest: save, dump, debuggers and diagnostics. */
import { type AuthoredHandling, at, byXenOutside, sinceOption } from '../../../authored.ts';
import { absent, NOT_ARM, NOT_DOM0, onDemand, open, type Way } from '../way.ts';

const GUEST = 'tools/libs/guest';
const NO_SAVE = absent('Arm guests cannot be saved or migrated.', {
  places: [at(`${GUEST}/xg_nomigrate.c`, 'xc_domain_save')],
});
const debugged = { guest: ['being-debugged'] } as const;
const CRASH_KERNEL = { cmdline: 'crashkernel', kconfig: ['CONFIG_KEXEC'] } as const;

/** Builds before 4.14 cannot leave gdbsx out. */
const underGdbsx = (handling: AuthoredHandling) => sinceOption('4.14', 'CONFIG_GDBSX', handling);

export const TOOLS: readonly Way[] = [
  {
    id: 'save',
    title: 'Save and live migration',
    accessor: 'dom0',
    consent: 'without',
    parties: ['libxenguest'],
    does: 'The toolstack maps all memory of the guest in batches and writes it to the stream, again for pages that change; for PV guests it also maps the p2m and shared info and takes machine addresses out of page tables.',
    mapping: 'foreign-map',
    names: ['XEN_DOMCTL_getpageframeinfo3'],
    callers: [
      'write_batch',
      'map_shinfo',
      'map_p2m_leaves',
      'map_p2m_list',
      'map_p2m_tree',
      'x86_pv_map_m2p',
    ],
    places: [at(`${GUEST}/xg_sr_save.c`, 'write_batch')],
    cells: [
      ['all', onDemand({ by: 'dom0', when: { guest: ['being-saved'] } })],
      [
        'pv',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'The guest helps at the end: it stops in a known state.',
          places: [at(`${GUEST}/xg_sr_save_x86_pv.c`, 'map_p2m_list')],
        }),
      ],
      [
        'pv-shim',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'The container as a whole, with the shim.',
        }),
      ],
      ['dom0s', NOT_DOM0],
      ['arm', NO_SAVE],
    ],
  },
  {
    id: 'checkpoints',
    title: 'Checkpoints (Remus and COLO)',
    accessor: 'dom0',
    consent: 'without',
    parties: ['libxenguest'],
    does: 'The toolstack pauses the guest at intervals and copies the pages that changed, in the way of a migration that does not end.',
    mapping: 'foreign-map',
    places: [at(`${GUEST}/xg_sr_save.c`, 'save')],
    cells: [
      ['all', onDemand({ by: 'dom0', when: { guest: ['being-saved'] } })],
      [
        'pv-shim',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'The container as a whole.',
        }),
      ],
      ['dom0s', NOT_DOM0],
      ['arm', NO_SAVE],
    ],
  },
  {
    id: 'resume',
    title: 'Resume after a cancelled suspend',
    accessor: 'dom0',
    consent: 'without',
    parties: ['libxenguest'],
    does: 'The toolstack writes machine addresses back into start_info and resets shared info of a guest that does not resume in place.',
    mapping: 'foreign-map',
    moment: 'paused',
    names: ['XEN_DOMCTL_resumedomain'],
    callers: ['xc_domain_resume_any'],
    places: [at(`${GUEST}/xg_resume.c`, 'xc_domain_resume_any')],
    cells: [
      [
        'all',
        absent(
          'Only PV guests have such addresses in their memory; the others are resumed by registers.',
          { places: [at(`${GUEST}/xg_resume.c`, 'modify_returncode')] },
        ),
      ],
      [
        'pv',
        onDemand({ by: 'dom0', note: 'When the guest cannot resume from a suspend that fails.' }),
      ],
    ],
  },
  {
    id: 'core-dump',
    title: 'Core dump of a guest',
    accessor: 'dom0',
    consent: 'without',
    parties: ['libxenguest', 'xl'],
    does: 'The toolstack maps all memory of the guest page by page and writes it to a file.',
    mapping: 'foreign-map',
    callers: [
      'xc_domain_dumpcore_via_callback',
      'xc_core_arch_map_p2m_list_rw',
      'xc_core_arch_map_p2m_tree_rw',
      'xc_core_arch_map_p2m_rw',
    ],
    places: [
      at(`${GUEST}/xg_core.c`, 'xc_domain_dumpcore'),
      at('tools/libs/light/libxl_domain.c', undefined, 'xc_domain_dumpcore'),
    ],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          when: debugged,
          note: 'By `xl dump-core`, or after a crash where on_crash= asks for it.',
        }),
      ],
      ['dom0s', NOT_DOM0],
    ],
  },
  {
    id: 'gdbsx',
    title: 'Memory reads and writes of gdbsx',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen', 'gdbsx'],
    does: 'Xen walks the page tables of the guest and copies memory to or from the debugger.',
    mapping: 'brief-map',
    names: ['XEN_DOMCTL_gdbsx_guestmemio'],
    callers: ['dbg_rw_guest_mem', 'dbg_rw_mem', 'dbg_hvm_va2mfn', 'dbg_pv_va2mfn'],
    places: [
      { ...at('xen/arch/x86/gdbsx.c', 'dbg_rw_guest_mem'), since: '4.17' },
      { ...at('xen/arch/x86/debug.c', 'dbg_rw_guest_mem'), until: '4.17' },
    ],
    cells: [
      ['all', ...underGdbsx(onDemand({ by: 'xen', when: debugged }))],
      ['dom0s', NOT_DOM0],
      [
        'pv-shim',
        ...underGdbsx(
          byXenOutside(
            onDemand({
              by: 'xen',
              when: debugged,
              note: 'The hypervisor outside sees the container.',
            }),
          ),
        ),
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    id: 'kdd',
    title: 'Windows kernel debugger (kdd)',
    accessor: 'dom0',
    consent: 'without',
    parties: ['kdd'],
    does: 'The tool maps frames of a Windows guest and reads or writes them for the debugger.',
    mapping: 'foreign-map',
    callers: ['kdd_access_physical_page'],
    places: [at('tools/debugger/kdd/kdd-xen.c', 'kdd_access_physical_page')],
    cells: [
      ['all', absent('The tool is for Windows in an HVM guest.')],
      ['hvm', onDemand({ by: 'dom0', when: debugged })],
    ],
  },
  {
    id: 'misc-tools',
    title: 'xenctx, xen-mfndump, xen-memshare and xen-vmtrace',
    accessor: 'dom0',
    consent: 'without',
    parties: ['xenctx', 'xen-mfndump', 'xen-memshare'],
    does: 'Diagnostic tools walk the page tables of a guest or map single frames, and print what they find.',
    mapping: 'foreign-map',
    callers: [
      'xc_translate_foreign_address',
      'dump_ptes_func',
      'lookup_pte_func',
      'memcmp_mfns_func',
      'map_page',
      'xc_map_domain_meminfo',
      'xc_map_m2p',
      '_gnttab_map_table',
    ],
    places: [
      at('tools/libs/ctrl/xc_pagetab.c', 'xc_translate_foreign_address'),
      at('tools/misc/xen-mfndump.c', 'dump_ptes_func'),
    ],
    cells: [
      [
        'all',
        absent('Neither the walk of page tables nor xen-mfndump is for Arm.', {
          places: [
            { ...at('tools/libs/ctrl/Makefile.common', undefined, 'xc_pagetab'), since: '4.17' },
            { ...at('tools/libs/ctrl/Makefile', undefined, 'xc_pagetab'), until: '4.17' },
          ],
        }),
      ],
      ['pv', onDemand({ by: 'dom0', when: debugged })],
      [
        'hvm-domus',
        onDemand({
          by: 'dom0',
          when: debugged,
          note: 'xenctx and xen-memshare; xen-mfndump works on PV tables.',
        }),
      ],
      ['pv-shim', onDemand({ by: 'dom0', when: debugged, note: 'The container.' })],
      ['pv-dom0', NOT_DOM0],
      ['pvh-dom0', NOT_DOM0],
    ],
  },
  {
    id: 'console-dumps',
    title: 'Dumps of the guest stack on the console of Xen',
    accessor: 'xen',
    consent: 'without',
    parties: ['Xen'],
    does: 'Xen prints the top of the stack of the guest when a debug key asks for it or when the guest crashes.',
    mapping: 'copy',
    callers: ['show_guest_stack', 'compat_show_guest_stack', 'do_page_walk'],
    places: [at('xen/arch/x86/traps.c', 'show_guest_stack')],
    cells: [
      ['pvs', open({ by: 'xen' })],
      ['hvms', absent('Only registers and the VMCS or VMCB are printed.')],
      [
        'arms',
        { how: 'exposed', by: 'xen', places: [at('xen/arch/arm/traps.c', 'show_guest_stack')] },
      ],
    ],
  },
  {
    id: 'kexec-crash',
    title: 'Crash kernel',
    accessor: 'dom0',
    consent: 'without',
    parties: ['the crash kernel'],
    does: 'After a crash of Xen, the kernel that dom0 loaded runs without Xen and can read all memory of the host.',
    mapping: 'dma',
    moment: 'end',
    names: ['KEXEC_CMD_kexec_load', 'KEXEC_CMD_kexec'],
    places: [at('xen/common/kexec.c', 'kexec_crash')],
    cells: [
      ['all', onDemand({ by: 'dom0', when: CRASH_KERNEL, note: 'Under a PV dom0.' })],
      ['pv-dom0', onDemand({ by: 'dom0', when: CRASH_KERNEL })],
      [
        'pvh-dom0',
        absent('PVH dom0 cannot load a crash kernel: kexec_op is for PV callers.', {
          places: [
            { ...at('xen/include/hypercall-defs.c', 'table', 'kexec_op'), since: '4.17' },
            { ...at('xen/arch/x86/pv/hypercall.c', undefined, 'kexec_op'), until: '4.17' },
          ],
        }),
      ],
      [
        'pv-shim',
        onDemand({
          by: 'dom0',
          when: CRASH_KERNEL,
          note: 'Of the hypervisor outside, under a PV dom0.',
        }),
      ],
      ['arms', absent('Arm has no kexec.')],
    ],
  },
];
