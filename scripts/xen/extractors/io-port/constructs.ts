import type { Construct } from '../../construct.ts';

/** What the I/O ports need of the source. */
export const constructs = {
  register: {
    id: 'io-port/register',
    what: 'the registrations of port handlers for HVM domains',
    minimum: 12,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'register_portio_handler' }],
  },
  next: {
    id: 'io-port/next',
    what: 'the handlers that are registered without a fixed port',
    minimum: 5,
    candidates: [{ in: 'xen/arch/x86/hvm/', kind: 'calls', name: 'hvm_next_io_handler' }],
  },
  relocate: {
    id: 'io-port/relocate',
    what: 'the handlers that change their port',
    minimum: 4,
    candidates: [{ in: 'xen/arch/x86/hvm/', kind: 'calls', name: 'relocate_portio_handler' }],
  },
  bitmap: {
    id: 'io-port/bitmap',
    what: 'the ports that HVM domains reach without an exit',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/hvm.c', kind: 'function', name: 'hvm_enable' }],
  },
  hardwareDomain: {
    id: 'io-port/hardware-domain',
    what: 'the I/O bitmap of PVH dom0, made of its permissions',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/setup.c', kind: 'function', name: 'setup_io_bitmap' }],
  },
  vpci: {
    id: 'io-port/vpci',
    what: 'the ports that vPCI accepts',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/io.c', kind: 'function', name: 'vpci_portio_accept' }],
  },
  deny: {
    id: 'io-port/deny',
    what: 'the ports that dom0 is denied',
    minimum: 8,
    candidates: [{ in: 'xen/', kind: 'calls', name: 'ioports_deny_access' }],
  },
  pvRead: {
    id: 'io-port/pv-read',
    what: 'the port reads of PV domains',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/pv/emul-priv-op.c', kind: 'function', name: 'guest_io_read' }],
  },
  pvPermission: {
    id: 'io-port/pv-permission',
    what: 'the check of the guest’s own I/O permission',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/pv/emul-priv-op.c', kind: 'function', name: 'guest_io_okay' }],
  },
  pvGrant: {
    id: 'io-port/pv-grant',
    what: 'the check of what the administrator granted',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/pv/emul-priv-op.c', kind: 'function', name: 'admin_io_okay' }],
  },
  acpi: {
    id: 'io-port/acpi',
    what: 'the locations of the ACPI blocks',
    minimum: 6,
    candidates: [
      {
        in: 'xen/include/public/hvm/ioreq.h',
        kind: 'lines',
        name: 'ACPI_',
        pattern: /^#define\s+ACPI_\w+_BLK_ADDRESS_V\d/,
      },
    ],
  },
  pciAddress: {
    id: 'io-port/pci-address',
    what: 'how the latched PCI address selects an ioreq server',
    minimum: 1,
    candidates: [
      {
        in: 'xen/arch/x86/hvm/ioreq.c',
        kind: 'function',
        name: 'arch_ioreq_server_get_type_addr',
        since: '4.15',
      },
      {
        in: 'xen/arch/x86/hvm/ioreq.c',
        kind: 'function',
        name: 'hvm_select_ioreq_server',
        until: '4.15',
      },
    ],
  },
  unclaimed: {
    id: 'io-port/unclaimed',
    what: 'the handler of what nobody claims',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/emulate.c', kind: 'function', name: 'null_read' }],
  },
} as const satisfies Record<string, Construct>;
