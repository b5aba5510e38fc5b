/** Facts about groups: which labels lead to the function of a group, and what it runs. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import type { SwitchLabel } from '../../switch-labels.ts';
import { EMULATOR } from './constructs.ts';
import { factOf, joined, type OpcodeFact, optionFor, type Result, UNSAID } from './draft.ts';
import { BLOCK_OPERATIONS, GROUPS, type Group } from './groups.ts';
import { opcodeName, opcodesOf } from './opcodes.ts';
import { IMPLEMENTED, UNTRAPPED } from './reach.ts';
import type { BuildLabels, EmulatorLabels } from './read.ts';

/** Labels may be apart by a directive. */
const GAP = 2;

/** The labels right before a line: the last one, and what stands together with it. */
function labelsBefore(labels: readonly SwitchLabel[], line: number): SwitchLabel[] {
  const before = labels.filter((label) => label.line < line).sort((a, b) => b.line - a.line);
  const together: SwitchLabel[] = [];
  for (const label of before) {
    if ((together.at(-1)?.line ?? label.line) - label.line > GAP) break;
    together.push(label);
  }
  return together;
}

function leading(build: BuildLabels, call: number | undefined): string[] {
  if (call === undefined) return [];
  const labels = labelsBefore(build.main.labels, call);
  return opcodesOf({ ...build.main, labels })
    .map(opcodeName)
    .sort();
}

/** The opcodes of a group that looks into a table, as far as there are labels for them. */
function present(build: BuildLabels, { leads }: Group): string[] {
  return leads.filter((name) => build.opcodes.has(name));
}

/** 1-based line of the call of a function in the emulator. */
function lineOfCall(corpus: Corpus, symbol: string): number | undefined {
  const lines = (corpus.texts.get(EMULATOR) ?? '').split('\n');
  const index = lines.findIndex((line) => new RegExp(`=\\s*${symbol}\\(`).test(line));
  return index === -1 ? undefined : index + 1;
}

function operations(corpus: Corpus, build: BuildLabels, group: Group): [string[], Problem[]] {
  const labels = (build.delegated.get(group.symbol) ?? [])
    .filter(({ parent }) => parent === null)
    .flatMap(({ labels: own }) => own);
  const names = [...new Set(labels.map(({ text }) => text))].sort();
  if (group.id !== 'group-blk') return [names.map((name) => name.replace(/^rmw_/, '')), []];
  const unknown = names.filter((name) => BLOCK_OPERATIONS[name] === undefined);
  return [
    names.flatMap((name) => BLOCK_OPERATIONS[name] ?? []),
    unknown.map((name) =>
      problem(
        'construct-unknown',
        { path: group.file },
        {
          actual: `the operation \`${name}\` in ${corpus.label}`,
          expected: 'an entry of `BLOCK_OPERATIONS`',
          repair: 'Say in `groups.ts` of the extractor `opcode-map` which instructions use it.',
        },
      ),
    ),
  ];
}

/** Titles of instructions that are run, or would be, by the function of a group. */
function namesOf(facts: readonly OpcodeFact[], group: Group, supported: boolean): string[] {
  return facts
    .filter(({ attributes: a }) => a.symbol === group.symbol && a.supported === supported)
    .map(({ title }) => title)
    .sort();
}

function groupFact(
  corpus: Corpus,
  labels: EmulatorLabels,
  instructions: readonly OpcodeFact[],
  group: Group,
): Result {
  const byLabels = group.leads.length > 0;
  const call = byLabels ? lineOfCall(corpus, group.symbol) : undefined;
  const byTable = group.byTable === true;
  const lead = byTable ? present(labels.whole, group) : leading(labels.whole, call);
  const left = lead.filter((name) => labels.withoutHvm.opcodes.has(name));
  if (!corpus.texts.has(group.file) || (byLabels && lead.length === 0)) return joined([]);
  const [own, problems] = byLabels ? [[], []] : operations(corpus, labels.whole, group);
  const fact = factOf(corpus, {
    id: group.id,
    title: group.title,
    attributes: {
      ...UNSAID,
      part: 'group',
      map: group.map,
      labels: byLabels ? lead.length : null,
      labelsWithoutHvm: byLabels ? left.length : null,
      labelsWithout: {},
      opcodes: lead,
      implements: byLabels ? namesOf(instructions, group, true) : own,
      lacks: byLabels ? namesOf(instructions, group, false) : [],
      features: [],
      supported: true,
      kconfig: byLabels ? optionFor(lead.length, left.length) : null,
      file: group.file,
      symbol: group.symbol,
    },
    reach: {
      supported: true,
      amdOnly: group.amdOnly,
      cpu: group.unprivileged ? { ...IMPLEMENTED, ...UNTRAPPED } : null,
      memory: 'write',
      ways: group.ways,
      block: group.block,
      hvmOnly: byLabels && left.length === 0,
    },
    places: [
      { path: group.file, symbol: group.symbol },
      ...(byLabels && !byTable
        ? [{ path: EMULATOR, symbol: 'x86_emulate', anchor: `${group.symbol}(` }]
        : []),
    ],
  });
  return joined([fact, { facts: [], problems }]);
}

/** One fact for each group that the release has in a function of its own. */
export function groupFacts(
  corpus: Corpus,
  labels: EmulatorLabels,
  instructions: readonly OpcodeFact[],
): Result {
  return joined(GROUPS.map((group) => groupFact(corpus, labels, instructions, group)));
}
