/** What the conditions on the way to an MSR mean: for the guest type, the CPU vendor and the CPUID policy. */

import type { VENDORS } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Asked } from './asked.ts';
import { hostApicFaults, x2apic } from './local-apic.ts';
import { machineCheckAsked, vmceRefuses } from './machine-check.ts';
import { type Meaning, negate, type Token } from './path.ts';
import { vpmuReads, vpmuRefuses } from './virtual-pmu.ts';

export type Vendor = (typeof VENDORS)[number];

/** For whom an access is walked. */
export interface Accessor {
  readonly guest: GuestType;
  readonly vendor: Vendor;
  /** The first and the last of the MSRs that a fact is about. */
  readonly index: number;
  readonly last: number;
  readonly access: 'read' | 'write';
  /** Whether the MSR is one that records branches on some CPU model. */
  readonly lastBranch: boolean;
  /** Whether the CPUID policy of the guest type can ever have a feature, by its name in capitals; null: no such feature. */
  readonly canHave: (feature: string) => boolean | null;
  /** Is told of a feature that the way asks for and the policy never has. */
  readonly lacks: (feature: string) => void;
}

const HARDWARE_DOMAINS = new Set<GuestType>(['pv-dom0', 'pvh-dom0']);
const PV = new Set<GuestType>(['pv', 'pv-dom0', 'pv-shim']);

const NEITHER: Meaning = { yes: [], no: [] };
const when = (token: Token): Meaning => ({ yes: [token], no: [] });
const unless = (token: Token): Meaning => ({ yes: [], no: [token] });
const either = (token: Token) => ({ yes: [token], no: [negate(token)] });

type Rule = readonly [
  pattern: RegExp,
  meaning: Meaning | ((accessor: Accessor, match: RegExpExecArray) => Meaning | null),
];

const VENDOR =
  '(?:cp->x86_vendor|(?:boot_cpu_data|boot_cpu)\\.(?:x86_)?vendor|d->arch\\.cpu(?:id|_policy)->x86_vendor)';
const WORDS: Readonly<Record<Vendor, RegExp>> = {
  intel: /\bX86_VENDOR_INTEL\b/,
  amd: /\bX86_VENDOR_AMD\b/,
};

/** Features that the CPUs of one vendor have: the policies are made from what the host has. */
const VENDOR_FEATURES: Readonly<Record<string, Vendor>> = {
  dbext: 'amd',
  ibrs: 'amd',
  ibrsb: 'intel',
  mpx: 'intel',
  pks: 'intel',
  sbpb: 'amd',
  virt_ssbd: 'amd',
};

/** Features that the policy has only with controls that open their MSR: the code is asked where the CPU lacks them. */
const OPENED_BY: Readonly<Record<string, Token>> = { mpx: 'feature:vmx-bndcfgs' };

/** A feature of the policy: never had, or a condition. */
function policy({ canHave, lacks, vendor }: Accessor, name: string): Meaning {
  const elsewhere = (VENDOR_FEATURES[name] ?? vendor) !== vendor;
  if (!elsewhere && canHave(name.toUpperCase()) !== false) {
    return either(OPENED_BY[name] ?? `cpuid:${name}`);
  }
  lacks(name);
  return false;
}

/** Nested virtualization, which dom0 is never created with. */
function nestedAnswers({ guest }: Accessor): Meaning {
  if (guest === 'pvh-dom0') return false;
  const on = 'guest:nested-hvm';
  return { yes: [on], no: [`!${on}`], orNo: [[on, 'guest:msr-not-implemented']] };
}

/** Groups of Viridian that `viridian=1` leaves off. */
const VIRIDIAN_GROUPS = new Set(['reference_tsc', 'stimer', 'synic']);

/** Xen permits Viridian to every HVM container; xl.cfg asks for it for HVM domains. */
function isViridian({ guest }: Accessor): Meaning {
  if (guest === 'hvm') return either('xl:viridian');
  return guest === 'pvh' ? either('guest:viridian') : false;
}

/** A group of Viridian, by its bit. */
function viridianGroup({ guest }: Accessor, [, name = '']: RegExpExecArray): Meaning {
  if (guest === 'hvm' && VIRIDIAN_GROUPS.has(name)) {
    const asked = either(`xl:viridian=${name}`);
    // libxl gives the interrupt controller to who asks for the timers.
    return name === 'synic' ? { ...asked, orYes: [['xl:viridian=stimer']] } : asked;
  }
  return name.startsWith('no_')
    ? when('guest:msr-not-implemented')
    : unless('guest:msr-not-implemented');
}

/** What a PV dom0 alone can be, in one of the ways of the tokens. */
function pvDom0Only(token: Token, ...others: readonly Token[]) {
  return ({ guest }: Accessor): Meaning =>
    guest === 'pv-dom0' && { yes: [token], orYes: others.map((other) => [other]), no: [] };
}

/** PRED_CMD, BIOS_UPDT_TRIG, FLUSH_CMD and the patch loader of AMD: every CPU refuses to read them. */
const WRITE_ONLY: ReadonlySet<number> = new Set([0x49, 0x79, 0x10b, 0xc0010020]);

/** Whether a read of the host’s MSR faults. */
function hostFaults(accessor: Accessor): Meaning {
  if (WRITE_ONLY.has(accessor.index)) return true;
  return hostApicFaults(accessor) ?? { yes: ['!feature:host-msr'], no: ['feature:host-msr'] };
}

/** Whether the vendor is among those named; Hygon counts as AMD, and says so where only AMD is named. */
function vendorMeaning({ vendor }: Accessor, [, operator, vendors = '']: RegExpExecArray): Meaning {
  const among = WORDS[vendor].test(vendors);
  const unlike = operator === '!=';
  if (vendor === 'intel' || !among || /\bX86_VENDOR_HYGON\b/.test(vendors)) return among !== unlike;
  return unlike ? when('feature:hygon') : unless('feature:hygon');
}

/** The first pattern that matches counts. What is compared with a written value is `value`, and decided at the end. */
const RULES: readonly Rule[] = [
  [/^is_pv_domain\(/, ({ guest }) => PV.has(guest)],
  [/^is_hvm_domain\(/, ({ guest }) => !PV.has(guest)],
  [/^is_pv_32bit_domain\(/, either('bits:32')],
  [/^is_hardware_domain\(/, ({ guest }) => HARDWARE_DOMAINS.has(guest)],
  // Only PV functions ask it. A cpufreq controller is pinned as well.
  [/^is_hwdom_pinned_vcpu\(/, pvDom0Only('cmdline:dom0_vcpus_pin', 'cmdline:cpufreq=dom0-kernel')],
  [/^is_cpufreq_controller\(/, pvDom0Only('cmdline:cpufreq=dom0-kernel')],
  [/^is_viridian_domain\(/, isViridian],
  [new RegExp(`^${VENDOR} (==|!=|&) (.*)$`), vendorMeaning],
  [/->(?:basic|feat|extd|xstate)\.(\w+)$/, (accessor, [, name = '']) => policy(accessor, name)],
  [/->platform_info\.cpuid_faulting$/, NEITHER],
  [/^boot_cpu_data\.(?:x86|family) (?:< 0x10|>= 0x17)$/, when('!feature:amd-fam10h-16h')],
  [/^boot_cpu_data\.(?:x86|family) == 0xf$/, when('feature:amd-fam0fh')],
  [/^get_cpu_family\(cp->basic\.raw_fms, NULL, NULL\) >= 0x10$/, either('!feature:amd-fam0fh')],
  [
    /\bmsr_relaxed$/,
    // The guest of the shim is its dom0.
    ({ guest }) =>
      when(
        HARDWARE_DOMAINS.has(guest) || guest === 'pv-shim'
          ? 'cmdline:dom0=msr-relaxed'
          : 'xl:msr_relaxed',
      ),
  ],
  [/^rdmsr_safe\(.*\) == 0$/, either('feature:host-msr')],
  [/^rdmsr_safe\(/, hostFaults],
  [
    /^wrmsr_safe\(.*\) == 0$/,
    {
      yes: ['feature:host-msr', '!value'],
      no: ['feature:host-msr', 'value'],
      orNo: [['!feature:host-msr']],
    },
  ],
  [
    /^wrmsr_safe\(/,
    {
      yes: ['feature:host-msr', 'value'],
      orYes: [['!feature:host-msr']],
      no: ['feature:host-msr', '!value'],
    },
  ],
  [/trap_ctxt\[\w+\]\.address$/, unless('guest:no-gp-handler')],
  [/^may_defer$/, false],
  [/^v [!=]= curr(?:ent)?$/, (_accessor, [text]) => text.includes('==')],
  [
    /^(?:vmx_read_guest_msr|vmx_write_guest_msr)\(.*\) == 0$/,
    ({ lastBranch }) =>
      lastBranch ? { yes: ['feature:lbr-msr', 'guest:lbr-enabled'], no: [] } : false,
  ],
  [/^is_last_branch_msr\(/, ({ lastBranch }) => (lastBranch ? when('feature:lbr-msr') : false)],
  [/^vmce_\w+\(.*\) < 0$/, vmceRefuses],
  [/^vpmu_do_rdmsr\(/, vpmuReads],
  [/^vpmu_do_wrmsr\(/, vpmuRefuses],
  // Only dom0 can set this mode, while no other domain has a virtual PMU.
  [/^\(?vpmu_mode & XENPMU_MODE_ALL\)?$/, false],
  [/^nvmx_msr_read_intercept\(/, nestedAnswers],
  [
    /^nestedhvm_enabled\(/,
    ({ guest }) => (guest === 'pvh-dom0' ? false : either('guest:nested-hvm')),
  ],
  [/^viridian_feature_mask\(d\) & HVMPV_(\w+)$/, viridianGroup],
  [/^new\.vector < 0x10$/, { yes: ['value'], no: ['!value'] }],
  [/^\(?index \/ 2\)? >= /, when('guest:msr-not-implemented')],
  // Xenoprof answers for the counters of a domain that it watches, which have a case.
  [/^passive_domain_do_(?:rd|wr)msr\(/, false],
  // Only where the CPU has bound configurations, which the policy has asked before.
  [/^hvm_get_guest_bndcfgs\(/, true],
  [/^hvm_set_efer\(/, { yes: ['value'], no: ['!value'] }],
  [
    /^(?:hvm_set_guest_(?:pat|bndcfgs)|mtrr_\w+_set|is_canonical_address|nestedsvm_vmcb_isvalid)\(/,
    { yes: ['!value'], no: ['value'] },
  ],
  [/^(?:\(pci_probe|vmce_has_lmce\()/, NEITHER],
  [/^(?:msr_content|val)$/, NEITHER],
  [/\b(?:val|temp|tmp|msr_content|rsvd)\b/, { yes: ['value'], no: ['!value'] }],
  [/^handle_xsetbv\(/, { yes: ['value'], no: ['!value'] }],
  [
    /^(?:curr->vcpu_id|cpu_has_\w+|cpu_has\(.*\)|curr->arch\.dr7 & \w+|warn|old_cpuid_faulting\b.*|ctl\.u\.CrashNotify|new\.polling|read_cr4\(\) & X86_CR4_FSGSBASE|v->is_running|v[dv]->\w+(?:\.msr)?\.enabled|(?:vs->)?(?:config\.)?(?:sintx|count|enable|enabled|auto_enable|periodic)|test_(?:and_set_)?bit\(.*\))$/,
    NEITHER,
  ],
  // The TSC of a PV hardware domain is never emulated.
  [/^currd->arch\.vtsc$/, ({ guest }) => (guest === 'pv-dom0' ? false : either('guest:vtsc'))],
  [/^opt_fred$/, either('feature:fred')],
  [/\bflag_dr_dirty$/, when('guest:debug-registers-loaded')],
  [
    /\b(?:lbr_flags|vtsc|xcr0_accum|model_specific_lbr|lbr_\w+_needed|ler_to_fixup_needed)\b/,
    NEITHER,
  ],
  [/^vpmu_is_set\(/, NEITHER],
  [/\^ opt_fred$/, NEITHER],
  [/^page_index > 0$/, { yes: ['value'], no: ['!value'] }],
  [/^(?:page$|get_page_type\()/, unless('value')],
  [/^p2m_is_paging\(/, NEITHER],
];

/** What a condition means, or null when no rule knows it. */
export function meaningOf(accessor: Accessor, text: string): Meaning | null {
  for (const [pattern, meaning] of RULES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    return typeof meaning === 'function' ? meaning(accessor, match) : meaning;
  }
  return null;
}

/** Functions that answer for an MSR and are not walked, and when they refuse. */
const DELEGATES: Readonly<Record<string, Meaning | ((accessor: Accessor) => Meaning)>> = {
  guest_rdmsr_x2apic: x2apic,
  guest_wrmsr_x2apic: x2apic,
  guest_wrmsr_apic_base: { yes: ['!value'], no: ['value'] },
};

export function delegateMeaning(accessor: Accessor, callee: string): Meaning | null {
  const meaning = DELEGATES[callee] ?? null;
  return typeof meaning === 'function' ? meaning(accessor) : meaning;
}

/** What a function says that is asked about an MSR in passing; null for one that is not known. */
export function askedMeaning(accessor: Accessor, callee: string): Asked | null {
  return /^vmce_(?:rd|wr)msr$/.test(callee) ? machineCheckAsked(accessor) : null;
}
