/** `atlas check` and `atlas export` over a small project in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { staleSchema } from '../../src/schema/stale.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { renderEntry } from '../markdown/entry.ts';
import { runCheck } from './check.ts';
import { runExport } from './export.ts';
import { runPublish } from './publish.ts';
import { renderStale, runStale } from './stale.ts';

const FEATURE = 'content/features/time/pit.md';
let root = '';

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'atlas-project-'));
  const names = { release: '4.22.0', symbols: [], paths: [], others: {} };
  const files = [
    { path: 'content/sources.yml', text: stringify(SAMPLE.sources) },
    { path: 'content/names.yml', text: stringify(names) },
    { path: 'content/published.yml', text: stringify({ ids: ['features/time/pit'] }) },
    { path: 'content/exceptions.yml', text: stringify({ exceptions: [] }) },
    { path: 'content/glossary.yml', text: stringify({ terms: SAMPLE.glossary }) },
    { path: 'content/redirects.yml', text: stringify({ redirects: [] }) },
    { path: 'content/readings.yml', text: stringify({ readings: [] }) },
    ...SAMPLE.facts.map((fact) => ({
      path: `content/facts/${fact.id}.md`,
      text: renderEntry(fact, ''),
    })),
    ...SAMPLE.threads.map((thread) => ({
      path: `content/threads/${thread.id}.md`,
      text: renderEntry(thread, ''),
    })),
    ...SAMPLE.features.map(({ id, ...data }) => ({
      path: `content/features/${id}.md`,
      text: renderEntry(data, 'Plain.'),
    })),
    ...SAMPLE.guides.map(({ id, ...data }) => ({
      path: `content/guides/${id}.md`,
      text: renderEntry(data, 'Plain.'),
    })),
    ...SAMPLE.answers.map(({ id, ...data }) => ({
      path: `content/answers/${id}.md`,
      text: renderEntry(data, 'Plain.'),
    })),
  ];
  for (const file of files) await writeTextFile(root, file);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const brief = async (options: Partial<Parameters<typeof runCheck>[0]> = {}) =>
  (await runCheck({ root, tree: null, accept: 'none', ...options })).map(
    ({ kind, place }) => `${kind} ${place.path}`,
  );

async function tree() {
  const corpus = await corpusOf({
    'xen/arch/x86/emul-i8254.c': '\nvoid pit_init(void)\n{\n}\n',
  });
  return {
    corpus,
    names: { release: '4.22.0', commit: null, paths: new Set<string>(), symbols: new Map() },
  };
}

describe('runCheck', () => {
  it('is content with the sample', async () => {
    expect(await brief()).toEqual([]);
  });

  it('tells an entry that cannot be read, and nothing that follows from it', async () => {
    await writeTextFile(root, { path: 'content/facts/io-port/pit.md', text: '---\nid: [\n---\n' });
    expect(await brief()).toEqual(['entry-unreadable content/facts/io-port/pit.md']);
    const row = readFileSync(join(root, FEATURE), 'utf8');
    await writeTextFile(root, { path: FEATURE, text: row.replace(/how: \w+/, 'how: emulatd') });
    expect(await brief()).toEqual([
      'entry-unreadable content/facts/io-port/pit.md',
      `entry-schema ${FEATURE}`,
    ]);
  });

  it('throws without pins: nothing can be said', async () => {
    rmSync(join(root, 'content/sources.yml'));
    await expect(brief()).rejects.toThrow('`content/sources.yml` cannot be read');
  });

  it('with a tree finds evidence without a fingerprint, and accepts it when asked to', async () => {
    const text = () => readFileSync(join(root, FEATURE), 'utf8');
    const before = text();
    expect(await brief({ tree: await tree() })).toContain(`evidence-changed ${FEATURE}`);
    expect(text()).toBe(before);
    expect(await brief({ tree: await tree(), accept: 'all' })).not.toContain(
      `evidence-changed ${FEATURE}`,
    );
    expect(text()).toMatch(/line: 2\n {4}fingerprint: [0-9a-f]{16}\n/);
    expect(await brief()).toEqual([]);
  });
});

describe('runStale', () => {
  const STATE = { label: 'Xen 4.23', release: '4.23', commit: 'c'.repeat(40), date: '2026-08-20' };
  const PIT = 'xen/arch/x86/emul-i8254.c';

  async function stale(pit: string, write = false) {
    const { names } = await tree();
    rmSync(join(root, 'content/answers/why-io-emul-stub-setup.md'), { force: true });
    const corpus = await corpusOf({ [PIT]: pit });
    return runStale({ root, tree: STATE, corpus, names, write });
  }

  beforeEach(async () => {
    await runCheck({ root, tree: await tree(), accept: 'all' });
  });

  it.each<[string, string, number, number]>([
    ['holds', '\nvoid pit_init(void)\n{\n}\n', 0, 0],
    ['moved', '\n\n\nvoid pit_init(void)\n{\n}\n', 0, 0],
    ['changed', '\nvoid pit_init(void)\n{\n    turn();\n}\n', 1, 1],
    ['gone', '\n', 1, 1],
  ])('%s: an error only where somebody has to read', async (verdict, text, errors, again) => {
    const { problems, counts, findings } = await stale(text);
    const found = problems.filter(({ severity }) => severity === 'error');
    expect(found.filter(({ place }) => place.path === PIT)).toHaveLength(errors);
    expect(counts).toMatchObject({ [verdict]: 1 });
    const issue = renderStale(STATE, { problems, counts, findings });
    expect(issue.match(/^- \[ \]/gm) ?? []).toHaveLength(again);
    expect(issue).toMatch(/^Xen 4\.23: /);
  });

  it('writes what it found, the same each time', async () => {
    const path = join(root, 'content/stale.yml');
    await stale('\n', true);
    const first = readFileSync(path, 'utf8');
    const read = staleSchema.parse(parse(first));
    expect(read).toMatchObject({ tree: STATE, read: '4.22.0' });
    expect(read.findings).toMatchObject([
      { path: PIT, symbol: 'pit_init', verdict: 'gone', now: null, entries: ['features/time/pit'] },
    ]);
    await stale('\n', true);
    expect(readFileSync(path, 'utf8')).toBe(first);
  });
});

describe('runPublish', () => {
  it('adds ids once, keeps what it had, and then misses an entry that is gone', async () => {
    const { added, total } = await runPublish(root);
    expect(added).not.toContain('features/time/pit');
    expect(total).toBe(added.length + 1);
    expect((await runPublish(root)).added).toEqual([]);
    rmSync(join(root, 'content/facts/io-port/unclaimed.md'));
    expect(await brief()).toEqual(['id-lost content/published.yml']);
    expect((await runPublish(root)).total).toBe(total);
    expect(await brief()).toEqual(['id-lost content/published.yml']);
  });
});

describe('runExport', () => {
  const exported = async () =>
    runExport({ root, out: join(root, 'out'), schemas: join(root, 'schemas') });

  it('writes records, a table and schemas, the same each time', async () => {
    const { problems, files } = await exported();
    expect(problems).toEqual([]);
    const written = await readTextFiles(root, 'out', '');
    const facts = JSON.parse(readFileSync(join(root, 'out/facts.json'), 'utf8'));
    expect(Array.isArray(facts) ? facts : facts.facts).toHaveLength(SAMPLE.facts.length);
    expect(files).toContain('fact.json');
    for (const { path, text } of written) {
      expect(text.endsWith('\n'), path).toBe(true);
      if (path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow();
    }
    await exported();
    expect(await readTextFiles(root, 'out', '')).toEqual(written);
  });

  it('leaves out what cannot be read, and says so', async () => {
    await writeTextFile(root, { path: FEATURE, text: 'no entry' });
    const { problems } = await exported();
    expect(problems).toMatchObject([{ kind: 'entry-unreadable', place: { path: FEATURE } }]);
  });
});
