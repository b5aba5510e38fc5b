import { type Zippable, zipSync } from 'fflate';

/** Files by path. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The files as a ZIP archive in a folder of its own. The same files are the same bytes on every machine, for the library
 * compresses by itself: zlib, which Node has, differs between its versions.
 */
export function pack(files: Files, folder: string): Uint8Array {
  // ZIP has no time zone: the library writes what the clock of this zone shows. It is the first time that ZIP knows.
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path);
    if (bytes !== undefined) entries[`${folder}/${path}`] = bytes;
  }
  return zipSync(entries, { mtime, level: 6 });
}
