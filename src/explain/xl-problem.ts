/** What is wrong with an xl.cfg, and whether xl would stop at it. */
export const XL_PROBLEM_KINDS = [
  'xl-syntax',
  'xl-duplicate',
  'xl-key-unknown',
  'xl-key-ignored',
  'xl-value',
  'xl-refused',
] as const;

export type XlProblemKind = (typeof XL_PROBLEM_KINDS)[number];

/** Errors are what xl or libxl refuses; warnings are what they pass over in silence or with a word. */
export interface XlProblem {
  readonly kind: XlProblemKind;
  readonly severity: 'error' | 'warning';
  /** 1-based line of the file; absent when no line is to blame, such as for a key that is missing. */
  readonly line?: number | undefined;
  /** What was found, completing "Unexpected …". */
  readonly actual: string;
  /** What was expected, completing "expected …". */
  readonly expected: string;
}
