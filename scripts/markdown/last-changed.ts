import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Days (`2026-11-22`) by the path of a file of the project. */
export type LastChanged = Readonly<Record<string, string>>;

/** Of a log with the newest commit first, each with its day after a NUL and then its files: the newest day of each file. */
export function parseLastChanged(log: string): LastChanged {
  const days = new Map<string, string>();
  for (const commit of log.split('\0')) {
    const [day = '', ...paths] = commit.split('\n').filter((line) => line !== '');
    for (const path of paths) if (!days.has(path)) days.set(path, day);
  }
  return Object.fromEntries([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The day of the last commit to each file of `content/`, as its committer's clock had it. Empty without git, outside of
 * a repository, and in a shallow clone, whose oldest commit seems to have written everything.
 */
export async function readLastChanged(root: string): Promise<LastChanged> {
  const git = (...args: string[]) =>
    run('git', ['-c', 'core.quotePath=off', '-C', root, ...args], { maxBuffer: 1 << 30 });
  try {
    const { stdout: shallow } = await git('rev-parse', '--is-shallow-repository');
    if (shallow.trim() !== 'false') return {};
    const { stdout } = await git(
      'log',
      '--format=%x00%cs',
      '--name-only',
      '--no-renames',
      '--relative',
      '--',
      'content',
    );
    return parseLastChanged(stdout);
  } catch {
    return {};
  }
}
