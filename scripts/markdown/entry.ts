import type { z } from 'astro/zod';
import { type Problem, problem } from '../problems/problem.ts';
import { renderYaml } from './render-yaml.ts';
import { schemaProblems } from './schema-problems.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

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

function validate<S extends z.ZodType>(
  yaml: YamlDocument,
  schema: S,
  whole: string,
): Read<z.infer<S>> {
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
  const result = schema.safeParse(yaml.value());
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, problems: schemaProblems(yaml, result.error.issues, schema, whole) };
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

/** What stands above the data of every extracted entry. */
export const GENERATED =
  'Written by `npm run atlas -- extract`. Do not edit: the next extraction overwrites it.';

/**
 * The one canonical form of an entry: the keys in the order given, lines not folded, one newline at the end. `remarks`
 * stand as comments above the keys of the data that they are for.
 */
export function renderEntry(
  data: object,
  body: string,
  comment?: string,
  remarks: Readonly<Record<string, string>> = {},
): string {
  const yaml = renderYaml(data, remarks);
  const head = comment === undefined ? '' : `# ${comment}\n`;
  const text = body.trim();
  return `---\n${head}${yaml}---\n${text === '' ? '' : `\n${text}\n`}`;
}
