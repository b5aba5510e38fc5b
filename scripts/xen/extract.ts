/** From a corpus to facts, and from a fact to its file. Pure. */
import { viewOf } from '../../src/data/facts/index.ts';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { type Fact, factSchema } from '../../src/schema/fact.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { GENERATED, renderEntry } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from './corpus.ts';
import type { AnyExtractor, Extraction } from './extractor.ts';

export interface Extracted {
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/** What of the files that facts rest on the parser did not read without an error. */
function checkParsed(corpus: Corpus, facts: readonly Fact[]): Problem[] {
  const places = facts.flatMap(({ evidence }) => evidence.filter(isTreeEvidence));
  const symbols = new Map<string, Set<string>>();
  for (const { path, symbol } of places) {
    symbols.set(path, (symbols.get(path) ?? new Set()).add(symbol ?? ''));
  }
  return corpus.scanned.flatMap(({ path, functions, uncovered }) => {
    const wanted = symbols.get(path);
    if (wanted === undefined) return [];
    const errors = functions.filter((f) => wanted.has(f.name) && corpus.reader.hasError(f));
    return [
      ...errors.map(({ name, line }) =>
        problem(
          'parse-error',
          { path, line },
          {
            actual: `a parse error inside \`${name}\``,
            expected: 'a function that the parser understands',
          },
          'warning',
        ),
      ),
      ...uncovered.map((line) =>
        problem(
          'parse-uncovered',
          { path, line },
          {
            actual: 'a function body that no parsed function covers',
            expected: 'every function parsed',
          },
          'warning',
        ),
      ),
    ];
  });
}

/** A fact that does not fit its own schema is a bug of its extractor, and is told like one. */
function checkSchema(facts: readonly Fact[]): Problem[] {
  return facts.flatMap((fact) => {
    const result = factSchema.safeParse(fact);
    return result.success
      ? []
      : result.error.issues.map((issue) =>
          problem(
            'entry-schema',
            { path: factPath(fact) },
            { actual: `\`${issue.path.join('.')}\``, expected: issue.message },
          ),
        );
  });
}

/** Two facts with one id: the same place of the source was read twice, such as both arms of an `#if`. */
function checkUnique(facts: readonly Fact[]): Problem[] {
  const seen = new Set<string>();
  const twice = facts.filter(({ id }) => seen.size === seen.add(id).size);
  return [...new Set(twice.map(factPath))].map((path) =>
    problem(
      'entry-id',
      { path },
      { actual: 'a second place of the source for it', expected: 'one fact for each id' },
    ),
  );
}

/** Too few facts without a reason: the source was read and something in it was missed. */
function checkMinimum(
  { label }: Corpus,
  { kind, minimum }: AnyExtractor,
  { facts, problems }: Extraction,
): Problem[] {
  if (facts.length >= minimum || problems.some(({ severity }) => severity === 'error')) return [];
  return [
    problem(
      'count-low',
      { path: `facts/${kind}` },
      { actual: `${facts.length} facts from ${label}`, expected: `at least ${minimum}` },
    ),
  ];
}

/** Runs extractors over a corpus. Facts of all kinds, sorted by id, and every problem. */
export function extractFacts(
  corpus: Corpus,
  extractors: readonly AnyExtractor[],
  progress?: (kind: FactKind) => void,
): Extracted {
  const facts: Fact[] = [];
  const problems: Problem[] = [];
  for (const extractor of extractors) {
    progress?.(extractor.kind);
    const extraction = extractor.extract(corpus);
    facts.push(...extraction.facts);
    problems.push(...extraction.problems, ...checkMinimum(corpus, extractor, extraction));
  }
  problems.push(...checkUnique(facts), ...checkSchema(facts), ...checkParsed(corpus, facts));
  return { facts, problems };
}

export function factPath({ id }: Pick<Fact, 'id'>): string {
  return `facts/${id}.md`;
}

export function renderFact(fact: Fact): TextFile {
  return { path: factPath(fact), text: renderEntry(fact, viewOf(fact).sentence(fact), GENERATED) };
}
