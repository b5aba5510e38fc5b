/** Everything that one tree yields, as values: facts of each kind, what they do not agree on, and every problem. */
import { FACT_KINDS, type FactKind } from '../../src/model/fact-kinds.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { Witness } from '../../src/schema/witness.ts';
import { hasErrors, type Problem, sortProblems } from '../problems/problem.ts';
import type { Corpus } from './corpus.ts';
import { extractFacts } from './extract.ts';
import { EXTRACTORS } from './extractors/index.ts';
import type { Tree } from './tree.ts';
import { compareWitnesses } from './witness.ts';
import { WITNESSES } from './witnesses/index.ts';

export interface TreeYield {
  readonly release: string;
  /** Null for a tree that is no repository. */
  readonly commit: string | null;
  /** Day of the release, such as `2026-07-29`; null for a tree that is no repository. */
  readonly date: string | null;
  /** The kinds that were asked for, with the errors of each; without an error the kind was read to the end. */
  readonly kinds: readonly { readonly kind: FactKind; readonly errors: readonly Problem[] }[];
  /** Facts of the kinds that were read to the end. */
  readonly facts: readonly Fact[];
  /** Null unless all kinds were asked for and read to the end. */
  readonly witnesses: readonly Witness[] | null;
  /** Sorted; errors and warnings of everything. */
  readonly problems: readonly Problem[];
}

/** Extracts some kinds, or all of them and the second witnesses when none is named. */
export function yieldOf(
  corpus: Corpus,
  { commit, date }: Pick<Tree, 'commit' | 'date'>,
  only: readonly FactKind[],
  progress?: (kind: FactKind) => void,
): TreeYield {
  const wanted = only.length === 0 ? FACT_KINDS : only;
  const extractors = EXTRACTORS.filter(({ kind }) => wanted.includes(kind));
  const results = extractors.map((extractor) => {
    progress?.(extractor.kind);
    const { facts, problems } = extractFacts(corpus, [extractor]);
    const errors = problems.filter(({ severity }) => severity === 'error');
    return { kind: extractor.kind, facts: errors.length === 0 ? facts : [], errors, problems };
  });
  const facts = results.flatMap((result) => result.facts);
  const problems = results.flatMap((result) => result.problems);
  const compared =
    only.length === 0 && !hasErrors(problems) ? compareWitnesses(corpus, facts, WITNESSES) : null;
  return {
    release: corpus.release,
    commit,
    date,
    kinds: results.map(({ kind, errors }) => ({ kind, errors })),
    facts,
    witnesses: compared?.witnesses ?? null,
    problems: sortProblems([...problems, ...(compared?.problems ?? [])]),
  };
}
