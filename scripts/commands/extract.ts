import { readTextFiles, removeFile, writeTextFile } from '../markdown/content-files.ts';
import { hasErrors, type Problem, problem } from '../problems/problem.ts';
import type { Extraction } from '../xen/extraction.ts';
import { type Plan, planWrites, reportVanished } from '../xen/plan-writes.ts';

export interface ExtractOptions {
  /** What the tree yields. */
  readonly extraction: Extraction;
  /** The folder `content/`. */
  readonly content: string;
  /** Writes nothing; a difference is a problem. */
  readonly check: boolean;
  /** The command that repairs a difference. */
  readonly repair: string;
}

export interface ExtractResult {
  readonly problems: readonly Problem[];
  /** Null when nothing may be written. */
  readonly plan: Plan | null;
}

async function readPresent(content: string, folders: readonly string[]) {
  const files = await Promise.all(folders.map((folder) => readTextFiles(content, folder, '.md')));
  return new Map(files.flat().map(({ path, text }) => [path, text]));
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
    ...remove.map((path) => stale(path, 'a file that the tree does not yield', 'no file')),
  ];
}

/**
 * Writes what a tree yields below `content/`, or with `check` compares only. An error anywhere leaves `content/` as it
 * is.
 */
export async function runExtract(options: ExtractOptions): Promise<ExtractResult> {
  const { extraction, content, check, repair } = options;
  const { problems, release, folders } = extraction;
  if (hasErrors(problems)) return { problems, plan: null };
  const present = await readPresent(content, folders);
  const plan = planWrites(release, extraction, present);
  if (check) return { problems: [...problems, ...differences(plan, present, repair)], plan };
  const { reportUnread } = await import('../xen/unread.ts');
  const unread = reportUnread(plan, present);
  for (const file of plan.write) await writeTextFile(content, file);
  for (const path of plan.remove) await removeFile(content, path);
  return { problems: [...problems, ...reportVanished(plan.vanished), ...unread], plan };
}
