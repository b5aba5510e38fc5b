import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** A file below a root, with `/` in its path on every platform. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}

/** Every file below `root/folder` that ends in `suffix`, sorted by path; paths are relative to `root`. */
export async function readTextFiles(
  root: string,
  folder: string,
  suffix: string,
): Promise<TextFile[]> {
  const paths = (await walk(join(root, folder))).filter((path) => path.endsWith(suffix));
  const files: TextFile[] = [];
  // One after the other: thousands of open files at once are more than some systems allow.
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    files.push({ path: relative(root, path).split(sep).join('/'), text });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
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
