/** Releases as written in entries: `4.22.0` for a pinned tree, `4.22` in a history. */
const RELEASE = /^\d+\.\d+(\.\d+)?$/;

export function isRelease(text: string): boolean {
  return RELEASE.test(text);
}

/** There are a dozen releases, compared hundreds of thousands of times. */
const numbers = new Map<string, readonly number[]>();

function numbersOf(release: string): readonly number[] {
  const known = numbers.get(release) ?? release.split('.').map(Number);
  numbers.set(release, known);
  return known;
}

/** Orders releases numerically; `4.9` comes before `4.22`. */
export function compareReleases(a: string, b: string): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
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

/**
 * The first release with a change: `4.22`. Where stable branches took the change over, their first ones come before it:
 * `['4.20.3', '4.21.1', '4.22']`.
 */
export type Point = string | readonly [string, ...string[]];

/** The first release with a change, apart from what stable branches took over. */
export function firstOf(point: Point): string {
  return typeof point === 'string' ? point : (point.at(-1) ?? point[0]);
}

/** Whether a release has a change. */
export function hasReached(release: string, point: Point): boolean {
  if (typeof point === 'string') return compareReleases(release, point) >= 0;
  const own = point.find((one) => branchOf(one) === branchOf(release)) ?? firstOf(point);
  return compareReleases(release, own) >= 0;
}

/** Releases from a change to another one; `until` is the first one outside. */
export interface Span {
  readonly since?: Point | undefined;
  readonly until?: Point | undefined;
}

/** Whether a release lies in a span. */
export function isInSpan({ since, until }: Span, release: string): boolean {
  return (
    (since === undefined || hasReached(release, since)) &&
    (until === undefined || !hasReached(release, until))
  );
}
