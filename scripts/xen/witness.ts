/** Second witnesses: two sources that state the same thing, both read, and what they do not agree on. Pure. */
import type { Fact } from '../../src/schema/fact.ts';
import { type Disagreement, type Witness, witnessSchema } from '../../src/schema/witness.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { GENERATED, renderEntry } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from './corpus.ts';
import { EvidenceList } from './extractor.ts';

/** What a comparison found; `evidence` of the statements are positions that `cite` gave. */
export interface Comparison {
  /** Subjects about which both sources speak. */
  readonly compared: number;
  readonly disagreements: readonly Disagreement[];
  readonly problems: readonly Problem[];
}

/** A pair of sources and how they are compared. */
export interface WitnessPair {
  readonly id: string;
  /** What both sources state. */
  readonly title: string;
  readonly first: string;
  readonly second: string;
  /** The least number of subjects that any release has; fewer is an error, never agreement. */
  readonly minimum: number;
  /** Compares over the tree and the facts of all kinds that were extracted from it. */
  readonly compare: (corpus: Corpus, facts: readonly Fact[], evidence: EvidenceList) => Comparison;
}

export interface Compared {
  readonly witnesses: readonly Witness[];
  readonly problems: readonly Problem[];
}

export function witnessPath({ id }: Pick<Witness, 'id'>): string {
  return `witnesses/${id}.md`;
}

function comparePair(corpus: Corpus, facts: readonly Fact[], pair: WitnessPair): Compared {
  const { id, title, first, second, minimum } = pair;
  const evidence = new EvidenceList(corpus);
  const { compared, disagreements, problems } = pair.compare(corpus, facts, evidence);
  const place = { path: witnessPath(pair) };
  const all = [...problems, ...evidence.problems];
  if (compared < minimum) {
    const words = {
      actual: `${compared} subjects compared in ${corpus.label}`,
      expected: `at least ${minimum}`,
      repair: `Look for what the readers of \`${id}\` do not find any more.`,
    };
    return { witnesses: [], problems: [...all, problem('count-low', place, words)] };
  }
  const witness = witnessSchema.safeParse({
    id,
    title,
    first,
    second,
    compared,
    disagreements: [...disagreements].sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    evidence: evidence.items,
    release: corpus.release,
  });
  if (witness.success) return { witnesses: [witness.data], problems: all };
  const wrong = witness.error.issues.map(({ path, message }) =>
    problem('entry-schema', place, { actual: `\`${path.join('.')}\``, expected: message }),
  );
  return { witnesses: [], problems: [...all, ...wrong] };
}

/** Runs every comparison over a tree and its facts. */
export function compareWitnesses(
  corpus: Corpus,
  facts: readonly Fact[],
  pairs: readonly WitnessPair[],
): Compared {
  const results = pairs.map((pair) => comparePair(corpus, facts, pair));
  return {
    witnesses: results.flatMap(({ witnesses }) => witnesses),
    problems: results.flatMap(({ problems }) => problems),
  };
}

export function renderWitness(witness: Witness): TextFile {
  const { compared, disagreements } = witness;
  const found =
    disagreements.length === 0
      ? 'The sources agree on all of them.'
      : `The sources do not agree on ${disagreements.length}.`;
  const body = `${compared} subjects are compared. ${found}`;
  return { path: witnessPath(witness), text: renderEntry(witness, body, GENERATED) };
}
