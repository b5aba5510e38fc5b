import { describe, expect, it } from 'vitest';
import { PROBLEM_WORDS } from './kinds.ts';
import { hasErrors, problem, sortProblems } from './problem.ts';
import { renderProblems, renderTotals } from './report.ts';

const gone = problem(
  'evidence-gone',
  { path: 'content/b.md', line: 3, column: 2 },
  { actual: '`a`', expected: '`b`', repair: 'npm run x', details: ['tried c', 'tried d'] },
);
const low = problem(
  'count-low',
  { path: 'a,b:c.md' },
  { actual: '1 %', expected: '2\n3' },
  'warning',
);

describe('sortProblems', () => {
  it('orders by place, and says the same thing once', () => {
    const at = (path: string, line?: number, column?: number) =>
      problem('entry-id', { path, line, column }, { actual: 'x', expected: 'y' });
    const sorted = [at('a'), at('a', 2, 9), at('a', 10, 1), at('b', 1)];
    expect(sortProblems([...sorted].reverse().concat(sorted))).toEqual(sorted);
  });

  it('does not depend on the order of what it gets', () => {
    expect(renderProblems([gone, low], 'text')).toBe(renderProblems([low, gone], 'text'));
  });
});

describe('renderProblems', () => {
  it('as text: place, words, details, and what repairs it', () => {
    expect(renderProblems([gone, low], 'text')).toBe(
      [
        'a,b:c.md  warning: Unexpected 1 %, expected 2',
        '3  (count-low)',
        `    ${PROBLEM_WORDS['count-low'].title}. ${PROBLEM_WORDS['count-low'].help}`,
        'content/b.md:3:2  Unexpected `a`, expected `b`  (evidence-gone)',
        '    tried c',
        '    tried d',
        '    npm run x',
        '',
        '1 error, 1 warning; docs/problems.md explains each kind',
        '',
      ].join('\n'),
    );
  });

  it('as annotations, escaped', () => {
    const [first = '', second = ''] = renderProblems([gone, low], 'github').split('\n');
    expect(first).toMatch(/^::warning file=a%2Cb%3Ac\.md,title=[^:]+::a,b:c\.md {2}warning: /);
    expect(first).toContain('1 %25, expected 2%0A3');
    expect(second).toMatch(/^::error file=content\/b\.md,line=3,col=2,title=/);
  });

  it('as JSON that holds the problems', () => {
    expect(JSON.parse(renderProblems([gone, low], 'json'))).toEqual([low, gone]);
    expect(renderProblems([], 'json')).toBe('[]\n');
  });

  it('of nothing is nothing', () => {
    expect(renderProblems([], 'text')).toBe('');
    expect(renderProblems([], 'github')).toBe('');
  });
});

it('counts', () => {
  expect(renderTotals([])).toBe('0 errors');
  expect(renderTotals([gone])).toBe('1 error');
  expect(renderTotals([gone, gone, low, low])).toBe('2 errors, 2 warnings');
  expect(hasErrors([low])).toBe(false);
  expect(hasErrors([low, gone])).toBe(true);
});

it.each(Object.entries(PROBLEM_WORDS))(
  '%s has words in the house style',
  (kind, { title, help }) => {
    expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  },
);
