import type { Construct } from '../../construct.ts';

/** What the memory-mapped regions need of the source. */
export const constructs = {
  x86: {
    id: 'mmio-region/x86',
    what: 'the registrations of handlers for HVM domains',
    minimum: 4,
    candidates: [{ in: 'xen/arch/x86/', kind: 'calls', name: 'register_mmio_handler' }],
  },
  arm: {
    id: 'mmio-region/arm',
    what: 'the registrations of handlers for Arm domains',
    minimum: 9,
    candidates: [
      { in: 'xen/arch/arm/', since: '4.17', kind: 'calls', name: 'register_mmio_handler' },
      {
        in: 'xen/arch/arm/',
        since: '4.16',
        until: '4.17',
        kind: 'calls',
        name: 'register_mmio_handler',
        minimum: 8,
      },
      {
        in: 'xen/arch/arm/',
        until: '4.16',
        kind: 'calls',
        name: 'register_mmio_handler',
        minimum: 7,
      },
    ],
  },
  raw: {
    id: 'mmio-region/raw',
    what: 'the handlers of HVM domains with an accept function of their own',
    minimum: 4,
    candidates: [{ in: 'xen/arch/x86/hvm/', kind: 'calls', name: 'hvm_next_io_handler' }],
  },
  pageFault: {
    id: 'mmio-region/page-fault',
    what: 'the operations on pages that a PV domain has read-only',
    minimum: 3,
    candidates: [
      {
        in: 'xen/arch/x86/pv/ro-page-fault.c',
        kind: 'lines',
        name: 'x86_emulate_ops',
        pattern: /^static const struct x86_emulate_ops \w+ = \{/,
      },
    ],
  },
  forwarded: {
    id: 'mmio-region/forwarded',
    what: 'the choice of an ioreq server for an access of an HVM domain',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/hvm/emulate.c', kind: 'function', name: 'hvmemul_do_io' }],
  },
  forwardedOnArm: {
    id: 'mmio-region/forwarded-on-arm',
    what: 'the choice of an ioreq server for an access of an Arm domain',
    since: '4.15',
    minimum: 1,
    candidates: [{ in: 'xen/arch/arm/ioreq.c', kind: 'function', name: 'try_fwd_ioserv' }],
  },
  fallback: {
    id: 'mmio-region/fallback',
    what: 'what answers when no handler does',
    minimum: 2,
    candidates: [
      {
        in: 'xen/arch/x86/hvm/emulate.c',
        kind: 'lines',
        name: 'hvm_io_ops',
        pattern: /^static const struct hvm_io_ops \w+ = \{/,
      },
    ],
  },
} as const satisfies Record<string, Construct>;
