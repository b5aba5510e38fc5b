import { joinContent } from '../../src/data/atlas.ts';
import { type Coverage, coverageOf } from '../../src/data/coverage.ts';
import { readContent } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';

/** Counts what `content/` says, below the root of the project. */
export async function runCoverage(
  root: string,
): Promise<{ readonly coverage: Coverage; readonly problems: readonly Problem[] }> {
  const { content, problems } = await readContent(root);
  return { coverage: coverageOf(joinContent(content)), problems };
}

type Line = readonly [name: string, origin: string, ...counts: (string | number)[]];

function renderTable(lines: readonly Line[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => String(line[column]).length)),
  );
  return lines
    .map((line) =>
      line
        .map((value, column) => {
          const width = widths[column] ?? 0;
          return column < 2 ? String(value).padEnd(width) : String(value).padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The counts as a table: a line for each kind of fact, and of cells of the matrix, and each origin of them. */
export function renderCoverage({ facts, cells, unknown, cellsByOrigin }: Coverage): string {
  const ofFacts = facts.flatMap(({ kind, cellsByOrigin: own }) =>
    own.map((count): Line => [kind, count.origin, count.cells, count.unknown]),
  );
  const ofMatrix = cellsByOrigin.flatMap(({ origin, total, unknown: none }): Line[] =>
    total === 0 ? [] : [['matrix', origin, total, none]],
  );
  return renderTable([
    ['kind', 'origin', 'cells', 'unknown'],
    ...ofFacts,
    ...ofMatrix,
    ['matrix', 'all', cells, unknown],
  ]);
}
