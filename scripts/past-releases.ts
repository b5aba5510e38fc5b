import { type PastRelease, pastRelease } from './mail/references/past.ts';
import type { Session } from './session.ts';
import { openGitRelease } from './xen/tree-git.ts';
import type { ReleaseDay } from './xen/tree-history.ts';
import { readNameTable } from './xen/tree-name-tables.ts';

export interface PastRequest {
  readonly repository: string;
  /** The releases of the repository, oldest first. */
  readonly days: readonly ReleaseDay[];
  readonly pinned: string;
  /** The day from which on releases are asked for: that which was out then, and all after it. */
  readonly since: string;
}

/** The names of the releases that were out since a day, without the pinned one; about 4 s each the first time. */
export async function readPast(
  project: string,
  cache: string,
  { repository, days, pinned, since }: PastRequest,
  session: Session,
): Promise<PastRelease[]> {
  const before = days.slice(
    0,
    Math.max(
      0,
      days.findIndex(({ release }) => release === pinned),
    ),
  );
  const first = Math.max(
    0,
    before.findLastIndex(({ day }) => day <= since),
  );
  const releases: PastRelease[] = [];
  for (const { release, day } of before.slice(first)) {
    session.say(`Reading names of Xen ${release}`);
    const opened = await openGitRelease(repository, release);
    if (!opened.ok) continue;
    const table = await readNameTable(project, cache, opened.tree, { repository, release });
    releases.push(pastRelease(table, day));
  }
  return releases;
}
