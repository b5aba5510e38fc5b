import { stringify } from 'csv-stringify/sync';
import { buildDataset, type DatasetFile } from '../../src/data/dataset.ts';
import { buildJsonSchemas } from '../../src/schema/json-schemas.ts';
import { type TextFile, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';

function render(file: DatasetFile): TextFile {
  return 'json' in file
    ? { path: file.path, text: `${JSON.stringify(file.json)}\n` }
    : { path: file.path, text: stringify(file.rows.map((row) => [...row])) };
}

export interface ExportOptions {
  /** The project, which holds `content/`. */
  readonly root: string;
  /** Folder of the dataset. */
  readonly out: string;
  /** Folder of the JSON Schemas. */
  readonly schemas: string;
}

/** Writes the dataset and its schemas. Entries that cannot be read are problems and are left out. */
export async function runExport(options: ExportOptions): Promise<{
  readonly problems: readonly Problem[];
  readonly files: readonly string[];
}> {
  const { content, problems } = await readContent(options.root);
  const files = buildDataset(content).map(render);
  const schemas = buildJsonSchemas().map(render);
  for (const file of files) await writeTextFile(options.out, file);
  for (const file of schemas) await writeTextFile(options.schemas, file);
  return { problems, files: [...files, ...schemas].map(({ path }) => path) };
}
