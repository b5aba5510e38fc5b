/** The made-up tree with a word, a value or a place that no table knows, or without one that a table lists: a problem with a name, never a silence. */
import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../../src/model/fact-kinds.ts';
import { broken } from '../../../tests/broken-fixture.ts';

const HEADER = 'xen/include/public/arch-x86/xen.h';
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
