import { SCHEMAS } from '../../src/schema/json-schemas.ts';
import type { Problem } from '../problems/problem.ts';
import { parseEntry, parseYamlFile } from './entry.ts';

/** The schema of the entries in each folder of `content/`. */
const OF_FOLDER: Readonly<Record<string, keyof typeof SCHEMAS>> = {
  answers: 'answer',
  facts: 'fact',
  features: 'feature',
  guests: 'guest',
  guides: 'guide',
  measurements: 'measurement',
  releases: 'release',
  threads: 'thread',
  witnesses: 'witness',
};

const YAML = new Map(Object.entries(SCHEMAS));

/**
 * What the schema of a file of `content/` says against its text, as `atlas check` says it; nothing for a file that has no
 * schema. `path` is that from the root of the project.
 */
export function fileProblems(path: string, text: string): readonly Problem[] {
  const [, folder = '', rest] = /^content\/([^/.]+)(?:\/(.+\.md)|\.yml)$/.exec(path) ?? [];
  const entry = OF_FOLDER[folder];
  if (rest !== undefined && entry !== undefined) {
    const read = parseEntry(path, text, SCHEMAS[entry]);
    return read.ok ? [] : read.problems;
  }
  const schema = rest === undefined ? YAML.get(folder) : undefined;
  if (schema === undefined) return [];
  const read = parseYamlFile(path, text, schema);
  return read.ok ? [] : read.problems;
}
