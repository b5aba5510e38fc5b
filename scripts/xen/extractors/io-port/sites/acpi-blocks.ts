/** ACPI blocks that are the device model’s, by macro. */
export const ACPI_BLOCKS: Readonly<
  Record<
    string,
    {
      readonly id: string;
      readonly title: string;
      readonly device: string;
      readonly length: number | string;
    }
  >
> = {
  ACPI_PM1A_CNT_BLK_ADDRESS_V0: {
    id: 'pm1a-control-v0',
    title: 'ACPI PM1a control block, version 0',
    device: 'ACPI PM1a control block',
    length: 2,
  },
  ACPI_PM1A_CNT_BLK_ADDRESS_V1: {
    id: 'pm1a-control-v1',
    title: 'ACPI PM1a control block, version 1',
    device: 'ACPI PM1a control block',
    length: 2,
  },
  ACPI_GPE0_BLK_ADDRESS_V0: {
    id: 'gpe0-v0',
    title: 'ACPI GPE0 block, version 0',
    device: 'ACPI GPE0 block',
    length: 'ACPI_GPE0_BLK_LEN_V0',
  },
  ACPI_GPE0_BLK_ADDRESS_V1: {
    id: 'gpe0-v1',
    title: 'ACPI GPE0 block, version 1',
    device: 'ACPI GPE0 block',
    length: 'ACPI_GPE0_BLK_LEN_V1',
  },
};
