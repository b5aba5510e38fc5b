/** Memory that is written before a guest first runs. */
import { at } from '../../../authored.ts';
import {
  AT_BOOT,
  absent,
  LATER,
  NOT_ARM,
  NOT_DOM0,
  NOT_HVM,
  NOT_X86,
  onDemand,
  open,
  type Way,
} from '../way.ts';

const GUEST = 'tools/libs/guest';

const X86 = `${GUEST}/xg_dom_x86.c`;

const BOOT = `${GUEST}/xg_dom_boot.c`;

const INIT = 'tools/helpers/init-dom0less.c';

const DOM0LESS = 'xen/common/device-tree/dom0less-build.c';

const BY_RESOURCE = 'By XENMEM_acquire_resource, or by a foreign map where the kernel lacks it.';

const BEFORE = { moment: 'before-first-run', accessor: 'dom0', consent: 'implicit' } as const;

const built = open({ by: 'dom0' });

const CONTAINER = open({
  by: 'dom0',
  note: 'In the container, for the shim, which takes it over.',
});

/** What a domain of Arm that was built at boot gets written for XenStore: by init-dom0less, then by Xen itself. */
const forXenStore = (what: string, writer: string) => {
  const where = `${what}, where the node of the domain has xen,enhanced`;
  return [
    open({
      by: 'dom0',
      when: AT_BOOT,
      note: `${where}: init-dom0less does so later.`,
      places: [at(INIT, 'init_domain')],
      since: '4.17',
      until: '4.21',
    }),
    open({
      by: 'xen',
      when: AT_BOOT,
      note: `${where}; for a domain with the older form of it init-dom0less does so later.`,
      places: [at(DOM0LESS, writer), at(INIT, 'init_domain')],
      since: '4.21',
    }),
  ] as const;
};

export const BUILD: readonly Way[] = [
  {
    ...BEFORE,
    id: 'build-pv',
    title: 'Kernel, page tables, start_info and p2m of a PV guest',
    parties: ['libxenguest'],
    does: 'The toolstack maps the new frames and writes the kernel, the ramdisk, the first page tables, the p2m list, start_info and shared info.',
    mapping: 'foreign-map',
    callers: [
      'xc_dom_boot_domU_map',
      'get_pg_table',
      'move_l3_below_4G',
      'start_info_x86_32',
      'start_info_x86_64',
      'bootlate_pv',
      'setup_pgtables_pv',
      'vcpu_x86_32',
      'vcpu_x86_64',
    ],
    places: [
      at(BOOT, 'xc_dom_boot_domU_map'),
      at(X86, 'start_info_x86_64'),
      at(X86, 'bootlate_pv'),
    ],
    cells: [
      ['all', NOT_HVM],
      ['pv', built],
      ['pv-dom0', absent('Xen itself builds PV dom0.')],
      [
        'pv-shim',
        {
          how: 'exposed',
          by: 'xen',
          note: 'The shim builds the PV guest from the module that the toolstack left in the container.',
          places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_setup_dom')],
        },
      ],
      ['arms', NOT_ARM],
    ],
  },
  {
    ...BEFORE,
    id: 'build-pvh',
    title: 'Kernel, start info and modules of a PVH guest',
    parties: ['libxenguest'],
    does: 'The toolstack maps the new frames and writes the kernel, the modules, the command line, the memory map and hvm_start_info.',
    mapping: 'foreign-map',
    callers: ['bootlate_hvm'],
    places: [at(X86, 'bootlate_hvm'), at(BOOT, 'xc_dom_boot_domU_map')],
    cells: [
      ['all', absent('The way is that of PVH guests, and of HVM guests for hvmloader.')],
      ['pvh', built],
      ['hvm', open({ by: 'dom0', note: 'For hvmloader, which takes hvm_start_info too.' })],
      ['pv-shim', CONTAINER],
      ['pvh-dom0', absent('Xen itself builds PVH dom0.')],
      ['arms', NOT_ARM],
    ],
  },
  {
    ...BEFORE,
    id: 'build-acpi',
    title: 'ACPI tables that the toolstack builds',
    parties: ['libxl', 'libxenguest'],
    does: 'libxl builds the tables and the toolstack copies them into the memory of the guest.',
    mapping: 'foreign-map',
    callers: ['xc_dom_load_acpi'],
    places: [at(`${GUEST}/xg_dom_core.c`, 'xc_dom_load_acpi')],
    cells: [
      ['all', absent('No tables are built.')],
      [
        'pvh',
        open({
          by: 'dom0',
          note: 'Whatever acpi= says.',
          places: [at('tools/libs/light/libxl_x86_acpi.c', 'libxl__dom_load_acpi')],
        }),
      ],
      [
        'hvm',
        absent('hvmloader builds the tables inside the guest.', {
          places: [at('tools/firmware/hvmloader/util.c', 'hvmloader_acpi_build_tables')],
        }),
      ],
      ['pv-shim', CONTAINER],
      [
        'arm',
        {
          how: 'opt-in',
          by: 'dom0',
          when: { xl: { acpi: true }, bits: 64 },
          places: [at('tools/libs/light/libxl_arm_acpi.c', 'libxl__prepare_acpi')],
        },
      ],
      ['dom0s', NOT_DOM0],
    ],
  },
  {
    ...BEFORE,
    id: 'build-hvmloader',
    title: 'hvmloader image and hvm_info table',
    parties: ['libxenguest', 'libxl'],
    does: 'The toolstack maps the low memory of the guest, writes hvmloader with its modules, and fills the hvm_info page.',
    mapping: 'foreign-map',
    callers: ['xc_dom_load_hvm_kernel', 'hvm_build_set_params'],
    places: [
      at(`${GUEST}/xg_dom_hvmloader.c`, 'xc_dom_load_hvm_kernel'),
      at('tools/libs/light/libxl_dom.c', 'hvm_build_set_params'),
    ],
    cells: [
      ['all', absent('Only HVM guests start with hvmloader.')],
      ['hvm', built],
    ],
  },
  {
    ...BEFORE,
    id: 'build-grant-table',
    title: 'Grants for XenStore and console',
    parties: ['libxenguest'],
    does: 'The toolstack writes the two reserved entries of the grant table, so that the daemons can map the rings.',
    mapping: 'resource-map',
    callers: ['xc_dom_gnttab_seed', 'compat_gnttab_seed'],
    places: [at(BOOT, 'xc_dom_gnttab_seed')],
    cells: [
      ['all', open({ by: 'dom0', note: BY_RESOURCE })],
      [
        'arm',
        open({ by: 'dom0', when: LATER, note: BY_RESOURCE }),
        ...forXenStore('For XenStore alone', 'initialize_domU_xenstore'),
      ],
      ['pv-shim', CONTAINER],
      ['dom0s', NOT_DOM0],
    ],
  },
  {
    ...BEFORE,
    id: 'build-special-pages',
    title: 'Cleared special pages and the console page',
    parties: ['libxenguest'],
    does: 'The toolstack clears the pages for XenStore, I/O requests and events, and marks the console ring as not connected.',
    mapping: 'foreign-map',
    callers: [
      'dom_console_init',
      'xc_clear_domain_pages',
      'xc_copy_to_domain_page',
      'xc_clear_domain_page',
      'alloc_magic_pages',
      'init_domain',
    ],
    places: [
      { ...at(BOOT, 'dom_console_init'), since: '4.21' },
      at('tools/libs/ctrl/xc_private.c', 'xc_clear_domain_pages'),
    ],
    cells: [
      ['all', open({ by: 'dom0' })],
      ['pv-shim', CONTAINER],
      ['dom0s', NOT_DOM0],
      [
        'arm',
        open({ by: 'dom0', when: LATER }),
        ...forXenStore('The page for XenStore alone', 'alloc_xenstore_page'),
      ],
    ],
  },
  {
    ...BEFORE,
    id: 'build-arm',
    title: 'Kernel, device tree and ramdisk of an Arm guest',
    parties: ['libxenguest', 'libxl'],
    does: 'The toolstack maps the new frames, writes the kernel, the device tree that libxl builds, and the ramdisk.',
    mapping: 'foreign-map',
    places: [
      at('tools/libs/light/libxl_arm.c', 'libxl__arch_domain_finalise_hw_description'),
      at(BOOT, 'xc_dom_boot_domU_map'),
    ],
    cells: [
      ['all', NOT_X86],
      ['arm', open({ by: 'dom0', when: LATER })],
      ['arm-dom0', absent('Xen itself builds dom0.')],
    ],
  },
  {
    ...BEFORE,
    id: 'restore',
    title: 'Restored memory',
    parties: ['libxenguest'],
    does: 'The toolstack maps the new frames and writes the saved pages into them; for PV guests it puts machine addresses into page tables, p2m, start_info and shared info.',
    mapping: 'foreign-map',
    callers: ['process_page_data', 'handle_shared_info', 'process_start_info', 'update_guest_p2m'],
    places: [at(`${GUEST}/xg_sr_restore.c`, 'process_page_data')],
    cells: [
      [
        'all',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'When the guest is restored, or arrives by migration.',
        }),
      ],
      [
        'pv',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'When the guest is restored, or arrives by migration.',
          places: [at(`${GUEST}/xg_sr_restore_x86_pv.c`, 'update_guest_p2m')],
        }),
      ],
      [
        'pv-shim',
        onDemand({
          by: 'dom0',
          when: { guest: ['being-saved'] },
          note: 'The container, when it is restored or arrives by migration.',
        }),
      ],
      ['dom0s', NOT_DOM0],
      [
        'arm',
        absent('Arm guests cannot be saved or migrated.', {
          places: [at(`${GUEST}/xg_nomigrate.c`, 'xc_domain_restore')],
        }),
      ],
    ],
  },
];
