import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FIXTURE_TREE } from '../../tests/xen-fixture.ts';
import { openWorkTree, type Tree } from './tree.ts';
import { cacheKey, readCached, writeCached } from './tree-cache.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-cache-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function fixture(): Promise<Tree> {
  const opened = await openWorkTree(FIXTURE_TREE);
  if (!opened.ok) throw new Error(opened.problem.actual);
  return opened.tree;
}

it('names the same tree and kinds the same, and every other differently', async () => {
  const tree = await fixture();
  const key = await cacheKey(PROJECT, [tree], []);
  expect(await cacheKey(PROJECT, [await fixture()], [])).toBe(key);
  expect(await cacheKey(PROJECT, [tree], ['msr'])).not.toBe(key);
  const edited: Tree = { ...tree, state: async () => 'another' };
  expect(await cacheKey(PROJECT, [edited], [])).not.toBe(key);
});

it('gives back what was written, and nothing for what is not there or is broken', async () => {
  await writeCached(folder, 'key', { facts: [1] });
  expect(await readCached(folder, 'key')).toEqual({ facts: [1] });
  expect(await readCached(folder, 'other')).toBeUndefined();
  writeFileSync(join(folder, 'key.json'), '{"facts": [');
  expect(await readCached(folder, 'key')).toBeUndefined();
});

it('keeps the values that were written last', async () => {
  for (let value = 0; value < 30; value += 1) {
    await writeCached(folder, `key-${value}`, value);
    const written = new Date(1_000_000 + value * 1000);
    utimesSync(join(folder, `key-${value}.json`), written, written);
  }
  const names = readdirSync(folder);
  expect(names).toHaveLength(24);
  expect(names).toContain('key-29.json');
});
