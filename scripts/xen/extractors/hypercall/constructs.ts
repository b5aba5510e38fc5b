import type { Construct } from '../../construct.ts';

/** What the hypercalls need of the source. Before 4.17 the tables are C and assembly; those are not read. */
export const constructs = {
  table: {
    id: 'hypercall/table',
    what: 'the table of hypercalls and their callers',
    minimum: 30,
    candidates: [
      {
        in: 'xen/include/hypercall-defs.c',
        since: '4.17',
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
    minimum: 1,
    candidates: [
      {
        in: 'xen/include/hypercall-defs.c',
        since: '4.17',
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

/** Headers whose macros give numbers that are not in the public header itself. */
export const NUMBER_HEADERS = [
  'xen/include/public/arch-x86/xen-mca.h',
  'xen/arch/x86/include/asm/hypercall.h',
  'xen/include/xen/hypercall.h',
] as const;
