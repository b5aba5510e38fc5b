/** Tables that describe the platform. */
import { at } from '../../../authored.ts';
import { absent, emulated, native, passedThrough, pv, type Topic } from '../topic.ts';

const LIGHT = 'tools/libs/light';

const ACPI = `${LIGHT}/libxl_x86_acpi.c`;

const PVH_DOM0 = 'xen/arch/x86/hvm/dom0_build.c';

const ARM = `${LIGHT}/libxl_arm.c`;

export const TABLES: readonly Topic[] = [
  {
    id: 'acpi',
    topic: 'ACPI tables',
    area: 'tables',
    about: 'Which ACPI tables a guest has, and who builds them.',
    names: [
      'ACPI_HAS_COM1',
      'ACPI_HAS_COM2',
      'ACPI_HAS_LPT1',
      'ACPI_HAS_HPET',
      'ACPI_HAS_SSDT_PM',
      'ACPI_HAS_SSDT_S3',
      'ACPI_HAS_SSDT_S4',
      'ACPI_HAS_TPM',
      'ACPI_HAS_TCPA',
      'ACPI_HAS_IOAPIC',
      'ACPI_HAS_WAET',
      'ACPI_HAS_PMTIMER',
      'ACPI_HAS_BUTTONS',
      'ACPI_HAS_VGA',
      'ACPI_HAS_8042',
      'ACPI_HAS_CMOS_RTC',
      'ACPI_HAS_SSDT_LAPTOP_SLATE',
    ],
    places: [at('tools/libacpi/build.c', 'acpi_build_tables')],
    cells: [
      ['pvs', absent('None.')],
      [
        'pv-dom0',
        native(
          'Those of the host; Xen hides the DMAR of Intel where it uses the IOMMU or remaps interrupts.',
          {
            places: [at('xen/drivers/passthrough/vtd/dmar.c', 'acpi_dmar_zap')],
          },
        ),
      ],
      [
        'pvh',
        emulated(
          'libxl builds them, whatever acpi= says: a small DSDT, a MADT with local APICs only; the FADT says that there is no PM timer, CMOS RTC, VGA or 8042, and names PM1a, GPE0 and the reset register, which nothing answers.',
          {
            by: 'dom0',
            places: [
              at(ACPI, 'init_acpi_config'),
              at(ACPI, 'libxl__dom_load_acpi'),
              at('tools/libacpi/static_tables.c', 'Fadt'),
            ],
          },
        ),
      ],
      [
        'pvh-dom0',
        {
          how: 'mediated',
          by: 'xen',
          note: 'Those of the host, of which Xen removes some, with a new MADT and XSDT.',
          places: [at(PVH_DOM0, 'pvh_setup_acpi'), at(PVH_DOM0, 'pvh_setup_acpi_madt')],
        },
      ],
      [
        'hvm',
        emulated(
          'hvmloader builds them, with IO-APIC, PM timer, HPET, RTC, VGA and 8042; hpet=0 takes the table of the HPET away.',
          {
            by: 'firmware',
            when: { xl: { acpi: true } },
            places: [at('tools/firmware/hvmloader/util.c', 'hvmloader_acpi_build_tables')],
          },
        ),
        absent('With acpi=0.', { when: { xl: { acpi: false } } }),
      ],
      [
        'arm',
        absent('By default: the device tree.', {
          places: [at(ARM, 'libxl__arch_domain_init_hw_description')],
        }),
        emulated('libxl builds them.', {
          by: 'dom0',
          when: { xl: { acpi: true }, bits: 64 },
          places: [at(ARM, 'libxl__arch_domain_init_hw_description')],
        }),
      ],
      [
        'arm-dom0',
        absent('By default: the device tree.'),
        {
          how: 'mediated',
          by: 'xen',
          note: 'Those of the host, with changes.',
          when: { kconfig: ['CONFIG_ACPI'], feature: ['acpi-boot'] },
          places: [at('xen/arch/arm/acpi/domain_build.c', 'prepare_acpi')],
        },
      ],
    ],
  },
  {
    id: 'device-tree',
    topic: 'device tree',
    area: 'tables',
    about: 'Who writes the device tree that describes the platform of a guest.',
    places: [at(ARM, 'libxl__prepare_dtb')],
    cells: [
      ['all', absent('x86 guests have none.')],
      [
        'arm',
        pv('libxl, with parts that the configuration adds (device_tree=).', { by: 'dom0' }),
        pv('Xen, for domains that it starts itself.', {
          when: { guest: ['built-at-boot'] },
          places: [
            { ...at('xen/common/device-tree/dom0less-build.c', 'prepare_dtb_domU'), since: '4.21' },
            {
              ...at('xen/arch/arm/dom0less-build.c', 'prepare_dtb_domU'),
              since: '4.19',
              until: '4.21',
            },
            { ...at('xen/arch/arm/domain_build.c', 'prepare_dtb_domU'), until: '4.19' },
          ],
        }),
      ],
      [
        'arm-dom0',
        {
          how: 'mediated',
          by: 'xen',
          note: 'That of the host; Xen leaves out what it uses itself and adds nodes.',
          places: [at('xen/arch/arm/domain_build.c', 'handle_node')],
        },
      ],
    ],
  },
  {
    id: 'smbios',
    topic: 'SMBIOS tables',
    area: 'tables',
    about: 'Whether a guest finds DMI tables.',
    places: [at('tools/firmware/hvmloader/smbios.c', 'hvm_write_smbios_tables')],
    cells: [
      ['all', absent('None.')],
      [
        'hvm',
        emulated('hvmloader writes them, with strings that the configuration can set.', {
          by: 'firmware',
        }),
      ],
      ['pv-dom0', native('Those of the host.')],
      ['pvh-dom0', passedThrough('Those of the host, whose region is mapped.')],
      [
        'arm-dom0',
        absent('None: the EFI tables that Xen makes for ACPI name no others than those of ACPI.', {
          places: [at('xen/arch/arm/efi/efi-dom0.c', 'acpi_create_efi_system_table')],
        }),
      ],
    ],
  },
];
