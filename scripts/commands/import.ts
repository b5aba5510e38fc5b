import { sourcesSchema } from '../../src/schema/sources.ts';
import { type Thread, threadSchema } from '../../src/schema/thread.ts';
import { readSource } from '../mail/archive-source.ts';
import { readMail } from '../mail/derive-message.ts';
import { FEATURES_OF_LEXICON } from '../mail/feature-mentions.ts';
import { type ImportResult, importThreads } from '../mail/import-threads.ts';
import type { Mail } from '../mail/mail.ts';
import { indexPaths, type PathHistory } from '../mail/references/path-index.ts';
import { unknownNames } from '../mail/references/resolve.ts';
import { readTextFile, readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { parseEntry, parseYamlFile } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export interface ImportOptions {
  /** Files or folders: mbox, message, saved page, MHonArc pages. */
  readonly sources: readonly string[];
  /** The folder `content/`. */
  readonly content: string;
  /** Names of the pinned tree, which references are looked up in. */
  readonly names: TreeNames;
  /** What became of older paths; empty without a repository. */
  readonly renames: PathHistory;
  /** Hashes of the repository's commits; without them no commit is known. */
  readonly commits?: readonly string[];
  /** Tells which of some names an older release had; without it a name that is not there stays unresolved. */
  readonly formerNames?: (names: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Writes nothing, and reports what differs. */
  readonly check?: boolean;
}

async function readSources(content: string) {
  const path = 'sources.yml';
  return parseYamlFile(path, (await readTextFile(content, path)) ?? '', sourcesSchema);
}

async function readPublished(content: string): Promise<{ threads: Thread[]; problems: Problem[] }> {
  const files = await readTextFiles(content, 'threads', '.md');
  const read = files.map(({ path, text }) => parseEntry(path, text, threadSchema));
  return {
    threads: read.flatMap((entry) => (entry.ok ? [entry.value.data] : [])),
    problems: read.flatMap((entry) => (entry.ok ? [] : entry.problems)),
  };
}

async function findStale(
  content: string,
  files: ImportResult['files'],
  sources: readonly string[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path, text } of files) {
    const before = await readTextFile(content, path);
    if (before === text) continue;
    problems.push(
      problem(
        'entry-stale',
        { path },
        {
          actual: before === undefined ? 'no file' : 'a file that differs',
          expected: 'what the sources yield',
          repair: `npm run atlas -- import ${sources.join(' ')}`,
        },
      ),
    );
  }
  return problems;
}

async function askFormerNames(
  mails: readonly Mail[],
  { names, formerNames }: ImportOptions,
): Promise<ReadonlySet<string>> {
  if (formerNames === undefined) return new Set();
  return formerNames(mails.flatMap((mail) => unknownNames(readMail(mail, names).found, names)));
}

/**
 * Reads threads and writes `content/threads/<id>.md`, or with `check` compares only. A source that cannot be used leaves
 * everything as it is; a message that cannot be read is reported and the others are imported.
 */
export async function runImport(options: ImportOptions): Promise<Problem[]> {
  const { content, names, renames, commits = [], sources } = options;
  const pins = await readSources(content);
  if (!pins.ok) return [...pins.problems];
  const list = pins.value.list.name;
  const read = [];
  for (const source of sources) read.push(await readSource(source, list));
  const published = await readPublished(content);
  const problems = read.flatMap((source) => source.problems);
  if (problems.some(({ kind }) => kind === 'archive-unusable')) return problems;
  const mails = read.flatMap((source) => source.mails);
  const result = importThreads({
    mails,
    list,
    lookup: {
      names,
      paths: indexPaths(names.paths, renames),
      commits,
      formerNames: await askFormerNames(mails, options),
    },
    features: new Set(FEATURES_OF_LEXICON),
    given: pins.value.threads ?? [],
    published: published.threads,
  });
  const written = new Set(result.files.map(({ path }) => path));
  // A published file that cannot be read is repaired when the import yields it.
  const broken = published.problems.filter(({ place }) => !written.has(place.path));
  problems.push(...result.problems, ...broken);
  if (options.check === true) {
    return [...problems, ...(await findStale(content, result.files, sources))];
  }
  for (const file of result.files) await writeTextFile(content, file);
  return problems;
}
