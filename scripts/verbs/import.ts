/** The verb `import`: reads archives of a list into threads, or into digests for an import elsewhere. */
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { InvalidArgumentError } from 'commander';
import type { KnownCode } from '../commands/import.ts';
import type { Progress } from '../mail/archive-reading.ts';
import { parseRule, type Rule } from '../mail/select.ts';
import { here, ROOT } from '../open-tree.ts';
import { Session } from '../session.ts';
import type { Tree } from '../xen/tree.ts';
import { archive } from './archives.ts';
import { onTree } from './on-tree.ts';
import { contentFolder, type DeclareVerb, type TreeVerbOptions, treeVerb } from './verb.ts';

/** Keeps the names of trees, and what is read of an archive until its import has ended. */
const NAMES = resolve(ROOT, '.cache/names');
const IMPORTS = resolve(ROOT, '.cache/imports');

/** The names of a tree, and what only a repository tells: renames, commits, and the names of older releases. */
async function readCode(
  tree: Tree,
  repository: string | undefined,
  session: Session,
): Promise<KnownCode> {
  const { readNameTable } = await import('../xen/tree-name-tables.ts');
  session.say('Reading names');
  const { release, root } = tree;
  if (repository === undefined) {
    const names = await readNameTable(ROOT, NAMES, tree, { root: root ?? '' });
    return { names, renames: new Map() };
  }
  const { readCommits, readReleaseDays, readRenames } = await import('../xen/tree-history.ts');
  const { readPast } = await import('../past-releases.ts');
  const request = root === null ? { repository, release } : { root };
  const tag = `RELEASE-${release}`;
  const days = await readReleaseDays(repository);
  return {
    names: await readNameTable(ROOT, NAMES, tree, request),
    renames: await readRenames(repository, tag),
    commits: await readCommits(repository, tag),
    pastSince: (day) =>
      readPast(ROOT, NAMES, { repository, days, pinned: release, since: day }, session),
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
  const { runDigests } = await import('../commands/digests.ts');
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

/**
 * How much the values of a thread may grow before they are gone over, in percent. A large import holds little and throws
 * much away: left to itself, Node keeps three times as much memory as it needs.
 */
const GROWTH = 30;

async function importArchives(given: string[], options: ImportVerbOptions): Promise<void> {
  await onTree(options, 'Nothing was written.', async (tree, session) => {
    const { runImport } = await import('../commands/import.ts');
    const repository = options.git === undefined ? undefined : here(options.git);
    const report = await runImport({
      sources: given.map(archive),
      project: ROOT,
      content: contentFolder(options.content),
      work: IMPORTS,
      rules: options.select,
      check: options.check,
      progress: importProgress(session),
      code: options.dryRun ? null : await readCode(tree, repository, session),
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

export const declareImport: DeclareVerb = (program) => {
  treeVerb(program, 'import', 'Read threads from archives of a list and write content/threads/.')
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
    .action(async (given: string[], options: ImportVerbOptions) => {
      setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
      const { digests } = options;
      if (digests === undefined) await importArchives(given, options);
      else await writeDigests(given, digests, options);
    });
};
