import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEM_WORDS } from './kinds.ts';
import { renderProblemPages } from './problem-pages.ts';
import { PROBLEM_PAGES } from './report.ts';

it('docs/problems.md is what the words of the problems yield, with a section for each kind', async () => {
  const text = renderProblemPages();
  for (const kind of Object.keys(PROBLEM_WORDS)) expect(text).toContain(`\n## ${kind}\n`);
  await expect(text).toMatchFileSnapshot(resolve(import.meta.dirname, '../..', PROBLEM_PAGES));
});
