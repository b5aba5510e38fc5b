/** docs/problems.md: what each kind of problem means, from the words that the reports use. Pure. */
import { PROBLEM_EXAMPLES } from './examples.ts';
import { PROBLEM_WORDS, type ProblemKind } from './kinds.ts';
import { problem } from './problem.ts';
import { renderProblem } from './report.ts';

const HEAD = `# Problems

What \`npm run atlas\` reports, by the kind that stands in parentheses at the end of a line. Each report names the file,
the line, what was found, what was expected and what to do; \`--json\` and \`--report github\` print the same for programs.
Errors end with the exit code 1, warnings do not.

Written from \`scripts/problems/\` by \`npx vitest run scripts/problems --update\`; the tests fail while it differs.
`;

function section(kind: ProblemKind): string {
  const { title, help } = PROBLEM_WORDS[kind];
  const { path, line, column, ...words } = PROBLEM_EXAMPLES[kind];
  const example = renderProblem(problem(kind, { path, line, column }, words));
  return `## ${kind}\n\n${title}. ${help}\n\n\`\`\`text\n${example}\n\`\`\`\n`;
}

/** The whole file, a section for each kind in the order of the alphabet. */
export function renderProblemPages(): string {
  const kinds = Object.keys(PROBLEM_EXAMPLES) as ProblemKind[];
  return [HEAD, ...kinds.sort().map(section)].join('\n');
}
