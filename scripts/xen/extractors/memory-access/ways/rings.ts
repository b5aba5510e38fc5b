/** Rings and pages between a guest and its device model, its backends, the daemons and an agent. */
import { at } from '../../../authored.ts';
import { AT_BOOT, absent, asked, NOT_X86, onDemand, open, type Way } from '../way.ts';

const IOREQ = 'xen/arch/x86/hvm/ioreq.c';

const SHIM_RING = [at('xen/arch/x86/pv/shim.c', 'pv_shim_setup_dom', 'pv_console')] as const;

const STATIC_SHM = { kconfig: ['CONFIG_STATIC_SHM'] } as const;

const GRANTS = { kconfig: ['CONFIG_GRANT_TABLE'] } as const;

const NO_MODEL = absent('The guest has no device model.');

const NO_MODEL_ON_ARM = absent('Ioreq servers are x86 only.', { until: '4.15' });

export const RINGS: readonly Way[] = [
  {
    id: 'ioreq-pages',
    title: 'Pages of synchronous I/O requests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'QEMU'],
    does: 'Xen writes each request for the device model into a page that the device model maps, and reads the result back. The page is a frame of the guest (the older way) or one that Xen allocates and the guest cannot reach.',
    mapping: 'lasting-map',
    names: [
      'XENMEM_resource_ioreq_server',
      'XEN_DMOP_get_ioreq_server_info',
      'HVM_PARAM_IOREQ_PFN',
      'HVM_PARAM_IOREQ_SERVER_PFN',
      'HVM_PARAM_NR_IOREQ_SERVER_PAGES',
    ],
    callers: ['hvm_map_ioreq_gfn', 'ioreq_server_alloc_mfn', 'hvm_alloc_ioreq_mfn'],
    places: [
      at(IOREQ, 'hvm_map_ioreq_gfn'),
      { ...at('xen/common/ioreq.c', 'ioreq_server_alloc_mfn'), since: '4.15' },
      { ...at(IOREQ, 'hvm_alloc_ioreq_mfn'), until: '4.15' },
    ],
    cells: [
      ['all', NO_MODEL],
      ['hvm', { how: 'emulated', by: 'xen', when: { guest: ['ioreq-server'] } }],
      [
        'pvh',
        absent(
          'libxl starts no device model that makes an ioreq server for PVH; Xen would allow one.',
        ),
      ],
      [
        'arm',
        {
          how: 'opt-in',
          by: 'xen',
          when: { kconfig: ['CONFIG_IOREQ_SERVER'], guest: ['ioreq-server'] },
          note: 'For a virtio backend; the page is always one that Xen allocates.',
          places: [at('xen/arch/arm/ioreq.c', 'arch_ioreq_server_map_pages')],
          since: '4.15',
        },
        NO_MODEL_ON_ARM,
      ],
    ],
  },
  {
    id: 'buffered-ioreq-page',
    title: 'Ring of buffered I/O requests',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'QEMU'],
    does: 'Xen appends writes that need no answer to a ring that the device model maps.',
    mapping: 'lasting-map',
    names: ['XENMEM_resource_ioreq_server_frame_bufioreq', 'HVM_PARAM_BUFIOREQ_PFN'],
    places: [
      { ...at('xen/common/ioreq.c', 'ioreq_send_buffered'), since: '4.15' },
      { ...at(IOREQ, 'hvm_send_buffered_ioreq'), until: '4.15' },
    ],
    cells: [
      ['all', NO_MODEL],
      [
        'hvm',
        {
          how: 'emulated',
          by: 'xen',
          when: { guest: ['ioreq-server'] },
          note: 'Only where the device model asks for the ring.',
        },
      ],
      [
        'arm',
        absent('Xen refuses an ioreq server that asks for buffering.', {
          since: '4.15',
          places: [at('xen/common/ioreq.c', 'ioreq_server_create')],
        }),
        { ...NO_MODEL_ON_ARM, until: '4.15' },
      ],
    ],
  },
  {
    id: 'device-model-memory',
    title: 'Memory that the device model maps',
    accessor: 'dom0',
    consent: 'implicit',
    parties: ['QEMU'],
    does: 'QEMU maps frames of the guest when an emulated device reads or writes memory, keeps a cache of such mappings, and tells Xen what it changed.',
    mapping: 'foreign-map',
    names: ['XEN_DMOP_modified_memory', 'XEN_DOMCTL_set_target'],
    callers: ['modified_memory'],
    places: [
      at('xen/arch/x86/hvm/dm.c', 'modified_memory'),
      at('tools/libs/light/libxl_dm.c', 'libxl__build_device_model_args_new'),
      at('xen/include/public/io/fbif.h', 'xenfb_page'),
    ],
    cells: [
      [
        'all',
        absent(
          'QEMU serves such guests as a PV backend only, through grants and, for the PV framebuffer, through the frames that the guest names.',
        ),
      ],
      [
        'hvm',
        open({
          by: 'qemu',
          note: 'In dom0, or in a stub domain that is privileged over the guest.',
        }),
      ],
      ['dom0s', absent('Dom0 has no device model.')],
      [
        'arm',
        onDemand({
          by: 'dom0',
          when: { kconfig: ['CONFIG_IOREQ_SERVER'] },
          note: 'A virtio backend without grants maps frames of the guest.',
          since: '4.15',
        }),
        absent('There is no device model on Arm.', { until: '4.15' }),
      ],
    ],
  },
  {
    id: 'pv-backends',
    title: 'Rings and data of PV devices',
    accessor: 'dom0',
    consent: 'cooperative',
    parties: ['Linux netback and blkback', 'QEMU', 'xen-9pfsd'],
    does: 'The backend maps the rings of the frontend by grants for the life of the connection, and maps or copies the granted data pages; the frames of a PV framebuffer are named to it without grants.',
    mapping: 'grant-map',
    callers: [],
    places: [
      at('tools/libs/gnttab/linux.c', 'osdep_gnttab_grant_map'),
      at('xen/include/public/io/fbif.h', 'xenfb_page'),
    ],
    cells: [
      ['all', { how: 'paravirtualized', by: 'dom0', when: GRANTS }],
      ['hvm', { how: 'paravirtualized', by: 'dom0', when: { ...GRANTS, guest: ['pv-drivers'] } }],
      ['dom0s', absent('Dom0 usually holds the backends.')],
      [
        'pv-shim',
        { how: 'paravirtualized', by: 'dom0', note: 'The grants are those of the container.' },
      ],
    ],
  },
  {
    id: 'xenstore-ring',
    title: 'XenStore ring',
    accessor: 'dom0',
    consent: 'cooperative',
    parties: ['xenstored'],
    does: 'xenstored maps the ring by the reserved grant reference for the life of the domain.',
    mapping: 'grant-map',
    names: ['HVM_PARAM_STORE_PFN'],
    callers: ['map_interface', 'xenbus_map'],
    places: [
      { ...at('tools/xenstored/domain.c', 'map_interface'), since: '4.18' },
      { ...at('tools/xenstore/xenstored_domain.c', 'map_interface'), until: '4.18' },
    ],
    cells: [
      ['all', { how: 'paravirtualized', by: 'dom0' }],
      [
        'arm',
        { how: 'paravirtualized', by: 'dom0' },
        absent('Unless its node has xen,enhanced.', { when: AT_BOOT, since: '4.17' }),
        absent('A domain that Xen starts itself has no ring.', { when: AT_BOOT, until: '4.17' }),
      ],
      [
        'dom0s',
        {
          how: 'paravirtualized',
          by: 'dom0',
          note: 'Within dom0, the kernel shares the page with the daemon itself; a XenStore domain maps it by a grant.',
        },
      ],
      [
        'pv-shim',
        {
          how: 'paravirtualized',
          by: 'dom0',
          note: 'The page of the container, which the shim hands to the guest.',
          places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_setup_dom')],
        },
      ],
    ],
  },
  {
    id: 'console-ring',
    title: 'Console ring',
    accessor: 'dom0',
    consent: 'cooperative',
    parties: ['xenconsoled'],
    does: 'xenconsoled maps the ring by the reserved grant reference, or by a foreign map where there is none.',
    mapping: 'grant-map',
    names: ['HVM_PARAM_CONSOLE_PFN'],
    callers: ['console_create_ring'],
    places: [at('tools/console/daemon/io.c', 'console_create_ring')],
    cells: [
      ['all', { how: 'paravirtualized', by: 'dom0' }],
      [
        'arm',
        { how: 'paravirtualized', by: 'dom0' },
        absent('A domain that Xen starts itself has no such ring.', { when: AT_BOOT }),
      ],
      ['dom0s', absent('Dom0 writes to the console of Xen by a hypercall.')],
      [
        'pv-shim',
        asked({
          note: 'A ring of the shim, which passes the characters on to that of the container: libxl starts the shim with console=xen,pv.',
          places: SHIM_RING,
        }),
        {
          how: 'paravirtualized',
          by: 'dom0',
          when: { xl: { pvshim_cmdline: 'pv-shim' } },
          note: 'Where pvshim_cmdline= leaves out console=pv, the ring of the container.',
          places: SHIM_RING,
        },
      ],
    ],
  },
  {
    id: 'vpl011-ring',
    title: 'Ring of the emulated PL011',
    accessor: 'xen',
    consent: 'implicit',
    parties: ['Xen', 'xenconsoled'],
    does: 'Xen maps the frame that the toolstack names and exchanges the characters of the emulated UART with xenconsoled through it.',
    mapping: 'lasting-map',
    names: ['XEN_DOMCTL_vuart_op'],
    callers: ['domain_vpl011_init'],
    places: [at('xen/arch/arm/vpl011.c', 'domain_vpl011_init')],
    cells: [
      ['all', NOT_X86],
      [
        'arm',
        onDemand({
          by: 'xen',
          when: { xl: { vuart: 'sbsa_uart' }, kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
          note: 'A domain that Xen starts itself has its UART on the console of Xen, without a ring.',
        }),
      ],
      ['arm-dom0', absent('Dom0 has the hardware UART or the console of Xen.')],
    ],
  },
  {
    id: 'vchan',
    title: 'Rings of libxenvchan',
    accessor: 'domain',
    consent: 'cooperative',
    parties: ['the domain at the other end'],
    does: 'One domain grants a ring to another, which maps it while the channel is open.',
    mapping: 'grant-map',
    callers: [],
    places: [at('tools/libs/vchan/init.c', 'init_gnt_cli')],
    cells: [
      ['all', { how: 'paravirtualized', by: 'guest', when: GRANTS }],
      [
        'pv-shim',
        {
          how: 'paravirtualized',
          by: 'guest',
          note: 'As the server only: the shim refuses to map grants.',
          places: [at('xen/arch/x86/pv/shim.c', 'pv_shim_grant_table_op')],
        },
      ],
    ],
  },
  {
    id: 'static-shared-memory',
    title: 'Static shared memory',
    accessor: 'domain',
    consent: 'implicit',
    parties: ['the domains that the device tree names'],
    does: 'Xen maps the same memory into several domains that the host device tree configures.',
    mapping: 'p2m',
    moment: 'before-first-run',
    since: '4.17',
    places: [
      { ...at('xen/common/Kconfig', undefined, 'STATIC_SHM'), since: '4.21' },
      { ...at('xen/arch/arm/Kconfig', undefined, 'STATIC_SHM'), until: '4.21' },
    ],
    cells: [
      ['all', NOT_X86],
      ['arm', onDemand({ by: 'xen', when: { ...STATIC_SHM, ...AT_BOOT } })],
      ['arm-dom0', onDemand({ by: 'xen', when: STATIC_SHM })],
    ],
  },
];
