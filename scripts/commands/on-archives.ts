import { type Sources, sourcesSchema } from '../../src/schema/sources.ts';
import { MailPool } from '../mail/archive-pool.ts';
import { type Progress, type Reading, readArchives } from '../mail/archive-reading.ts';
import type { Rule } from '../mail/select.ts';
import { readTextFile } from '../markdown/content-files.ts';
import { parseYamlFile } from '../markdown/entry.ts';
import type { Problem } from '../problems/problem.ts';

export interface ArchivesOptions {
  /** Archives: files, folders, addresses; or files of digests. */
  readonly sources: readonly string[];
  /** The project, whose code is a part of the name of what is kept for the case of a stop. */
  readonly project: string;
  /** The folder `content/`. */
  readonly content: string;
  /** The folder in which what was read is kept until the verb has ended. */
  readonly work: string;
  /** Which threads are taken; all without a rule. */
  readonly rules?: readonly Rule[];
  readonly progress?: (done: Progress) => void;
}

/** Archives that are read, and what they are read for. */
export interface ReadSources {
  readonly reading: Reading;
  readonly pins: Sources;
  readonly pool: MailPool;
}

export const SOURCES = 'sources.yml';

/**
 * Reads archives and does something with what they hold. What was read is kept until that is done. When the configuration or
 * a source cannot be used nothing is done: the problems come back.
 */
export async function onArchives<T extends { readonly problems: readonly Problem[] }>(
  { sources, project, content, work, rules = [], progress }: ArchivesOptions,
  use: (read: ReadSources) => Promise<T>,
): Promise<T | { readonly problems: readonly Problem[] }> {
  const pins = parseYamlFile(SOURCES, (await readTextFile(content, SOURCES)) ?? '', sourcesSchema);
  if (!pins.ok) return { problems: pins.problems };
  const pool = new MailPool();
  try {
    const list = pins.value.list.name;
    const watched = progress === undefined ? {} : { progress };
    const reading = await readArchives(sources, {
      pool,
      project,
      folder: work,
      list,
      rules,
      ...watched,
    });
    await pool.rest();
    const { problems } = reading;
    if (problems.some(({ kind }) => kind === 'archive-unusable')) return { problems };
    const done = await use({ reading, pins: pins.value, pool });
    await reading.close();
    return done;
  } finally {
    await pool.close();
  }
}
