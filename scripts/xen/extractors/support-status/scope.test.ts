import { describe, expect, it } from 'vitest';
import { scopeOf, speaksOf, unreadGuestWord } from './scope.ts';

describe('scopeOf', () => {
  it.each([
    [['Wheels'], null, null, null],
    [['Wheels'], 'x86', 'x86', null],
    [['IOMMU'], 'Intel VT-d', 'x86', null],
    [['Consoles'], 'EHCI', 'x86', null],
    [['Shadow paging'], null, 'x86', null],
    [['ARM Scalable Vector Extension (SVE/SVE2)'], null, 'arm64', null],
    [['IOMMU'], 'Renesas IPMMU-VMSA', 'arm', null],
    [['Wheels', 'ARM v7 + Extensions'], null, 'arm32', null],
    [['Wheels', 'ARM v8'], 'Cortex', 'arm', null],
    [['Wheels', 'ARM v8'], 'Xen in AArch64 mode', 'arm64', null],
    [['Guest Type', 'x86/PVH'], 'dom0', 'x86', ['pvh-dom0']],
    [['Guest Type', 'x86/PVH'], 'domU', 'x86', ['pvh']],
    [['Guest Type', 'x86/PV'], 'x86_32, shim', 'x86-32', ['pv-shim']],
    [['Guest Type', 'x86/PV'], 'x86_32, without shim', 'x86-32', ['pv', 'pv-dom0']],
    [['Wheels', 'Null Scheduler'], 'x86/shim', 'x86', ['pv-shim']],
    [['Wheels', 'x86/Multiple IOREQ servers'], null, 'x86', ['pvh', 'hvm']],
    [['Wheels', 'x86/PCI Device Passthrough'], 'x86 PV', 'x86', ['pv']],
    [['Wheels', 'x86/Nested PV'], 'x86 Xen HVM', 'x86', ['hvm']],
    [['Wheels'], 'x86 HVM/PVH, HAP', 'x86', ['hvm', 'pvh', 'pvh-dom0']],
    [['Host', 'Host ACPI (via Domain 0)'], 'x86 PV', 'x86', ['pv-dom0']],
    [['Host', 'Host ACPI (via Domain 0)'], 'ARM', 'arm', ['arm-dom0']],
    [['Virtual Hardware, QEMU', 'x86/Emulated wheel'], 'oak', 'x86', ['hvm']],
  ])('of %j, %j', (path, qualifier, arch, guest) => {
    expect(scopeOf({ path, qualifier })).toEqual({ arch, guest });
  });
});

describe('speaksOf', () => {
  it('leaves out another architecture and guest types that are not named', () => {
    expect(speaksOf({ arch: 'x86-64', guest: null }, 'pv')).toBe(true);
    expect(speaksOf({ arch: 'x86-64', guest: null }, 'arm')).toBe(false);
    expect(speaksOf({ arch: 'arm64', guest: null }, 'arm-dom0')).toBe(true);
    expect(speaksOf({ arch: 'x86', guest: ['hvm'] }, 'pvh')).toBe(false);
    expect(speaksOf({ arch: null, guest: null }, 'arm')).toBe(true);
  });
});

describe('unreadGuestWord', () => {
  it.each([
    [['Wheels'], 'x86 HVM', undefined],
    [['Wheels'], 'dom0', undefined],
    [['PV wheel (frontend)'], 'Linux', undefined],
    [['Wheels'], 'HVM of oak', 'HVM of oak'],
    [['Wheels of dom0'], 'x86', 'Wheels of dom0'],
  ])('of %j, %j', (path, qualifier, word) => {
    expect(unreadGuestWord({ path, qualifier })).toBe(word);
  });
});
