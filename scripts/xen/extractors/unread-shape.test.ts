/** The made-up tree with code in a shape that is not understood, or that the parser does not read: a problem with a name, never a silence. */
import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../../src/model/fact-kinds.ts';
import { broken } from '../../../tests/broken-fixture.ts';

const HEADER = 'xen/include/public/arch-x86/xen.h';
const DOMAIN = 'xen/arch/x86/domain.c';
const DEFS = 'xen/include/hypercall-defs.c';
const FEATURES = 'xen/include/public/arch-x86/cpufeatureset.h';
const VPIC = 'xen/arch/x86/hvm/vpic.c';
const MSR = 'xen/arch/x86/msr.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const SUPPORT = 'SUPPORT.md';
const DM = 'tools/libs/light/libxl_dm.c';

describe('a shape that is not understood', () => {
  it.each<[FactKind, string, string | RegExp, string, string]>([
    [
      'support-status',
      SUPPORT,
      'Status, x86_64: Supported',
      'Status x86_64',
      '`Status x86_64` below `Feature Support`',
    ],
    [
      'support-status',
      SUPPORT,
      '    And at',
      '        Status: in a list, at',
      '`Status: in a list, at',
    ],
    ['support-status', SUPPORT, 'dom0:', 'domU:', 'a second row `guest-type-x86-pvh-domu`'],
    ['cpuid-feature', FEATURES, '/*!A Local', '/*!Z Local', '`XEN_CPUFEATURE(APIC,'],
    [
      'cpuid-feature',
      FEATURES,
      '0x10a.eax, word 16',
      'elsewhere, word 16',
      'word 16 of an unknown',
    ],
    ['cpuid-feature', 'xen/tools/gen-cpuid.py', '[PSE],', '[WHEEL],', '`WHEEL`'],
    ['cpuid-feature', 'xen/tools/gen-cpuid.py', '[PSE],', 'wheels(PSE),', 'in `deps`'],
    ['hypercall', DEFS, 'hvm64    arm', 'hvm64    riscv', 'caller `riscv`'],
    ['hypercall', DEFS, /^sched_op.*$/m, 'sched_op do do', '2 columns'],
    ['hypercall', DEFS, '#ifdef CONFIG_PV\n', '', '`#endif` without `#if`'],
    [
      'hypercall',
      'xen/include/public/xen.h',
      /^.*_iret .*$/m,
      '',
      'hypercall `iret` without a number',
    ],
    [
      'hypercall',
      'xen/include/public/xen.h',
      '23 /*',
      '"23" /*',
      'hypercall `iret` without a number',
    ],
    [
      'emulation-flag',
      DOMAIN,
      'X86_EMU_ALL & ~(',
      'X86_EMU_SOME & ~(',
      'the unknown name `X86_EMU_SOME`',
    ],
    ['emulation-flag', DOMAIN, /\.caps/g, '.hats', 'no configuration for pv'],
    ['emulation-flag', DOMAIN, 'emflags |= XEN_X86_EMU_PIT', 'pit_on(d)', 'no assignment of flags'],
    [
      'emulation-flag',
      DOMAIN,
      'is_pv_domain(d) )',
      'is_wheel(d) )',
      'the unknown guard `is_wheel(d)`',
    ],
    ['emulation-flag', 'xen/arch/x86/setup.c', 'opt_dom0_pvh', 'opt_wheel', 'the unknown guard'],
    ['emulation-flag', HEADER, /XEN_X86_EMU_ALL/g, 'XEN_X86_EMU_SOME', '`XEN_X86_EMU_ALL`'],
    ['emulation-flag', 'tools/xl/xl_parse.c', '"hvm_pirq"', 'name', 'no default or no xl.cfg key'],
    [
      'emulation-flag',
      'tools/libs/light/libxl_create.c',
      'libxl_defbool_setdefault(',
      'default_of(',
      'no default or no xl.cfg key of `u.hvm.pirq`',
    ],
    [
      'emulation-flag',
      'tools/libs/light/libxl_x86.c',
      'if (!libxl_defbool_val',
      'if (wheels) config->emulation_flags |= XEN_X86_EMU_PIT;\n        if (!libxl_defbool_val',
      'the unknown guard `wheels`',
    ],
    [
      'emulation-flag',
      'tools/libs/light/libxl_x86.c',
      /->emulation_flags/g,
      '->flags',
      'no assignment of flags',
    ],
    [
      'device-model',
      DM,
      'if (b_info->type == LIBXL_DOMAIN_TYPE_HVM) {\n        if (b_info->kernel)',
      'if (wheels) {\n        if (b_info->kernel)',
      '`-device lsi53c895a` outside of what libxl does for HVM guests',
    ],
    ['msr', MSR, 'case MSR_PRED_CMD:', 'case MSR_WHEEL:', 'MSR `MSR_WHEEL`'],
    ['msr', VMX, /case \w+:/g, 'wheel:', 'no case in `vmx_msr_read_intercept`'],
    [
      'arm-trap',
      'xen/arch/arm/traps.c',
      'switch ( hsr.ec )',
      'switch ( oak )',
      'no such switch in `do_trap_guest_sync`',
    ],
  ])('%s: %s %s', (kind, path, from, to, actual) => {
    expect(broken(kind, path, from, to)).toContainEqual(
      expect.objectContaining({
        kind: 'construct-unread',
        severity: 'error',
        place: expect.objectContaining({ path: expect.any(String) }),
        actual: expect.stringContaining(actual),
      }),
    );
  });

  it('of vPCI leaves a problem and not a port', () => {
    const problems = broken('io-port', 'xen/arch/x86/hvm/io.c', 'p->size == 4', 'wide(p)');
    expect(problems).toContainEqual(
      expect.objectContaining({ kind: 'construct-unread', place: expect.anything() }),
    );
  });
});

describe('evidence of a fact that is not there', () => {
  it.each<[FactKind, string, string | RegExp, string, string]>([
    ['emulation-flag', 'xen/arch/x86/hvm/vlapic.c', 'vlapic_init', 'start', '`vlapic_init`'],
    ['hypercall', 'xen/include/xsm/dummy.h', 'xsm_console_io', 'xsm_wheel', '`xsm_console_io`'],
    ['cpuid-feature', 'xen/arch/x86/cpu/common.c', 'ctxt_switch', 'c', '`ctxt_switch_levelling`'],
    ['io-port', 'xen/arch/x86/hvm/emulate.c', 'hvmemul_do_io', 'wheel_io', '`ioreq_server_select`'],
    ['msr', 'xen/arch/x86/hvm/vm_event.c', 'w->do_write.msr', 'wheel', '`do_write.msr`'],
  ])('%s: %s', (kind, path, from, to, name) => {
    expect(broken(kind, path, from, to)).toContainEqual(
      expect.objectContaining({
        kind: 'evidence-gone',
        severity: 'error',
        place: { path },
        expected: expect.stringContaining(name),
      }),
    );
  });
});

describe('what the parser does not read', () => {
  it('is a warning at the function and at the line', () => {
    const problems = broken(
      'io-port',
      VPIC,
      'register_portio_handler(d, 0x20',
      '@ register_portio_handler(d, 0x20',
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ kind: 'parse-error', severity: 'warning' }),
    );
    const uncovered = broken('io-port', VPIC, /$/, '\nWHEEL_OF(one, two)\n{\n    turn();\n}\n');
    expect(uncovered).toContainEqual(
      expect.objectContaining({ kind: 'parse-uncovered', severity: 'warning' }),
    );
  });
});
