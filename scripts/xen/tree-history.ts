import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The folders whose moves messages about emulation speak of; the whole tree would take ten times as long. */
const FOLDERS = ['xen', 'tools/libs/light', 'tools/libxl', 'tools/firmware/hvmloader'];
const HASH = /^[0-9a-f]{40}$/;

async function git(repository: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', repository, ...args], {
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
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

const CHUNK = 400;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** The first release of each branch, out of a repository's tags. */
async function readReleaseTags(repository: string): Promise<string[]> {
  const tags = await git(repository, ['tag', '--list', 'RELEASE-4.*.0']);
  return tags
    .split('\n')
    .filter((tag) => /^RELEASE-\d+\.\d+\.0$/.test(tag))
    .sort();
}

/** `git grep` says with exit code 1 that nothing was found. */
async function grepNames(repository: string, names: readonly string[], tags: readonly string[]) {
  const patterns = names.flatMap((name) => ['-e', name]);
  const args = [
    'grep',
    '-h',
    '-o',
    '-w',
    '-F',
    ...patterns,
    ...tags,
    '--',
    'xen',
    'tools/libs/light',
    'tools/libxl',
  ];
  return git(repository, args).catch((error: { code?: unknown; stdout?: unknown }) => {
    if (error.code === 1) return '';
    throw error;
  });
}

/** Words out of some that stand in the trees of some revisions. */
async function findWords(
  repository: string,
  words: readonly string[],
  revisions: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let start = 0; start < words.length && revisions.length > 0; start += CHUNK) {
    const lines = await grepNames(repository, words.slice(start, start + CHUNK), revisions);
    for (const line of lines.split('\n')) if (line !== '') found.add(line);
  }
  return found;
}

/**
 * Which of some names stand in the tree of an earlier release of any branch and nowhere, not even in a comment, in that
 * of the revision. Under 2 s for all releases.
 */
export async function readFormerNames(
  repository: string,
  revision: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(names)].filter((name) => IDENTIFIER.test(name)).sort();
  const before = await findWords(repository, asked, await readReleaseTags(repository));
  const now = await findWords(repository, asked, [revision]);
  return new Set([...before].filter((name) => !now.has(name)));
}
