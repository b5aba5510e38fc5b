import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compareReleases } from '../../src/model/release.ts';

const run = promisify(execFile);
/** The folders whose moves messages about emulation speak of; the whole tree would take ten times as long. */
const FOLDERS = ['xen', 'tools/libs/light', 'tools/libxl', 'tools/firmware/hvmloader'];
const HASH = /^[0-9a-f]{40}$/;

async function git(repository: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', repository, ...args], {
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  return stdout;
}

/**
 * Reads the output of `git log --name-status -z --format=`: status, old path, and for a rename the new path, newest
 * commit first. A path that was moved or removed more than once keeps its newest fate. Pure.
 */
export function parseRenames(log: string): ReadonlyMap<string, string | null> {
  const fates = new Map<string, string | null>();
  const fields = log.split('\0').map((field) => field.replace(/^\n+/, ''));
  for (let i = 0; i < fields.length; i += 1) {
    const status = fields[i] ?? '';
    const from = fields[i + 1] ?? '';
    if (/^R\d*$/.test(status)) {
      if (!fates.has(from)) fates.set(from, fields[i + 2] ?? null);
      i += 2;
    } else if (status === 'D') {
      if (!fates.has(from)) fates.set(from, null);
      i += 1;
    }
  }
  return fates;
}

/** What became of each path that was renamed or removed up to a revision: the next path, or null. About 3 s. */
export async function readRenames(
  repository: string,
  revision: string,
): Promise<ReadonlyMap<string, string | null>> {
  const args = [
    'log',
    '-M',
    '--diff-filter=RD',
    '--name-status',
    '-z',
    '--format=',
    '--end-of-options',
  ];
  return parseRenames(await git(repository, [...args, revision, '--', ...FOLDERS]));
}

/** The full hashes of all commits up to a revision, sorted. */
export async function readCommits(repository: string, revision: string): Promise<string[]> {
  const listed = await git(repository, ['rev-list', '--end-of-options', revision]);
  return listed
    .split('\n')
    .filter((line) => HASH.test(line))
    .sort();
}

/** A release of a repository and the day of its tag. */
export interface ReleaseDay {
  readonly release: string;
  readonly day: string;
}

/** The first release of each branch of Xen 4, with the days of their tags, oldest first. */
export async function readReleaseDays(repository: string): Promise<ReleaseDay[]> {
  const listed = await git(repository, [
    'for-each-ref',
    '--format=%(refname:strip=2) %(creatordate:format-local:%Y-%m-%d)',
    'refs/tags/RELEASE-4.*.0',
  ]);
  return listed
    .split('\n')
    .flatMap((line) => {
      const [, release, day] = /^RELEASE-(\d+\.\d+\.0) (\S+)$/.exec(line) ?? [];
      return release === undefined || day === undefined ? [] : [{ release, day }];
    })
    .sort((a, b) => compareReleases(a.release, b.release));
}
