import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailPool, POOL_LIMITS } from './archive-pool.ts';
import { type ReadingOptions, readArchives } from './archive-reading.ts';
import { DigestReader, joinDigests } from './archive-store.ts';

const pool = new MailPool({ ...POOL_LIMITS, items: 5 });
let folder = '';
let mbox = '';

const message = (i: number) =>
  `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Ada <a@x>\nDate: 1 Jan 2020 00:00 +0000\nMessage-ID: <${i}@x>\n\nThe PIT of PVH ${i}.\n\n`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-reading-'));
  mbox = join(folder, 'in.mbox');
  await writeFile(mbox, Array.from({ length: 23 }, (_, i) => message(i)).join(''));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

afterAll(() => pool.close());

const options = (): ReadingOptions => ({
  project: resolve(import.meta.dirname, '../..'),
  folder: join(folder, 'work'),
  list: 'xen-devel',
  rules: [],
  pool,
});

/** Everything that a reading holds, without where it lies. */
async function contents(read: Awaited<ReturnType<typeof readArchives>>) {
  const reader = new DigestReader();
  const digests = [...(await reader.load(read.heads)).values()];
  await reader.close();
  return digests;
}

describe('readArchives', { timeout: 60_000 }, () => {
  it('goes on where it was stopped, and ends with the same', async () => {
    const whole = await readArchives([mbox], options());
    const expected = await contents(whole);
    expect(expected).toHaveLength(23);
    const [, second = '', third = '', last = ''] = whole.files;
    await rm(last);
    await writeFile(third, (await readFile(third, 'utf8')).slice(0, -30));
    const untouched = await readFile(second, 'utf8');
    let read = 0;
    const again = await readArchives([mbox], {
      ...options(),
      progress: ({ messages }) => {
        read ||= messages;
      },
    });
    expect(read).toBe(15);
    expect(await contents(again)).toEqual(expected);
    expect(await readFile(second, 'utf8')).toBe(untouched);
    await again.close();
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  it('does not go on with another state of the archive', async () => {
    await readArchives([mbox], options());
    await writeFile(mbox, message(99));
    const { heads } = await readArchives([mbox], options());
    expect(heads.map(({ id }) => id)).toEqual(['99@x']);
  });

  it('removes what other code read, and keeps what its own code read of another archive', async () => {
    const own = (await readArchives([mbox], options())).files[0] ?? '';
    await mkdir(join(folder, 'work/0123-4567'));
    const other = join(folder, 'other.mbox');
    await writeFile(other, message(99));
    const kept = [own, (await readArchives([other], options())).files[0] ?? ''];
    const folders = kept.map((file) => basename(dirname(file)));
    expect((await readdir(join(folder, 'work'))).sort()).toEqual(folders.sort());
  });

  it('reads what other jobs made of parts, and refuses what is none', async () => {
    const whole = await readArchives([mbox], options());
    const shard = join(folder, 'part.jsonl');
    await joinDigests(whole.files, shard);
    const merged = await readArchives([shard], options());
    expect(await contents(merged)).toEqual(await contents(whole));
    const rules = [{ by: 'message', id: '7@x' } as const];
    const some = await readArchives([shard], { ...options(), rules });
    expect(some.heads.map(({ id }) => id)).toEqual(['7@x']);
    await writeFile(
      shard,
      (await readFile(shard, 'utf8')).replace('"guests":["pvh"]', '"guests":[1]'),
    );
    const { problems, heads } = await readArchives([shard], options());
    expect(heads).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['archive-unusable']);
  });

  it('reads only what rules take', async () => {
    const read = await readArchives([mbox], {
      ...options(),
      rules: [{ by: 'message', id: '7@x' }],
    });
    expect(read.heads.map(({ id }) => id)).toEqual(['7@x']);
    expect(read.chosen).toMatchObject([{ root: '7@x', reasons: ['message asked for'] }]);
  });

  it('says when an archive holds nothing', async () => {
    await writeFile(mbox, 'From mboxrd@z Thu Jan  1 00:00:00 1970\n\n');
    const { problems } = await readArchives([mbox], options());
    expect(problems.map(({ kind }) => kind)).toEqual(['archive-unusable']);
  });
});
