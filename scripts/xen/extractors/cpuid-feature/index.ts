import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { misreadProblems } from '../../misread.ts';
import { type Adjustment, readAdjustments, SCOPES } from './adjustments.ts';
import { constructs } from './constructs.ts';
import { dependantsOf, parseDependencies } from './dependencies.ts';
import {
  type Exposure,
  exposureOf,
  type Feature,
  type FeatureWord,
  parseFeatureset,
} from './featureset.ts';

type FeatureFact = FactOf<'cpuid-feature'>;
type Handlings = [Handling, ...Handling[]];

const RULES = [
  'A letter in upper case exposes the feature by default, one in lower case only on request: A to all guests, S to HVM and PVH, H to HVM and PVH under HAP.',
  'A feature that a policy sets whatever the host is counts as offered: by default in the default policies, on request in the maximum ones.',
  'PVH has the policy of HVM. A guest of the shim has the PV policy that the shim makes of what its container shows.',
  'The letters are masks, not the final view: where a policy adjusts the bit, the cell says so and lists the places.',
  'A PV guest that executes CPUID without faulting sees the hardware, whatever the policy says.',
] as const;

const HOW: Readonly<Record<Exposure, Handling['how']>> = {
  default: 'exposed',
  max: 'opt-in',
  none: 'hidden',
};

/** The families of guests that adjustments speak of. */
function concerns({ guests }: Adjustment, guest: GuestType): boolean {
  const pv = guest === 'pv' || guest === 'pv-dom0' || guest === 'pv-shim';
  if (guests === 'all') return true;
  if (guests === 'dom0') return guest === 'pv-dom0' || guest === 'pvh-dom0';
  return guests === (pv ? 'pv' : 'hvm');
}

const VERBS = { set: 'set', clear: 'cleared', copy: 'taken from the host' } as const;

/** What the mask says, raised by what a policy sets whatever the host is. */
function raised(exposure: Exposure, adjusted: readonly Adjustment[]): Handling['how'] {
  const always = adjusted.filter(({ action, gates }) => action === 'set' && gates.length === 0);
  if (always.some(({ stage }) => stage === 'default' || stage === 'both')) return 'exposed';
  return exposure === 'none' && always.length > 0 ? 'opt-in' : HOW[exposure];
}

/** A sentence about the adjustments, such as "Set in `f` and cleared in `g` after the masks." */
function describe(adjusted: readonly Adjustment[]): string {
  const parts = [...new Set(adjusted.map(({ action, symbol }) => `${VERBS[action]} in ${symbol}`))];
  const list =
    parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `Not decided by the mask alone: ${list}, under the conditions there.`;
}

interface Cited {
  readonly declaration: number;
  readonly sites: ReadonlyMap<string, number>;
  readonly native: number;
}

function handlingsFor(
  guest: GuestType,
  letters: string,
  adjusted: readonly Adjustment[],
  cited: Cited,
): Handlings {
  if (guest === 'arm' || guest === 'arm-dom0') {
    return [{ how: 'absent', note: 'CPUID is an x86 instruction.', evidence: [cited.declaration] }];
  }
  const exposure = exposureOf(letters);
  const own = adjusted.filter((adjustment) => concerns(adjustment, guest));
  const sites = [...new Set(own.map(({ symbol }) => cited.sites.get(symbol) ?? 0))];
  const evidence = [cited.declaration, ...sites];
  const rest = {
    by: 'xen',
    ...(own.length === 0 ? {} : { note: describe(own) }),
    evidence,
  } as const;
  if (guest === 'pv' || guest === 'pv-dom0' || guest === 'pv-shim') {
    return [
      { how: raised(exposure.pv, own), ...rest },
      {
        how: 'native',
        by: 'cpu',
        when: { feature: ['!cpuid-faulting', '!cpuid-user-dis'] },
        note: 'A plain CPUID shows the hardware, apart from what masking MSRs hide; only CPUID with the forced-emulation prefix shows the policy.',
        evidence: [cited.native],
      },
    ];
  }
  if (exposure['hvm-hap'] === exposure['hvm-shadow'])
    return [{ how: raised(exposure['hvm-hap'], own), ...rest }];
  return [
    { how: raised(exposure['hvm-hap'], own), ...rest, when: { paging: 'hap' } },
    { how: raised(exposure['hvm-shadow'], own), ...rest, when: { paging: 'shadow' } },
  ];
}

function factOf(
  corpus: Corpus,
  declared: Found,
  feature: Feature,
  word: FeatureWord,
  hides: readonly string[],
  adjusted: readonly Adjustment[],
): { fact: FeatureFact; problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const declaration = evidence.cite({ path: declared.path, anchor: feature.name });
  const sites = new Map(
    adjusted.map(({ path, symbol }) => [symbol, evidence.cite({ path, symbol })]),
  );
  const native = evidence.cite({
    path: 'xen/arch/x86/cpu/common.c',
    symbol: 'ctxt_switch_levelling',
  });
  const { name, bit, letters, special, accumulates } = feature;
  const fact: FeatureFact = {
    id: `cpuid-feature/${name.toLowerCase().replaceAll('_', '-')}`,
    kind: 'cpuid-feature',
    title: name,
    guests: perGuest((guest) =>
      handlingsFor(guest, letters, adjusted, { declaration, sites, native }),
    ),
    attributes: {
      name,
      word: word.word,
      bit,
      leaf: word.leaf,
      subleaf: word.subleaf,
      register: word.register,
      msr: word.msr,
      letters,
      special,
      accumulates,
      exposure: exposureOf(letters),
      hides: [...hides],
      adjusted: adjusted.map(({ name: _feature, ...place }) => place),
    },
    evidence: evidence.items,
    origin: 'extracted',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

/** Adjustments of all policy files, and a problem for each function that adjusts and is not known. */
function adjustmentsIn(corpus: Corpus, found: readonly Found[], features: readonly Feature[]) {
  const names = new Set(features.map(({ name }) => name));
  const files = [...new Set(found.map(({ path }) => path))]
    .sort()
    .flatMap((path) => corpus.file(path) ?? []);
  const read = files.map((file) => ({ file, ...readAdjustments(corpus.reader, file, names) }));
  return {
    adjustments: read.flatMap(({ adjustments }) => adjustments),
    problems: read.flatMap(({ file, unknown }) =>
      unknown.map(({ symbol, line }) =>
        problem(
          'construct-unknown',
          { path: file.path, line },
          {
            actual: `\`${symbol}\`, which changes feature bits`,
            expected: `one of ${Object.keys(SCOPES).join(', ')}`,
            repair: 'Say in `SCOPES` of the extractor `cpuid-feature` whom it concerns.',
          },
        ),
      ),
    ),
  };
}

function extract(corpus: Corpus): Extraction<FeatureFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const { words, features, problems: misread } = parseFeatureset(found.features.text);
  const { direct, problems: misreadDependencies } = parseDependencies(
    found.dependencies.text,
    features,
  );
  const { adjustments, problems: unknown } = adjustmentsIn(
    corpus,
    [found.policies, found.runTime],
    features,
  );
  const results = features.flatMap((feature) => {
    const word = words.get(feature.word);
    if (word === undefined) return [];
    const own = adjustments.filter(({ name }) => name === feature.name);
    return [
      factOf(
        corpus,
        found.features,
        feature,
        word,
        dependantsOf(feature.name, direct, features),
        own,
      ),
    ];
  });
  return {
    facts: sortFacts(results.map(({ fact }) => fact)),
    problems: [
      ...misreadProblems(found.features.path, misread),
      ...misreadProblems(found.dependencies.path, misreadDependencies),
      ...unknown,
      ...results.flatMap(({ problems }) => problems),
    ],
  };
}

export const cpuidFeature: Extractor<'cpuid-feature'> = {
  kind: 'cpuid-feature',
  rules: RULES,
  constructs,
  minimum: 150,
  extract,
};
