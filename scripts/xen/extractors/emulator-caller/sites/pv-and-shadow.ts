/** Callers in the shadow code, which serves HVM domains without HAP, and callers that serve PV domains. */
import { decodes, inContainers, inPv, PV32, runs, SHADOW_PAGING, type Site } from './site.ts';

const SHADOW = { paging: 'shadow' } as const;

const SHADOW_SITES: readonly Site[] = [
  {
    id: 'shadow-mmio-fast',
    option: SHADOW_PAGING,
    call: 'sh_page_fault handle_mmio_with_translation',
    at: 1,
    trigger: 'an access to emulated MMIO that the shadow page table marks as such',
    guests: inContainers(runs('Shadow paging only.', SHADOW)),
  },
  {
    id: 'shadow-mmio',
    option: SHADOW_PAGING,
    call: 'sh_page_fault handle_mmio_with_translation',
    at: 2,
    anchor: 'guest_walk_to_gpa(',
    trigger: 'an access to emulated MMIO that the walk of the guest’s page tables finds',
    guests: inContainers(runs('Shadow paging only.', SHADOW)),
  },
  {
    id: 'shadow-page-table-write',
    option: SHADOW_PAGING,
    call: 'sh_page_fault x86_emulate',
    at: 1,
    trigger:
      'a write of kernel code to a shadowed page table or with CR0.WP clear, and a write of any code to read-only memory',
    filter: 'hvm_shadow_emulator_ops',
    guests: inContainers(
      runs('A write of user code to a page table drops its shadow instead.', SHADOW),
    ),
  },
  {
    id: 'shadow-page-table-second-half',
    option: SHADOW_PAGING,
    call: 'sh_page_fault x86_emulate',
    at: 2,
    anchor: 'shadow_continue_emulation(',
    trigger: 'up to four instructions after a write of a page table, for its second half',
    filter: 'hvm_shadow_emulator_ops',
    guests: inContainers(
      runs('Guests in 32-bit mode with PAE page tables only.', {
        ...SHADOW,
        guest: ['pae-paging', '!long-mode'],
      }),
    ),
  },
];

const LEVEL_ONE = 'Kernel code that writes a level 1 page table; higher levels get the fault.';

export const OTHER_SITES: readonly Site[] = [
  ...SHADOW_SITES,
  {
    id: 'pv-privileged',
    call: 'pv_emulate_privileged_op x86_emulate',
    trigger: 'a privileged or I/O instruction that raised #GP with error code 0',
    guests: inPv(
      runs('An instruction that the filter does not know gets the fault.', {
        guest: ['error-code-0'],
      }),
    ),
  },
  {
    id: 'pv-software-interrupt',
    call: 'pv_emulate_sw_interrupt x86_decode_insn',
    trigger: 'INT n that the guest’s table permits, for its length',
    guests: inPv(
      decodes('The instruction is decoded and not run; with FRED the CPU tells its length.', {
        feature: ['!fred'],
        guest: ['gate-permits'],
      }),
    ),
  },
  {
    id: 'pv-call-gate',
    option: PV32,
    call: 'pv_emulate_gate_op x86_decode_insn',
    trigger: 'a far call or jump through a call gate, for its operand',
    guests: inPv(
      decodes('The instruction is decoded; the transfer through the gate is done by hand.', {
        bits: 32,
      }),
    ),
  },
  {
    id: 'pv-page-table-write',
    call: 'ptwr_do_page_fault x86_emulate',
    trigger: 'a write to a page table of level 1',
    guests: {
      pv: [runs(LEVEL_ONE, { guest: ['level-1-table', 'writable-pagetables', '!user-mode'] })],
      'pv-dom0': [
        runs('The page has to be present; the assist is not needed for dom0.', {
          guest: ['level-1-table', '!user-mode'],
        }),
      ],
      'pv-shim': [
        runs(LEVEL_ONE, { guest: ['level-1-table', 'writable-pagetables', '!user-mode'] }),
      ],
    },
  },
  {
    id: 'pv-ecam-write',
    call: 'mmio_ro_do_page_fault x86_emulate',
    at: '&mmcfg_intercept_ops',
    trigger: 'a write to the configuration space of a PCI device through ECAM',
    guests: {
      'pv-dom0': [
        runs('Devices that Xen does not keep read-only. With `mmcfg=0` no such write traps.', {
          guest: ['!read-only-device', '!user-mode'],
        }),
      ],
    },
  },
  {
    id: 'pv-read-only-mmio-write',
    call: 'mmio_ro_do_page_fault x86_emulate',
    at: '&mmio_ro_emulate_ops',
    trigger: 'a write to a page of read-only MMIO',
    guests: {
      'pv-dom0': [
        {
          ...runs(
            'The write is discarded, unless it hits a writable part of such a page. The ECAM of read-only devices is such a page.',
            { guest: ['!user-mode'] },
          ),
          since: '4.20',
        },
        {
          ...runs('The write is discarded. The ECAM of read-only devices is such a page.', {
            guest: ['!user-mode'],
          }),
          until: '4.20',
        },
      ],
    },
  },
];
