/** How a guest starts, and what it is told. */
import { at, sinceOption } from '../../../authored.ts';
import { absent, emulated, pv, type Topic } from '../topic.ts';

const X86 = 'tools/libs/guest/xg_dom_x86.c';

const PVH_DOM0 = 'xen/arch/x86/hvm/dom0_build.c';

const SHIM = 'xen/arch/x86/pv/shim.c';

const LOADER = 'tools/firmware/hvmloader/hvmloader.c';

const PV_DOM0 = [
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct'), since: '4.20' },
  { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct_pv'), until: '4.20' },
];

export const START: readonly Topic[] = [
  {
    id: 'entry',
    topic: 'boot entry',
    area: 'start',
    about: 'Where and in which state of the CPU the first vCPU of a guest begins.',
    names: [
      'XEN_ELFNOTE_ENTRY',
      'XEN_ELFNOTE_PHYS32_ENTRY',
      'XEN_ELFNOTE_PHYS32_RELOC',
      'XEN_ELFNOTE_VIRT_BASE',
      'XEN_ELFNOTE_PADDR_OFFSET',
      'XEN_ELFNOTE_HV_START_LOW',
      'XEN_ELFNOTE_PAE_MODE',
      'XEN_ELFNOTE_LOADER',
    ],
    places: [at('tools/libs/guest/xg_dom_elfloader.c', 'xc_dom_guest_type')],
    cells: [
      ['all', pv('')],
      [
        'pv',
        pv(
          'At the entry of the ELF notes in 64-bit long mode, on page tables that libxenguest builds, with start_info in RSI.',
          { by: 'dom0', when: { bits: 64 }, places: [at(X86, 'vcpu_x86_64')] },
        ),
        ...sinceOption(
          '4.14',
          'CONFIG_PV32',
          pv(
            'At the entry of the ELF notes in 32-bit mode with PAE, on page tables that libxenguest builds, with start_info in ESI.',
            { by: 'dom0', when: { bits: 32 }, places: [at(X86, 'vcpu_x86_32')] },
          ),
        ),
      ],
      [
        'pv-dom0',
        pv('As a PV guest; Xen builds the page tables and start_info.', { places: PV_DOM0 }),
      ],
      [
        'pvh',
        pv(
          'At the PHYS32_ENTRY note in 32-bit protected mode without paging, with hvm_start_info in EBX.',
          { by: 'dom0', places: [at(X86, 'vcpu_hvm')] },
        ),
      ],
      [
        'pvh-dom0',
        pv('As a PVH guest; Xen loads the kernel and fills hvm_start_info.', {
          places: [at(PVH_DOM0, 'pvh_load_kernel')],
        }),
      ],
      [
        'hvm',
        emulated(
          'hvmloader starts by the entry of PVH guests in 32-bit mode, and starts SeaBIOS or OVMF in the state of a CPU after reset.',
          { by: 'firmware', places: [at(LOADER, 'main')] },
        ),
      ],
      [
        'pv-shim',
        pv(
          'The shim starts by the entry of PVH guests and builds the PV guest as its first domain.',
          { places: [at(SHIM, 'pv_shim_setup_dom')] },
        ),
      ],
      [
        'arm',
        pv(
          'By the protocol of Linux Image or zImage: the MMU is off and X0 or R2 holds the device tree; libxl builds the guest.',
          { by: 'dom0', places: [at('tools/libs/guest/xg_dom_arm.c', 'vcpu_arm64')] },
        ),
        pv('By the same protocol; Xen builds the domain (dom0less).', {
          when: { guest: ['built-at-boot'] },
          places: [at('xen/arch/arm/domain_build.c', 'construct_domain')],
        }),
      ],
      [
        'arm-dom0',
        pv('By the protocol of Linux Image or zImage; Xen builds the domain.', {
          places: [at('xen/arch/arm/domain_build.c', 'construct_domain')],
        }),
      ],
    ],
  },
  {
    id: 'kernel-image',
    topic: 'kernel images',
    area: 'start',
    about: 'Which images a builder takes, and who reads their notes.',
    names: [
      'XEN_ELFNOTE_INFO',
      'XEN_ELFNOTE_XEN_VERSION',
      'XEN_ELFNOTE_GUEST_OS',
      'XEN_ELFNOTE_GUEST_VERSION',
      'XEN_ELFNOTE_BSD_SYMTAB',
      'XEN_ELFNOTE_INIT_P2M',
      'XEN_ELFNOTE_MOD_START_PFN',
      'XEN_ELFNOTE_L1_MFN_VALID',
      'XEN_ELFNOTE_SUSPEND_CANCEL',
      'XEN_ELFNOTE_FEATURES',
      'XEN_ELFNOTE_SUPPORTED_FEATURES',
    ],
    places: [at('xen/common/libelf/libelf-dominfo.c', 'elf_xen_parse_note')],
    cells: [
      ['all', pv('An ELF image with Xen notes, also within a bzImage.', { by: 'dom0' })],
      ['pv-dom0', pv('An ELF image with Xen notes, also within a bzImage.')],
      ['pvh-dom0', pv('An ELF image with the PHYS32_ENTRY note, also within a bzImage.')],
      [
        'hvm',
        emulated(
          'The firmware of the guest loads what it finds on its disks; a kernel given in xl.cfg goes through QEMU.',
          { by: 'firmware' },
        ),
      ],
      ['pv-shim', pv('The guest kernel is a module of the container; the shim reads its notes.')],
      [
        'arm',
        pv('Linux Image, zImage, and compressed ones.', {
          by: 'dom0',
          places: [at('tools/libs/guest/xg_dom_armzimageloader.c', 'xc_dom_probe_zimage64_kernel')],
        }),
        pv('Linux Image, zImage or uImage, also compressed.', {
          when: { guest: ['built-at-boot'] },
          places: [at('xen/arch/arm/kernel.c', 'kernel_zimage_load')],
        }),
      ],
      [
        'arm-dom0',
        pv('Linux Image, zImage or uImage, also compressed.', {
          places: [at('xen/arch/arm/kernel.c', 'kernel_zimage_load')],
        }),
      ],
    ],
  },
  {
    id: 'firmware',
    topic: 'firmware',
    area: 'start',
    about: 'Whether software of a platform runs in the guest before its kernel.',
    places: [at(LOADER, 'main')],
    cells: [
      [
        'pvs',
        absent(
          'None; a boot loader such as pygrub or PV-GRUB takes the kernel out of the disk of the guest.',
          { places: [at('tools/libs/light/libxl_bootloader.c', 'libxl__bootloader_run')] },
        ),
      ],
      ['pv-dom0', absent('None: Xen starts the kernel that its own boot loader loaded.')],
      ['pvh', absent('None; OVMF or GRUB can be given as the kernel.')],
      ['pvh-dom0', absent('None: Xen starts the kernel that its own boot loader loaded.')],
      [
        'hvm',
        emulated('hvmloader, then SeaBIOS by default.', {
          by: 'firmware',
          when: { xl: { bios: 'seabios' } },
          places: [at('tools/firmware/hvmloader/seabios.c', 'seabios_config')],
        }),
        emulated('hvmloader, then OVMF.', {
          by: 'firmware',
          when: { xl: { bios: 'ovmf' } },
          places: [at('tools/firmware/hvmloader/ovmf.c', 'ovmf_config')],
        }),
      ],
      ['arms', absent('None by default; U-Boot or EDK2 can be given as the kernel.')],
    ],
  },
  {
    id: 'pvshim-mechanics',
    topic: 'pv-shim mechanics',
    area: 'start',
    about:
      'How Xen in the container of a PV guest passes on what the guest asks of the hypervisor.',
    places: [at(SHIM, 'pv_shim_event_channel_op'), at(SHIM, 'pv_shim_grant_table_op')],
    cells: [
      ['all', absent('The guest does not run in the shim.')],
      ['pvh', absent('The container of the shim is a PVH guest; an ordinary one runs no shim.')],
      [
        'pv-shim',
        pv(
          'Event channels and grants go to the hypervisor outside, memory comes from it by hypercalls, and the domain takes over its domid.',
          {
            by: 'shim',
            places: [
              { ...at(SHIM, 'pv_shim_get_initial_domain_id'), since: '4.21' },
              { ...at(SHIM, 'get_initial_domain_id'), until: '4.21' },
              at(SHIM, 'pv_shim_online_memory'),
              at('xen/common/event_channel.c', 'do_event_channel_op'),
            ],
          },
        ),
      ],
    ],
  },
  {
    id: 'bare-minimum',
    topic: 'what Xen always emulates for a PVH guest',
    area: 'start',
    about: 'The least platform that an HVM container has without a device model.',
    places: [
      at('xen/arch/x86/domain.c', 'emulation_flags_ok'),
      at('xen/arch/x86/hvm/hvm.c', 'hvm_domain_initialise'),
      { ...at('xen/arch/x86/hvm/ioreq.c', 'arch_ioreq_domain_init'), since: '4.15' },
      { ...at('xen/arch/x86/hvm/ioreq.c', 'hvm_ioreq_init'), until: '4.15' },
    ],
    cells: [
      [
        'pvs',
        absent('PV guests have no emulated platform but the latches of ports 0x70 and 0xcf8.'),
      ],
      [
        'pvh',
        emulated(
          'The local APIC (by MMIO or x2APIC MSRs), the debug port 0xe9 (of which a read gives 0xe9), the PCI address latch at 0xcf8; other ports and memory read all ones, the PM1a, GPE0 and reset registers that the FADT names among them.',
        ),
      ],
      [
        'pv-dom0',
        {
          how: 'mediated',
          by: 'xen',
          note: 'Of the PIT, channel 2 with the ports 0x42, 0x43 and 0x61: that of the host, unless Xen uses it itself; the rest of these ports is a virtual PIT. The RTC and CMOS, and PCI configuration space, are mediated as well.',
          places: [
            at('xen/arch/x86/emul-i8254.c', 'pv_pit_handler'),
            at('xen/arch/x86/time.c', 'hwdom_pit_access'),
          ],
        },
      ],
      [
        'pvh-dom0',
        emulated(
          'As for a PVH guest, with IO-APICs and virtual PCI besides, and the RTC and CMOS of the host, which Xen mediates.',
          { places: [at('xen/arch/x86/hvm/rtc.c', 'hw_rtc_io')], since: '4.14' },
        ),
        emulated('As for a PVH guest, with IO-APICs and virtual PCI besides.', { until: '4.14' }),
      ],
      [
        'hvm',
        emulated(
          'As for a PVH guest, with PIC, IO-APIC, PIT, RTC, HPET, PM timer, and a device model.',
        ),
      ],
      [
        'arms',
        emulated('The virtual interrupt controller, the timer and PSCI.', {
          places: [at('xen/arch/arm/domain.c', 'arch_domain_create')],
        }),
      ],
    ],
  },
  {
    id: 'dom0-build',
    topic: 'who builds the domain',
    area: 'start',
    about: 'The program that makes the memory, the kernel and the tables of a domain ready.',
    places: [
      { ...at('xen/arch/x86/setup.c', 'create_dom0'), since: '4.14' },
      { ...at('xen/arch/x86/setup.c', '__start_xen'), until: '4.14' },
    ],
    cells: [
      [
        'all',
        pv('libxl and libxenguest in dom0.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_dom.c', 'libxl__build_dom')],
        }),
      ],
      ['pv-dom0', pv('Xen at its boot.', { places: PV_DOM0 })],
      [
        'pvh-dom0',
        pv('Xen at its boot.', {
          when: { cmdline: 'dom0=pvh' },
          places: [at(PVH_DOM0, 'dom0_construct_pvh')],
        }),
      ],
      [
        'pv-shim',
        pv('The shim, in the container that libxl and libxenguest build.', {
          by: 'shim',
          places: [at(SHIM, 'pv_shim_setup_dom')],
        }),
      ],
      [
        'arm',
        pv('libxl and libxenguest in dom0.', {
          by: 'dom0',
          places: [at('tools/libs/light/libxl_dom.c', 'libxl__build_dom')],
        }),
        pv('Xen at its boot, for domains in the host device tree (dom0less).', {
          when: { guest: ['built-at-boot'] },
          places: [
            { ...at('xen/common/device-tree/dom0less-build.c', 'create_domUs'), since: '4.21' },
            {
              ...at('xen/arch/arm/dom0less-build.c', 'create_domUs'),
              since: '4.19',
              until: '4.21',
            },
            { ...at('xen/arch/arm/domain_build.c', 'create_domUs'), until: '4.19' },
          ],
        }),
      ],
      [
        'arm-dom0',
        pv('Xen at its boot.', {
          places: [
            { ...at('xen/arch/arm/domain_build.c', 'create_dom0'), since: '4.16' },
            { ...at('xen/arch/arm/domain_build.c', 'construct_dom0'), until: '4.16' },
          ],
        }),
      ],
    ],
  },
];
