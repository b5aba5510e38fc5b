/** The made-up tree, broken in one place at a time: what is not understood is a problem with a name, never a silence. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FactKind } from '../../../src/model/fact-kinds.ts';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { readFixture } from '../../../tests/xen-fixture.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Corpus } from '../corpus.ts';
import { extractFacts } from '../extract.ts';
import { EXTRACTORS } from './index.ts';

const HEADER = 'xen/include/public/arch-x86/xen.h';
const DOMAIN = 'xen/arch/x86/domain.c';
const DEFS = 'xen/include/hypercall-defs.c';
const FEATURES = 'xen/include/public/arch-x86/cpufeatureset.h';
const VPIC = 'xen/arch/x86/hvm/vpic.c';
const PIT = 'xen/arch/x86/emul-i8254.c';
const PV = 'xen/arch/x86/pv/emul-priv-op.c';
const MSR = 'xen/arch/x86/msr.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const SUPPORT = 'SUPPORT.md';
const LIBXL = 'tools/libs/light/libxl_internal.h';
const DEVICES = 'tools/libs/light/libxl_device.c';
const DM = 'tools/libs/light/libxl_dm.c';
const MANUAL = 'docs/man/xl.cfg.5.pod.in';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

/** The problems of a kind when `from` is replaced in a file, or the file is left out. */
function broken(kind: FactKind, path: string, from: string | RegExp | null, to = ''): Problem[] {
  const texts = new Map(whole.texts);
  const text = texts.get(path) ?? '';
  texts.delete(path);
  if (from !== null) {
    const changed = text.replace(from, to);
    expect(changed, `${String(from)} in ${path}`).not.toBe(text);
    texts.set(path, changed);
  }
  const extractors = EXTRACTORS.filter((extractor) => extractor.kind === kind);
  return [...extractFacts(whole.withTexts(texts), extractors).problems];
}

describe('a construct that is not there', () => {
  it.each<[FactKind, string, string | RegExp | null, string, string, string, string]>([
    [
      'emulation-flag',
      DOMAIN,
      /emulation_flags_ok/g,
      'flags_fit',
      'emulation-flag/permitted',
      'tried function `emulation_flags_ok` in xen/arch/x86/domain.c: 0 definitions',
      '`emulation_flags_ok` stands nowhere in Xen 4.22.0',
    ],
    [
      'hypercall',
      DEFS,
      null,
      '',
      'hypercall/table',
      'tried lines `table:` in xen/include/hypercall-defs.c: no such file',
      '`table:` stands nowhere in Xen 4.22.0',
    ],
    [
      'cpuid-feature',
      FEATURES,
      null,
      '',
      'cpuid-feature/features',
      'tried lines `XEN_CPUFEATURE` in xen/include/public/arch-x86/cpufeatureset.h: no such file',
      '`XEN_CPUFEATURE` stands nowhere in Xen 4.22.0',
    ],
    [
      'cpuid-feature',
      'xen/arch/x86/cpuid.c',
      'void guest_cpuid(',
      'void visitor_cpuid(',
      'cpuid-feature/run-time',
      'tried function `guest_cpuid` in xen/arch/x86/cpuid.c: 0 definitions',
      '`guest_cpuid` stands nowhere in Xen 4.22.0',
    ],
    [
      'io-port',
      'xen/arch/x86/hvm/emulate.c',
      /null_read/g,
      'nothing_read',
      'io-port/unclaimed',
      'tried function `null_read` in xen/arch/x86/hvm/emulate.c: 0 definitions',
      '`null_read` stands nowhere in Xen 4.22.0',
    ],
    [
      'support-status',
      SUPPORT,
      null,
      '',
      'support-status/rows',
      'tried lines `Status` in SUPPORT.md: no such file',
      '`Status` stands nowhere in Xen 4.22.0',
    ],
    [
      'pv-protocol',
      LIBXL,
      /QEMU_BACKEND/g,
      'WHEEL_BACKEND',
      'pv-protocol/qemu-kinds',
      'tried macro `QEMU_BACKEND` in tools/libs/light/libxl_internal.h: 0 definitions',
      '`QEMU_BACKEND` stands nowhere in Xen 4.22.0',
    ],
    [
      'device-model',
      DM,
      'void libxl__build_device_model_args_new(',
      'void libxl__build_wheel_args(',
      'device-model/arguments',
      'tried function `libxl__build_device_model_args_new` in tools/libs/light/libxl_dm.c: 0 definitions',
      '`libxl__build_device_model_args_new` stands nowhere in Xen 4.22.0',
    ],
    [
      'msr',
      MSR,
      'int guest_rdmsr(',
      'int visitor_rdmsr(',
      'msr/read',
      'tried function `guest_rdmsr` in xen/arch/x86/msr.c: 0 definitions',
      '`guest_rdmsr` now stands in xen/arch/x86/hvm/hvm.c, xen/arch/x86/pv/emul-priv-op.c',
    ],
    [
      'arm-trap',
      'xen/arch/arm/vcpreg.c',
      'void do_cp10(',
      'void do_oak(',
      'arm-trap/do-cp10',
      'tried function `do_cp10` in xen/arch/arm/vcpreg.c: 0 definitions',
      '`do_cp10` now stands in xen/arch/arm/traps.c',
    ],
    [
      'arm-trap',
      'xen/arch/arm/tee/ffa.c',
      null,
      '',
      'arm-trap/ffa-handle-call',
      'tried function `ffa_handle_call` in xen/arch/arm/tee/ffa.c: no such file',
      '`ffa_handle_call` stands nowhere in Xen 4.22.0',
    ],
  ])('%s: %s', (kind, path, from, to, construct, tried, now) => {
    const problems = broken(kind, path, from, to);
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'construct-missing',
        severity: 'error',
        actual: expect.stringContaining(`0 of \`${construct}\``),
        details: [tried, now],
        repair: expect.stringContaining(construct),
      }),
    );
  });

  it('is told where its name stands now', () => {
    const path = 'xen/arch/x86/hvm/emulate.c';
    const moved = broken('io-port', path, /null_read/g, 'nothing_read');
    const without = (whole.texts.get(path) ?? '').replaceAll('null_read', 'nothing_read');
    const texts = new Map(whole.texts).set(path, without);
    texts.set('xen/common/null.c', 'void null_read(void)\n{\n}\n');
    const ports = EXTRACTORS.filter(({ kind }) => kind === 'io-port');
    const { problems } = extractFacts(whole.withTexts(texts), ports);
    expect(moved[0]?.details).toContain('`null_read` stands nowhere in Xen 4.22.0');
    expect(problems[0]?.details).toContain('`null_read` now stands in xen/common/null.c');
  });
});

describe('a count below its floor', () => {
  it.each<[FactKind, string, string | RegExp, string, string]>([
    ['io-port', VPIC, /register_portio_handler/g, 'add_handler', '9 of `io-port/register`'],
    ['hypercall', DEFS, /^filler_.*$/gm, '', '8 of `hypercall/table`'],
    [
      'cpuid-feature',
      FEATURES,
      /^XEN_CPUFEATURE\(FILLER.*$/gm,
      '',
      '10 of `cpuid-feature/features`',
    ],
    ['emulation-flag', HEADER, /^#define _XEN_X86_EMU_VPCI.*$/m, '', '8 of `emulation-flag/flags`'],
    ['support-status', SUPPORT, /### Filler \d+\n\n.*$/gm, '', '46 of `support-status/rows`'],
    ['support-status', SUPPORT, /^ *Xen-Version:.*$/m, '', '3 of `support-status/release`'],
    [
      'msr',
      VMX,
      'vmx_clear_msr_intercept(v, MSR_EFER',
      'turn(v, MSR_EFER',
      '6 of `msr/vmx-bitmap`',
    ],
  ])('%s: %s', (kind, path, from, to, actual) => {
    expect(broken(kind, path, from, to)).toContainEqual(
      expect.objectContaining({
        kind: 'count-low',
        severity: 'error',
        actual: expect.stringContaining(actual),
      }),
    );
  });
});

describe('something that is not known', () => {
  it.each<[FactKind, string, string | RegExp, string, string, string]>([
    [
      'emulation-flag',
      HEADER,
      '#define XEN_HVM',
      '#define _XEN_X86_EMU_WHEEL 9\n#define XEN_X86_EMU_WHEEL (1U << 9)\n#define XEN_HVM',
      'flag `XEN_X86_EMU_WHEEL`',
      'MEANINGS',
    ],
    ['io-port', VPIC, 'has_vpic(d) )', 'd->arch.wheels )', 'guard `d->arch.wheels`', 'gates.ts'],
    [
      'io-port',
      'xen/arch/x86/dom0_build.c',
      'rc |= ioports_deny_access(d, 0x61',
      'if ( wheels ) rc |= ioports_deny_access(d, 0x61',
      'guard `wheels`',
      'gates.ts',
    ],
    [
      'io-port',
      VPIC,
      /^ {4}register_portio_handler\(d, 0x4d0.*$/m,
      '#ifdef CONFIG_WHEEL\n    register_portio_handler(d, 0x4d0, 2, vpic_intercept_elcr_io);\n#endif',
      'guard `CONFIG_WHEEL`',
      'gates.ts',
    ],
    [
      'io-port',
      PIT,
      '0x61, 1, handle_speaker_io',
      '0x62, 1, handle_wheel_io',
      'registration of 0x62 by `pit_init handle_wheel_io`',
      'REGISTERED',
    ],
    [
      'io-port',
      'xen/arch/x86/hvm/pmtimer.c',
      'd, TMR_VAL_ADDR_V0, TMR_VAL_ADDR_V1',
      'd, TMR_VAL_ADDR_V0, WHEEL_ADDR',
      'relocation to WHEEL_ADDR in `pmtimer_change_ioport`',
      'RELOCATED',
    ],
    [
      'io-port',
      'xen/arch/x86/hvm/stdvga.c',
      'void stdvga_init',
      'void wheel_init',
      'handler in `wheel_init`',
      'RAW',
    ],
    [
      'io-port',
      'xen/arch/x86/hvm/hvm.c',
      '__clear_bit(0xed',
      '__clear_bit(0xee',
      'port 0xee in the bitmap',
      'OPENED',
    ],
    [
      'io-port',
      'xen/arch/x86/dom0_build.c',
      'd, 0x92, 0x92',
      'd, 0x93, 0x93',
      'denial of 0x93 in `dom0_setup_permissions`',
      'DENIED',
    ],
    [
      'io-port',
      PV,
      'pv_pit_handler(port, 0, 0)',
      'pv_wheel_handler(port)',
      'something unknown in a branch of `guest_io_read`',
      'PV_BRANCHES',
    ],
    [
      'io-port',
      PV,
      'is_cmos_port(port, 1, currd)',
      'is_wheel_port(port)',
      'a condition that is not understood in a branch of `guest_io_read`',
      'PV_BRANCHES',
    ],
    [
      'cpuid-feature',
      'xen/arch/x86/cpuid.c',
      /$/,
      'void wheel_policy(void)\n{\n    __set_bit(X86_FEATURE_FPU, fs);\n}\n',
      '`wheel_policy`, which changes feature bits',
      'SCOPES',
    ],
    [
      'mmio-region',
      'xen/arch/x86/hvm/hpet.c',
      /hpet_mmio_ops/g,
      'oak_mmio_ops',
      'a handler `oak_mmio_ops` in `hpet_init`',
      'SITES',
    ],
    [
      'mmio-region',
      'xen/arch/x86/hvm/hpet.c',
      'has_vhpet(d)',
      'd->arch.oak',
      'guard `d->arch.oak`',
      'SITES',
    ],
    [
      'mmio-region',
      'xen/arch/x86/hvm/stdvga.c',
      'has_vvga(d)',
      'ret',
      'no guard `has_vvga(d)`',
      'SITES',
    ],
    ['pv-protocol', LIBXL, 'QDISK', 'QWHEEL', 'kind of backend `QWHEEL`', 'PROTOCOLS'],
    [
      'pv-protocol',
      DEVICES,
      '(p9, 9PFS, p9s)',
      '(p9, 9PFS, p9s);\nDEFINE_DEVICE_TYPE_STRUCT(oak, OAK, oaks)',
      'device type `oak`',
      'PROTOCOLS',
    ],
    ['pv-protocol', SUPPORT, '### Netback', '### Oakback', 'section `Oakback`', 'PROTOCOLS'],
    [
      'pv-protocol',
      'xen/include/public/io/oakif.h',
      /$/,
      'struct oak {};',
      'header `xen/include/public/io/oakif.h`',
      'PROTOCOLS',
    ],
    [
      'device-model',
      DM,
      '"lsi53c895a"',
      '"wheel"',
      'the argument `-device wheel` in `libxl__build_device_model_args_new`',
      'DEVICES',
    ],
    [
      'device-model',
      'tools/libs/light/libxl_pci.c',
      '"xen-pci-passthrough"',
      '"wheel"',
      'the argument `device_add wheel` in `pci_add_qmp_device_add`',
      'DEVICES',
    ],
    [
      'device-model',
      MANUAL,
      'B<hpet=BOOLEAN>',
      'B<wheel=BOOLEAN>',
      'the key `wheel` of xl.cfg',
      'LEFT_OUT',
    ],
    [
      'device-model',
      'tools/xl/xl_parse.c',
      'config, "boot"',
      'config, "wheel"',
      'the key `wheel` of xl.cfg',
      'LEFT_OUT',
    ],
    ['support-status', SUPPORT, 'Tech Preview', 'Turns well', 'status `Turns well`', 'LEVELS'],
    [
      'support-status',
      SUPPORT,
      'domU:',
      'domU of oak:',
      'guest type in `domU of oak`',
      'NAMED_OTHERWISE',
    ],
    [
      'msr',
      MSR,
      '!cp->feat.invpcid',
      'wheels(cp)',
      '`wheels(cp)` on the way to an MSR in `guest_rdmsr`',
      'RULES',
    ],
    [
      'msr',
      MSR,
      'guest_rdmsr_x2apic(v',
      'guest_rdmsr_wheel(v',
      '`guest_rdmsr_wheel(v, msr, val)` on the way to an MSR in `guest_rdmsr`',
      'DELEGATES',
    ],
    [
      'msr',
      VMX,
      'MSR_SPEC_CTRL, VMX_MSR_RW',
      'MSR_STAR, VMX_MSR_RW',
      'bitmap access `vmx_cpuid_policy_changed MSR_STAR`',
      'PLACES',
    ],
    [
      'arm-trap',
      'xen/arch/arm/arm64/vsysreg.c',
      'case HSR_SYSREG_DCISW:',
      'case HSR_SYSREG_OAK_EL1:',
      'case `HSR_SYSREG_OAK_EL1` in `do_sysreg`',
      'treatments',
    ],
    [
      'arm-trap',
      'xen/arch/arm/arm64/vsysreg.c',
      'vreg_emulate_sysreg(',
      'vreg_grow(',
      'no call of `vreg_emulate_sysreg` for `HSR_SYSREG_SCTLR_EL1` in `do_sysreg`',
      'treatments',
    ],
    [
      'arm-trap',
      'xen/arch/arm/p2m.c',
      'HCR_TVM',
      'HCR_TTLB',
      'bit `HCR_TTLB`, which is set in `p2m_set_way_flush`',
      'CONTROLS',
    ],
    [
      'arm-trap',
      'xen/arch/arm/cpufeature.c',
      'pfr64.mte',
      'pfr64.oak',
      'field `pfr64.oak` cleared for guests',
      'HIDDEN_FEATURES',
    ],
    [
      'arm-trap',
      'xen/arch/arm/platforms/imx8qm.c',
      /$/,
      '    .smc = oak_smc,\n',
      'calls of a platform that `oak_smc` answers',
      'PLATFORMS',
    ],
  ])('%s: %s', (kind, path, from, to, actual, table) => {
    expect(broken(kind, path, from, to)).toContainEqual(
      expect.objectContaining({
        kind: 'construct-unknown',
        severity: 'error',
        place: expect.objectContaining({ path }),
        actual,
        repair: expect.stringContaining(table),
      }),
    );
  });
});

describe('something that the tables list and that is not there', () => {
  it.each<[FactKind, string, string | RegExp | null, string]>([
    [
      'mmio-region',
      'xen/arch/x86/hvm/mmio.c',
      null,
      'no registration of `subpage_mmio_ops` in Xen 4.22.0',
    ],
    ['pv-protocol', 'xen/include/public/io/fsif.h', null, 'no header `fsif.h` in Xen 4.22.0'],
    ['pv-protocol', DEVICES, /^.*\(p9, .*$/m, 'no device type `p9` in libxl'],
    ['pv-protocol', SUPPORT, '### Netback', 'no rows below `Netback`'],
    ['device-model', DM, '"-no-acpi"', 'no argument `-no-acpi` in Xen 4.22.0'],
    [
      'arm-trap',
      'xen/arch/arm/vpsci.c',
      /^ *case PSCI_0_2_FN32_PSCI_VERSION:\n/m,
      'no case `PSCI_0_2_FN32_PSCI_VERSION` in `do_vpsci_0_2_call`',
    ],
  ])('%s: %s %s', (kind, path, from, actual) => {
    expect(broken(kind, path, from)).toContainEqual(
      expect.objectContaining({ kind: 'construct-missing', severity: 'error', actual }),
    );
  });
});

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
