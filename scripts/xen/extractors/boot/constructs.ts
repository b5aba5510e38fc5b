import type { Listing } from '../../listing.ts';

function constants(
  id: string,
  what: string,
  path: string,
  names: RegExp,
  minimum: number,
): Listing {
  return {
    id: `boot/${id}`,
    what,
    minimum,
    names,
    candidates: [{ in: path, kind: 'lines', name: id, pattern: names }],
  };
}

const PUBLIC = 'xen/include/public';

/** Constants of the start and the platform, each of which belongs to a topic or is listed as none. */
export const listings = {
  notes: constants(
    'elf-notes',
    'the notes of kernels',
    `${PUBLIC}/elfnote.h`,
    /^#define\s+(XEN_ELFNOTE_\w+)\s/,
    15,
  ),
  features: constants(
    'features',
    'the feature flags',
    `${PUBLIC}/features.h`,
    /^#define\s+(XENFEAT_\w+)\s/,
    12,
  ),
  startInfo: constants(
    'start-flags',
    'the flags of start_info',
    `${PUBLIC}/xen.h`,
    /^#define\s+(SIF_\w+)\s/,
    4,
  ),
  memoryMap: constants(
    'memory-map-types',
    'the types of the memory map',
    `${PUBLIC}/arch-x86/hvm/start_info.h`,
    /^#define\s+(XEN_HVM_MEMMAP_TYPE_\w+)\s/,
    5,
  ),
  assists: constants(
    'assists',
    'the assists of PV guests',
    `${PUBLIC}/xen.h`,
    /^#define\s+(VMASST_TYPE_\w+)\s/,
    5,
  ),
  virqs: constants(
    'virqs',
    'the virtual interrupts',
    `${PUBLIC}/xen.h`,
    /^#define\s+(VIRQ_\w+)\s/,
    10,
  ),
  callbacks: constants(
    'callback-types',
    'the callbacks of PV guests',
    `${PUBLIC}/callback.h`,
    /^#\s*define\s+(CALLBACK(?:TYPE|OP)_\w+)\s/,
    6,
  ),
  contexts: constants(
    'context-flags',
    'the flags of the state of a PV vCPU',
    `${PUBLIC}/arch-x86/xen.h`,
    /^#define\s+(VGCF_\w+)\s/,
    4,
  ),
  via: constants(
    'callback-via',
    'the kinds of upcall of HVM containers',
    'xen/arch/x86/include/asm/hvm/irq.h',
    /^\s+(HVMIRQ_callback_\w+)\b/,
    4,
  ),
  parameters: constants(
    'callback-parameters',
    'the values of the callback parameter',
    `${PUBLIC}/hvm/params.h`,
    /^#define\s+(HVM_PARAM_CALLBACK_TYPE_\w+)\s+\d+$/,
    3,
  ),
  timerModes: constants(
    'timer-modes',
    'the modes of emulated timers',
    `${PUBLIC}/hvm/params.h`,
    /^#define\s+(HVMPTM_\w+)\s/,
    4,
  ),
  cpuid: constants(
    'cpuid-leaves',
    'the bits and values of Xen’s CPUID leaves',
    `${PUBLIC}/arch-x86/cpuid.h`,
    /^#define\s+(XEN_(?:HVM_)?CPUID_\w+)\s+(?:\(|\d+u?\b)/,
    8,
  ),
  sources: constants(
    'time-sources',
    'the clock sources of Xen',
    'xen/arch/x86/time.c',
    /^static struct platform_timesource .*?\b(plt_\w+) =/,
    4,
  ),
  vcpu: constants(
    'vcpu-ops',
    'the operations of vcpu_op',
    `${PUBLIC}/vcpu.h`,
    /^#define\s+(VCPUOP_\w+)\s/,
    6,
  ),
  scheduling: constants(
    'sched-ops',
    'the operations of sched_op',
    `${PUBLIC}/sched.h`,
    /^#define\s+(SCHEDOP_\w+)\s/,
    4,
  ),
  reasons: constants(
    'shutdown-reasons',
    'the reasons of a shutdown',
    `${PUBLIC}/sched.h`,
    /^#define\s+(SHUTDOWN_\w+)\s/,
    5,
  ),
  acpi: constants(
    'acpi-flags',
    'the parts that ACPI tables can describe',
    'tools/libacpi/libacpi.h',
    /^#define\s+(ACPI_HAS_\w+)\s/,
    10,
  ),
} as const satisfies Record<string, Listing>;

/** Constants that are limits, or that belong to another kind of fact. */
export const OTHER_CONSTANTS: readonly string[] = [
  'SCHEDOP_pin_override',
  'SHUTDOWN_MAX',
  'XENFEAT_NR_SUBMAPS',
  'XEN_CPUID_MAX_NUM_LEAVES',
  'XEN_ELFNOTE_MAX',
];
