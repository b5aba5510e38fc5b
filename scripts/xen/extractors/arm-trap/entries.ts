/** From the labels of the dispatchers and their treatments to drafts. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { anchorFor } from '../../evidence.ts';
import type { DispatchId } from './constructs.ts';
import { DEFAULT, type Dispatch, type Entry } from './dispatch.ts';
import { type Definition, type Draft, definitionsOf, slug } from './draft.ts';
import { type Cells, error, type Treatment } from './treatment.ts';
import { unlistedNames } from './unlisted.ts';

interface Shape {
  readonly prefix: string;
  /** What the labels are: registers, functions that a guest calls, or neither. */
  readonly labels: 'register' | 'function' | 'other';
  readonly bits: 32 | 64 | null;
  /** Words after the register in a title. */
  readonly after?: string;
}

const register = (prefix: string, bits: 32 | 64, after?: string): Shape => ({
  prefix,
  labels: 'register',
  bits,
  ...(after === undefined ? {} : { after }),
});
const call = (prefix: string): Shape => ({ prefix, labels: 'function', bits: null });
const other = (prefix: string, bits: 32 | 64 | null = null): Shape => ({
  prefix,
  labels: 'other',
  bits,
});

const SHAPES: Readonly<Record<DispatchId, Shape>> = {
  exceptions: other('exception'),
  faults: other('fault'),
  debugCalls: other('debug-hvc'),
  sysreg: register('sysreg', 64),
  cp15: register('cp15', 32, 'coprocessor 15'),
  cp15Wide: register('cp15-64', 32, 'coprocessor 15, 64-bit access'),
  cp14: register('cp14', 32, 'coprocessor 14'),
  cp14Wide: other('cp14-64', 32),
  cp14Load: other('cp14-load', 32),
  cp10: register('cp10', 32, 'coprocessor 10'),
  cp: other('cp', 32),
  owners: other('smccc-owner'),
  architecture: call('smccc'),
  hypervisor: call('smccc-hypervisor'),
  standard: call('smccc-standard'),
  psciOld: call('psci-0-1'),
  psci: call('psci'),
  opTee: call('op-tee'),
  ffa: call('ff-a'),
  scmi: other('scmi'),
  zynqmp: call('zynqmp'),
  imx8qm: call('imx8qm'),
};

/** A label without what all labels of its dispatcher have in common. */
function stemOf(label: string): string {
  return label
    .replace(/^HSR_(?:SYSREG_|EC_|CPREG(?:32|64)\()/, '')
    .replace(/^(?:ARM_SMCCC_(?:OWNER_)?|OPTEE_SMC_|FFA_|PSCI_|FSC_)/, '')
    .replace(/_FID(?:\(\w+\))?$|\)$/, '');
}

function idOf(id: DispatchId, label: string, isWhole: boolean): string {
  const { prefix } = SHAPES[id];
  if (isWhole) return prefix;
  return `${prefix}-${label === DEFAULT ? 'others' : slug(stemOf(label))}`;
}

function titleOf(id: DispatchId, label: string, { title }: Treatment): string {
  if (title !== undefined) return title;
  const { labels, after } = SHAPES[id];
  const name = labels === 'register' ? stemOf(label) : label;
  return after === undefined ? name : `${name} (${after})`;
}

/** A call of the 64-bit convention: a 32-bit domain is told that there is none. */
function isWide(id: DispatchId, label: string): boolean {
  return (id === 'psci' || id === 'ffa') && /_FN64_|_64$|_REQ2$|_GET_REGS$/.test(label);
}

function for64Bit({ arm, 'arm-dom0': dom0 }: Cells): Cells {
  const narrowed = ([first, ...rest]: Cells['arm']): Cells['arm'] => [
    { ...first, when: { ...first.when, bits: 64 } },
    ...rest.map((one) => ({ ...one, when: { ...one.when, bits: 64 as const } })),
    error('The call returns an error: the domain is a 32-bit one.', { when: { bits: 32 } }),
  ];
  return { arm: narrowed(arm), 'arm-dom0': narrowed(dom0) };
}

function draftOf(
  corpus: Corpus,
  id: DispatchId,
  { path, symbol, entries }: Dispatch,
  treatment: Treatment,
  [first, ...others]: readonly [Entry, ...Entry[]],
  definition: Definition,
): Draft {
  const { family, answer } = treatment;
  const { label, line } = first;
  const { labels, bits } = SHAPES[id];
  const isNamed = label !== DEFAULT;
  const anchor = isNamed
    ? anchorFor(corpus, path, symbol, line, [label, stemOf(label), label.replace(/\(.*/, '')])
    : null;
  const name = family === undefined && isNamed ? label : null;
  const present = new Set(entries.map((entry) => entry.label));
  const all = [
    ...[first, ...others].map((entry) =>
      entry.last === null ? entry.label : `${entry.label} ... ${entry.last}`,
    ),
    ...(isNamed ? [] : unlistedNames(corpus, id, present)),
  ];
  return {
    id: family?.id ?? idOf(id, label, entries.length === 1),
    title: family?.title ?? titleOf(id, label, treatment),
    attributes: {
      register: family?.register ?? (labels === 'register' && name !== null ? stemOf(name) : null),
      function: labels === 'function' ? (family?.function ?? name) : null,
      group: treatment.group,
      names: all,
      handler: symbol,
      answer,
      traps: [...(treatment.traps ?? [])],
      bits: treatment.bits ?? bits,
      kconfig: [...first.kconfig],
    },
    cells: isWide(id, label) ? for64Bit(treatment.cells) : treatment.cells,
    places: [
      { path, symbol, ...(anchor === null ? {} : { anchor }) },
      ...definitionsOf(definition, answer, ...(treatment.decidedBy ?? [])),
      ...(treatment.places ?? []),
    ],
  };
}

const REPAIR = 'Say in `treatments/` of the extractor `arm-trap` what it means for a guest.';

function unknown({ path, symbol }: Dispatch, { label, line }: Entry, why: string): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual: `${why} \`${label}\` in \`${symbol}\``,
      expected: 'what a treatment says',
      repair: REPAIR,
    },
  );
}

function gone({ path, symbol }: Dispatch, label: string): Problem {
  return problem(
    'construct-missing',
    { path },
    { actual: `no case \`${label}\` in \`${symbol}\``, expected: 'a case', repair: REPAIR },
  );
}

/** The drafts of a dispatcher: one for each label, or for each family of labels. */
export function draftEntries(
  corpus: Corpus,
  id: DispatchId,
  dispatch: Dispatch,
  treatments: readonly Treatment[],
  definition: Definition,
): { readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const groups = new Map<Treatment, Entry[]>();
  for (const entry of dispatch.entries) {
    const treatment = treatments.find(({ labels }) => labels.includes(entry.label));
    if (treatment === undefined) {
      problems.push(unknown(dispatch, entry, 'case'));
    } else if (treatment.answer !== null && !entry.calls.has(treatment.answer)) {
      problems.push(unknown(dispatch, entry, `no call of \`${treatment.answer}\` for`));
    } else {
      groups.set(treatment, [...(groups.get(treatment) ?? []), entry]);
    }
  }
  const present = new Set(dispatch.entries.map(({ label }) => label));
  for (const { labels } of treatments) {
    problems.push(
      ...labels.filter((label) => !present.has(label)).map((label) => gone(dispatch, label)),
    );
  }
  const drafts = [...groups].flatMap(([treatment, entries]) => {
    const [first, ...rest] = entries;
    if (first === undefined) return [];
    const draft = (one: readonly [Entry, ...Entry[]]) =>
      draftOf(corpus, id, dispatch, treatment, one, definition);
    return treatment.family === undefined
      ? entries.map((entry) => draft([entry]))
      : [draft([first, ...rest])];
  });
  return { drafts, problems };
}
