import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pastRelease } from '../mail/references/past.ts';
import type { NameTable } from '../xen/name-table.ts';
import { runDigests } from './digests.ts';
import { type ImportOptions, runImport } from './import.ts';

const SOURCES = `xen:
  repository: https://example.org/xen.git
  release: 4.22.0
  commit: ${'a1'.repeat(20)}
  webView: https://example.org/{commit}/{path}#L{line}
  releases: [4.22.0]
list:
  name: xen-devel
  archive: https://example.org/{id}/
`;

const NAMES: NameTable = {
  release: '4.22.0',
  paths: ['xen/common/new.c'],
  functions: new Map(),
  others: new Map(),
};

const MBOX = `From mboxrd@z Thu Jan  1 00:00:00 1970
From: Ada <ada@example.org>
Date: Thu, 2 Jan 2020 03:04:05 +0000
Message-ID: <1@x>
Subject: A wheel

See xen/common/old.c and turn_wheel().
`;

let content = '';
let mbox = '';
const FILE = 'threads/2020-01-wheel.md';

beforeEach(async () => {
  content = await mkdtemp(join(tmpdir(), 'atlas-content-'));
  await writeFile(join(content, 'sources.yml'), SOURCES);
  mbox = join(content, 'in.mbox');
  await writeFile(mbox, MBOX);
});

afterEach(async () => {
  await rm(content, { recursive: true });
});

const read = () => readFile(join(content, FILE), 'utf8');
const options = () => ({
  sources: [mbox],
  project: resolve(import.meta.dirname, '../..'),
  content,
  work: join(content, 'work'),
  code: { names: NAMES, renames: new Map() },
});
const problemsOf = async (given: ImportOptions) => (await runImport(given)).problems;

describe('runImport', { timeout: 60_000 }, () => {
  it('writes a thread once, and the same again', async () => {
    expect(await problemsOf(options())).toEqual([]);
    const first = await read();
    expect(first).toContain('written: xen/common/old.c');
    expect(await problemsOf(options())).toEqual([]);
    expect(await read()).toBe(first);
    expect(await problemsOf({ ...options(), check: true })).toEqual([]);
  });

  it('resolves by the history of a repository when there is one', async () => {
    await runImport({
      ...options(),
      code: {
        names: NAMES,
        renames: new Map([['xen/common/old.c', 'xen/common/new.c']]),
        pastSince: async () => {
          const functions = new Map([['turn_wheel', 'xen/common/old.c']]);
          return [pastRelease({ ...NAMES, release: '4.12.0', functions }, '2019-04-01')];
        },
      },
    });
    expect(await read()).toMatch(/now: xen\/common\/new\.c[\s\S]*state: gone/);
  });

  it('only compares with check, and names the command that repairs', async () => {
    const problems = await problemsOf({ ...options(), check: true });
    expect(problems).toMatchObject([
      { kind: 'entry-stale', place: { path: FILE }, repair: `npm run atlas -- import ${mbox}` },
    ]);
    await expect(stat(join(content, FILE))).rejects.toThrow('ENOENT');
    await runImport(options());
    await writeFile(join(content, FILE), (await read()).replace('A wheel', 'A cog'));
    expect(await problemsOf({ ...options(), check: true })).toMatchObject([
      { kind: 'entry-stale' },
    ]);
  });

  it('repairs a published file that cannot be read', async () => {
    await runImport(options());
    const first = await read();
    await writeFile(join(content, FILE), 'broken');
    expect(await problemsOf(options())).toEqual([]);
    expect(await read()).toBe(first);
  });

  it('leaves everything as it is when a source cannot be used', async () => {
    await runImport(options());
    const first = await read();
    await writeFile(mbox, MBOX.replaceAll('wheel', 'cog'));
    const problems = await problemsOf({ ...options(), sources: [mbox, join(content, 'absent')] });
    expect(problems.map(({ kind }) => kind)).toEqual(['archive-unusable']);
    expect(await read()).toBe(first);
  });

  it('writes the same bytes from parts that other jobs read', async () => {
    const answer = MBOX.replace('<1@x>', '<2@x>\nReferences: <1@x>').replace('03:04', '04:05');
    const parts = [mbox, join(content, 'more.mbox')];
    await writeFile(parts[1] ?? '', answer);
    await runImport({ ...options(), sources: parts });
    const whole = await read();
    expect(whole).toContain('parent: 1@x');
    await rm(join(content, 'threads'), { recursive: true });
    const digests = parts.map((source) => `${source}.jsonl`);
    for (const [index, target] of digests.entries()) {
      await runDigests({ ...options(), sources: [parts[index] ?? ''], target });
    }
    expect(await problemsOf({ ...options(), sources: digests.toReversed() })).toEqual([]);
    expect(await read()).toBe(whole);
  });

  it('adds an answer to a published thread, whose references stay', async () => {
    await runImport(options());
    const more = join(content, 'more.mbox');
    const answer = MBOX.replace('<1@x>', '<2@x>\nReferences: <1@x>').replace('03:04', '04:05');
    await writeFile(more, answer.replace(/See .*/, 'No.'));
    expect(await problemsOf({ ...options(), sources: [more] })).toEqual([]);
    const both = await read();
    expect(both).toContain('written: xen/common/old.c');
    expect(both).toContain('parent: 1@x');
    expect(both.match(/^ {2}- id:/gm)).toHaveLength(2);
  });

  it('joins published threads that a message links, and says so', async () => {
    await runImport(options());
    const second = join(content, 'second.mbox');
    const other = MBOX.replace('<1@x>', '<3@x>').replace('03:04', '05:06').replace('A wheel', 'B');
    await writeFile(second, other);
    await runImport({ ...options(), sources: [second] });
    const link = join(content, 'link.mbox');
    const between = MBOX.replace('<1@x>', '<2@x>\nReferences: <1@x> <3@x>');
    await writeFile(link, between.replace('03:04', '06:07'));
    const problems = await problemsOf({ ...options(), sources: [link] });
    expect(problems.map(({ kind }) => kind)).toEqual(['thread-joined']);
    const joined = await read();
    expect(joined.match(/^ {2}- id:/gm)).toHaveLength(3);
    expect(joined.match(/written: xen\/common\/old.c/g)).toHaveLength(3);
  });

  it('does not go on without its own configuration', async () => {
    await writeFile(join(content, 'sources.yml'), 'list: {}');
    expect((await problemsOf(options())).map(({ kind }) => kind)).toContain('entry-schema');
  });
});
