import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderProblems } from '../problems/report.ts';
import { fileProblems } from './file-problems.ts';

const HPET = 'content/features/time/hpet.md';
const text = readFileSync(HPET, 'utf8');

describe('the problems of a file', () => {
  it('are sentences with the place, what was expected and a near miss', () => {
    expect(fileProblems(HPET, text)).toEqual([]);
    const broken = text.replace('how: emulated', 'how: emulatd');
    const said = renderProblems(fileProblems(HPET, broken), 'text');
    expect(said).toMatch(/^content\/features\/time\/hpet\.md:\d+:\d+ {2}Unexpected `emulatd` at/);
    expect(said).toContain('the nearest is `emulated`');
  });

  it('are found in YAML files and in files without front matter', () => {
    expect(fileProblems('content/glossary.yml', 'terms: 1')).toHaveLength(1);
    expect(fileProblems('content/answers/why.md', 'no front matter')).toHaveLength(1);
  });

  it('are none for files that have no schema', () => {
    for (const path of ['content/README.md', 'content/other/a.md', 'src/a.md', 'content/x.yml']) {
      expect(fileProblems(path, 'anything')).toEqual([]);
    }
  });

  it('are looked for in every folder and every YAML file of the content', () => {
    const unread = readdirSync('content', { withFileTypes: true })
      .map((entry) =>
        entry.isDirectory() ? `content/${entry.name}/a.md` : `content/${entry.name}`,
      )
      .filter((path) => /\.(?:md|yml)$/.test(path) && fileProblems(path, '- [').length === 0);
    expect(unread).toEqual([]);
  });
});
