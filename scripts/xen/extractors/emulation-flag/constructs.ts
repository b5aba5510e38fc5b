import type { Construct } from '../../construct.ts';

/** What the emulation flags need of the source. */
export const constructs = {
  flags: {
    id: 'emulation-flag/flags',
    what: 'the bits of `emulation_flags` in the public header',
    minimum: 9,
    candidates: [
      {
        in: 'xen/include/public/arch-x86/xen.h',
        kind: 'lines',
        name: '_XEN_X86_EMU_',
        pattern: /^\s*#\s*define\s+_XEN_X86_EMU_\w+\s+\d+/,
      },
    ],
  },
  permitted: {
    id: 'emulation-flag/permitted',
    what: 'the check of the flags at domain creation',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/domain.c', kind: 'function', name: 'emulation_flags_ok' }],
  },
  forced: {
    id: 'emulation-flag/forced',
    what: 'the creation of a domain, which forces flags on',
    minimum: 1,
    candidates: [{ in: 'xen/arch/x86/domain.c', kind: 'function', name: 'arch_domain_create' }],
  },
  dom0: {
    id: 'emulation-flag/dom0',
    what: 'the flags that Xen chooses for dom0',
    minimum: 1,
    candidates: [
      { in: 'xen/arch/x86/setup.c', since: '4.14', kind: 'function', name: 'create_dom0' },
      { in: 'xen/arch/x86/setup.c', until: '4.14', kind: 'function', name: '__start_xen' },
    ],
  },
  chosen: {
    id: 'emulation-flag/chosen',
    what: 'the flags that libxl chooses per domain type',
    minimum: 1,
    candidates: [
      {
        in: 'tools/libs/light/libxl_x86.c',
        kind: 'function',
        name: 'libxl__arch_domain_prepare_config',
      },
    ],
  },
  defaults: {
    id: 'emulation-flag/defaults',
    what: 'the defaults of libxl options',
    minimum: 1,
    candidates: [
      {
        in: 'tools/libs/light/libxl_create.c',
        kind: 'function',
        name: 'libxl__domain_build_info_setdefault',
      },
    ],
  },
  gates: {
    id: 'emulation-flag/gates',
    what: 'the has_v*() predicates that read the flags',
    minimum: 9,
    candidates: [
      {
        in: 'xen/arch/x86/include/asm/domain.h',
        kind: 'lines',
        name: 'has_v',
        pattern: /^\s*#\s*define\s+has_\w+\(\w+\).*X86_EMU_/,
      },
    ],
  },
} as const satisfies Record<string, Construct>;
