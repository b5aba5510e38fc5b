import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from './archive-source.ts';
import { digestItem } from './digest.ts';

/** An archive as public-inbox writes it: two epochs, a message a commit, one of them taken away later. */
let inbox = '';

const message = (id: string) =>
  `From: Ada <ada@example.org>\nDate: Thu, 2 Jan 2020 03:04:05 +0000\nMessage-ID: <${id}>\n\nHi ${id}.\n`;

function commit(repository: string, files: Readonly<Record<string, string>>): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t', ...args]);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  git('add', '-A');
  git('commit', '-qm', 'message');
}

function epoch(number: number): string {
  const repository = join(inbox, 'git', `${number}.git`);
  mkdirSync(repository, { recursive: true });
  execFileSync('git', ['-C', repository, 'init', '-q']);
  return repository;
}

beforeAll(() => {
  inbox = mkdtempSync(join(tmpdir(), 'atlas-inbox-'));
  const first = epoch(0);
  commit(first, { m: message('1@x') });
  commit(first, { m: message('2@x') });
  commit(first, { d: message('1@x') });
  commit(first, { m: message('3@x') });
  commit(epoch(1), { m: message('4@x') });
  commit(epoch(10), { m: message('6@x') });
  commit(epoch(9), { m: message('5@x') });
});

afterAll(() => {
  rmSync(inbox, { recursive: true });
});

async function read(path: string, wanted: (index: number) => boolean): Promise<string[]> {
  const opened = await openArchive(path);
  if (!opened.ok) return [opened.problem.actual];
  const found: string[] = [];
  for await (const item of opened.archive.read(wanted)) {
    const { digests, removed, problems } = await digestItem(item, 'xen-devel');
    found.push(...digests.map(({ id }) => id), ...removed.map((id) => `-${id}`));
    found.push(...problems.map(({ actual }) => actual));
  }
  return found;
}

describe('a public-inbox archive', { timeout: 60_000 }, () => {
  it('is read epoch by epoch, oldest first, with what was taken away', async () => {
    const all = ['1@x', '2@x', '-1@x', '3@x', '4@x', '5@x', '6@x'];
    expect(await read(inbox, () => true)).toEqual(all);
    expect(await read(join(inbox, 'git'), () => true)).toEqual(all);
  });

  it('is one repository as well, with a work tree or without', async () => {
    expect(await read(join(inbox, 'git/1.git'), () => true)).toEqual(['4@x']);
    expect(await read(join(inbox, 'git/1.git/.git'), () => true)).toEqual(['4@x']);
  });

  it('goes on anywhere', async () => {
    expect(await read(inbox, (index) => index >= 3)).toEqual(['3@x', '4@x', '5@x', '6@x']);
    expect(await read(inbox, (index) => index === 2 || index === 5)).toEqual(['-1@x', '5@x']);
  });

  it('tells another state by its newest commits', async () => {
    const before = await openArchive(inbox);
    commit(join(inbox, 'git/10.git'), { m: message('7@x') });
    const after = await openArchive(inbox);
    if (!before.ok || !after.ok) throw new Error('not opened');
    expect(after.archive.state).not.toBe(before.archive.state);
    commit(join(inbox, 'git/10.git'), { note: 'no message' });
    expect(await read(inbox, (index) => index === 8)).toEqual(['a commit without a message']);
  });
});
