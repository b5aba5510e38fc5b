import type { Construct } from '../../construct.ts';

/** First release with one table for all callers, in a mini-language of its own. */
export const ARRAYS_UNTIL = '4.17';

/** What the hypercalls need of the source since then. */
export const definitions = {
  table: {
    id: 'hypercall/table',
    what: 'the table of hypercalls and their callers',
    since: ARRAYS_UNTIL,
    minimum: 30,
    candidates: [
      {
        in: 'xen/include/hypercall-defs.c',
        since: ARRAYS_UNTIL,
        kind: 'lines',
        name: 'table:',
        // A row of the table: a name and a handler prefix, or `-`, for each caller.
        pattern: /^\w+(?:\s+(?:-|(?:do|compat|hvm|dep|do_arm)(?::\d+)?)){5}\s*$/,
      },
    ],
  },
  callers: {
    id: 'hypercall/callers',
    what: 'the line that opens the table and names its callers',
    since: ARRAYS_UNTIL,
    minimum: 1,
    candidates: [
      {
        in: 'xen/include/hypercall-defs.c',
        since: ARRAYS_UNTIL,
        kind: 'lines',
        name: 'table:',
        pattern: /^table:(?:\s+\w+){3,}/,
      },
    ],
  },
  numbers: {
    id: 'hypercall/numbers',
    what: 'the numbers of hypercalls',
    minimum: 30,
    candidates: [
      {
        in: 'xen/include/public/xen.h',
        kind: 'lines',
        name: '__HYPERVISOR_',
        pattern: /^#define\s+__HYPERVISOR_\w+\s+\d+/,
      },
    ],
  },
} as const satisfies Record<string, Construct>;

const ENTRY = /^\s+(?:HYPERCALL|HYPERCALL_ARM|HYPERCALL_DEPRECATED|COMPAT_CALL|HVM_CALL)\(\w+/;

/** What they need of older releases besides the numbers: an array for each kind of caller. */
export const arrays = {
  pv: {
    id: 'hypercall/pv-array',
    what: 'the table of hypercalls of PV callers',
    until: ARRAYS_UNTIL,
    minimum: 30,
    candidates: [
      {
        in: 'xen/arch/x86/pv/hypercall.c',
        until: ARRAYS_UNTIL,
        kind: 'lines',
        name: 'pv_hypercall_table',
        pattern: ENTRY,
      },
    ],
  },
  hvm: {
    id: 'hypercall/hvm-array',
    what: 'the table of hypercalls of HVM callers',
    until: ARRAYS_UNTIL,
    minimum: 15,
    candidates: [
      {
        in: 'xen/arch/x86/hvm/hypercall.c',
        until: ARRAYS_UNTIL,
        kind: 'lines',
        name: 'hvm_hypercall_table',
        pattern: ENTRY,
      },
    ],
  },
  arm: {
    id: 'hypercall/arm-array',
    what: 'the table of hypercalls of Arm callers',
    until: ARRAYS_UNTIL,
    minimum: 15,
    candidates: [
      {
        in: 'xen/arch/arm/traps.c',
        until: ARRAYS_UNTIL,
        kind: 'lines',
        name: 'arm_hypercall_table',
        pattern: ENTRY,
      },
    ],
  },
} as const satisfies Record<string, Construct>;

/** What they need of some release. */
export const constructs = { ...definitions, ...arrays } as const;

/** Headers whose macros give numbers that are not in the public header itself. */
export const NUMBER_HEADERS = [
  'xen/include/public/arch-x86/xen-mca.h',
  'xen/arch/x86/include/asm/hypercall.h',
  'xen/include/xen/hypercall.h',
] as const;
