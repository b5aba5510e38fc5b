import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRenames, readCommits, readReleaseDays, readRenames } from './tree-history.ts';

describe('parseRenames', () => {
  it('keeps the newest fate of each path', () => {
    const log = ['R090', 'a.c', 'b.c', 'D', 'c.c', '\nR100', 'c.c', 'd.c', 'D', 'b.c', ''].join(
      '\0',
    );
    expect([...parseRenames(log)]).toEqual([
      ['a.c', 'b.c'],
      ['c.c', null],
      ['b.c', null],
    ]);
    expect(parseRenames('').size).toBe(0);
  });
});

describe('a repository', () => {
  let folder = '';
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t', ...args], {
      encoding: 'utf8',
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-history-'));
    git('init', '-q');
    execFileSync('mkdir', ['-p', join(folder, 'xen')]);
    writeFileSync(join(folder, 'xen/old.c'), 'void old_wheel(void)\n{\n    keep_wheel();\n}\n');
    git('add', '.');
    git('commit', '-qm', 'One');
    git('tag', 'RELEASE-4.1.0');
    git('mv', 'xen/old.c', 'xen/new.c');
    git('commit', '-qm', 'Two');
    writeFileSync(join(folder, 'xen/new.c'), 'void new_wheel(void)\n{\n    keep_wheel();\n}\n');
    git('commit', '-qam', 'Three');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('tells renames, commits and the days of releases', async () => {
    expect([...(await readRenames(folder, 'HEAD'))]).toEqual([['xen/old.c', 'xen/new.c']]);
    const commits = await readCommits(folder, 'HEAD');
    expect(commits).toHaveLength(3);
    expect(commits).toEqual([...commits].sort());
    expect(await readReleaseDays(folder)).toEqual([
      { release: '4.1.0', day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);
  });

  it('refuses a revision that is an option', async () => {
    await expect(readCommits(folder, '--output=x')).rejects.toThrow();
  });
});
