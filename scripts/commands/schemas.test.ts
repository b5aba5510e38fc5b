import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { SCHEMAS } from '../../src/schema/json-schemas.ts';
import { runSchemas } from './schemas.ts';

const ROOT = resolve(import.meta.dirname, '../..');

it('writes a schema for each collection', async () => {
  const out = mkdtempSync(join(tmpdir(), 'atlas-schemas-'));
  const files = await runSchemas(out);
  expect(files).toEqual(Object.keys(SCHEMAS).map((name) => `${name}.json`));
  for (const file of files) {
    expect(JSON.parse(readFileSync(join(out, file), 'utf8')), file).toHaveProperty('$schema');
  }
  rmSync(out, { recursive: true });
});

it('the settings of the editor name a schema for each YAML file of the content', () => {
  // JSON with comments is YAML but for the comments’ sign.
  const text = readFileSync(join(ROOT, '.vscode/settings.json'), 'utf8');
  const settings: unknown = parse(text.replaceAll(/^ *\/\//gm, '#'));
  const expected = readdirSync(join(ROOT, 'content'))
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => [`./.cache/schemas/${file.replace('.yml', '.json')}`, `content/${file}`]);
  expect(settings).toMatchObject({ 'yaml.schemas': Object.fromEntries(expected) });
  for (const [schema = ''] of expected) {
    expect(Object.keys(SCHEMAS)).toContain(schema.slice(17).replace('.json', ''));
  }
});

it('YAML files that people write name their schema for other editors', () => {
  for (const file of ['exceptions', 'glossary', 'readings', 'redirects', 'sources']) {
    const path = join(ROOT, `content/${file}.yml`);
    expect(existsSync(path)).toBe(true);
    const [head] = readFileSync(path, 'utf8').split('\n');
    expect(head).toBe(`# yaml-language-server: $schema=../.cache/schemas/${file}.json`);
  }
});
