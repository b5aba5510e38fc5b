/** Everything that one tree yields, as the files of `content/`: what an extraction writes, and what is cached of it. */
import { FACT_KINDS, type FactKind } from '../../src/model/fact-kinds.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { hasErrors, type Problem } from '../problems/problem.ts';
import type { Corpus } from './corpus.ts';
import { extractFacts, renderFact } from './extract.ts';
import { EXTRACTORS } from './extractors/index.ts';
import { compareWitnesses, renderWitness } from './witness.ts';
import { WITNESSES } from './witnesses/index.ts';

export interface Extraction {
  readonly release: string;
  readonly kinds: readonly FactKind[];
  /** Facts for each of the kinds. */
  readonly counts: Readonly<Partial<Record<FactKind, number>>>;
  /** Folders of `content/` of which these are all files. */
  readonly folders: readonly string[];
  /** Empty when a problem is an error: half of an extraction would contradict the other half. */
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
}

/** Extracts some kinds, or all of them and the second witnesses. */
export function extractAll(
  corpus: Corpus,
  only: readonly FactKind[],
  progress?: (kind: FactKind) => void,
): Extraction {
  const kinds = only.length === 0 ? FACT_KINDS : only;
  const extractors = EXTRACTORS.filter(({ kind }) => kinds.includes(kind));
  const { facts, problems } = extractFacts(corpus, extractors, progress);
  const complete = only.length === 0 && !hasErrors(problems);
  const compared = complete
    ? compareWitnesses(corpus, facts, WITNESSES)
    : { witnesses: [], problems: [] };
  const all = [...problems, ...compared.problems];
  const counts = kinds.map((kind) => [kind, facts.filter((fact) => fact.kind === kind).length]);
  return {
    release: corpus.release,
    kinds,
    counts: Object.fromEntries(counts),
    folders: [...kinds.map((kind) => `facts/${kind}`), ...(complete ? ['witnesses'] : [])],
    files: hasErrors(all)
      ? []
      : [...facts.map(renderFact), ...compared.witnesses.map(renderWitness)],
    problems: all,
  };
}
