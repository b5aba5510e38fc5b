import { type Sources, sourcesSchema } from '../../src/schema/sources.ts';
import { readTextFile } from './content-files.ts';
import { parseYamlFile } from './entry.ts';

const PATH = 'content/sources.yml';

/** Reads the pins of a project. Throws when they are not readable: nothing can be said without them. */
export async function readSources(root: string): Promise<Sources> {
  const read = parseYamlFile(PATH, (await readTextFile(root, PATH)) ?? '', sourcesSchema);
  if (!read.ok) throw new Error(`\`${PATH}\` cannot be read`, { cause: read.problems });
  return read.value;
}
