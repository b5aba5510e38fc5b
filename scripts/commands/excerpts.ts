import type { Content } from '../../src/data/content.ts';
import { removedIn } from '../../src/data/fact-at.ts';
import { deriveReverseIndex } from '../../src/data/reverse-index.ts';
import { isTreeEvidence, type TreeEvidence } from '../../src/model/evidence.ts';
import type { TreePin } from '../../src/model/upstream.ts';
import type { Excerpts } from '../../src/schema/excerpts.ts';
import { writeTextFile } from '../markdown/content-files.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import { cutExcerpts, type Definition, type ReadTree } from '../xen/excerpts.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export interface ExcerptsOptions {
  readonly tree: ReadTree;
  /** Reads the tree, once it is known to be the one. */
  readonly read: () => Promise<{ readonly corpus: Corpus; readonly names: TreeNames }>;
  readonly content: Content;
  /** The file to write; not below `content/`, which holds no source text of Xen. */
  readonly out: { readonly folder: string; readonly name: string };
}

export interface ExcerptsResult {
  readonly problems: readonly Problem[];
  readonly files: readonly Excerpts[];
}

/** Why a tree is not the one that the lines of the content are those of; undefined when it is. */
function refuseTree(
  { release, commit }: Pick<ReadTree, 'release' | 'commit'>,
  pin: Pick<TreePin, 'release' | 'commit'>,
): Problem | undefined {
  if (release === pin.release && (commit === null || commit === pin.commit)) return undefined;
  return problem(
    'tree-unusable',
    { path: 'content/sources.yml' },
    {
      actual: `Xen ${release}${commit === null ? '' : ` at ${commit}`}`,
      expected: `Xen ${pin.release} at ${pin.commit}, whose lines the evidence names`,
      repair: `npm run atlas -- excerpts --git REPOSITORY --release ${pin.release}`,
    },
  );
}

/** The evidence in the pinned release; what only older releases have rests on places of theirs. */
function pinnedEvidence({ facts, features, answers, guests, guides }: Content): TreeEvidence[] {
  const current = facts.filter((fact) => removedIn(fact) === undefined);
  return [...current, ...features, ...answers, ...guests, ...guides].flatMap(({ evidence }) =>
    evidence.filter(isTreeEvidence),
  );
}

/** The one file that defines a symbol; one that several files define may be several things. */
function definingPath(symbol: string, corpus: Corpus, names: TreeNames): string | undefined {
  const paths = symbol.startsWith('CONFIG_')
    ? [...corpus.texts.keys()].filter(
        (path) =>
          /\/Kconfig[^/]*$/.test(path) &&
          resolveEvidence(corpus, { path, symbol }).verdict === 'holds',
      )
    : (names.symbols.get(symbol) ?? []).map(({ path }) => path);
  const [path, ...others] = new Set(paths);
  return others.length === 0 ? path : undefined;
}

/** Where the symbols that have a page are defined. */
function definitionsOf(content: Content, corpus: Corpus, names: TreeNames): Definition[] {
  return [...deriveReverseIndex(content).symbols.keys()].flatMap((symbol) => {
    const path = definingPath(symbol, corpus, names);
    return path === undefined ? [] : [{ path, symbol }];
  });
}

/** A place that the tree does not have as the content says is told, and shown nowhere. */
function missingProblem({ path, line, symbol, anchor }: TreeEvidence, release: string): Problem {
  const name = [symbol, anchor].filter((part) => part !== undefined).join(' · ');
  return problem(
    'evidence-changed',
    { path, line },
    {
      actual: `another text, or none, at ${name === '' ? 'the file' : name}`,
      expected: `what the content has read in Xen ${release}; nothing is shown of it`,
      repair: 'npm run atlas -- check --tree DIR',
    },
    'warning',
  );
}

/** Writes the excerpts of the files that evidence names, for a site that is built beside the tree. */
export async function runExcerpts({
  tree,
  read,
  content,
  out,
}: ExcerptsOptions): Promise<ExcerptsResult> {
  const refusal = refuseTree(tree, content.sources.xen);
  if (refusal !== undefined) return { problems: [refusal], files: [] };
  const { corpus, names } = await read();
  const evidence = pinnedEvidence(content);
  const definitions = definitionsOf(content, corpus, names);
  const { files, missing } = cutExcerpts(tree, corpus, evidence, definitions);
  const text = `${files.map((file) => JSON.stringify(file)).join(',\n')}`;
  await writeTextFile(out.folder, { path: out.name, text: `[\n${text}\n]\n` });
  return { problems: missing.map((item) => missingProblem(item, tree.release)), files };
}
