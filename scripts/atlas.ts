/** The command line: parses arguments, calls the verbs, reports, sets the exit code (0 fine, 1 problems, 2 misuse). */
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import ora from 'ora';
import { FACT_KINDS, type FactKind } from '../src/model/fact-kinds.ts';
import { isRelease } from '../src/model/release.ts';
import type { Sources } from '../src/schema/sources.ts';
import { runCheck } from './commands/check.ts';
import { runExport } from './commands/export.ts';
import { runExtract } from './commands/extract.ts';
import { runImport } from './commands/import.ts';
import { runNames } from './commands/names.ts';
import { readSources } from './markdown/read-content.ts';
import { hasErrors, type Problem } from './problems/problem.ts';
import { REPORT_FORMATS, type ReportFormat, renderProblems } from './problems/report.ts';
import { CReader } from './xen/c-file.ts';
import { type Corpus, readCorpus } from './xen/corpus.ts';
import type { Tree } from './xen/tree.ts';
import { fetchDebianTree } from './xen/tree-debian.ts';
import { readCommits, readFormerNames, readRenames } from './xen/tree-history.ts';
import { indexTree } from './xen/tree-index.ts';
import type { TreeNames } from './xen/tree-names.ts';
import { loadCParser } from './xen/tree-sitter.ts';
import { cloneRelease, findTree, type TreeOptions } from './xen/tree-source.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CACHE = resolve(ROOT, '.cache/xen');
/** Paths on the command line are those of the folder in which the user called npm. */
const here = (path: string) => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

interface CommonOptions extends TreeOptions {
  readonly json?: true;
  readonly report: ReportFormat;
}

/** Says what is going on when somebody watches, and reports at the end. */
class Session {
  readonly #format: ReportFormat;
  readonly #spinner;

  constructor({ json, report }: Pick<CommonOptions, 'json' | 'report'>) {
    this.#format = json === true ? 'json' : report;
    this.#spinner = ora({
      stream: process.stderr,
      isSilent: this.#format === 'json' || !process.stderr.isTTY,
    });
  }

  readonly say = (text: string): void => {
    this.#spinner.start(text);
  };

  /** Prints problems and, in text, what was done. The exit code tells whether there were errors. */
  end(
    problems: readonly Problem[],
    summary: Readonly<Record<string, unknown>>,
    sentence: string,
  ): void {
    this.#spinner.stop();
    process.exitCode = hasErrors(problems) ? 1 : 0;
    if (this.#format === 'json') {
      process.stdout.write(
        `${JSON.stringify({ ...summary, problems: JSON.parse(renderProblems(problems, 'json')) }, null, 2)}\n`,
      );
      return;
    }
    process.stderr.write(renderProblems(problems, this.#format));
    process.stdout.write(`${sentence}\n`);
  }
}

interface OpenTree {
  readonly tree: Tree;
  readonly corpus: Corpus;
}

async function open(
  options: TreeOptions,
  sources: Sources,
  session: Session,
): Promise<OpenTree | Problem> {
  session.say('Opening the Xen tree');
  const found = await findTree(
    {
      ...(options.tree === undefined ? {} : { tree: here(options.tree) }),
      ...(options.git === undefined ? {} : { git: here(options.git) }),
      ...(options.release === undefined ? {} : { release: options.release }),
    },
    { environment: process.env['XEN_TREE'], cache: CACHE, pinnedRelease: sources.xen.release },
  );
  if (!found.ok) return found.problem;
  session.say(`Reading ${found.tree.label}`);
  const corpus = await readCorpus(found.tree, new CReader(await loadCParser()));
  return { tree: found.tree, corpus };
}

function index({ tree, corpus }: OpenTree, session: Session): TreeNames {
  return indexTree(tree, corpus, (done, of) => {
    if (done % 100 === 0) session.say(`Reading names: ${done} of ${of} files`);
  });
}

function isProblem(value: OpenTree | Problem): value is Problem {
  return 'kind' in value;
}

function release(text: string): string {
  if (!isRelease(text)) throw new InvalidArgumentError('A release is written like 4.22.0.');
  return text;
}

function kind(text: string, previous: readonly FactKind[]): readonly FactKind[] {
  const known = FACT_KINDS.find((candidate) => candidate === text);
  if (known === undefined)
    throw new InvalidArgumentError(`The kinds are ${FACT_KINDS.join(', ')}.`);
  return [...previous, known];
}

const program = new Command('atlas')
  .description('Extracts facts about Xen, imports threads, and checks and exports the content.')
  .showHelpAfterError('(atlas <verb> --help says what a verb takes)')
  .exitOverride();

function verb(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print the result and all problems as JSON')
    .addOption(
      new Option('--report <format>', 'how problems are printed')
        .choices(REPORT_FORMATS)
        .default(process.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'text'),
    );
}

function treeVerb(name: string, description: string): Command {
  return verb(name, description)
    .option('--tree <dir>', 'a Xen work tree')
    .addOption(new Option('--git <repository>', 'a clone of Xen, bare or not').conflicts('tree'))
    .option('--release <release>', 'the release to read with --git', release);
}

treeVerb('extract', 'Read a Xen tree and write content/facts/.')
  .option('--content <dir>', 'the folder to write to', 'content')
  .option('--only <kind>', 'extract one kind; may be given again', kind, [])
  .option('--check', 'write nothing; fail on a difference', false)
  .action(
    async (options: CommonOptions & { content: string; only: FactKind[]; check: boolean }) => {
      const session = new Session(options);
      const opened = await open(options, await readSources(ROOT), session);
      if (isProblem(opened)) return session.end([opened], {}, 'Nothing was written.');
      const { problems, counts, plan } = await runExtract({
        corpus: opened.corpus,
        content: options.content === 'content' ? resolve(ROOT, 'content') : here(options.content),
        only: options.only,
        check: options.check,
        repair: repairCommand(options),
        progress: session.say,
      });
      const facts = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
      const done =
        plan === null
          ? 'Nothing was written.'
          : options.check
            ? `${plan.unchanged} up to date, ${plan.write.length + plan.remove.length} differ.`
            : `${plan.write.length} written, ${plan.remove.length} removed, ${plan.unchanged} unchanged.`;
      session.end(
        problems,
        {
          release: opened.tree.release,
          commit: opened.tree.commit,
          counts: Object.fromEntries(counts),
        },
        `${opened.tree.label}: ${facts}. ${done}`,
      );
    },
  );

function repairCommand({
  tree,
  git,
  release: wanted,
  content,
}: TreeOptions & { content: string }): string {
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

treeVerb('import', 'Read threads from an mbox or a saved archive page and write content/threads/.')
  .argument('<source...>', 'mbox files, messages, saved pages or folders of pages')
  .option('--content <dir>', 'the folder to write to', 'content')
  .option('--check', 'write nothing; fail on a difference', false)
  .action(async (given: string[], options: CommonOptions & { content: string; check: boolean }) => {
    const session = new Session(options);
    const opened = await open(options, await readSources(ROOT), session);
    if (isProblem(opened)) return session.end([opened], {}, 'Nothing was written.');
    const names = index(opened, session);
    const repository = options.git === undefined ? undefined : here(options.git);
    const revision = `RELEASE-${opened.tree.release}`;
    session.say('Reading threads');
    const problems = await runImport({
      sources: given.map(here),
      content: options.content === 'content' ? resolve(ROOT, 'content') : here(options.content),
      names,
      check: options.check,
      renames: repository === undefined ? new Map() : await readRenames(repository, revision),
      ...(repository === undefined
        ? {}
        : {
            commits: await readCommits(repository, revision),
            formerNames: (wanted: readonly string[]) =>
              readFormerNames(repository, revision, wanted),
          }),
    });
    session.end(problems, { sources: given }, `${given.length} sources read.`);
  });

treeVerb('check', 'Check content/: schema, ids, references, evidence, contradictions, names.')
  .option('--accept', 'with a tree: take over line and fingerprint of all authored evidence', false)
  .option('--no-tree', 'do not look for a tree in XEN_TREE or the cache')
  .action(
    async (options: Omit<CommonOptions, 'tree'> & { tree?: string | boolean; accept: boolean }) => {
      const session = new Session(options);
      const wanted =
        options.tree !== false &&
        (typeof options.tree === 'string' || options.git !== undefined || options.accept);
      const trees = {
        ...options,
        tree: typeof options.tree === 'string' ? options.tree : undefined,
      };
      const opened = wanted ? await open(trees, await readSources(ROOT), session) : null;
      if (opened !== null && isProblem(opened))
        return session.end([opened], {}, 'Nothing was checked.');
      const tree =
        opened === null ? null : { corpus: opened.corpus, names: index(opened, session) };
      session.say('Checking');
      const problems = await runCheck({ root: ROOT, tree, accept: options.accept });
      const against = opened === null ? 'without a tree' : `against ${opened.tree.label}`;
      session.end(
        problems,
        { tree: opened?.tree.release ?? null },
        `Checked ${against}: ${hasErrors(problems) ? 'problems found' : 'fine'}.`,
      );
    },
  );

treeVerb('names', 'Write content/names.yml: the names of Xen that authored prose uses.').action(
  async (options: CommonOptions) => {
    const session = new Session(options);
    const opened = await open(options, await readSources(ROOT), session);
    if (isProblem(opened)) return session.end([opened], {}, 'Nothing was written.');
    const problems = await runNames({ root: ROOT, tree: index(opened, session) });
    session.end(problems, {}, 'content/names.yml is up to date.');
  },
);

verb('export', 'Write the dataset without building the site.')
  .requiredOption('--out <dir>', 'folder of the dataset')
  .option('--schemas <dir>', 'folder of the JSON Schemas; `schemas` in the dataset by default')
  .action(async (options: CommonOptions & { out: string; schemas?: string }) => {
    const session = new Session(options);
    const out = here(options.out);
    const schemas = options.schemas === undefined ? resolve(out, 'schemas') : here(options.schemas);
    const { problems, files } = await runExport({ root: ROOT, out, schemas });
    session.end(problems, { files }, `${files.length} files written.`);
  });

verb('fetch', 'Bring a Xen tree into the cache: the pinned release, or Debian’s source package.')
  .option('--release <release>', 'the release to clone', release)
  .option('--debian', 'unpack Debian’s source package instead of cloning', false)
  .action(async (options: CommonOptions & { debian: boolean }) => {
    const session = new Session(options);
    const sources = await readSources(ROOT);
    session.say('Fetching Xen');
    const path = options.debian
      ? await fetchDebianTree(CACHE)
      : await cloneRelease(sources.xen.repository, options.release ?? sources.xen.release, CACHE);
    session.end([], { path }, `Fetched ${path}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
