/** The command line: parses arguments, calls the verbs, reports, sets the exit code (0 fine, 1 problems, 2 misuse). */
import { basename, dirname, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { nearestHint } from '../src/data/nearest.ts';
import {
  choicesOf,
  HOST_OPTION_NAMES,
  HOST_OPTIONS,
  type HostChoices,
} from '../src/explain/host-options.ts';
import { ENTRY_KINDS, type EntryKind } from '../src/model/entry-kinds.ts';
import { FACT_KINDS, type FactKind } from '../src/model/fact-kinds.ts';
import { isRelease } from '../src/model/release.ts';
import type { Accepted } from './commands/check.ts';
import type { ExtractResult } from './commands/extract.ts';
import type { Progress } from './mail/archive-reading.ts';
import { parseRule, type Rule } from './mail/select.ts';
import { CACHE, EXTRACTIONS, here, openTree, openTrees, ROOT } from './open-tree.ts';
import { hasErrors, problem } from './problems/problem.ts';
import { PROBLEM_PAGES, REPORT_FORMATS } from './problems/report.ts';
import { Session, type SessionOptions } from './session.ts';
import type { Corpus } from './xen/corpus.ts';
import type { Extraction } from './xen/extraction.ts';
import type { Opened, Tree } from './xen/tree.ts';
import type { TreeNames } from './xen/tree-names.ts';
import type { TreeOptions } from './xen/tree-source.ts';

// A verb imports what it needs when it runs: what is quick to do is not kept waiting by the rest.

type TreeVerbOptions = SessionOptions & TreeOptions;

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
  .addHelpText('afterAll', `\n${PROBLEM_PAGES} explains every problem that is reported.`)
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

/** What names on the command line stand for, each of which must be known; everything when there are none. */
function named<T>(
  what: string,
  all: readonly T[],
  nameOf: (item: T) => string,
  asked: readonly string[] | undefined,
): readonly T[] {
  const known = all.map(nameOf);
  const wrong = asked?.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`No ${wrong}: the ${what} are ${known.join(', ')}.`);
  return all.filter((item) => asked === undefined || asked.includes(nameOf(item)));
}

type MeasureVerbOptions = SessionOptions & {
  suite?: string[];
  only?: string[];
  cache: string;
  check: boolean;
};

/** The default of `--content` is that of the project; another folder is one of the caller’s. */
function contentFolder(content: string): string {
  return content === 'content' ? resolve(ROOT, content) : here(content);
}

/** Runs a verb on a tree, or ends with the reason why there is none. */
async function onTree(
  options: TreeVerbOptions,
  undone: string,
  run: (tree: Tree, session: Session) => Promise<void>,
): Promise<void> {
  const session = new Session(options);
  const opened = await openTree(options, session);
  if ('problem' in opened) session.end([opened.problem], {}, undone);
  else await run(opened.tree, session);
}

/** Runs a verb on the sources of a tree and an index of their names. */
async function onNames(
  options: TreeVerbOptions,
  undone: string,
  run: (opened: NamedTree, session: Session) => Promise<void>,
): Promise<void> {
  await onTree(options, undone, async (tree, session) => {
    const { indexNames, readTree } = await import('./read-tree.ts');
    const corpus = await readTree(tree, session);
    await run({ tree, corpus, names: indexNames(tree, corpus, session) }, session);
  });
}

interface NamedTree {
  readonly tree: Tree;
  readonly corpus: Corpus;
  readonly names: TreeNames;
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
  const { cacheKey, readCached, writeCached } = await import('./xen/tree-cache.ts');
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
    const { readTree } = await import('./read-tree.ts');
    const { extractionOfTree } = await import('./xen/extraction.ts');
    const { yieldOf } = await import('./xen/tree-yield.ts');
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
    const { extractionOfReleases } = await import('./xen/extraction.ts');
    const { TreePool } = await import('./xen/tree-pool.ts');
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

treeVerb(
  'extract',
  'Read a Xen tree, or with --git all releases covered, and write what content/ has of them.',
)
  .option('--content <dir>', 'the folder to write to', 'content')
  .option('--only <kind>', 'extract one kind; may be given again', kind, [])
  .option('--check', 'write nothing; fail on a difference', false)
  .option('--no-cache', 'read the sources even if the same code has read them before')
  .action(async (options: ExtractOptions) => {
    const session = new Session(options);
    const opened = await openTrees(options, session);
    if ('problem' in opened) return session.end([opened.problem], {}, 'Nothing was written.');
    const { runExtract } = await import('./commands/extract.ts');
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

/** Keeps the names of trees, and what is read of an archive until its import has ended. */
const NAMES = resolve(ROOT, '.cache/names');
const IMPORTS = resolve(ROOT, '.cache/imports');

/** What only a repository tells: renames, commits, and the names of older releases. */
async function history(repository: string | undefined, pinned: string, session: Session) {
  if (repository === undefined) return { renames: new Map() };
  const { readCommits, readReleaseDays, readRenames } = await import('./xen/tree-history.ts');
  const { readPast } = await import('./past-releases.ts');
  const days = await readReleaseDays(repository);
  return {
    renames: await readRenames(repository, `RELEASE-${pinned}`),
    commits: await readCommits(repository, `RELEASE-${pinned}`),
    pastSince: (day: string) =>
      readPast(ROOT, NAMES, { repository, days, pinned, since: day }, session),
  };
}

type ImportVerbOptions = TreeVerbOptions & {
  content: string;
  check: boolean;
  dryRun: boolean;
  select: Rule[];
  digests?: string;
};

function rule(text: string, previous: readonly Rule[]): readonly Rule[] {
  const parsed = parseRule(text);
  if (parsed === undefined) {
    throw new InvalidArgumentError('The rules are lexicon[=SCORE], symbol=NAME and message=ID.');
  }
  return [...previous, parsed];
}

/** Archives on the web are named as they are. */
function archive(source: string): string {
  return /^https?:\/\//i.test(source) ? source : here(source);
}

/** Says how many messages are read, how fast, and how long the rest takes when their number is known. */
function importProgress(session: Session) {
  const start = performance.now();
  return ({ what, messages, of }: Progress) => {
    const rate = messages / ((performance.now() - start) / 1000);
    const whole = of === null ? '' : ` of ${of}`;
    const left = of === null ? '' : `, ${Math.ceil(Math.max(0, of - messages) / rate)} s left`;
    session.say(`${messages}${whole} messages ${what}, ${Math.round(rate)} a second${left}`);
  };
}

/** Writes what the messages of some archives say to a file, for an import elsewhere. Needs no tree. */
async function writeDigests(
  given: string[],
  target: string,
  options: ImportVerbOptions,
): Promise<void> {
  const session = new Session(options);
  const { runDigests } = await import('./commands/digests.ts');
  const { problems, messages } = await runDigests({
    sources: given.map(archive),
    project: ROOT,
    content: contentFolder(options.content),
    work: IMPORTS,
    rules: options.select,
    target: here(target),
    progress: importProgress(session),
  });
  session.end(problems, { messages }, `${messages} messages read.`);
}

async function importArchives(given: string[], options: ImportVerbOptions): Promise<void> {
  await onTree(options, 'Nothing was written.', async (tree, session) => {
    const { runImport } = await import('./commands/import.ts');
    const { readNameTable } = await import('./xen/tree-name-tables.ts');
    const repository = options.git === undefined ? undefined : here(options.git);
    session.say('Reading names');
    const request =
      tree.root === null && repository !== undefined
        ? { repository, release: tree.release }
        : { root: tree.root ?? '' };
    const report = await runImport({
      sources: given.map(archive),
      project: ROOT,
      content: contentFolder(options.content),
      work: IMPORTS,
      names: await readNameTable(ROOT, NAMES, tree, request),
      rules: options.select,
      check: options.check,
      dryRun: options.dryRun,
      progress: importProgress(session),
      ...(await history(repository, tree.release, session)),
    });
    const { problems, threads, messages } = report;
    const why = threads
      .filter(({ reasons }) => reasons.length > 0)
      .map(
        ({ id, messages: count, reasons }) => `${id} (${count} messages): ${reasons.join('; ')}\n`,
      );
    const done = options.dryRun ? 'would be written' : options.check ? 'compared' : 'written';
    const sentence = `${messages} messages read, ${threads.length} threads ${done}.`;
    session.end(problems, { sources: given, messages, threads }, `${why.join('')}${sentence}`);
  });
}

treeVerb('import', 'Read threads from archives of a list and write content/threads/.')
  .argument(
    '<source...>',
    'mbox (also .gz), message, Maildir, public-inbox repository, MHonArc pages, saved page, address of one, or digests',
  )
  .option('--content <dir>', 'the folder to write to', 'content')
  .option('--check', 'write nothing; fail on a difference', false)
  .option('--dry-run', 'write nothing; say which threads would be written, and why', false)
  .option(
    '--select <rule>',
    'take only threads by lexicon[=SCORE], symbol=NAME or message=ID; may be repeated',
    rule,
    [],
  )
  .option('--digests <file>', 'write what the messages say to a file, for an import elsewhere')
  .action((given: string[], options: ImportVerbOptions) =>
    options.digests === undefined
      ? importArchives(given, options)
      : writeDigests(given, options.digests, options),
  );

verb('bodies', 'Write what published messages say, for a site that is built beside an archive.')
  .argument('<source...>', 'archives, as for `import`')
  .option('--content <dir>', 'the folder of the content', 'content')
  .option(
    '--out <dir>',
    'the folder to write to; build with ATLAS_BODIES naming it',
    '.cache/bodies',
  )
  .action(async (given: string[], options: SessionOptions & { content: string; out: string }) => {
    const session = new Session(options);
    const { runBodies } = await import('./commands/bodies.ts');
    const { readSources } = await import('./markdown/read-content.ts');
    const { list } = await readSources(ROOT);
    session.say('Reading messages');
    const out = options.out === '.cache/bodies' ? resolve(ROOT, options.out) : here(options.out);
    const content = contentFolder(options.content);
    const sources = given.map(archive);
    const { problems, messages } = await runBodies({ sources, content, list: list.name, out });
    session.end(
      problems,
      { messages, out },
      `${messages} messages written; build with ATLAS_BODIES=${out}.`,
    );
  });

/** The committed text of a checkout, whatever was edited in it; other trees as they are. */
async function asCommitted(tree: Tree): Promise<Opened> {
  if (tree.root === null || tree.commit === null) return { ok: true, tree };
  const { openGitRevision } = await import('./xen/tree.ts');
  return openGitRevision(tree.root, tree.commit);
}

/** What the verb writes, and the build reads. */
const EXCERPTS = '.cache/excerpts.json';

treeVerb('excerpts', 'Write excerpts of the pinned release, for a site that is built beside it.')
  .option('--out <file>', 'the file to write; build with ATLAS_EXCERPTS naming it', EXCERPTS)
  .action(async (options: TreeVerbOptions & { out: string }) => {
    await onTree(options, 'Nothing was written.', async (given, session) => {
      const { runExcerpts } = await import('./commands/excerpts.ts');
      const { readContent } = await import('./markdown/read-content.ts');
      const { indexNames, readTree } = await import('./read-tree.ts');
      const opened = await asCommitted(given);
      if (!opened.ok) return session.end([opened.problem], {}, 'Nothing was written.');
      const { tree } = opened;
      const read = async () => {
        const corpus = await readTree(tree, session);
        return { corpus, names: indexNames(tree, corpus, session) };
      };
      const { content } = await readContent(ROOT);
      const path = options.out === EXCERPTS ? resolve(ROOT, EXCERPTS) : here(options.out);
      const out = { folder: dirname(path), name: basename(path) };
      const { problems, files } = await runExcerpts({ tree, read, content, out });
      if (files.length === 0) return session.end(problems, {}, 'Nothing was written.');
      session.end(
        problems,
        { out: path, release: tree.release, commit: tree.commit, files: files.length },
        `Excerpts of ${files.length} files written; build with ATLAS_EXCERPTS=${path}.`,
      );
    });
  });

async function check(opened: NamedTree | null, accept: Accepted, session: Session): Promise<void> {
  const { runCheck } = await import('./commands/check.ts');
  session.say('Checking');
  const problems = await runCheck({ root: ROOT, tree: opened, accept });
  const against = opened === null ? 'without a tree' : `against ${opened.tree.label}`;
  session.end(
    problems,
    { tree: opened?.tree.release ?? null },
    `Checked ${against}: ${hasErrors(problems) ? 'problems found' : 'fine'}.`,
  );
}

treeVerb('check', 'Check content/; with --tree or --git its evidence and names against Xen too.')
  .option(
    '--accept [entries...]',
    'take over line and fingerprint of authored evidence from a tree: of the entries given, else of all',
  )
  .action(async (options: TreeVerbOptions & { accept?: true | string[] }) => {
    const { tree, git, accept } = options;
    if (tree === undefined && git === undefined && accept === undefined) {
      return check(null, 'none', new Session(options));
    }
    const accepted = accept === true ? 'all' : (accept ?? 'none');
    return onNames(options, 'Nothing was checked.', (opened, session) =>
      check(opened, accepted, session),
    );
  });

function entryKind(text: string): EntryKind {
  const known = ENTRY_KINDS.find((candidate) => candidate === text);
  if (known !== undefined) return known;
  const list = ENTRY_KINDS.join(', ');
  throw new InvalidArgumentError(`The entries are ${list}${nearestHint(text, ENTRY_KINDS)}.`);
}

verb('new', 'Write the skeleton of an entry, for a person to fill in.')
  .argument('<entry>', ENTRY_KINDS.join(', '), entryKind)
  .argument('<id>', 'AREA/NAME of a feature, such as time/pit; NAME of another entry')
  .option('--content <dir>', 'the folder to write to', 'content')
  .action(async (kind: EntryKind, id: string, options: SessionOptions & { content: string }) => {
    const session = new Session(options);
    const { renderNew, runNew } = await import('./commands/new.ts');
    const { readSources } = await import('./markdown/read-content.ts');
    const { release } = (await readSources(ROOT)).xen;
    const content = contentFolder(options.content);
    const { problems, ...written } = await runNew({ root: ROOT, content, kind, id, release });
    session.end(problems, written, renderNew(written));
  });

verb('measure', 'Run guests under an emulated machine, and measure what they do (Debian only).')
  .option('--suite <names...>', 'releases of Debian whose packages are run; all that are known')
  .option('--only <guests...>', 'only these guests, such as pv-dom0 pvh-dom0')
  .option('--cache <dir>', 'where packages and images are kept', '.cache/measure')
  .option('--check', 'write nothing; a difference is a problem', false)
  .action(async (options: MeasureVerbOptions) => {
    const { SUITES } = await import('./measure/machine-packages.ts');
    const { MEASURED_GUESTS } = await import('./measure/guests.ts');
    const suites = named('suites', SUITES, ({ name }) => name, options.suite);
    const guests = named('guests', MEASURED_GUESTS, ({ id }) => id, options.only);
    const interrupted = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const)
      process.once(name, () => interrupted.abort(new Error(`stopped by ${name}`)));
    const { runMeasure } = await import('./commands/measure.ts');
    const session = new Session(options);
    const own = options.cache === '.cache/measure';
    const { problems, ...counts } = await runMeasure({
      root: ROOT,
      cache: own ? resolve(ROOT, options.cache) : here(options.cache),
      suites,
      guests,
      isWhole: options.suite === undefined && options.only === undefined,
      check: options.check,
      signal: interrupted.signal,
      say: session.say,
    });
    session.end(
      problems,
      counts,
      `${counts.agrees} results agree with the facts, ${counts.disagrees} do not; ${counts.written} files written.`,
    );
  });

treeVerb('names', 'Write content/names.yml: the names of Xen that authored prose uses.').action(
  (options: TreeVerbOptions) =>
    onNames(options, 'Nothing was written.', async ({ names }, session) => {
      const { runNames } = await import('./commands/names.ts');
      const problems = await runNames({ root: ROOT, tree: names });
      session.end(problems, {}, 'content/names.yml is up to date.');
    }),
);

type StaleOptions = TreeVerbOptions & { write: boolean; issue?: string };

treeVerb('stale', 'Say which statements of people a newer tree calls into question.')
  .option('--revision <name>', 'with --git: a branch, a tag or a commit, such as staging')
  .option('--write', 'write content/stale.yml, which the page /stale/ shows', false)
  .option('--issue <file>', 'write what has to be read again as Markdown')
  .action((options: StaleOptions) =>
    onNames(options, 'Nothing was compared.', async ({ tree, corpus, names }, session) => {
      const { renderStale, runStale } = await import('./commands/stale.ts');
      const { write, issue } = options;
      const { problems, ...result } = await runStale({ root: ROOT, tree, corpus, names, write });
      if (issue !== undefined) {
        const { writeTextFile } = await import('./markdown/content-files.ts');
        await writeTextFile(dirname(here(issue)), {
          path: basename(issue),
          text: renderStale(tree, { problems, ...result }),
        });
      }
      const counts = Object.entries(result.counts).map(([verdict, count]) => `${count} ${verdict}`);
      session.end(
        problems,
        { tree: tree.label, ...result },
        `${tree.label}: ${counts.join(', ')}.`,
      );
    }),
  );

verb(
  'publish',
  'Add the ids of all entries to content/published.yml: they are kept for ever.',
).action(async (options: SessionOptions) => {
  const session = new Session(options);
  const { runPublish } = await import('./commands/publish.ts');
  const { problems, added, total } = await runPublish(ROOT);
  session.end(problems, { added, total }, `${added.length} ids added, ${total} in all.`);
});

verb('coverage', 'Count the cells of content/ by kind and origin, and what is unknown.').action(
  async (options: SessionOptions) => {
    const session = new Session(options);
    const { renderCoverage, runCoverage } = await import('./commands/coverage.ts');
    const { coverage, problems } = await runCoverage(ROOT);
    session.end(problems, { coverage }, renderCoverage(coverage));
  },
);

verb('diff', 'Say what changed between two releases, by kind of fact, and what rests on it.')
  .argument('<from>', 'a release, such as 4.20', release)
  .argument('<to>', 'another release', release)
  .option('--evidence', 'name the places of each fact in both releases', false)
  .action(async (from: string, to: string, options: SessionOptions & { evidence: boolean }) => {
    const session = new Session(options);
    const { renderDiff, runDiff } = await import('./commands/diff.ts');
    const result = await runDiff(ROOT, [from, to]);
    const { problems, ...differences } = result;
    const unknown = differences.kinds.length === 0;
    const sentence = unknown ? 'Nothing was compared.' : renderDiff(result, options.evidence);
    session.end(problems, differences, sentence);
  });

type ExplainVerbOptions = SessionOptions & { minimise: boolean };

/** What a configuration does not say, each as an option of the command line. */
const HOST_FLAGS = HOST_OPTION_NAMES.map((name) => ({
  name,
  flag: new Option(
    `--${name} <choice>`,
    `${HOST_OPTIONS[name].words}, where the file does not say it`,
  ).choices(choicesOf(name)),
}));

function hostChoices(options: object): HostChoices {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    HOST_FLAGS.flatMap(({ name, flag }) => {
      const choice = given.get(flag.attributeName());
      return typeof choice === 'string' ? [[name, choice]] : [];
    }),
  );
}

/** The text of a file, or of the standard input for `-`; undefined when there is none. */
async function readGiven(file: string): Promise<string | undefined> {
  if (file === '-') {
    const { text } = await import('node:stream/consumers');
    return text(process.stdin);
  }
  const { readTextFile } = await import('./markdown/content-files.ts');
  return readTextFile(dirname(here(file)), basename(file)).catch(() => undefined);
}

async function explain(file: string, { minimise, ...options }: ExplainVerbOptions): Promise<void> {
  const session = new Session(options);
  const text = await readGiven(file);
  if (text === undefined) {
    const missing = problem(
      'xl-syntax',
      { path: file },
      { actual: 'no file that can be read', expected: 'an xl.cfg, or `-` for the standard input' },
    );
    session.end([missing], {}, 'Nothing was explained.');
    return;
  }
  session.say('Reading content');
  const { explainSummary, renderExplanation, runExplain } = await import('./commands/explain.ts');
  const choices = hostChoices(options);
  const path = file === '-' ? 'standard input' : file;
  const result = await runExplain({ root: ROOT, path, text, choices });
  session.end(
    result.problems,
    explainSummary(result, minimise),
    renderExplanation(result, path, minimise),
  );
}

const explainVerb = verb('explain', 'Say who handles what for the guest of an xl.cfg, and why.')
  .argument('<file>', 'an xl.cfg, or `-` for the standard input')
  .option(
    '--minimise',
    'propose settings that leave less to emulate, and print the changed file',
    false,
  );
for (const { flag } of HOST_FLAGS) explainVerb.addOption(flag);
explainVerb.action(explain);

verb('export', 'Write the dataset without building the site.')
  .requiredOption('--out <dir>', 'folder of the dataset')
  .option('--schemas <dir>', 'folder of the JSON Schemas; `schemas` in the dataset by default')
  .action(async (options: SessionOptions & { out: string; schemas?: string }) => {
    const session = new Session(options);
    const out = here(options.out);
    const schemas = options.schemas === undefined ? resolve(out, 'schemas') : here(options.schemas);
    const { runExport } = await import('./commands/export.ts');
    const { problems, files } = await runExport({ root: ROOT, out, schemas });
    session.end(problems, { files }, `${files.length} files written.`);
  });

/** Where the settings of .vscode/ look for the schemas. */
const EDITOR_SCHEMAS = '.cache/schemas';

verb('schemas', 'Write the JSON Schemas of the content, for editors.')
  .option('--out <dir>', 'the folder to write to', EDITOR_SCHEMAS)
  .action(async (options: SessionOptions & { out: string }) => {
    const session = new Session(options);
    const { runSchemas } = await import('./commands/schemas.ts');
    const own = options.out === EDITOR_SCHEMAS;
    const files = await runSchemas(own ? resolve(ROOT, EDITOR_SCHEMAS) : here(options.out));
    session.end([], { files }, `${files.length} schemas written to ${options.out}/.`);
  });

/** What a program said that ended badly: the last line of its errors. */
function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

verb('fetch', 'Bring a Xen tree into the cache: the pinned release, or Debian’s source package.')
  .option('--release <release>', 'the release to clone', release)
  .option('--debian', 'unpack Debian’s source package instead of cloning', false)
  .action(async (options: SessionOptions & { release?: string; debian: boolean }) => {
    const session = new Session(options);
    const { readSources } = await import('./markdown/read-content.ts');
    const { fetchDebianTree } = await import('./xen/tree-debian.ts');
    const { cloneRelease } = await import('./xen/tree-source.ts');
    const { xen } = await readSources(ROOT);
    session.say('Fetching Xen');
    try {
      const path = options.debian
        ? await fetchDebianTree(CACHE)
        : await cloneRelease(xen.repository, options.release ?? xen.release, CACHE);
      session.end([], { path }, `Fetched ${path}`);
    } catch (error) {
      const unusable = problem(
        'tree-unusable',
        { path: options.debian ? 'debian' : xen.repository },
        {
          actual: `an end with \`${lastLine(error)}\``,
          expected: options.debian ? 'a source package of Xen' : 'a repository with the release',
          ...(options.debian ? {} : { repair: 'npm run atlas -- fetch --debian' }),
        },
      );
      session.end([unusable], {}, 'Nothing was fetched.');
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
