import type { XlProblem } from './xl-problem.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

type StringProblem = Omit<XlProblem, 'line'>;

function escapeProblem(actual: string, expected: string): StringProblem {
  return { kind: 'xl-syntax', severity: 'error', actual, expected };
}

/**
 * The value of a quoted string with its quotes, as `xlu__cfgl_dequote` makes it. That function accepts an octal escape
 * only when two digits follow the first one, and then drops it; it rejects every hexadecimal escape.
 */
export function unquote(quoted: string): { value: string; problem?: StringProblem } {
  const inner = quoted.slice(1, -1);
  const known = 'one of `\\\\`, `\\\'`, `\\"`, `\\a`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\v`';
  let problem: StringProblem | undefined;
  const replace = (whole: string, first?: string, more?: string, other = ''): string => {
    const plain = first === undefined ? ESCAPES[other] : undefined;
    if (plain !== undefined) return plain;
    if (first === undefined || more === undefined) {
      problem ??= escapeProblem(`the escape \`${whole}\``, known);
    } else {
      problem ??= {
        kind: 'xl-value',
        severity: 'warning',
        actual: `the escape \`${whole}\``,
        expected: 'the character itself: xl drops a numeric escape without a word',
      };
    }
    return '';
  };
  const value = inner.replace(/\\([0-7])([0-9]{2,3})?|\\([\s\S])/g, replace);
  return problem === undefined ? { value } : { value, problem };
}
