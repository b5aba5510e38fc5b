import type { z } from 'astro/zod';
import { Document, isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type Place, type Problem, problem } from '../problems/problem.ts';

/** An entry of a collection: data between two lines of `---`, then Markdown. */
export interface Entry<T> {
  readonly path: string;
  readonly data: T;
  readonly body: string;
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const FENCE = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** YAML of an entry, read as the core schema: no timestamps, no aliases, and keys only once. */
function parseYaml(path: string, text: string, firstLine: number) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { path, line: line + firstLine - 1, column: col };
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) =>
    problem('entry-unreadable', place(error.pos[0]), {
      actual: `YAML (${error.message.split('\n')[0]})`,
      expected: 'well-formed YAML',
    }),
  );
  visit(document, (_key, node) => {
    if (isAlias(node)) {
      problems.push(
        problem('entry-unreadable', place(node.range?.[0] ?? 0), {
          actual: 'an alias',
          expected: 'plain values; entries do not use anchors and aliases',
        }),
      );
    }
  });
  return { document, place, problems };
}

type ParsedYaml = ReturnType<typeof parseYaml>;

/** The place of a value that a schema complains about: the nearest node on its path. */
function placeOf({ document, place }: ParsedYaml, path: readonly PropertyKey[]): Place {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length) as (string | number)[], true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range !== undefined && range !== null) return place(range[0]);
  }
  return place(0);
}

function found(yaml: ParsedYaml, path: readonly PropertyKey[]): string {
  const node = yaml.document.getIn(path as (string | number)[], true);
  if (node === undefined) return 'nothing';
  return isScalar(node) ? `\`${String(node.value)}\`` : 'a value of another shape';
}

function validate<S extends z.ZodType>(
  yaml: ParsedYaml,
  schema: S,
  text: string,
): Read<z.infer<S>> {
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
  const result = schema.safeParse(yaml.document.toJS({ maxAliasCount: 0 }) ?? {});
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    problems: flatten(result.error.issues).map((issue) =>
      problem('entry-schema', placeOf(yaml, issue.path), {
        actual:
          issue.code === 'unrecognized_keys'
            ? `key ${issue.keys.map((key) => `\`${key}\``).join(', ')}`
            : `${found(yaml, issue.path)} at \`${issue.path.join('.') || text}\``,
        expected:
          issue.code === 'unrecognized_keys' ? 'only keys of the schema' : lower(issue.message),
      }),
    ),
  };
}

/** The issues of the union member that came closest, instead of "invalid input". */
function flatten(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    return flatten(closest ?? []).map((inner) => ({
      ...inner,
      path: [...issue.path, ...inner.path],
    }));
  });
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function lower(message: string): string {
  return message
    .replace(/^Invalid (input|option|string): expected (.*)$/, '$2')
    .replace(/^./, (c) => c.toLowerCase());
}

/** Reads an entry. `path` is used for places only; nothing is opened. */
export function parseEntry<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
): Read<Entry<z.infer<S>>> {
  const match = FENCE.exec(text);
  if (match === null) {
    return {
      ok: false,
      problems: [
        problem(
          'entry-unreadable',
          { path, line: 1, column: 1 },
          {
            actual: 'text without front matter',
            expected: 'a first line of `---`, YAML, and a closing line of `---`',
          },
        ),
      ],
    };
  }
  const read = validate(parseYaml(path, match[1] ?? '', 2), schema, 'front matter');
  return read.ok
    ? { ok: true, value: { path, data: read.value, body: text.slice(match[0].length) } }
    : read;
}

/** Reads a YAML file that has no body, such as `content/sources.yml`. */
export function parseYamlFile<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
): Read<z.infer<S>> {
  return validate(parseYaml(path, text, 1), schema, 'document');
}

/** Lists of words or numbers stand on one line when they fit; everything else has a line of its own. */
const SHORT = 80;

/** The one canonical form of an entry: the keys in the order given, lines not folded, one newline at the end. */
export function renderEntry(data: object, body: string, comment?: string): string {
  // Astro reads front matter as YAML 1.1, in which an unquoted date is no string.
  const document = new Document(data, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Seq: (_key, node) => {
      const values = node.items.map((item) => (isScalar(item) ? String(item.value) : null));
      if (values.every((value) => value !== null) && values.join(', ').length <= SHORT) {
        node.flow = true;
      }
    },
  });
  const yaml = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const head = comment === undefined ? '' : `# ${comment}\n`;
  const text = body.trim();
  return `---\n${head}${yaml}---\n${text === '' ? '' : `\n${text}\n`}`;
}
