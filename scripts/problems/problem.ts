import type { ProblemKind } from './kinds.ts';

/** Where a problem is. Lines and columns are 1-based; `path` is relative to the project or to the tree. */
export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Something wrong, as a value: collected, sorted and printed once. Errors set the exit code, warnings do not. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly severity: 'error' | 'warning';
  readonly place: Place;
  /** What was found, completing "Unexpected …". */
  readonly actual: string;
  /** What was expected, completing "expected …". */
  readonly expected: string;
  /** A command or an action that repairs it. */
  readonly repair?: string | undefined;
  /** Lines of detail, such as the candidates that were tried. */
  readonly details?: readonly string[] | undefined;
}

export function problem(
  kind: ProblemKind,
  place: Place,
  words: Omit<Problem, 'kind' | 'place' | 'severity'>,
  severity: Problem['severity'] = 'error',
): Problem {
  return { kind, severity, place, ...words };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted by place, kind and words, without duplicates. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((p) => [JSON.stringify(p), p]));
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.place.path, b.place.path) ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      (a.place.column ?? 0) - (b.place.column ?? 0) ||
      compareText(a.kind, b.kind) ||
      compareText(a.actual, b.actual),
  );
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'error');
}
