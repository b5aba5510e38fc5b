/** The made-up tree without a construct, or with too few of what one is counted by: a problem with a name, never a silence. */
import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../../src/model/fact-kinds.ts';
import { broken, problemsIn, whole } from '../../../tests/broken-fixture.ts';

const HEADER = 'xen/include/public/arch-x86/xen.h';
const DOMAIN = 'xen/arch/x86/domain.c';
const DEFS = 'xen/include/hypercall-defs.c';
const FEATURES = 'xen/include/public/arch-x86/cpufeatureset.h';
const VPIC = 'xen/arch/x86/hvm/vpic.c';
const MSR = 'xen/arch/x86/msr.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const SUPPORT = 'SUPPORT.md';
const LIBXL = 'tools/libs/light/libxl_internal.h';
const DM = 'tools/libs/light/libxl_dm.c';

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
    const problems = problemsIn('io-port', texts);
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
