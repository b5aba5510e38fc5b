import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLastChanged, readLastChanged } from './last-changed.ts';

it('takes the newest day of each file', () => {
  const log =
    '\0' +
    '2026-11-22\n\ncontent/b.md\ncontent/é.md\n\0' +
    '2026-11-21\n\ncontent/a.md\ncontent/b.md\n';
  expect(parseLastChanged(log)).toEqual({
    'content/a.md': '2026-11-21',
    'content/b.md': '2026-11-22',
    'content/é.md': '2026-11-22',
  });
  expect(parseLastChanged('')).toEqual({});
});

describe('the last change of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-changed-'));
  const repository = join(folder, 'whole');
  afterAll(() => rmSync(folder, { recursive: true }));

  function git(...args: string[]): void {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=none'];
    execFileSync('git', [...identity, ...args], { cwd: repository, stdio: 'ignore' });
  }

  function commit(path: string, day: string): void {
    writeFileSync(join(repository, path), day);
    git('add', '.');
    process.env['GIT_COMMITTER_DATE'] = `${day}T23:30:00-0800`;
    git('commit', '--no-verify', '--no-gpg-sign', '-m', day);
    delete process.env['GIT_COMMITTER_DATE'];
  }

  beforeAll(() => {
    mkdirSync(join(repository, 'content'), { recursive: true });
    git('init', '-q');
    commit('content/a.md', '2026-01-02');
    commit('content/b.md', '2026-03-04');
    commit('README.md', '2026-05-06');
  });

  it('is the day of its last commit, as the committer had it', async () => {
    expect(await readLastChanged(repository)).toEqual({
      'content/a.md': '2026-01-02',
      'content/b.md': '2026-03-04',
    });
  });

  it('is not known in a shallow clone, nor outside of a repository', async () => {
    const shallow = join(folder, 'shallow');
    git('clone', '-q', '--depth', '1', pathToFileURL(repository).href, shallow);
    expect(await readLastChanged(shallow)).toEqual({});
    expect(await readLastChanged(tmpdir())).toEqual({});
  });
});
