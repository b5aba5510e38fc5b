/** What became of the paths of older trees: where they are now, or null when they were removed. */
export type PathHistory = ReadonlyMap<string, string | null>;

/** Files of a tree by their last name, and what became of files that it no longer has. */
export interface PathIndex {
  readonly paths: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly history: PathHistory;
  readonly formerByName: ReadonlyMap<string, readonly string[]>;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byBaseName(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    const list = index.get(baseName(path));
    if (list === undefined) index.set(baseName(path), [path]);
    else list.push(path);
  }
  return index;
}

export function indexPaths(files: Iterable<string>, history: PathHistory): PathIndex {
  const paths = new Set(files);
  return { paths, byName: byBaseName(paths), history, formerByName: byBaseName(history.keys()) };
}

/** Paths that end in `written` at a folder's border, those of the hypervisor first. */
function endingIn(index: ReadonlyMap<string, readonly string[]>, written: string): string[] {
  const ends = (index.get(baseName(written)) ?? []).filter(
    (path) => path === written || path.endsWith(`/${written}`),
  );
  const hypervisor = ends.filter((path) => path.startsWith('xen/'));
  return hypervisor.length > 0 ? hypervisor : ends;
}

/** Candidates in the tree for a path as written: the exact one alone, else all that end in it. */
export function pathsToday(index: PathIndex, written: string): string[] {
  const exact = [written, `xen/${written}`].find((path) => index.paths.has(path));
  return exact === undefined ? endingIn(index.byName, written) : [exact];
}

/** Follows renames to the end; null when the last name was removed, undefined when nothing is known. */
function followRenames(index: PathIndex, path: string): string | null | undefined {
  let now: string | null | undefined = index.history.get(path);
  for (let steps = 0; typeof now === 'string' && steps < 20; steps += 1) {
    if (index.paths.has(now)) return now;
    const next: string | null | undefined = index.history.get(now);
    if (next === undefined) return null;
    now = next;
  }
  return now;
}

/** Where a path that the tree does not have is now, by its history: undefined when it never was in it. */
export function pathByHistory(index: PathIndex, written: string): string | null | undefined {
  const exact = [written, `xen/${written}`].find((path) => index.history.has(path));
  const former = exact === undefined ? endingIn(index.formerByName, written) : [exact];
  const now = former.map((path) => followRenames(index, path));
  const places = [...new Set(now.filter((path) => typeof path === 'string'))];
  if (places.length === 1) return places[0];
  return now.length > 0 ? null : undefined;
}

/** The one file whose folders and name end most like the path as written, at least in its last name. */
export function pathByName(index: PathIndex, written: string): string | undefined {
  const parts = written.split('/');
  for (let from = 1; from < parts.length; from += 1) {
    const ends = endingIn(index.byName, parts.slice(from).join('/'));
    if (ends.length === 1) return ends[0];
    if (ends.length > 1) return undefined;
  }
  return undefined;
}
