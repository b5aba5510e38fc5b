import { sourcesSchema } from '../../src/schema/sources.ts';
import { MailPool } from '../mail/archive-pool.ts';
import { type Progress, readArchives } from '../mail/archive-reading.ts';
import { joinDigests } from '../mail/archive-store.ts';
import type { Rule } from '../mail/select.ts';
import { readTextFile } from '../markdown/content-files.ts';
import { parseYamlFile } from '../markdown/entry.ts';
import type { Problem } from '../problems/problem.ts';

export interface DigestsOptions {
  readonly sources: readonly string[];
  readonly project: string;
  readonly content: string;
  /** The folder in which what was read is kept until all is read. */
  readonly work: string;
  readonly rules: readonly Rule[];
  /** The file to write. */
  readonly target: string;
  readonly progress?: (done: Progress) => void;
}

/**
 * Reads archives and writes what their messages say to one file. The work of an import that needs neither a tree nor
 * the other archives, so that each part of a large archive can be read by a job of its own.
 */
export async function runDigests(
  options: DigestsOptions,
): Promise<{ readonly problems: readonly Problem[]; readonly messages: number }> {
  const path = 'sources.yml';
  const { content, sources, project, work, rules, progress } = options;
  const pins = parseYamlFile(path, (await readTextFile(content, path)) ?? '', sourcesSchema);
  if (!pins.ok) return { problems: pins.problems, messages: 0 };
  const pool = new MailPool();
  const reading = await readArchives(sources, {
    pool,
    project,
    folder: work,
    list: pins.value.list.name,
    rules,
    ...(progress === undefined ? {} : { progress }),
  }).finally(() => pool.close());
  if (!reading.problems.some(({ kind }) => kind === 'archive-unusable')) {
    await joinDigests(reading.files, options.target);
    await reading.close();
  }
  return { problems: reading.problems, messages: reading.heads.length };
}
