import { PROBLEM_WORDS } from './kinds.ts';
import { type Place, type Problem, sortProblems } from './problem.ts';

export const REPORT_FORMATS = ['text', 'json', 'github'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

function at({ path, line, column }: Place): string {
  return [path, line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** Explains each kind, under a heading that is the kind. */
export const PROBLEM_PAGES = 'docs/problems.md';

/** One problem as lines of text. */
export function renderProblem(problem: Problem): string {
  const { title, help } = PROBLEM_WORDS[problem.kind];
  const mark = problem.severity === 'warning' ? 'warning: ' : '';
  return [
    `${at(problem.place)}  ${mark}Unexpected ${problem.actual}, expected ${problem.expected}  (${problem.kind})`,
    ...(problem.details ?? []).map((detail) => `    ${detail}`),
    `    ${problem.repair ?? `${title}. ${help}`}`,
  ].join('\n');
}

/** GitHub reads `%`, CR and LF in a workflow command only when they are escaped; properties also `:` and `,`. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function asAnnotation(problem: Problem): string {
  const { path, line, column } = problem.place;
  const properties = [
    `file=${escapeProperty(path)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(line === undefined || column === undefined ? [] : [`col=${column}`]),
    `title=${escapeProperty(PROBLEM_WORDS[problem.kind].title)}`,
  ].join(',');
  return `::${problem.severity} ${properties}::${escapeData(renderProblem(problem))}`;
}

/** Totals by severity, such as `2 errors, 1 warning`. */
export function renderTotals(problems: readonly Problem[]): string {
  const errors = problems.filter((p) => p.severity === 'error').length;
  const warnings = problems.length - errors;
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return warnings === 0
    ? count(errors, 'error')
    : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

/** Every problem, sorted, in the asked format; ends with a newline unless there is nothing to say. */
export function renderProblems(problems: readonly Problem[], format: ReportFormat): string {
  const sorted = sortProblems(problems);
  if (format === 'json') return `${JSON.stringify(sorted, null, 2)}\n`;
  if (sorted.length === 0) return '';
  const lines = sorted.map(format === 'github' ? asAnnotation : renderProblem);
  return `${lines.join('\n')}\n${format === 'text' ? `\n${renderTotals(sorted)}; ${PROBLEM_PAGES} explains each kind\n` : ''}`;
}
