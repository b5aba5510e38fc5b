/** Settings of the tables that firmware or the toolstack writes. */
import type { Device } from '../../device.ts';
import { LIBXL, LOADER, setting, switched } from './setting.ts';

export const FIRMWARE_TABLES_SETTINGS: readonly Device[] = [
  setting(
    {
      id: 'key-apic',
      title: 'apic=, tables about the interrupt controllers',
      device: 'MP and PIR tables',
      option: 'apic=1',
      default: true,
      keys: ['apic'],
    },
    {
      hvm: [
        ...switched(
          { apic: 0, vcpus: 1 },
          { how: 'exposed', by: 'firmware', note: 'The local APIC itself is always there.' },
          {
            how: 'hidden',
            by: 'firmware',
            note: 'A guest that may have several CPUs has the tables anyway.',
          },
        ),
        {
          how: 'hidden',
          by: 'firmware',
          when: { xl: { bios: 'ovmf' } },
          note: 'hvmloader writes neither table for OVMF; the MADT of ACPI stays.',
        },
      ],
    },
    [
      { path: `${LIBXL}libxl_dom.c`, symbol: 'hvm_build_set_params', anchor: 'apic_mode' },
      { path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'apic_mode' },
      { path: `${LOADER}ovmf.c`, symbol: 'ovmf_config' },
    ],
  ),
  setting(
    {
      id: 'key-acpi',
      title: 'acpi=, the ACPI tables',
      device: 'ACPI tables',
      option: 'acpi=1',
      default: true,
      keys: ['acpi', 'acpi_firmware'],
    },
    {
      hvm: switched(
        { acpi: 0 },
        { how: 'exposed', by: 'firmware', note: 'hvmloader writes them.' },
        { how: 'hidden', by: 'firmware' },
      ),
      pvh: [{ how: 'exposed', by: 'dom0', note: 'libxl writes them, whatever the key says.' }],
      'pv-shim': [
        { how: 'hidden', by: 'shim', note: 'The shim gets them; the guest inside does not.' },
      ],
      arm: [
        { how: 'hidden', by: 'dom0', note: 'A guest on Arm has a device tree.' },
        {
          how: 'opt-in',
          by: 'dom0',
          when: { bits: 64, xl: { acpi: 1 } },
          note: 'libxl writes them beside the device tree.',
        },
        {
          how: 'refused',
          by: 'dom0',
          effect: 'error',
          when: { bits: 32, xl: { acpi: 1 } },
          note: 'libxl builds no such guest.',
        },
      ],
    },
    [
      { path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'acpi_enabled' },
      { path: `${LIBXL}libxl_x86_acpi.c`, symbol: 'libxl__dom_load_acpi' },
      { path: `${LIBXL}libxl_arm.c`, symbol: 'libxl__arch_domain_build_info_setdefault' },
    ],
  ),
  setting(
    {
      id: 'key-acpi-states',
      title: 'acpi_s3=, acpi_s4= and acpi_laptop_slate=, parts of the ACPI tables',
      device: 'ACPI tables',
      option: 'acpi_s3=1, acpi_s4=1, acpi_laptop_slate=1',
      default: true,
      keys: ['acpi_s3', 'acpi_s4', 'acpi_laptop_slate'],
    },
    {
      hvm: [
        { how: 'exposed', by: 'firmware', note: 'S3 and S4; the mode switch is not.' },
        { how: 'hidden', by: 'firmware', when: { xl: { acpi_s3: 0 } }, note: 'S3 alone.' },
        { how: 'hidden', by: 'firmware', when: { xl: { acpi_s4: 0 } }, note: 'S4 alone.' },
        {
          how: 'opt-in',
          by: 'firmware',
          when: { xl: { acpi_laptop_slate: 1 } },
          note: 'The mode switch.',
        },
        { how: 'hidden', by: 'firmware', when: { xl: { acpi: 0 } }, note: 'All of them.' },
      ],
    },
    [{ path: `${LIBXL}libxl_create.c`, symbol: 'libxl__domain_build', anchor: 'platform/acpi_s3' }],
  ),
  setting(
    {
      id: 'key-smbios',
      title: 'smbios= and smbios_firmware=, the SMBIOS tables',
      device: 'SMBIOS tables',
      option: 'smbios=[…]',
      default: false,
      keys: ['smbios', 'smbios_firmware'],
    },
    {
      hvm: [
        { how: 'exposed', by: 'firmware', note: 'hvmloader writes them, with its own strings.' },
        {
          how: 'exposed',
          by: 'firmware',
          when: { xl: { smbios: '[…]' } },
          note: 'Other strings.',
          since: '4.18',
        },
        { how: 'exposed', by: 'firmware', when: { xl: { smbios_firmware: 'PATH' } } },
      ],
    },
    [{ path: `${LOADER}hvmloader.c`, symbol: 'main', anchor: 'create_smbios_tables' }],
  ),
  setting(
    {
      id: 'key-vm-genid',
      title: 'ms_vm_genid=, the generation ID of the guest',
      device: 'VM Generation ID',
      option: 'ms_vm_genid="generate"',
      default: false,
      keys: ['ms_vm_genid'],
    },
    {
      hvm: switched(
        { ms_vm_genid: 'generate' },
        { how: 'hidden', by: 'firmware' },
        {
          how: 'opt-in',
          by: 'firmware',
          note: 'A new one whenever xl reads a configuration file; a restore without such a file keeps the old one.',
        },
      ),
    },
    [{ path: `${LIBXL}libxl_dom.c`, anchor: 'libxl__ms_vm_genid_set' }],
  ),
  setting(
    {
      id: 'key-e820-host',
      title: 'e820_host=, the memory map of the host',
      device: 'E820',
      option: 'e820_host=1',
      default: false,
      keys: ['e820_host'],
    },
    {
      pv: [
        { how: 'paravirtualized', by: 'xen', note: 'A plain map of the guest’s memory.' },
        ...[{ e820_host: 1 }, { pci: '[…]' }].map((xl) => ({
          how: 'paravirtualized' as const,
          by: 'xen' as const,
          when: { xl },
          note: 'The holes of the host are in it; xl sets the key for a guest with PCI devices.',
        })),
      ],
    },
    [
      { path: `${LIBXL}libxl_x86.c`, symbol: 'libxl__e820_alloc' },
      { path: 'tools/xl/xl_parse.c', anchor: 'libxl_defbool_set(&b_info->u.pv.e820_host' },
    ],
  ),
];
