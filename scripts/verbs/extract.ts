/** The verb `extract`: reads trees, of which what was read before comes from a cache. */
import { InvalidArgumentError } from 'commander';
import { FACT_KINDS, type FactKind } from '../../src/model/fact-kinds.ts';
import type { ExtractResult } from '../commands/extract.ts';
import { EXTRACTIONS, here, openTrees, ROOT } from '../open-tree.ts';
import { Session } from '../session.ts';
import type { Extraction } from '../xen/extraction.ts';
import type { Tree } from '../xen/tree.ts';
import { contentFolder, type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

function kind(text: string, previous: readonly FactKind[]): readonly FactKind[] {
  const known = FACT_KINDS.find((candidate) => candidate === text);
  if (known === undefined)
    throw new InvalidArgumentError(`The kinds are ${FACT_KINDS.join(', ')}.`);
  return [...previous, known];
}

/** Releases that are read at a time. */
const THREADS = 2;

type ExtractOptions = TreeVerbOptions & {
  content: string;
  only: FactKind[];
  check: boolean;
  cache: boolean;
};

/** What the code makes of some trees, from the cache when the same code has read the same trees before. */
async function cached<T>(
  trees: readonly Tree[],
  { only, cache }: ExtractOptions,
  what: string,
  make: () => Promise<T>,
): Promise<T> {
  if (!cache) return make();
  const { cacheKey, readCached, writeCached } = await import('../xen/tree-cache.ts');
  const key = await cacheKey(ROOT, trees, [what, ...only]);
  const known = await readCached(EXTRACTIONS, key);
  if (known !== undefined) return known as T;
  const value = await make();
  await writeCached(EXTRACTIONS, key, value);
  return value;
}

/** The files of one tree. */
async function extractTree(tree: Tree, options: ExtractOptions, session: Session) {
  return cached([tree], options, 'files', async () => {
    const { readTree } = await import('../read-tree.ts');
    const { extractionOfTree } = await import('../xen/extraction.ts');
    const { yieldOf } = await import('../xen/tree-yield.ts');
    const corpus = await readTree(tree, session);
    const say = (kind: string) => session.say(`Extracting ${kind}`);
    return extractionOfTree(yieldOf(corpus, tree, options.only, say));
  });
}

/** The files of several releases of a repository, of which two are read at a time. */
async function extractReleases(
  repository: string,
  trees: readonly [Tree, ...Tree[]],
  options: ExtractOptions,
  session: Session,
): Promise<Extraction> {
  return cached(trees, options, 'files', async () => {
    const { extractionOfReleases } = await import('../xen/extraction.ts');
    const { TreePool } = await import('../xen/tree-pool.ts');
    const pool = new TreePool(THREADS);
    session.say(`Reading ${trees.length} releases`);
    let done = 0;
    const read = async (tree: Tree) => {
      const { release } = tree;
      const request = { repository, release, only: options.only };
      const result = await cached([tree], options, 'facts', () => pool.read(request));
      done += 1;
      session.say(`Reading releases: ${done} of ${trees.length}, last Xen ${release}`);
      return result;
    };
    try {
      const [first, ...others] = trees;
      return extractionOfReleases(await Promise.all([read(first), ...others.map(read)]));
    } finally {
      await pool.close();
    }
  });
}

function repairCommand({ tree, git, release: wanted, content }: ExtractOptions): string {
  return [
    'npm run atlas -- extract',
    tree === undefined ? '' : `--tree ${tree}`,
    git === undefined ? '' : `--git ${git}`,
    wanted === undefined ? '' : `--release ${wanted}`,
    content === 'content' ? '' : `--content ${content}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What an extraction did, such as `390 up to date, 0 differ.` */
function outcome({ plan }: ExtractResult, check: boolean): string {
  if (plan === null) return 'Nothing was written.';
  const { write, remove, unchanged } = plan;
  return check
    ? `${unchanged} up to date, ${write.length + remove.length} differ.`
    : `${write.length} written, ${remove.length} removed, ${unchanged} unchanged.`;
}

export const declareExtract: DeclareVerb = (program) => {
  treeVerb(
    program,
    'extract',
    'Read a Xen tree, or with --git all releases covered, and write what content/ has of them.',
  )
    .option('--content <dir>', 'the folder to write to', 'content')
    .option('--only <kind>', 'extract one kind; may be given again', kind, [])
    .option('--check', 'write nothing; fail on a difference', false)
    .option('--no-cache', 'read the sources even if the same code has read them before')
    .action(async (options: ExtractOptions) => {
      const session = new Session(options);
      const opening = openTrees(options, session);
      const { runExtract } = await import('../commands/extract.ts');
      const opened = await opening;
      if ('problem' in opened) return session.end([opened.problem], {}, 'Nothing was written.');
      const { trees } = opened;
      const extraction =
        options.git === undefined || options.release !== undefined
          ? await extractTree(trees[0], options, session)
          : await extractReleases(here(options.git), trees, options, session);
      const result = await runExtract({
        extraction,
        content: contentFolder(options.content),
        check: options.check,
        repair: repairCommand(options),
      });
      const { counts, release: newest } = extraction;
      const facts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
      session.end(
        result.problems,
        { release: newest, commit: trees.at(-1)?.commit ?? null, counts },
        `Xen ${newest}: ${facts.join(', ')}. ${outcome(result, options.check)}`,
      );
    });
};
