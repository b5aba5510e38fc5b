/** What a schema says about YAML, as problems: the nearest member of a union, the place, and near misses of words. */
import type { z } from 'astro/zod';
import { nearestHint } from '../../src/data/nearest.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { keysAt } from './schema-keys.ts';
import type { YamlDocument } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

/** What the members of a union want in place of a value that is of no member’s type; empty when one has its type. */
function wantedTypes(members: readonly (readonly Issue[])[]): string[] {
  const wanted = members.map(([first, ...rest]) =>
    first?.code === 'invalid_type' && first.path.length === 0 && rest.length === 0
      ? (TYPES[first.expected] ?? first.expected)
      : undefined,
  );
  const types = wanted.filter((type) => type !== undefined);
  return types.length === wanted.length ? [...new Set(types)] : [];
}

/** The issues of the union member that came closest, instead of "invalid input". */
function flatten(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    if (wantedTypes(issue.errors).length > 0) return [issue];
    const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    return flatten(closest ?? []).map((inner) => ({
      ...inner,
      path: [...issue.path, ...inner.path],
    }));
  });
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'null',
};

const UNITS: Readonly<Record<string, string>> = { string: ' character', array: ' item' };

/** A number of what is counted, such as `1 item`; a bare number for numbers. */
function count(number: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  return unit === undefined ? `${number}` : `${number}${unit}${number === 1 ? '' : 's'}`;
}

function oneOf(values: readonly unknown[], written: string): string {
  const words = values.map(String);
  const list = words.map((word) => `\`${word}\``).join(', ');
  return `${words.length === 1 ? '' : 'one of '}${list}${nearestHint(written, words)}`;
}

/** What the schema wants at the place of an issue; `written` is what stands there. */
function expectedBy(issue: Issue, written: string): string {
  switch (issue.code) {
    case 'invalid_type':
      // YAML reads `0x70` and `4.20` as numbers.
      if (issue.expected === 'string' && written !== '') return 'a text, in quotes';
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values, written);
    case 'invalid_union':
      if ('options' in issue) return oneOf(issue.options ?? [], written);
      return wantedTypes(issue.errors).join(' or ') || issue.message;
    case 'invalid_format':
      return issue.pattern === undefined ? `a ${issue.format}` : `text like ${issue.pattern}`;
    case 'too_small':
      return `at least ${count(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `at most ${count(issue.maximum, issue.origin)}`;
    default:
      return issue.message;
  }
}

/** A value is quoted up to this length. */
const QUOTED = 60;

function found(yaml: YamlDocument, path: readonly PropertyKey[]): string {
  const scalar = yaml.scalarAt(path);
  if (scalar === undefined) return 'nothing';
  if (scalar === null) return 'a value of another shape';
  if (scalar === '') return 'an empty value';
  return `\`${scalar.length > QUOTED ? `${scalar.slice(0, QUOTED)}…` : scalar}\``;
}

/** A key that the schema does not know, and those that it knows there. */
function unknownKey(known: readonly string[], key: string): string {
  if (known.length === 0) return 'no such key';
  const list = known.map((name) => `\`${name}\``).join(', ');
  return `only the keys ${list}${nearestHint(key, known)}`;
}

/** One problem for each issue, at the value or key that it is about. `whole` names the document itself. */
export function schemaProblems(
  yaml: YamlDocument,
  issues: readonly Issue[],
  schema: z.ZodType,
  whole: string,
): Problem[] {
  return flatten(issues).flatMap((issue) => {
    const field = issue.path.join('.') || whole;
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) =>
        problem('entry-schema', yaml.placeOfKey(issue.path, key), {
          actual: `key \`${key}\` at \`${field}\``,
          expected: unknownKey(known, key),
        }),
      );
    }
    return problem('entry-schema', yaml.placeOf(issue.path), {
      actual: `${found(yaml, issue.path)} at \`${field}\``,
      expected: expectedBy(issue, yaml.scalarAt(issue.path) ?? ''),
    });
  });
}
