import { FACT_KINDS, type FactKind } from '../../src/model/fact-kinds.ts';
import { type Fact, factSchema } from '../../src/schema/fact.ts';
import { readTextFiles, removeFile, writeTextFile } from '../markdown/content-files.ts';
import { parseEntry } from '../markdown/entry.ts';
import { hasErrors, type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { checkVanished, extractFacts, type Plan, planWrites } from '../xen/extract.ts';
import { EXTRACTORS } from '../xen/extractors/index.ts';
import { compareWitnesses, renderWitness } from '../xen/witness.ts';
import { WITNESSES } from '../xen/witnesses/index.ts';

export interface ExtractOptions {
  readonly corpus: Corpus;
  /** The folder `content/`. */
  readonly content: string;
  /** Kinds to extract; all, and the second witnesses too, when empty. */
  readonly only: readonly FactKind[];
  /** Writes nothing; a difference is a problem. */
  readonly check: boolean;
  /** The command that repairs a difference. */
  readonly repair: string;
  readonly progress?: (text: string) => void;
}

export interface ExtractResult {
  readonly problems: readonly Problem[];
  /** Facts per kind. */
  readonly counts: ReadonlyMap<FactKind, number>;
  readonly plan: Plan | null;
}

/** What has to be written and removed so that the witnesses are those that the tree yields. */
async function planWitnesses(corpus: Corpus, content: string, facts: readonly Fact[]) {
  const { witnesses, problems } = compareWitnesses(corpus, facts, WITNESSES);
  const present = new Map(
    (await readTextFiles(content, 'witnesses', '.md')).map(({ path, text }) => [path, text]),
  );
  const wanted = witnesses.map(renderWitness);
  const paths = new Set(wanted.map(({ path }) => path));
  const write = wanted.filter(({ path, text }) => present.get(path) !== text);
  const plan: Plan = {
    write,
    remove: [...present.keys()].filter((path) => !paths.has(path)),
    unchanged: wanted.length - write.length,
  };
  return { plan, problems, present };
}

function joinPlans(first: Plan, second: Plan): Plan {
  return {
    write: [...first.write, ...second.write],
    remove: [...first.remove, ...second.remove],
    unchanged: first.unchanged + second.unchanged,
  };
}

async function readPresent(content: string, kinds: readonly FactKind[]) {
  const files = await Promise.all(
    kinds.map((kind) => readTextFiles(content, `facts/${kind}`, '.md')),
  );
  return new Map(
    files.flat().map(({ path, text }) => {
      const entry = parseEntry(path, text, factSchema);
      return [path, { text, fact: entry.ok ? entry.value.data : null }] as const;
    }),
  );
}

function differences(
  { write, remove }: Plan,
  present: ReadonlyMap<string, unknown>,
  repair: string,
): Problem[] {
  const stale = (path: string, actual: string, expected: string) =>
    problem('entry-stale', { path: `content/${path}` }, { actual, expected, repair });
  return [
    ...write.map(({ path }) =>
      stale(path, present.has(path) ? 'a file that differs' : 'no file', 'what the tree yields'),
    ),
    ...remove.map((path) => stale(path, 'a fact that the tree does not yield', 'no file')),
  ];
}

/**
 * Extracts facts and writes `content/facts/`, or with `check` compares only. An error anywhere leaves `content/` as it
 * is: half of an extraction would contradict the other half.
 */
export async function runExtract(options: ExtractOptions): Promise<ExtractResult> {
  const { corpus, content, only, check, repair, progress } = options;
  const kinds = only.length === 0 ? FACT_KINDS : only;
  const extractors = EXTRACTORS.filter(({ kind }) => kinds.includes(kind));
  const { facts, problems } = extractFacts(corpus, extractors, (kind) =>
    progress?.(`Extracting ${kind}`),
  );
  const counts = new Map(
    kinds.map((kind) => [kind, facts.filter((fact) => fact.kind === kind).length]),
  );
  if (hasErrors(problems)) return { problems, counts, plan: null };
  const witnesses = only.length === 0 ? await planWitnesses(corpus, content, facts) : null;
  const all = [...problems, ...(witnesses?.problems ?? [])];
  if (hasErrors(all)) return { problems: all, counts, plan: null };
  const present = await readPresent(content, kinds);
  const ofFacts = planWrites(corpus.release, facts, present);
  const plan = witnesses === null ? ofFacts : joinPlans(ofFacts, witnesses.plan);
  if (check) {
    const known = new Map<string, unknown>([...present, ...(witnesses?.present ?? [])]);
    return { problems: [...all, ...differences(plan, known, repair)], counts, plan };
  }
  const before = [...present.values()].flatMap(({ fact }): Fact[] => (fact === null ? [] : [fact]));
  progress?.('Writing');
  for (const file of plan.write) await writeTextFile(content, file);
  for (const path of plan.remove) await removeFile(content, path);
  return { problems: [...all, ...checkVanished(facts, before)], counts, plan };
}
