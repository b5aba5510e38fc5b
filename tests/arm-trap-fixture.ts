/** The labels of Arm's trap handlers that the made-up tree does not write out: cases in place of a comment. */
import type { DispatchId } from '../scripts/xen/extractors/arm-trap/constructs.ts';
import type { Treatment } from '../scripts/xen/extractors/arm-trap/treatment.ts';
import { TREATMENTS } from '../scripts/xen/extractors/arm-trap/treatments/index.ts';
import { isInSpan } from '../src/model/release.ts';

const RELEASE_OF_THE_TREE = '4.22.0';

function holds(treatment: Treatment): boolean {
  return isInSpan(treatment, RELEASE_OF_THE_TREE);
}

/** Macros in the tree that stand for these labels. */
const BY_MACRO =
  /^HSR_(?:SYSREG_(?:SCTLR_EL1|TTBR0_EL1|ID_PFR0_EL1|DBGBVRn_EL1\(\d+\))|CPREG32\(SCTLR\)|CPREG64\(TTBR0\))$/;

function casesOf(id: DispatchId, text: string): string {
  const labels = TREATMENTS.filter((one) => one.in === id && holds(one)).flatMap((one) =>
    one.labels.map((label) => ({ label, answer: one.answer })),
  );
  return labels
    .filter(({ label }) => label !== 'default' && !BY_MACRO.test(label))
    .filter(({ label }) => !text.includes(`case ${label}:`) && !text.includes(`case ${label} ...`))
    .map(
      ({ label, answer }) =>
        `    case ${label}:\n        ${answer ?? 'nothing'}();\n        return;\n`,
    )
    .join('');
}

/** The text of a file of Arm with the other cases of its switches. */
export function fillCases(text: string): string {
  return text.replace(/^ *\/\* other cases of (\w+) \*\/\n/gm, (_, id: DispatchId) =>
    casesOf(id, text),
  );
}

/** Facts of the golden file: what the tree writes out. */
export const SHOWN_TRAPS = new Set(
  [
    'exception-wfi-wfe exception-sve exception-others exception-irq debug-hvc-0xe0 hvc-hypercall fault-others',
    'sysreg-actlr-el1 sysreg-dcisw sysreg-dccsw sysreg-sctlr-el1 sysreg-dbgdtr-el0 sysreg-dbgbvr-el1',
    'sysreg-cntp-ctl-el0 sysreg-icc-sre-el1 sysreg-id-pfr0-el1 sysreg-others',
    'cp15-sctlr cp15-pmuserenr cp15-64-icc-sgi1r cp15-64-ttbr0 cp14-dbgoslar cp14-64 cp',
    'smccc-version smccc-hypervisor-call-uid smccc-owner-hypervisor smccc-owner-sip smccc-owner-trusted-os smccc-owner-others',
    'psci-0-2-fn32-psci-version psci-1-0-fn32-system-suspend psci-1-0-fn64-system-suspend',
    'op-tee-calls-count ff-a-mem-share-32 ff-a-mem-share-64 scmi zynqmp-resets',
    'control-hcr-twi control-hcr-tvm control-hcr-ttlb control-hstr-ttee hidden-sve untrapped-virtual-timer',
  ].flatMap((ids) => ids.split(' ').map((id) => `arm-trap/${id}`)),
);
