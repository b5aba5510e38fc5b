import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTextFile, readTextFiles, removeFile, within, writeTextFile } from './content-files.ts';

let outside = '';
let root = '';

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'atlas-content-'));
  root = join(outside, 'root');
  mkdirSync(root);
});

afterAll(() => {
  rmSync(outside, { recursive: true });
});

describe('within', () => {
  it.each(['a.md', 'facts/a/../b.md', 'a..b/c', '...'])('takes %j', (path) => {
    expect(within('/project', path)).toBe(join('/project', path));
  });

  it.each(['', '.', '..', '../a', 'a/../../b', '/etc/passwd', '/workshop/a'])(
    'refuses %j',
    (path) => {
      expect(() => within('/project', path)).toThrow('leaves `/project`');
    },
  );
});

describe('writeTextFile', () => {
  it('makes folders, and leaves the file alone beside it', async () => {
    await writeTextFile(root, { path: 'facts/kind/a.md', text: 'one\n' });
    await writeTextFile(root, { path: 'facts/kind/a.md', text: 'ü\n' });
    expect(readFileSync(join(root, 'facts/kind/a.md'), 'utf8')).toBe('ü\n');
    expect(readdirSync(join(root, 'facts/kind'))).toEqual(['a.md']);
  });

  it('keeps the old text whole when the new one cannot take its place', async () => {
    mkdirSync(join(root, 'busy/b.md'), { recursive: true });
    writeFileSync(join(root, 'busy/b.md/kept'), 'old');
    await expect(writeTextFile(root, { path: 'busy/b.md', text: 'new' })).rejects.toThrow();
    expect(readFileSync(join(root, 'busy/b.md/kept'), 'utf8')).toBe('old');
    expect(readdirSync(join(root, 'busy'))).toEqual(['b.md']);
  });

  it('writes and removes nothing outside of the root', async () => {
    await expect(writeTextFile(root, { path: '../escape.md', text: '' })).rejects.toThrow('leaves');
    await expect(removeFile(root, '../escape.md')).rejects.toThrow('leaves');
    expect(readdirSync(outside)).toEqual(['root']);
  });
});

describe('readTextFiles', () => {
  it('sorts by path, takes the suffix, and has none of a folder that is not there', async () => {
    for (const path of ['read/b.md', 'read/a/z.md', 'read/a.md', 'read/c.txt']) {
      await writeTextFile(root, { path, text: path });
    }
    const files = await readTextFiles(root, 'read', '.md');
    expect(files.map(({ path }) => path)).toEqual(['read/a.md', 'read/a/z.md', 'read/b.md']);
    expect(files.every(({ path, text }) => path === text)).toBe(true);
    expect(await readTextFiles(root, 'none', '.md')).toEqual([]);
  });
});

it('readTextFile tells a file that is not there from one that cannot be read', async () => {
  expect(await readTextFile(root, 'none.yml')).toBeUndefined();
  await expect(readTextFile(root, '.')).rejects.toThrow();
});

it('removeFile does not mind a file that is gone', async () => {
  await writeTextFile(root, { path: 'gone.md', text: '' });
  await removeFile(root, 'gone.md');
  await removeFile(root, 'gone.md');
  expect(readdirSync(root)).not.toContain('gone.md');
});
