import { type Problem, problem } from '../problems/problem.ts';

/** A line of a mini-language that its reader does not understand. */
export interface Misread {
  /** 1-based. */
  readonly line: number;
  /** What stands there, completing "Unexpected …". */
  readonly actual: string;
  readonly expected: string;
}

/** Lines that were not understood, as problems of a file. */
export function misreadProblems(path: string, misread: readonly Misread[]): Problem[] {
  return misread.map(({ line, actual, expected }) =>
    problem('construct-unread', { path, line }, { actual, expected }),
  );
}
