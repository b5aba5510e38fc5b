/** MSRs that guests in an HVM container reach without an exit: what clears a bit of the MSR bitmap, and when. */
import type { Place } from '../../../../src/model/evidence.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type Call, readCalls } from '../../calls.ts';
import type { Corpus } from '../../corpus.ts';
import { makefileOptions } from '../../makefile-options.ts';
import type { Row } from './last-branch.ts';
import type { Vendor } from './meanings.ts';
import type { Token } from './path.ts';

/** Which accesses a call opens. */
export type Opens = 'read' | 'write' | 'both';

/** What a place of the source opens; null: it opens nothing of its own, or closes. */
interface Opened {
  /** Names as macros: one MSR, or the first and the last; or those that record branches. */
  readonly msrs: readonly Row[] | 'last-branch';
  /** Of these, what another call closes again. */
  readonly except?: readonly string[];
  /** Alternatives, each a conjunction. An empty conjunction is always. */
  readonly when: readonly (readonly Token[])[];
  readonly access?: Opens;
  /** Where it is closed again. */
  readonly closed?: readonly Place[];
}

export interface Hole {
  readonly vendor: Vendor;
  readonly access: Opens;
  readonly msrs: readonly Row[];
  readonly except: readonly string[];
  readonly when: readonly (readonly Token[])[];
  readonly path: string;
  readonly symbol: string;
  readonly anchor: string;
  readonly closed: readonly Place[];
}

const CALLEES = {
  vmx_clear_msr_intercept: 'intel',
  svm_disable_intercept_for_msr: 'amd',
  svm_intercept_msr: 'amd',
} as const satisfies Record<string, Vendor>;

const single = (name: string): readonly Row[] => [[name, name]];
const opened = (...when: Token[][]): Omit<Opened, 'msrs'> => ({ when });
const ALWAYS = opened([]);
const VPMU: Omit<Opened, 'msrs'> = {
  when: [['cmdline:vpmu', 'guest:vpmu-running']],
};
/** Registers that the CPU may lack: only those that it has are opened. */
const COUNTERS: Omit<Opened, 'msrs'> = {
  when: [['cmdline:vpmu', 'guest:vpmu-running', '!guest:msr-not-implemented']],
};
const DEBUG_MASKS: Omit<Opened, 'msrs'> = {
  when: [['cpuid:dbext', 'guest:debug-registers-loaded']],
};
const LBR: Omit<Opened, 'msrs'> = { when: [['feature:svm-lbrv', 'guest:lbr-enabled']] };

/** When a place opens an MSR, by enclosing function and argument. */
const PLACES: Readonly<Record<string, Omit<Opened, 'msrs'> | Opened | null>> = {
  'construct_vmcs MSR_FS_BASE': ALWAYS,
  'construct_vmcs MSR_GS_BASE': ALWAYS,
  'construct_vmcs MSR_SHADOW_GS_BASE': ALWAYS,
  'construct_vmcs MSR_IA32_SYSENTER_CS': ALWAYS,
  'construct_vmcs MSR_IA32_SYSENTER_ESP': ALWAYS,
  'construct_vmcs MSR_IA32_SYSENTER_EIP': ALWAYS,
  // With snooping it is closed again while CR0.CD is set, where what the guest caches can matter to a device.
  'construct_vmcs MSR_IA32_CR_PAT': {
    ...opened(
      ['paging:hap', '!guest:iommu-enabled'],
      ['paging:hap', 'feature:iommu-snoop', '!guest:cr0-cd'],
      ['paging:hap', 'feature:iommu-snoop', '!guest:cache-flush-permitted'],
    ),
    closed: [
      { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'hvm_set_cr0', anchor: 'handle_cd' },
      {
        path: 'xen/arch/x86/hvm/vmx/vmx.c',
        symbol: 'vmx_handle_cd',
        anchor: 'vmx_set_msr_intercept(v, MSR_IA32_CR_PAT',
      },
    ],
  },
  'construct_vmcs MSR_IA32_BNDCFGS': opened(['feature:vmx-bndcfgs']),
  'vmx_cpuid_policy_changed MSR_SPEC_CTRL': opened(['cpuid:ibrsb']),
  'vmx_cpuid_policy_changed MSR_PRED_CMD': opened(['cpuid:ibrsb'], ['cpuid:ibpb']),
  'vmx_cpuid_policy_changed MSR_FLUSH_CMD': opened(['cpuid:l1d_flush']),
  'vmx_cpuid_policy_changed MSR_PKRS': opened(['cpuid:pks']),
  'vmx_update_guest_efer MSR_EFER': opened(['guest:efer-as-loaded']),
  'vmx_handle_cd MSR_IA32_CR_PAT': null,
  'vmx_vlapic_msr_changed msr': {
    msrs: [['MSR_X2APIC_FIRST', 'MSR_X2APIC_LAST']],
    except: ['MSR_X2APIC_PPR', 'MSR_X2APIC_TMICT', 'MSR_X2APIC_TMCCT'],
    when: [['feature:apicv', 'guest:x2apic-mode']],
  },
  'vmx_vlapic_msr_changed MSR_X2APIC_TPR': opened(['feature:apicv', 'guest:x2apic-mode']),
  'vmx_vlapic_msr_changed MSR_X2APIC_EOI': opened(['feature:apicv', 'guest:x2apic-mode']),
  'vmx_vlapic_msr_changed MSR_X2APIC_SELF': opened(['feature:apicv', 'guest:x2apic-mode']),
  'vmx_msr_write_intercept lbr->base + i': {
    msrs: 'last-branch',
    when: [['feature:lbr-msr', 'guest:lbr-enabled']],
  },
  'core2_vpmu_set_msr_bitmap MSR_CORE_PERF_FIXED_CTR0 + i': {
    msrs: [['MSR_CORE_PERF_FIXED_CTR0', 'MSR_CORE_PERF_FIXED_CTR2']],
    ...COUNTERS,
  },
  'core2_vpmu_set_msr_bitmap MSR_IA32_PERFCTR0 + i': {
    msrs: [['MSR_P6_PERFCTR(0)', 'MSR_P6_PERFCTR(7)']],
    ...COUNTERS,
  },
  'core2_vpmu_set_msr_bitmap MSR_IA32_A_PERFCTR0 + i': {
    msrs: [
      ['MSR_IA32_A_PERFCTR0', 'MSR_IA32_A_PERFCTR0'],
      ['MSR_IA32_A_PERFCTR0 + 1', 'MSR_IA32_A_PERFCTR0 + 7'],
    ],
    when: [
      [
        'cmdline:vpmu',
        'feature:full-width-counters',
        'guest:vpmu-running',
        '!guest:msr-not-implemented',
      ],
    ],
  },
  'core2_vpmu_set_msr_bitmap MSR_P6_EVNTSEL(i)': {
    msrs: [['MSR_P6_EVNTSEL(0)', 'MSR_P6_EVNTSEL(7)']],
    ...COUNTERS,
  },
  'core2_vpmu_set_msr_bitmap MSR_CORE_PERF_FIXED_CTR_CTRL': VPMU,
  'core2_vpmu_set_msr_bitmap MSR_IA32_DS_AREA': VPMU,
  'construct_vmcb MSR_FS_BASE': ALWAYS,
  'construct_vmcb MSR_GS_BASE': ALWAYS,
  'construct_vmcb MSR_SHADOW_GS_BASE': ALWAYS,
  'construct_vmcb MSR_CSTAR': ALWAYS,
  'construct_vmcb MSR_LSTAR': ALWAYS,
  'construct_vmcb MSR_STAR': ALWAYS,
  'construct_vmcb MSR_SYSCALL_MASK': ALWAYS,
  'construct_vmcb MSR_IA32_SYSENTER_CS': ALWAYS,
  'construct_vmcb MSR_IA32_SYSENTER_EIP': ALWAYS,
  'construct_vmcb MSR_IA32_SYSENTER_ESP': ALWAYS,
  'construct_vmcb MSR_IA32_CR_PAT': opened(['paging:hap']),
  'svm_cpuid_policy_changed MSR_SPEC_CTRL': { ...opened(['cpuid:ibrs']), access: 'both' },
  'svm_cpuid_policy_changed MSR_VIRT_SPEC_CTRL': {
    ...opened(['cpuid:virt_ssbd', 'feature:virt-ssbd', '!feature:amd-ssbd']),
    access: 'read',
  },
  'svm_cpuid_policy_changed MSR_PRED_CMD': { ...opened(['cpuid:ibpb']), access: 'both' },
  'svm_msr_write_intercept MSR_IA32_DEBUGCTLMSR': LBR,
  'svm_msr_write_intercept MSR_IA32_LASTBRANCHFROMIP': LBR,
  'svm_msr_write_intercept MSR_IA32_LASTBRANCHTOIP': LBR,
  'svm_msr_write_intercept MSR_IA32_LASTINTFROMIP': LBR,
  'svm_msr_write_intercept MSR_IA32_LASTINTTOIP': LBR,
  '__restore_debug_registers MSR_AMD64_DR0_ADDRESS_MASK': DEBUG_MASKS,
  '__restore_debug_registers MSR_AMD64_DR1_ADDRESS_MASK': DEBUG_MASKS,
  '__restore_debug_registers MSR_AMD64_DR2_ADDRESS_MASK': DEBUG_MASKS,
  '__restore_debug_registers MSR_AMD64_DR3_ADDRESS_MASK': DEBUG_MASKS,
  // It never runs: its one caller asks first whether the bitmap is open, which only it would say (`is_msr_bitmap_on()`).
  'amd_vpmu_set_msr_bitmap counters[i]': null,
  'amd_vpmu_set_msr_bitmap ctrls[i]': null,
  'svm_enable_msr_interception msr': null,
};

/** What the flags of a call open; null when they close, and undefined when they are not understood. */
function opens({ callee, arguments: given }: Call): Opens | null | undefined {
  if (callee === 'svm_disable_intercept_for_msr') return 'both';
  const flags: Readonly<Record<string, Opens | null>> = {
    VMX_MSR_RW: 'both',
    VMX_MSR_R: 'read',
    VMX_MSR_W: 'write',
    MSR_INTERCEPT_NONE: 'both',
    MSR_INTERCEPT_WRITE: 'read',
    MSR_INTERCEPT_READ: 'write',
    MSR_INTERCEPT_RW: null,
  };
  return flags[given[2] ?? ''];
}

function unlisted(path: string, line: number, key: string): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual: `bitmap access \`${key}\``,
      expected: 'an entry of `PLACES`',
      repair: 'Say when the MSR is open in `PLACES` of the extractor `msr`.',
    },
  );
}

/** Options of a file that a guest in an HVM container does not imply. */
function buildTokens(corpus: Corpus, path: string): Token[] {
  return makefileOptions(corpus, path)
    .filter((option) => !/_(?:HVM|VMX|SVM)$/.test(option))
    .map((option) => `kconfig:${option}`);
}

/** The MSRs of a place. */
function msrsAt(place: Opened | Omit<Opened, 'msrs'>, msr: string, lastBranch: readonly Row[]) {
  if (!('msrs' in place)) return single(msr);
  return place.msrs === 'last-branch' ? lastBranch : place.msrs;
}

/** Every opening of an MSR; a place that is not listed is a problem. */
export function readHoles(
  corpus: Corpus,
  lastBranch: readonly Row[],
): {
  readonly holes: readonly Hole[];
  readonly problems: readonly Problem[];
} {
  const holes: Hole[] = [];
  const problems: Problem[] = [];
  const callees = new Set(Object.keys(CALLEES));
  const files = corpus
    .filesWith('xen/arch/x86/', callees)
    .filter(({ path }) => path.endsWith('.c'));
  for (const file of files) {
    const build = buildTokens(corpus, file.path);
    for (const call of readCalls(corpus.reader, file, callees)) {
      const { symbol, line, callee } = call;
      if (symbol === null || callees.has(symbol)) continue;
      const access = opens(call);
      if (access === null) continue;
      const msr = call.arguments[1] ?? '';
      const key = `${symbol} ${msr}`;
      const place = PLACES[key];
      if (place === null) continue;
      const opening = place?.access ?? access;
      if (place === undefined || opening === undefined) {
        problems.push(unlisted(file.path, line, key));
        continue;
      }
      holes.push({
        vendor: CALLEES[callee as keyof typeof CALLEES],
        access: opening,
        msrs: msrsAt(place, msr, lastBranch),
        except: 'except' in place ? (place.except ?? []) : [],
        when: place.when.map((tokens) => [...tokens, ...build]),
        path: file.path,
        symbol,
        anchor: `${callee}(v, ${msr}`,
        closed: place.closed ?? [],
      });
    }
  }
  return { holes, problems };
}
