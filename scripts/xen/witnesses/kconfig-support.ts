/** What Kconfig marks as unsupported, against the status that SUPPORT.md gives the same feature. */
import { isTreeEvidence } from '../../../src/model/evidence.ts';
import type { Fact, FactOf } from '../../../src/schema/fact.ts';
import type { Disagreement } from '../../../src/schema/witness.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import type { Corpus } from '../corpus.ts';
import type { EvidenceList } from '../extractor.ts';
import { isMarkedUnsupported, type KconfigOption, readKconfigOptions } from '../kconfig.ts';
import type { WitnessPair } from '../witness.ts';

type Support = FactOf<'support-status'>;

interface MarkedOption extends KconfigOption {
  readonly path: string;
}

const HARDWARE = 'support-status/host-hardware-support-';
const MEMORY = 'support-status/memory-management-';
const VIRTUAL = 'support-status/virtual-hardware-hypervisor-';

/** The row of SUPPORT.md that speaks of an option; null when there is none. */
const ROWS: Readonly<Record<string, string | null>> = {
  ACPI: `${HARDWARE}host-acpi-via-domain-0-arm`,
  ARGO: `${VIRTUAL}argo-inter-domain-message-delivery-by-hypercall`,
  ARM64_SVE: `${HARDWARE}arm-scalable-vector-extension-sve-sve2`,
  FFA: `${VIRTUAL}arm-firmware-framework-for-arm-a-profile-ff-a-mediator-arm64`,
  FFA_VM_TO_VM: null,
  HAS_ITS: `${HARDWARE}arm-gicv3-its`,
  HVM_FEP: null,
  MEM_PAGING: `${MEMORY}memory-paging-x86-hvm`,
  MEM_SHARING: `${MEMORY}memory-sharing-x86-hvm`,
  MPU: 'support-status/host-architecture-arm-v8-xen-in-armv8-r',
  OPTEE: `${VIRTUAL}arm-op-tee-mediator`,
  OVERLAY_DTB: `${VIRTUAL}device-tree-overlays-arm`,
  SCHED_ARINC653: 'support-status/resource-management-arinc653-scheduler',
  SCHED_NULL: 'support-status/resource-management-null-scheduler',
  SCHED_RTDS: 'support-status/resource-management-rtds-based-scheduler',
  STATIC_MEMORY: `${MEMORY}static-allocation-arm`,
  STATIC_SHM: `${MEMORY}static-memory-sharing-arm`,
  TBOOT: null,
  TEE: `${VIRTUAL}arm-op-tee-mediator`,
};

const SUPPORTED: readonly Support['attributes']['level'][] = [
  'supported',
  'supported-up-to',
  'with-caveats',
];

function markedOptions(corpus: Corpus): MarkedOption[] {
  return [...corpus.texts]
    .filter(([path]) => /^xen\/(?!arch\/(?:riscv|ppc)\/|tools\/)(?:.*\/)?Kconfig$/.test(path))
    .flatMap(([path, text]) =>
      readKconfigOptions(text)
        .filter(isMarkedUnsupported)
        .map((option) => ({ ...option, path })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function unpaired({ path, line, name }: MarkedOption): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual: `the option \`CONFIG_${name}\`, which Kconfig marks as unsupported`,
      expected: 'what the comparison `kconfig-support` lists',
      repair: 'Say in `ROWS` of the comparison which row of SUPPORT.md speaks of it.',
    },
  );
}

function disagreement(
  { path, name }: MarkedOption,
  row: Support,
  evidence: EvidenceList,
): Disagreement {
  const place = row.evidence.find(isTreeEvidence);
  const { symbol, anchor } = place ?? {};
  return {
    subject: row.title,
    facts: [row.id],
    first: {
      says: `marks \`CONFIG_${name}\` as unsupported`,
      evidence: [evidence.cite({ path, anchor: `config ${name}` })],
    },
    second: {
      says: row.attributes.status,
      evidence: [
        evidence.cite({
          path: 'SUPPORT.md',
          ...(symbol === undefined ? {} : { symbol }),
          ...(anchor === undefined ? {} : { anchor }),
        }),
      ],
    },
  };
}

function supportRows(facts: readonly Fact[]): ReadonlyMap<string, Support> {
  return new Map(
    facts.flatMap((fact) => (fact.kind === 'support-status' ? [[fact.id, fact] as const] : [])),
  );
}

export const kconfigSupport: WitnessPair = {
  id: 'kconfig-support',
  title: 'What Kconfig calls unsupported',
  first: 'Kconfig, which marks options as unsupported',
  second: 'SUPPORT.md, which states the status of the feature',
  minimum: 8,
  compare: (corpus, facts, evidence) => {
    const rows = supportRows(facts);
    const marked = markedOptions(corpus);
    const pairs = marked.flatMap((option) => {
      const row = rows.get(ROWS[option.name] ?? '');
      return row === undefined ? [] : [{ option, row }];
    });
    for (const { option } of pairs) {
      evidence.cite({ path: option.path, anchor: `config ${option.name}` });
    }
    return {
      compared: pairs.length,
      disagreements: pairs
        .filter(({ row }) => SUPPORTED.includes(row.attributes.level))
        .map(({ option, row }) => disagreement(option, row, evidence)),
      problems: marked.filter(({ name }) => ROWS[name] === undefined).map(unpaired),
    };
  },
};
