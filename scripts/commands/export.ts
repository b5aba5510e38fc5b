import { stringify } from 'csv-stringify/sync';
import { buildDataset, type DatasetFile } from '../../src/data/dataset.ts';
import { type TextFile, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';
import { runSchemas } from './schemas.ts';

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
  for (const file of files) await writeTextFile(options.out, file);
  const schemas = await runSchemas(options.schemas);
  return { problems, files: [...files.map(({ path }) => path), ...schemas] };
}
