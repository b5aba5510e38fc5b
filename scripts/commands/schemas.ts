/** `atlas schemas`: writes the JSON Schemas of the collections for editors. */
import { buildJsonSchemas } from '../../src/schema/json-schemas.ts';
import { writeTextFile } from '../markdown/content-files.ts';

/** Writes a schema for each collection to a folder, and returns the names of the files, in the order of display. */
export async function runSchemas(out: string): Promise<readonly string[]> {
  const files = buildJsonSchemas();
  for (const { path, json } of files) {
    await writeTextFile(out, { path, text: `${JSON.stringify(json)}\n` });
  }
  return files.map(({ path }) => path);
}
