import { fileOfName, type NameTable } from '../../xen/name-table.ts';
import { indexPaths, type PathIndex, pathsToday } from './path-index.ts';

/** A release before the pinned one, as far as references are looked up in it. */
export interface PastRelease {
  readonly table: NameTable;
  readonly paths: PathIndex;
  /** The day of the release, `yyyy-mm-dd`. */
  readonly day: string;
}

/** Where something was at the time of a message. */
export interface Then {
  readonly release: string;
  /** Null when several files fit. */
  readonly path: string | null;
}

/** The releases of a repository up to the pinned one, oldest first. Without a repository there are none. */
export class Past {
  readonly #releases: readonly PastRelease[];

  constructor(releases: readonly PastRelease[]) {
    this.#releases = [...releases].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /** The release that was out on the day of a message, and the one after it, which was in development. */
  #at(date: string | null): PastRelease[] {
    if (date === null) return [];
    const out = this.#releases.findLastIndex(({ day }) => day <= date.slice(0, 10));
    return this.#releases.slice(Math.max(out, 0), out + 2);
  }

  /** The first of the releases of a day in which something is found. */
  #first<T>(date: string | null, look: (release: PastRelease) => T | undefined) {
    for (const release of this.#at(date)) {
      const found = look(release);
      if (found !== undefined) return { release: release.table.release, found };
    }
    return undefined;
  }

  /** The first release in which something is gone for good; undefined when the last one still has it. */
  #goneSince(has: (release: PastRelease) => boolean): string | undefined {
    const last = this.#releases.findLastIndex(has);
    return last < 0 ? undefined : this.#releases[last + 1]?.table.release;
  }

  /** Whether a release of the day has the name; as a function, when asked so. */
  hasName(date: string | null, name: string, asFunction: boolean): boolean {
    return this.#at(date).some(
      ({ table }) => table.functions.has(name) || (!asFunction && table.others.has(name)),
    );
  }

  /** Where a name was defined at the time of a message. */
  nameAt(date: string | null, name: string): Then | undefined {
    const first = this.#first(date, ({ table }) => fileOfName(table, name));
    return first && { release: first.release, path: first.found };
  }

  /** The file that was meant by a path as written at the time of a message; `choose` decides between several. */
  fileAt(
    date: string | null,
    written: string,
    choose: (candidates: readonly string[]) => string | null,
  ): Then | undefined {
    const first = this.#first(date, ({ paths }) => {
      const found = pathsToday(paths, written);
      return found.length === 0 ? undefined : found;
    });
    return first && { release: first.release, path: choose(first.found) };
  }

  nameGoneSince(name: string): string | undefined {
    return this.#goneSince(({ table }) => fileOfName(table, name) !== undefined);
  }

  fileGoneSince(path: string): string | undefined {
    return this.#goneSince(({ paths }) => paths.paths.has(path));
  }

  /** Whether any release before the pinned one had the name. */
  everHad(name: string): boolean {
    return this.#releases.some(({ table }) => fileOfName(table, name) !== undefined);
  }
}

export function pastRelease(table: NameTable, day: string): PastRelease {
  return { table, day, paths: indexPaths(table.paths, new Map()) };
}
