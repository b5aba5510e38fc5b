/** Releases as written in entries: `4.22.0` for a pinned tree, `4.22` in a history. */
const RELEASE = /^\d+\.\d+(\.\d+)?$/;

export function isRelease(text: string): boolean {
  return RELEASE.test(text);
}

/** Orders releases numerically; `4.9` comes before `4.22`. */
export function compareReleases(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The branch of a release, which histories speak of: `4.22.0` gives `4.22`. */
export function branchOf(release: string): string {
  return release.split('.').slice(0, 2).join('.');
}
