/**
 * A cache of what trees yield: a file for each tree and each state of the Atlas’s own code, under a name that is a hash
 * of both. Nothing ever invalidates an entry; a changed source or a changed line of code has another name.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile, textFilePaths, writeTextFile } from '../markdown/content-files.ts';
import type { Tree } from './tree.ts';

/** Folders of the code that decides what a tree yields; the locked packages do, too. */
const CODE = [
  'scripts/markdown',
  'scripts/problems',
  'scripts/xen',
  'src/data',
  'src/model',
  'src/schema',
];

/** Values that are kept: every release covered, and some of work in progress. */
const KEPT = 24;

function hashCode(project: string): string {
  const hash = createHash('sha256');
  const paths = CODE.flatMap((folder) => textFilePaths(project, folder, '.ts'));
  for (const path of [...paths.filter((name) => !name.endsWith('.test.ts')), 'package-lock.json']) {
    hash.update(`${path}\0`).update(readFileSync(join(project, path)));
  }
  return hash.digest('hex');
}

/** The name under which what the code makes of some trees is kept; `what` tells apart what it makes of them. */
export async function cacheKey(
  project: string,
  trees: readonly Tree[],
  what: readonly string[],
): Promise<string> {
  const hash = createHash('sha256').update(hashCode(project));
  hash.update(JSON.stringify(what));
  for (const { label, release, commit, state } of trees) {
    hash.update(JSON.stringify([label, release, commit, await state()]));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The value of the cache, or undefined when it is not there or not readable. */
export async function readCached(folder: string, key: string): Promise<unknown> {
  const text = await readFile(join(folder, `${key}.json`), 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a value, and of all others those that were written last. */
export async function writeCached(folder: string, key: string, value: unknown): Promise<void> {
  await writeTextFile(folder, { path: `${key}.json`, text: JSON.stringify(value) });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const ages = await Promise.all(
    names.map(async (name) => ({ name, written: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = ages.sort((a, b) => b.written - a.written).slice(KEPT);
  for (const { name } of old) await removeFile(folder, name);
}
