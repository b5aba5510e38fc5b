/**
 * Conditions of a handling, as data: filters and the calculator read them, pages print them as sentences.
 * Every key is closed. A leading `!` in a list value means "not".
 */

export const VENDORS = ['intel', 'amd'] as const;
export const PAGING_MODES = ['hap', 'shadow'] as const;
export const BITS = [32, 64] as const;

/** Capabilities of the platform or CPU that Xen found and uses. */
export const PLATFORM_FEATURES = {
  apicv: 'APIC virtualization (APIC-register virtualization and virtual interrupt delivery)',
  'tpr-shadow': 'the TPR shadow',
  'apic-access-page': 'the APIC-access page',
  'v-tpr': 'the virtual TPR of SVM',
  'posted-interrupts': 'posted interrupts',
  'unrestricted-guest': 'unrestricted guest',
  'decode-assists': 'DecodeAssists',
  nrips: 'NextRIP saving',
  'cpuid-faulting': 'CPUID faulting',
  'cpuid-user-dis': 'CPUID user disable',
  'tsc-scaling': 'TSC scaling',
  'tsc-reliable': 'a reliable TSC',
  fred: 'FRED',
  cet: 'CET that Xen uses for itself (shadow stacks or indirect-branch tracking)',
  iommu: 'an IOMMU',
  'amd-c1e-quirk': 'the AMD C1E quirk',
  'no-cmos-rtc': 'firmware that declares no CMOS RTC',
  'hpet-page-protection': 'firmware that declares page protection of the HPET',
  'pit-clocksource': 'the PIT as Xen’s own clock source',
  'host-x2apic': 'the host’s local APICs in x2APIC mode',
  'host-msr': 'a host CPU that implements the MSR',
  'lbr-msr': 'a CPU model whose last-branch MSRs include it',
  'svm-lbrv': 'LBR virtualization of SVM',
  'flush-by-asid': 'flushes by ASID of SVM',
  'vmx-bndcfgs': 'VMX controls that load and clear BNDCFGS',
  'iommu-snoop': 'an IOMMU that controls snooping',
  'virt-ssbd': 'a hypervisor or CPU that offers VIRT_SPEC_CTRL to Xen',
  'amd-ssbd': 'SSBD in SPEC_CTRL on AMD',
  'amd-fam10h-16h': 'an AMD CPU of family 10h to 16h',
  'amd-fam15h-16h': 'an AMD CPU of family 15h or 16h',
  'amd-fam0fh': 'an AMD CPU of family 0Fh',
  hygon: 'a Hygon CPU',
  'host-instruction': 'a host CPU that implements the instruction',
  'hvm-enabled': 'VMX or SVM turned on by Xen',
  'host-feature': 'a host CPU that has the feature',
  'host-lmce': 'local machine checks that Xen itself uses',
  'vmx-support': 'the VMX control that the feature needs',
  'spec-ctrl-msr': 'SPEC_CTRL that Xen virtualizes for such guests',
  'host-rsba': 'a host CPU with RSBA or RRSBA',
  'rtm-disabled': 'TSX that is switched to abort every transaction',
  'tsx-ctrl-msr': 'MSR_TSX_CTRL, by which TSX is turned off',
  'skylake-x': 'a Skylake-X CPU',
  l1tf: 'a CPU that L1TF affects',
  'gds-hides-avx':
    'a CPU on which Xen hides AVX (by default, where GDS affects it and no microcode mitigates that)',
  'ivy-bridge': 'an Ivy Bridge CPU',
  'bp-spec-reduce': 'BP_SPEC_REDUCE in use',
  'acpi-pm-timer': 'an ACPI PM timer that Xen has found',
  'io-c-states': 'C-states that are entered through I/O ports',
  'io-console': 'a console of Xen on a UART at I/O ports',
  'full-width-counters': 'full-width writes of performance counters',
  'pause-filter': 'exits of PAUSE loops (the pause filter of SVM, PAUSE-loop exiting of VMX)',
  'bus-lock-exit': 'exits of bus locks',
  'notify-exit': 'notification exits of VMX',
  'wbinvd-exit': 'exits of WBINVD',
  pml: 'page-modification logging',
  vnmi: 'virtual NMIs of SVM',
  'vmcs-shadowing': 'VMCS shadowing',
  'virtual-vmload': 'virtual VMLOAD and VMSAVE',
  'virtual-gif': 'the virtual GIF of SVM',
  'eager-fpu': 'eager switching of the FPU by Xen (the default on Intel CPUs that LazyFPU affects)',
  thumbee: 'ThumbEE',
  'ssbd-runtime': 'firmware that lets Xen switch the SSBD mitigation while guests run',
  'scmi-smc': 'a device tree that describes SCMI by SMC',
  ffa: 'the FF-A mediator in use',
  optee: 'the OP-TEE mediator in use',
  'acpi-boot': 'an Arm host that Xen boots by ACPI',
  zynqmp: 'a Xilinx ZynqMP host',
  imx8qm: 'an NXP i.MX8QM or i.MX8QXP host',
} as const;

/** States of the guest: what its kernel loads, sets or is given. */
export const GUEST_STATES = {
  'pv-drivers': 'the guest loads PV drivers',
  'x2apic-mode': 'the local APIC is in x2APIC mode',
  'xapic-mode': 'the local APIC is in xAPIC mode',
  'pci-device': 'a PCI device is assigned',
  'platform-device': 'a device that is not PCI is assigned',
  'memory-map-reserved': 'the memory map of the host reserves the page',
  'io-permission': 'the guest has I/O permission (IOPL or its I/O bitmap)',
  'ports-granted': 'the toolstack granted the ports',
  'emulated-pit': 'the toolstack asked for `XEN_X86_EMU_PIT`',
  'cmos-index-high': 'the CMOS index is 14 or higher',
  'iomem-granted': 'the domain has permission for the memory range',
  'cr4-tsd': 'CR4.TSD is set',
  vtsc: 'Xen emulates the TSC',
  'writable-pagetables': 'the guest enabled the writable page tables assist',
  'no-gp-handler': 'the guest has no #GP handler',
  'log-dirty': 'log-dirty tracking is on',
  introspection: 'introspection is on',
  'nested-hvm': 'nested virtualization is on',
  'acpi-v0-ports': 'the guest uses version 0 of the ACPI ports',
  'acpi-v1-ports': 'the guest uses version 1 of the ACPI ports',
  'pio-not-claimed': 'no other handler and no ioreq server claims the access',
  'user-mode': 'the guest runs in user mode',
  'code-32': 'the code segment is a 32-bit one',
  iopl: 'the virtual IOPL allows it',
  'cr4-de': 'CR4.DE is set',
  'cr4-fsgsbase': 'CR4.FSGSBASE is set',
  'cr4-osxsave': 'CR4.OSXSAVE is set',
  'cr0-cd': 'CR0.CD is set',
  'cache-flush-permitted': 'the domain has I/O memory, I/O ports or a PCI device',
  'only-ts-changes': 'no bit of CR0 but TS changes',
  'valid-page-table': 'the frame is a valid top-level page table of the guest',
  'cpuid-faulting-on': 'the guest has turned CPUID faulting on',
  'gate-permits': 'the entry of the guest’s trap table permits the software interrupt',
  'callback-registered': 'the guest registered an entry point for it',
  'level-1-table': 'the page is a level 1 page table',
  'l1tf-unsafe-entry':
    'the guest writes a page-table entry that is not present and open to an L1TF attack',
  'iret-restores': 'the state to which the guest returns is valid',
  'selectors-load': 'its segment selectors can be loaded',
  'error-code-0': 'the error code is 0',
  'error-code-of-idt': 'the error code names an entry of the IDT',
  'error-code-of-selector': 'the error code names a selector',
  whitelisted: 'the whitelist of Xen holds the instruction',
  'forced-emulation-prefix': 'the forced-emulation prefix stands before the instruction',
  'msr-permitted': 'Xen permits the access to the MSR',
  'debug-value-permitted': 'Xen permits the value of the debug register',
  'dr4-or-dr5': 'the register is DR4 or DR5',
  'ldt-page-valid': 'the guest has a valid page there',
  'foreign-vendor': 'its CPUID policy names another CPU vendor than that of the host',
  'string-io': 'the instruction is INS or OUTS',
  'pirq-bound': 'the guest binds the interrupt to an event channel',
  'ecam-access': 'the access goes through ECAM (MMCFG) instead of the ports',
  'read-only-device': 'Xen keeps the PCI device read-only',
  'config-address-off': 'the PCI address that the guest wrote is not enabled (its bit 31 is clear)',
  'iommu-enabled': 'the domain uses an IOMMU',
  'bad-msr-value': 'Xen does not accept the value that is written',
  'bad-register-value': 'the value is not one that the control register may take',
  'paging-off': 'the guest has not turned paging on',
  'cr4-umip': 'CR4.UMIP is set',
  'msr-not-implemented': 'the virtual device that answers does not implement the MSR',
  'lbr-enabled': 'the guest has enabled last-branch recording',
  'vpmu-running': 'the virtual PMU is loaded and counts',
  'efer-as-loaded': 'EFER as the guest sees it is what the hardware holds',
  'debug-registers-loaded': 'the debug registers of the guest are loaded',
  'mmio-access': 'the instruction accesses memory that is not RAM',
  'page-table-write': 'the instruction writes a page table',
  'cr4-pke': 'CR4.PKE is set',
  'apic-disabled': 'the guest has disabled its local APIC',
  'long-mode': 'the guest runs in long mode',
  'short-cpuid': 'the toolstack ends the leaves of CPUID before that of XSAVE',
  registered: 'the guest registers the page or area',
  'fifo-events': 'the guest uses FIFO event channels',
  'grant-v2': 'the guest uses version 2 of the grant table',
  'being-saved': 'the toolstack saves or migrates the guest',
  'being-debugged': 'a debugger or a diagnostic tool looks at the guest',
  'populate-on-demand': 'the guest boots with less memory than its maximum',
  dying: 'the domain is being destroyed',
  'hardware-task-switch': 'the guest switches tasks in hardware',
  'real-mode': 'the guest runs in real mode',
  'pae-paging': 'the guest uses PAE paging',
  'ioreq-server': 'a device model has created an ioreq server',
  'pmu-registered': 'the guest has registered a page for its virtual PMU',
  'event-pending': 'an event waits that the guest cannot take yet',
  'nmi-in-service': 'the guest handles an NMI',
  'owned-bit-changes': 'the write changes a bit that Xen owns',
  'efer-svme': 'the guest has set EFER.SVME',
  'cr4-vmxe': 'the guest has set CR4.VMXE',
  altp2m: 'alternate views of memory are on',
  lmce: 'the toolstack asked for local machine checks, as libxl does for HVM domains only',
  viridian: 'the toolstack asked for Viridian, as libxl does for HVM domains only',
  'vgic-v2': 'the guest has a virtual GIC of version 2',
  'vgic-v3': 'the guest has a virtual GIC of version 3',
  sve: 'the guest is given SVE',
  tee: 'the guest is given the mediator of a trusted execution environment',
  'ffa-version-agreed': 'the guest has asked the mediator for the version of FF-A',
  'built-at-boot': 'Xen builds the guest at boot, from a node of its device tree',
  'set-way-flush':
    'the guest has maintained its caches by set and way and not turned them on again',
} as const;

/** Privilege or role of the calling domain, beyond what the guest type says. */
export const ROLES = {
  privileged: 'the domain is privileged',
  'device-model': 'the domain is a device model of the target',
  control: 'the domain is the control domain',
  hardware: 'the domain is the hardware domain',
  xenstore: 'the domain is the xenstore domain',
} as const;

export type PlatformFeature = keyof typeof PLATFORM_FEATURES;
export type GuestState = keyof typeof GUEST_STATES;
export type Role = keyof typeof ROLES;
export type Negatable<T extends string> = T | `!${T}`;

export interface Condition {
  readonly vendor?: (typeof VENDORS)[number] | undefined;
  readonly paging?: (typeof PAGING_MODES)[number] | undefined;
  readonly bits?: (typeof BITS)[number] | undefined;
  readonly role?: Role | undefined;
  /** All of them hold. */
  readonly feature?: readonly Negatable<PlatformFeature>[] | undefined;
  /** All of them hold. */
  readonly guest?: readonly Negatable<GuestState>[] | undefined;
  /** xl.cfg settings, all of them as given. */
  readonly xl?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** An option on Xen's command line, as written there. */
  readonly cmdline?: string | undefined;
  /** Build options, all of them: `CONFIG_PV32`, `!CONFIG_PV_SHIM_EXCLUSIVE`. */
  readonly kconfig?: readonly string[] | undefined;
  /** I/O ports, any of them: `0x71`. */
  readonly ports?: readonly string[] | undefined;
  /** Hypercalls, any of them, without the `__HYPERVISOR_` prefix. */
  readonly hypercalls?: readonly string[] | undefined;
  /** Bits of the guest’s CPUID policy, all of them, in Xen’s names: `ibrsb`, `!pks`. */
  readonly cpuid?: readonly string[] | undefined;
  /** Width of the access in bytes. */
  readonly bytes?: readonly number[] | undefined;
}

const VENDOR_WORDS = { intel: 'on Intel', amd: 'on AMD' } as const;
const PAGING_WORDS = { hap: 'with HAP', shadow: 'with shadow paging' } as const;

function splitNegation(word: string): readonly [negated: boolean, word: string] {
  return word.startsWith('!') ? [true, word.slice(1)] : [false, word];
}

function phrases(
  values: readonly string[] | undefined,
  words: Readonly<Record<string, string>>,
  positive: string,
  negative: string,
): string[] {
  return (values ?? []).map((value) => {
    const [negated, word] = splitNegation(value);
    // What stands in parentheses explains the word on the legend.
    const phrase = (words[word] ?? word).replace(/ \(.*\)$/, '');
    return `${negated ? negative : positive}${phrase}`;
  });
}

/** The condition as a phrase that completes "applies …", or `''` for an empty condition. */
export function describeCondition(when: Condition | undefined): string {
  if (when === undefined) return '';
  const parts: string[] = [];
  if (when.vendor !== undefined) parts.push(VENDOR_WORDS[when.vendor]);
  parts.push(...phrases(when.feature, PLATFORM_FEATURES, 'with ', 'without '));
  if (when.paging !== undefined) parts.push(PAGING_WORDS[when.paging]);
  if (when.bits !== undefined) parts.push(`for ${when.bits}-bit guests`);
  if (when.role !== undefined) parts.push(`when ${ROLES[when.role]}`);
  parts.push(...phrases(when.guest, GUEST_STATES, 'when ', 'unless '));
  for (const bit of when.cpuid ?? []) {
    const [negated, name] = splitNegation(bit);
    parts.push(`${negated ? 'without' : 'with'} \`${name}\` in the guest’s CPUID policy`);
  }
  for (const [key, value] of Object.entries(when.xl ?? {})) {
    parts.push(`with \`${key}=${typeof value === 'boolean' ? Number(value) : value}\` in xl.cfg`);
  }
  if (when.cmdline !== undefined) parts.push(`with \`${when.cmdline}\` on Xen’s command line`);
  parts.push(
    ...(when.kconfig ?? []).map((option) => {
      const [negated, name] = splitNegation(option);
      return `in a build ${negated ? 'without' : 'with'} \`${name}\``;
    }),
  );
  if (when.ports !== undefined) parts.push(`on port ${when.ports.join(' or ')}`);
  if (when.hypercalls !== undefined) {
    parts.push(`for ${when.hypercalls.map((name) => `\`${name}\``).join(', ')}`);
  }
  if (when.bytes !== undefined) parts.push(`for ${when.bytes.join('- or ')}-byte accesses`);
  return parts.join(', ');
}

/** Whether the condition says nothing, so that the handling is unconditional. */
export function isUnconditional(when: Condition | undefined): boolean {
  return when === undefined || Object.values(when).every((value) => value === undefined);
}
