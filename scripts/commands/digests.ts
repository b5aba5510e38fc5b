import { joinDigests } from '../mail/archive-store.ts';
import type { Problem } from '../problems/problem.ts';
import { type ArchivesOptions, onArchives } from './on-archives.ts';

export interface DigestsOptions extends ArchivesOptions {
  /** The file to write. */
  readonly target: string;
}

/**
 * Reads archives and writes what their messages say to one file. The work of an import that needs neither a tree nor
 * the other archives, so that each part of a large archive can be read by a job of its own.
 */
export async function runDigests(
  options: DigestsOptions,
): Promise<{ readonly problems: readonly Problem[]; readonly messages: number }> {
  const done = await onArchives(options, async ({ reading }) => {
    await joinDigests(reading.files, options.target);
    return { problems: reading.problems, messages: reading.heads.length };
  });
  return { messages: 0, ...done };
}
