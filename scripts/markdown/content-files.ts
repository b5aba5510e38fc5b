import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** A file below a root, with `/` in its path on every platform. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Paths of every file below `root/folder` that ends in `suffix`, sorted; relative to `root`. A folder that is not there has none. */
export function textFilePaths(root: string, folder: string, suffix: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  const found = readdirSync(start, { recursive: true, withFileTypes: true });
  // A folder has thousands of files: its own path is worked out once.
  const prefixes = new Map<string, string>();
  for (const parent of new Set(found.map(({ parentPath }) => parentPath))) {
    const path = relative(root, parent).split(sep).join('/');
    prefixes.set(parent, path === '' ? '' : `${path}/`);
  }
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map(({ parentPath, name }) => `${prefixes.get(parentPath) ?? ''}${name}`)
    .sort();
}

/**
 * Every file below `root/folder` that ends in `suffix`, sorted by path; paths are relative to `root`. A folder that does
 * not exist has none. Reads one after the other and without waiting in between: of thousands of small files that takes
 * a fifth of the time.
 */
export async function readTextFiles(
  root: string,
  folder: string,
  suffix: string,
): Promise<TextFile[]> {
  return textFilePaths(root, folder, suffix).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));
}

export async function readTextFile(root: string, path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Resolves a path below the root; a path that escapes it is a bug or an attack, and throws. */
export function within(root: string, path: string): string {
  const full = resolve(root, path);
  const inside = relative(resolve(root), full);
  if (inside === '' || /^\.\.(?:[/\\]|$)/.test(inside) || resolve(inside) === inside) {
    throw new Error(`The path \`${path}\` leaves \`${root}\``);
  }
  return full;
}

/** Writes a file by way of a temporary sibling and a rename, so that a kill at any moment leaves the old or the new. */
export async function writeTextFile(root: string, file: TextFile): Promise<void> {
  const full = within(root, file.path);
  await mkdir(dirname(full), { recursive: true });
  await writeFileAtomic(full, file.text, { encoding: 'utf8' });
}

export async function removeFile(root: string, path: string): Promise<void> {
  await rm(within(root, path), { force: true });
}
