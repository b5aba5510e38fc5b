/** Ports of HVM domains that Xen leaves to a device model: blocks at fixed places, and what a server claims or nobody does. */
import { isInSpan } from '../../../../src/model/release.ts';
import type { Found } from '../../construct.ts';
import type { Environment } from '../../expression.ts';
import { absentFromHvmHandlers, absentWithoutHandler, type Draft, portOf } from './draft.ts';
import { ACPI_BLOCKS } from './sites/acpi-blocks.ts';
import type { Provided, ProvidedList } from './sites/provided.ts';

/** A device model that nobody starts by default. */
const SERVED: Provided = { how: 'emulated', by: 'dom0', when: { guest: ['ioreq-server'] } };

/** The toolstack starts no device model, and Xen would take one. */
const OTHER_DEVICE_MODEL: ProvidedList = [
  { how: 'absent', note: 'libxl starts no device model for this guest type.' },
  SERVED,
];

const LIBXL_ARGUMENTS = {
  path: 'tools/libs/light/libxl_dm.c',
  symbol: 'libxl__build_device_model_args_new',
} as const;

/** Who answers on the blocks of each version. */
const OF_VERSION: Readonly<Record<'acpi-v0-ports' | 'acpi-v1-ports', ProvidedList>> = {
  'acpi-v0-ports': [
    {
      how: 'emulated',
      by: 'qemu',
      when: { guest: ['acpi-v0-ports'] },
      note: 'For guests that came from an older Xen: hvmloader selects version 1 when the guest has ACPI.',
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      when: { guest: ['acpi-v0-ports'], xl: { acpi: 0 } },
      note: 'The guest stays with version 0, and QEMU has no ACPI: reads give all ones and writes are dropped.',
    },
  ],
  'acpi-v1-ports': [{ how: 'emulated', by: 'qemu', when: { guest: ['acpi-v1-ports'] } }],
};

/** ACPI blocks whose location the public header fixes and which the device model serves. */
export function acpiBlocks(acpi: Found, ports: Environment): Draft[] {
  return Object.entries(ACPI_BLOCKS).flatMap(([macro, block]) => {
    const first = portOf(macro, ports);
    if (first === null) return [];
    const length =
      typeof block.length === 'number' ? block.length : (portOf(block.length, ports) ?? 1);
    const state = macro.endsWith('_V0') ? 'acpi-v0-ports' : 'acpi-v1-ports';
    return [
      {
        id: block.id,
        title: block.title,
        attributes: {
          first,
          last: first + length - 1,
          handler: null,
          device: block.device,
          registration: 'constant',
          gates: [],
        },
        places: [
          { path: acpi.path, symbol: macro },
          ...(state === 'acpi-v0-ports' ? [{ ...LIBXL_ARGUMENTS, anchor: '-no-acpi' }] : []),
        ],
        cell: (guest) => (guest === 'hvm' ? OF_VERSION[state] : null),
        absence: absentWithoutHandler,
      } satisfies Draft,
    ];
  });
}

/** The function that chooses the ioreq server of an access. */
function serverChoice(release: string): string {
  return isInSpan({ since: '4.15' }, release) ? 'ioreq_server_select' : 'hvm_select_ioreq_server';
}

/** What the ioreq servers do not claim, and what they do. */
export function unclaimed(found: Found, release: string): Draft[] {
  const attributes = {
    first: 0,
    last: 0xffff,
    handler: found.candidate.name,
    device: 'nothing',
    registration: 'default' as const,
    gates: [],
  };
  return [
    {
      id: 'unclaimed',
      title: 'Ports of HVM domains that nobody claims',
      attributes,
      places: [
        { path: found.path, symbol: found.candidate.name },
        { path: found.path, symbol: 'hvmemul_do_io', anchor: serverChoice(release) },
      ],
      cell: (guest) =>
        guest === 'hvm' || guest === 'pvh' || guest === 'pvh-dom0'
          ? [
              {
                how: 'refused',
                by: 'xen',
                effect: 'all-ones',
                when: { guest: ['pio-not-claimed'] },
                note: 'Reads give all ones and writes are dropped.',
              },
            ]
          : null,
      absence: absentFromHvmHandlers,
    },
    {
      id: 'ioreq-server',
      title: 'Ports that an ioreq server claims',
      attributes: {
        ...attributes,
        first: null,
        last: null,
        handler: serverChoice(release),
        device: 'whatever the device model registered',
      },
      places: [
        { path: found.path, symbol: 'hvmemul_do_io', anchor: serverChoice(release) },
        { path: LIBXL_ARGUMENTS.path, symbol: LIBXL_ARGUMENTS.symbol, anchor: 'serial' },
      ],
      cell: (guest) => {
        if (guest === 'pvh') return OTHER_DEVICE_MODEL;
        return guest === 'hvm'
          ? [
              {
                how: 'emulated',
                by: 'qemu',
                note: 'The list is the device model’s, made at run time: the keyboard, IDE, floppy and DMA controllers of a PC, VGA registers with an adapter, UARTs with `serial=`.',
              },
            ]
          : null;
      },
      absence: (guest) => absentFromHvmHandlers(guest) ?? 'No device model serves this guest type.',
    },
  ];
}

/** The PCI configuration data of HVM domains: the address that Xen latched selects the device, and so the server. */
export function pciConfigData(found: Found, release: string): Draft {
  return {
    id: 'pci-config-data',
    title: 'PCI configuration data',
    attributes: {
      first: 0xcfc,
      last: 0xcff,
      handler: found.candidate.name,
      device: 'PCI CONFIG_DATA',
      registration: 'default',
      gates: [],
    },
    places: [
      { path: found.path, symbol: found.candidate.name },
      {
        path: 'xen/arch/x86/hvm/emulate.c',
        symbol: 'hvmemul_do_io',
        anchor: serverChoice(release),
      },
    ],
    cell: (guest) => {
      if (guest !== 'hvm' && guest !== 'pvh') return null;
      const refused: Provided = {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        note: 'No ioreq server claims the device: reads give all ones and writes are dropped.',
      };
      if (guest === 'pvh') return [refused, SERVED];
      return [
        {
          how: 'emulated',
          by: 'qemu',
          note: 'The ioreq server that registered the device at the latched address answers.',
        },
        { ...refused, when: { guest: ['pio-not-claimed'] } },
      ];
    },
    absence: (guest) => absentFromHvmHandlers(guest) ?? 'vPCI answers on the ports of PVH dom0.',
  };
}
