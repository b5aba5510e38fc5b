import type { Reading } from '../mail/archive-reading.ts';
import type { StoredHead } from '../mail/archive-store.ts';
import { FEATURES_OF_LEXICON } from '../mail/feature-mentions.ts';
import { type ListedThread, listThreads } from '../mail/listed-threads.ts';
import { type PlannedThread, planThreads } from '../mail/plan-threads.ts';
import { Past, type PastRelease } from '../mail/references/past.ts';
import { indexPaths, type PathHistory } from '../mail/references/path-index.ts';
import { readTextFile, textFilePaths, writeTextFile } from '../markdown/content-files.ts';
import type { Problem } from '../problems/problem.ts';
import type { NameTable } from '../xen/name-table.ts';
import { type ArchivesOptions, onArchives, type ReadSources, SOURCES } from './on-archives.ts';
import { writeThreads } from './thread-files.ts';

/** What references to code are looked up in. */
export interface KnownCode {
  /** Names of the pinned tree. */
  readonly names: NameTable;
  /** What became of older paths; empty without a repository. */
  readonly renames: PathHistory;
  /** Hashes of the repository's commits; without them no commit is known. */
  readonly commits?: readonly string[];
  /** Releases from the one of a day on, up to the pinned one; none without a repository. */
  readonly pastSince?: (day: string) => Promise<readonly PastRelease[]>;
}

export interface ImportOptions extends ArchivesOptions {
  /** Null: nothing is written, and the report says which threads would be. */
  readonly code: KnownCode | null;
  /** Writes nothing, and reports what differs. */
  readonly check?: boolean;
}

/** A thread that an import took, and why. */
export interface ImportedThread {
  readonly id: string;
  readonly root: string;
  readonly messages: number;
  readonly reasons: readonly string[];
}

export interface ImportReport {
  readonly problems: readonly Problem[];
  readonly threads: readonly ImportedThread[];
  readonly messages: number;
}

/** Rows of the matrix that exist and that the lexicon knows. */
function readFeatures(content: string): ReadonlySet<string> {
  const paths = textFilePaths(content, 'features', '.md');
  const written = new Set(paths.map((path) => path.replace(/^features\/|\.md$/g, '')));
  return new Set(FEATURES_OF_LEXICON.filter((id) => written.has(id)));
}

/** The day of the oldest message: no release before that is needed. */
function firstDay(heads: readonly StoredHead[]): string {
  const dates = heads.flatMap(({ date }) => date ?? []);
  return dates.reduce((a, b) => (a < b ? a : b), '9999').slice(0, 10);
}

function importedThreads(threads: readonly PlannedThread[], { chosen }: Reading): ImportedThread[] {
  const reasons = new Map(chosen.map(({ root, reasons: why }) => [root, why]));
  return threads.map(({ id, tree }) => ({
    id,
    root: tree.root,
    messages: tree.mails.length,
    reasons: reasons.get(tree.root) ?? [],
  }));
}

/** Adds the threads that rules chose to `content/sources.yml`, with the reasons. */
async function listChosen(content: string, threads: readonly ImportedThread[]): Promise<void> {
  const listed: ListedThread[] = threads.flatMap(({ id, root, reasons }) =>
    reasons.length === 0 ? [] : [{ id, root, chosen: reasons }],
  );
  if (listed.length === 0) return;
  const before = (await readTextFile(content, SOURCES)) ?? '';
  const text = listThreads(before, listed);
  if (text !== before) await writeTextFile(content, { path: SOURCES, text });
}

async function importRead(
  { reading, pins, pool }: ReadSources,
  options: ImportOptions,
): Promise<ImportReport> {
  const { content, check = false, rules = [], code } = options;
  const list = pins.list.name;
  // What takes no message leaves the published threads as they are.
  const paths = reading.heads.length === 0 ? [] : textFilePaths(content, 'threads', '.md');
  const before = await pool.readPublished(content, paths);
  const plan = planThreads(reading.heads, list, pins.threads ?? [], before.threads);
  const threads = importedThreads(plan.threads, reading);
  const report = { threads, messages: plan.brought.size };
  const problems = [...reading.problems, ...plan.problems];
  if (code === null) return { ...report, problems };
  const { names, renames, commits = [], pastSince } = code;
  const past = new Past((await pastSince?.(firstDay(reading.heads))) ?? []);
  const lookup = { names, paths: indexPaths(names.paths, renames), commits, past };
  const written = await writeThreads(plan.threads, {
    content,
    check,
    repair: `npm run atlas -- import ${options.sources.join(' ')}`,
    context: { list, lookup, features: readFeatures(content) },
    pool,
    brought: plan.brought,
  });
  if (rules.length > 0 && !check) await listChosen(content, threads);
  // A published file that cannot be read is repaired when the import yields it.
  const broken = before.problems.filter(({ place }) => !written.paths.has(place.path));
  return { ...report, problems: [...problems, ...broken, ...written.problems] };
}

/**
 * Reads threads and writes `content/threads/<id>.md`, or with `check` compares only. A source that cannot be used leaves
 * everything as it is; a message that cannot be read is reported and the others are imported.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const done = await onArchives(options, (read) => importRead(read, options));
  return { threads: [], messages: 0, ...done };
}
