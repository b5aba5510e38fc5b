/** `atlas extract` over the made-up tree, in a folder of its own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { readFixture } from '../../tests/xen-fixture.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import type { Corpus } from '../xen/corpus.ts';
import { extractionOfTree } from '../xen/extraction.ts';
import { yieldOf } from '../xen/tree-yield.ts';
import { runExtract } from './extract.ts';

const LAPIC = 'facts/emulation-flag/lapic.md';
const HEADER = 'xen/include/public/arch-x86/xen.h';
let corpus: Corpus;
let newer: Corpus;
let content = '';

beforeAll(async () => {
  const texts = await readFixture();
  corpus = await corpusOf(texts);
  // A newer release without the row of one hypercall.
  const table = texts['xen/include/hypercall-defs.c']?.replace(/^sched_op .*$/m, '') ?? '';
  newer = await corpusOf({ ...texts, 'xen/include/hypercall-defs.c': table }, '4.23.0');
});

interface Options {
  readonly from?: Corpus;
  readonly only?: readonly FactKind[];
  readonly check?: boolean;
}

beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'atlas-extract-'));
});

afterEach(() => {
  rmSync(content, { recursive: true });
});

const repair = 'npm run atlas -- extract --tree DIR';
const yielded = (from: Corpus, only: readonly FactKind[] = ['emulation-flag', 'hypercall']) =>
  extractionOfTree(yieldOf(from, { commit: null, date: null }, only));
const extract = ({ from = corpus, only, check = false }: Options = {}) =>
  runExtract({ extraction: yielded(from, only), content, check, repair });
const facts = async () =>
  new Map((await readTextFiles(content, '', '')).map((f) => [f.path, f.text]));

describe('runExtract', () => {
  it('writes every fact, and changes no byte the second time', async () => {
    const first = await extract();
    expect(first.problems).toEqual([]);
    expect(first.plan?.write).toHaveLength(9 + 7 + 30);
    const written = await facts();
    const second = await extract();
    expect(second.plan).toMatchObject({ write: [], remove: [], unchanged: 46 });
    expect(await facts()).toEqual(written);
    expect((await extract({ check: true })).problems).toEqual([]);
  });

  it('leaves no temporary file', async () => {
    await extract();
    const names = readdirSync(join(content, 'facts/hypercall'));
    expect(names.every((name) => /^[a-z0-9-]+\.md$/.test(name))).toBe(true);
  });

  it('writes the kinds that were asked for, and leaves the others alone', async () => {
    await writeTextFile(content, { path: 'facts/hypercall/kept.md', text: 'not read' });
    expect(yielded(corpus, ['emulation-flag']).counts).toEqual({ 'emulation-flag': 9 });
    await extract({ only: ['emulation-flag'] });
    expect((await facts()).get('facts/hypercall/kept.md')).toBe('not read');
  });

  it('writes nothing when anything is an error', async () => {
    await extract();
    await writeTextFile(content, { path: LAPIC, text: 'edited by hand\n' });
    const before = await facts();
    const texts = new Map(corpus.texts);
    texts.set(HEADER, `${texts.get(HEADER)}#define _XEN_X86_EMU_WHEEL 9\n`);
    for (const check of [false, true]) {
      const { plan, problems } = await extract({ from: corpus.withTexts(texts), check });
      expect(plan).toBeNull();
      expect(problems.map(({ kind }) => kind)).toContain('construct-unknown');
    }
    expect(await facts()).toEqual(before);
  });
});

describe('runExtract --check', () => {
  it('names each file that differs, and the command that repairs it', async () => {
    await extract();
    await writeTextFile(content, { path: LAPIC, text: 'edited by hand\n' });
    await writeTextFile(content, { path: 'facts/hypercall/wheel.md', text: 'made up\n' });
    rmSync(join(content, 'facts/hypercall/iret.md'));
    const before = await facts();
    const { problems } = await extract({ check: true });
    expect(problems).toMatchObject([
      { kind: 'entry-stale', place: { path: `content/${LAPIC}` }, repair },
      { place: { path: 'content/facts/hypercall/iret.md' }, actual: 'no file' },
      { place: { path: 'content/facts/hypercall/wheel.md' }, expected: 'no file' },
    ]);
    expect(await facts()).toEqual(before);
    await extract();
    expect((await extract({ check: true })).problems).toEqual([]);
  });
});

describe('a newer release', () => {
  it('keeps a fact that vanished, marked, and an older one takes it back', async () => {
    await extract();
    const path = 'facts/hypercall/sched-op.md';
    const before = (await facts()).get(path);
    expect(before).toMatch(/history:\n {2}- release: "4\.22"\n {4}change: present\n---/);
    expect((await extract({ from: newer })).problems).toMatchObject([
      { kind: 'count-low', severity: 'warning', details: ['hypercall/sched-op'] },
    ]);
    const marked = (await facts()).get(path);
    expect(marked).toContain('release: 4.22.0');
    expect(marked).toMatch(/ {2}- release: "4\.23"\n {4}change: removed\n---/);
    await extract({ from: newer });
    expect((await facts()).get(path)).toBe(marked);
    await extract();
    expect((await facts()).get(path)).toBe(before);
  });
});
