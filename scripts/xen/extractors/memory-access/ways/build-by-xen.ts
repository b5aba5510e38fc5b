/** Domains that Xen builds itself. */
import { at, sinceOption } from '../../../authored.ts';
import { AT_BOOT, absent, NOT_ARM, NOT_X86, open, type Way } from '../way.ts';

const BY_XEN = { moment: 'before-first-run', accessor: 'xen', consent: 'implicit' } as const;

const OTHER_DOM0 = absent('Xen builds such a dom0 by other code.');

export const BUILD_BY_XEN: readonly Way[] = [
  {
    ...BY_XEN,
    id: 'build-dom0-pv',
    title: 'PV dom0',
    parties: ['Xen'],
    does: 'Xen writes the kernel, the first page tables, the p2m list, start_info and the command line of dom0.',
    mapping: 'brief-map',
    callers: ['elf_memcpy', 'dom0_construct'],
    places: [
      { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct'), since: '4.20' },
      { ...at('xen/arch/x86/pv/dom0_build.c', 'dom0_construct_pv'), until: '4.20' },
    ],
    cells: [
      ['all', absent('The toolstack builds such guests.')],
      ['pvh-dom0', OTHER_DOM0],
      ['arms', NOT_ARM],
      ['pv-dom0', open({ by: 'xen' })],
      ['pv-shim', open({ by: 'xen', note: 'The shim builds its guest by the same code.' })],
    ],
  },
  {
    ...BY_XEN,
    id: 'build-dom0-pvh',
    title: 'PVH dom0',
    parties: ['Xen'],
    does: 'Xen copies the kernel, the module, the command line, hvm_start_info and the filtered ACPI tables into the memory of dom0.',
    mapping: 'copy',
    callers: [
      'pvh_load_kernel',
      'pvh_populate_p2m',
      'pvh_setup_acpi',
      'pvh_setup_acpi_madt',
      'pvh_setup_acpi_xsdt',
    ],
    places: [
      at('xen/arch/x86/hvm/dom0_build.c', 'pvh_load_kernel'),
      at('xen/arch/x86/hvm/dom0_build.c', 'pvh_setup_acpi'),
    ],
    cells: [
      ['all', absent('The toolstack builds such guests.')],
      ['pv-dom0', OTHER_DOM0],
      ['pv-shim', absent('The shim builds its guest by the code for a PV dom0.')],
      ['arms', NOT_ARM],
      ['pvh-dom0', open({ by: 'xen' })],
    ],
  },
  {
    ...BY_XEN,
    id: 'build-arm-by-xen',
    title: 'Arm dom0 and domains that Xen starts itself',
    parties: ['Xen'],
    does: 'Xen copies the kernel, the device tree that it builds, and the ramdisk into the memory of the domain.',
    mapping: 'copy',
    callers: ['kernel_zimage_load', 'dtb_load', 'initrd_load', 'copy_to_guest_phys_flush_dcache'],
    places: [
      at('xen/arch/arm/kernel.c', 'kernel_zimage_load'),
      { ...at('xen/common/device-tree/domain-build.c', 'dtb_load'), since: '4.21' },
      { ...at('xen/arch/arm/domain_build.c', 'dtb_load'), until: '4.21' },
    ],
    cells: [
      ['all', NOT_X86],
      ['arm-dom0', open({ by: 'xen' })],
      [
        'arm',
        ...sinceOption(
          '4.19',
          'CONFIG_DOM0LESS_BOOT',
          open({
            by: 'xen',
            when: AT_BOOT,
            note: 'The toolstack builds the others.',
          }),
        ),
      ],
    ],
  },
];
