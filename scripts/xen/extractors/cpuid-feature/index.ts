import { perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { readBuildOptions } from '../../build-options.ts';
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
import { type Adjustment, readAdjustments, SCOPES, type SpecialFeatures } from './adjustments.ts';
import { handlingsFor, type Parent, SANITISES, VERBS } from './cells.ts';
import { constructs } from './constructs.ts';
import { dependantsOf, parseDependencies } from './dependencies.ts';
import { exposureOf, type Feature, type FeatureWord, parseFeatureset } from './featureset.ts';
import { verdictOn } from './verdicts/index.ts';
import type { Verdict } from './verdicts/verdict.ts';

type FeatureFact = FactOf<'cpuid-feature'>;

function factOf(
  corpus: Corpus,
  declared: Found,
  feature: Feature,
  word: FeatureWord,
  hides: readonly string[],
  adjusted: readonly Adjustment[],
  parents: readonly Parent[],
  policies: Found,
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
  const verdict = verdictOn(name, corpus.release, adjusted.length > 0);
  const cited = {
    declaration,
    sites,
    native,
    options: readBuildOptions(corpus),
    policies: policies.path,
    cite: (place: Parameters<EvidenceList['cite']>[0]) => evidence.cite(place),
    verdict: (verdict?.places ?? [])
      .filter((place) => isInSpan(place, corpus.release))
      .map(({ since: _since, until: _until, ...place }) => evidence.cite(place)),
  };
  const guests = perGuest((guest) =>
    handlingsFor(guest, corpus.release, feature, word, adjusted, verdict, cited, parents),
  );
  const depends = evidence.items.some((item) => 'symbol' in item && item.symbol === SANITISES);
  const fact: FeatureFact = {
    id: `cpuid-feature/${name.toLowerCase().replaceAll('_', '-')}`,
    kind: 'cpuid-feature',
    title: name,
    guests,
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
    origin: verdict !== undefined ? 'authored' : depends ? 'derived' : 'extracted',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return {
    fact,
    problems: [...evidence.problems, ...unaccounted(name, adjusted, verdict)],
  };
}

/** Places that the verdict on the feature does not account for. */
function unaccounted(
  feature: string,
  adjusted: readonly Adjustment[],
  verdict: Verdict | undefined,
): Problem[] {
  return adjusted
    .filter(({ action, symbol }) => verdict?.sites.includes(`${action} ${symbol}`) !== true)
    .map(({ path, line, action, symbol }) =>
      problem(
        'construct-unknown',
        { path, line },
        {
          actual: `\`${feature}\`, ${VERBS[action]} in \`${symbol}\``,
          expected: 'a place that `verdicts/` of the extractor `cpuid-feature` accounts for',
          repair: 'Say there what it means for each guest type.',
        },
      ),
    );
}

/** Adjustments of all policy files, and a problem for each function that adjusts and is not known. */
function adjustmentsIn(
  corpus: Corpus,
  found: readonly Found[],
  features: readonly Feature[],
  special: SpecialFeatures,
) {
  const names = new Set(features.map(({ name }) => name));
  const files = [...new Set(found.map(({ path }) => path))]
    .sort()
    .flatMap((path) => corpus.file(path) ?? []);
  const read = files.map((file) => ({
    file,
    ...readAdjustments(corpus.reader, file, names, special),
  }));
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

/** Special features by the name of their word in Xen, such as `FEATURESET_7b0` for EBX of leaf 7, subleaf 0. */
function specialFeatures(
  words: ReadonlyMap<number, FeatureWord>,
  features: readonly Feature[],
): SpecialFeatures {
  const names = [...words.values()].flatMap(({ word, leaf, subleaf, register }) =>
    leaf === null || register === null
      ? []
      : [[word, `FEATURESET_${leaf.toString(16)}${register.charAt(1)}${subleaf ?? ''}`] as const],
  );
  return new Map(
    names.map(([word, name]) => [
      name,
      features.filter((one) => one.special && one.word === word).map((one) => one.name),
    ]),
  );
}

/** Every feature as one on which others may depend. */
function parentsOf(
  features: readonly Feature[],
  adjustments: readonly Adjustment[],
  declared: Found,
  release: string,
): Parent[] {
  return features.map((feature) => {
    const { name } = feature;
    const adjusted = adjustments.filter((one) => one.name === name);
    return {
      feature,
      adjusted,
      verdict: verdictOn(name, release, adjusted.length > 0),
      declaration: { path: declared.path, anchor: name },
    };
  });
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
    specialFeatures(words, features),
  );
  const hides = new Map(
    features.map(({ name }) => [name, dependantsOf(name, direct, features)] as const),
  );
  const parents = parentsOf(features, adjustments, found.features, corpus.release);
  const results = features.flatMap((feature) => {
    const word = words.get(feature.word);
    if (word === undefined) return [];
    return [
      factOf(
        corpus,
        found.features,
        feature,
        word,
        hides.get(feature.name) ?? [],
        adjustments.filter(({ name }) => name === feature.name),
        parents.filter((one) => hides.get(one.feature.name)?.includes(feature.name) === true),
        found.policies,
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
  constructs,
  minimum: 150,
  extract,
};
