/** What contributors are told: the commands exist, the files that are linked exist, and the forms ask for evidence. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');
const FORMS = '.github/ISSUE_TEMPLATE';
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CODE_OF_CONDUCT.md',
  'SECURITY.md',
  '.github/pull_request_template.md',
  'docs/hosting.md',
  'docs/problems.md',
];
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe.each(DOCUMENTS)('%s', (path) => {
  const text = read(path);

  it('names verbs that exist', () => {
    const files = ['scripts/atlas.ts', ...globSync('scripts/verbs/*.ts', { cwd: ROOT })];
    const verbs = files.flatMap((file) =>
      [...read(file).matchAll(/\b(?:verb|treeVerb)\(\s*program,\s*'([a-z]+)'/g)].map(
        ([, name]) => name,
      ),
    );
    expect(verbs).toContain('check');
    for (const [, verb] of text.matchAll(/npm run atlas -- ([a-z]+)/g))
      expect(verbs).toContain(verb);
  });

  it('names scripts of npm that exist', () => {
    const scripts = Object.keys(
      z.object({ scripts: z.object({}).loose() }).parse(JSON.parse(read('package.json'))).scripts,
    );
    for (const [, name] of text.matchAll(/npm run ([a-z:]+)/g)) expect(scripts).toContain(name);
  });

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, file]) => file ?? '');
    for (const file of links) expect(existsSync(join(ROOT, file)), file).toBe(true);
  });
});

const formSchema = z.looseObject({
  name: z.string(),
  description: z.string(),
  body: z.array(
    z.looseObject({
      id: z.string(),
      validations: z.object({ required: z.boolean() }),
    }),
  ),
});

describe('issue forms', () => {
  const files = readdirSync(join(ROOT, FORMS)).filter((file) => file !== 'config.yml');

  it('are those that contributors are told of', () => {
    expect(files.sort()).toEqual(['new-fact.yml', 'thread-to-add.yml', 'wrong-cell.yml']);
  });

  it.each(files)('%s has fields with an id each, once', (file) => {
    const ids = formSchema.parse(parse(read(`${FORMS}/${file}`))).body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['new-fact.yml', 'wrong-cell.yml'])('%s demands evidence', (file) => {
    const { body } = formSchema.parse(parse(read(`${FORMS}/${file}`)));
    const required = body.filter(({ validations }) => validations.required).map(({ id }) => id);
    expect(required).toContain('evidence');
  });

  it('of a wrong cell has the fields that the pages fill in', () => {
    const ids = formSchema.parse(parse(read(`${FORMS}/wrong-cell.yml`))).body.map(({ id }) => id);
    const page = read('src/components/ReportLink.astro');
    expect(page).toContain("template: 'wrong-cell.yml'");
    expect(ids).toEqual(expect.arrayContaining(['cell', 'release']));
  });
});
