/** What trees yield as the files of `content/`. Pure. */
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { branchOf, compareReleases } from '../../src/model/release.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { ReleaseEntry } from '../../src/schema/release.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { GENERATED, renderEntry } from '../markdown/entry.ts';
import { hasErrors, type Problem, problem, sortProblems } from '../problems/problem.ts';
import { renderFact } from './extract.ts';
import { mergeReleases } from './history.ts';
import { rewrittenBetween } from './rewritten.ts';
import type { TreeYield } from './tree-yield.ts';
import { renderWitness } from './witness.ts';

export interface Extraction {
  /** The release whose facts stand in the files. */
  readonly release: string;
  /** Facts of that release for each kind. */
  readonly counts: Readonly<Partial<Record<FactKind, number>>>;
  /** Whether the files hold the history of the facts. */
  readonly hasHistory: boolean;
  /** Folders of `content/` of which these are all files. */
  readonly folders: readonly string[];
  /** Empty when a problem is an error: half of an extraction would contradict the other half. */
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
}

function extraction(
  { release, kinds, facts: own, witnesses, problems }: TreeYield,
  facts: readonly Fact[],
  more: { readonly folders: readonly string[]; readonly files: readonly TextFile[] } | null,
): Extraction {
  const counts = kinds.map(({ kind }) => [kind, own.filter((fact) => fact.kind === kind).length]);
  const files = [...facts.map(renderFact), ...(witnesses ?? []).map(renderWitness)];
  return {
    release,
    counts: Object.fromEntries(counts),
    hasHistory: more !== null,
    folders: [
      ...kinds.map(({ kind }) => `facts/${kind}`),
      ...(witnesses === null ? [] : ['witnesses']),
      ...(more?.folders ?? []),
    ],
    files: hasErrors(problems) ? [] : [...files, ...(more?.files ?? [])],
    problems,
  };
}

/** The files of one tree, whose facts know no other release. */
export function extractionOfTree(tree: TreeYield): Extraction {
  return extraction(tree, tree.facts, null);
}

/** Why a kind says nothing of a release; null where it was read. That nothing was found is a reason, too. */
function missingWords(
  { facts }: TreeYield,
  { kind, errors }: TreeYield['kinds'][number],
): string | null {
  const [first, ...others] = errors;
  if (first === undefined) {
    return facts.some((fact) => fact.kind === kind) ? null : 'No fact was found';
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more problems)`;
  return `Unexpected ${first.actual}, expected ${first.expected}${more}`;
}

function renderRelease(tree: TreeYield, before: TreeYield | undefined): TextFile {
  const { release, commit, date, kinds, facts } = tree;
  const id = branchOf(release);
  const entry: ReleaseEntry = {
    id,
    release,
    commit,
    date,
    kinds: kinds.map((read) => ({
      kind: read.kind,
      facts: facts.filter((fact) => fact.kind === read.kind).length,
      missing: missingWords(tree, read),
    })),
    rewritten: before === undefined ? [] : rewrittenBetween(before.facts, facts),
  };
  const missing = entry.kinds.filter((kind) => kind.missing !== null).length;
  const body = `${facts.length} facts of Xen ${release}. ${missing === 0 ? 'Every kind was read to the end.' : `${missing} kinds could not be read to the end.`}`;
  return { path: `releases/${id}.md`, text: renderEntry(entry, body, GENERATED) };
}

/** A warning for each kind that an older release does not yield: its history is lost, which is never silent. */
function reportMissing(tree: TreeYield): Problem[] {
  return tree.kinds.flatMap((read) => {
    const words = missingWords(tree, read);
    if (words === null) return [];
    return [
      problem(
        'count-low',
        { path: `releases/${branchOf(tree.release)}.md` },
        {
          actual: `no fact of ${read.kind} from Xen ${tree.release}`,
          expected: 'every kind of every release',
          details: [words],
          repair: `Read it alone with --release ${tree.release} --only ${read.kind}, which tells every problem.`,
        },
        'warning',
      ),
    ];
  });
}

/**
 * The files of several releases: facts as the newest one states them, with their history. Only an error of the newest
 * release stops everything; a kind that an older one does not yield is missing there, which its entry and a warning say.
 */
export function extractionOfReleases(yields: readonly [TreeYield, ...TreeYield[]]): Extraction {
  const releases = [...yields].sort((a, b) => compareReleases(a.release, b.release));
  const newest = releases.at(-1) ?? yields[0];
  const merged = mergeReleases(
    releases.map((tree) => ({
      release: tree.release,
      kinds: tree.kinds.flatMap((read) => (missingWords(tree, read) === null ? [read.kind] : [])),
      facts: tree.facts,
    })),
  );
  const files =
    newest.witnesses === null
      ? []
      : releases.map((one, index) => renderRelease(one, releases[index - 1]));
  const made = extraction(newest, merged, {
    folders: newest.witnesses === null ? [] : ['releases'],
    files,
  });
  const missing = releases.filter((tree) => tree !== newest).flatMap(reportMissing);
  return { ...made, problems: sortProblems([...made.problems, ...missing]) };
}
