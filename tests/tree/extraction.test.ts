/** Extraction of a real tree as a whole: no problem, nothing missing, and the same bytes every time. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExtract } from '../../scripts/commands/extract.ts';
import { readTextFiles } from '../../scripts/markdown/content-files.ts';
import type { Corpus } from '../../scripts/xen/corpus.ts';
import { extractionOfTree } from '../../scripts/xen/extraction.ts';
import { yieldOf } from '../../scripts/xen/tree-yield.ts';
import { WITNESSES } from '../../scripts/xen/witnesses/index.ts';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;
let content: string;
const repair = 'npm run atlas -- extract';

beforeAll(async () => {
  real = await openRealTree();
  content = await mkdtemp(join(tmpdir(), 'atlas-extract-'));
}, 120_000);

afterAll(() => rm(content, { recursive: true, force: true }));

const extract = (corpus: Corpus, check = false, only: readonly FactKind[] = []) =>
  runExtract({
    extraction: extractionOfTree(yieldOf(corpus, { commit: null, date: null }, only)),
    content,
    check,
    repair,
  });
const files = async () =>
  (await readTextFiles(content, 'facts', '.md')).map(({ path, text }) => `${path}\n${text}`);

it('finds every construct', () => {
  expect(real.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it.each<[FactKind, number]>([
  ['emulation-flag', 11],
  ['hypercall', 40],
  ['cpuid-feature', 150],
  ['io-port', 40],
  ['mmio-region', 23],
  ['vm-exit', 190],
  ['pv-instruction', 180],
  ['emulator-caller', 30],
  ['opcode-map', 230],
  ['pv-protocol', 20],
  ['device-model', 85],
  ['memory-access', 95],
  ['boot', 70],
  ['support-status', 150],
  ['arm-trap', 310],
])('yields %s facts', (kind, least) => {
  expect(real.facts.filter((fact) => fact.kind === kind).length).toBeGreaterThanOrEqual(least);
});

it('covers nearly every function by the parser', () => {
  const functions = real.corpus.scanned.flatMap((file) => file.functions);
  const broken = functions.filter((f) => real.corpus.reader.hasError(f));
  expect(functions.length).toBeGreaterThan(1000);
  expect(broken.length / functions.length).toBeLessThan(0.01);
});

it('writes the same bytes twice, and a check passes', { timeout: 300_000 }, async () => {
  const first = await extract(real.corpus);
  const wanted = real.facts.length + WITNESSES.length;
  expect(first.plan?.write.length).toBe(wanted);
  const before = await files();
  const second = await extract(real.corpus.withTexts(new Map(real.corpus.texts)));
  expect(second.plan).toMatchObject({ write: [], remove: [], unchanged: wanted });
  expect(await files()).toEqual(before);
  expect(
    (await extract(real.corpus, true)).problems.filter(({ severity }) => severity === 'error'),
  ).toEqual([]);
});

it('fails a check on a file that was edited by hand, and names the command', async () => {
  const path = join(content, 'facts/emulation-flag/lapic.md');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('how: emulated', 'how: native'));
  const { problems } = await extract(real.corpus, true);
  expect(problems).toContainEqual(
    expect.objectContaining({
      kind: 'entry-stale',
      place: { path: 'content/facts/emulation-flag/lapic.md' },
      repair,
    }),
  );
  await writeFile(path, text);
});

describe('a tree in which a construct is not what it was', () => {
  const flags = 'xen/arch/x86/domain.c';
  const table = 'xen/include/hypercall-defs.c';
  const features = 'xen/include/public/arch-x86/cpufeatureset.h';

  /** The same tree with some texts changed. */
  function changed(change: (path: string, text: string) => string): Corpus {
    const texts = new Map([...real.corpus.texts].map(([path, text]) => [path, change(path, text)]));
    return real.corpus.withTexts(texts);
  }

  const rename = (only: string | null, from: string, to: string) =>
    changed((path, text) => (only === null || path === only ? text.replaceAll(from, to) : text));
  const empty = (only: string) => changed((path, text) => (path === only ? '' : text));

  it.each<[string, () => Corpus, string, FactKind]>([
    [
      'emulation_flags_ok renamed',
      () => rename(flags, 'emulation_flags_ok', 'flags_are_ok'),
      'emulation-flag/permitted',
      'emulation-flag',
    ],
    [
      'emulation_flags_ok emptied',
      () =>
        changed((path, text) =>
          path === flags
            ? text.replace(/(emulation_flags_ok\([^)]*\)\n\{)[\s\S]*?\n\}/, '$1\n}')
            : text,
        ),
      'emulation-flag/permitted',
      'emulation-flag',
    ],
    [
      'the hypercall table renamed',
      () => rename(table, 'table:', 'rows:'),
      'hypercall/callers',
      'hypercall',
    ],
    ['the hypercall table emptied', () => empty(table), 'hypercall/table', 'hypercall'],
    [
      'cpufeatureset.h renamed',
      () => rename(features, 'XEN_CPUFEATURE(', 'XEN_FEATURE('),
      'cpuid-feature/features',
      'cpuid-feature',
    ],
    ['cpufeatureset.h emptied', () => empty(features), 'cpuid-feature/features', 'cpuid-feature'],
    [
      'register_portio_handler renamed',
      () => rename(null, 'register_portio_handler', 'register_pio_handler'),
      'io-port/register',
      'io-port',
    ],
    [
      'register_portio_handler emptied',
      () => changed((_path, text) => text.replace(/\bregister_portio_handler\([^;{]*;/g, ';')),
      'io-port/register',
      'io-port',
    ],
  ])(
    '%s: named, and nothing is written',
    { timeout: 60_000 },
    async (_what, corpus, construct, kind) => {
      const before = await files();
      const { problems, plan } = await extract(corpus(), false, [kind]);
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(plan).toBeNull();
      expect(errors.map(({ actual, expected }) => `${actual} ${expected}`).join('\n')).toContain(
        construct,
      );
      expect(await files()).toEqual(before);
    },
  );

  it('tells which candidates were tried and where the name is now', () => {
    const corpus = changed((path, text) => {
      if (path === flags) return text.replaceAll('emulation_flags_ok', 'flags_are_ok');
      return path === 'xen/arch/x86/setup.c' ? `${text}\n/* emulation_flags_ok */\n` : text;
    });
    return extract(corpus, false, ['emulation-flag']).then(({ problems }) => {
      const problem = problems.find(({ kind }) => kind === 'construct-missing');
      expect(problem?.details).toEqual([
        `tried function \`emulation_flags_ok\` in ${flags}: 0 definitions`,
        '`emulation_flags_ok` now stands in xen/arch/x86/setup.c',
      ]);
    });
  });
});

it('leaves no half-written file behind', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'atlas-copy-'));
  await cp(content, copy, { recursive: true });
  const all = await readTextFiles(copy, '.', '');
  expect(all.filter(({ path }) => !path.endsWith('.md'))).toEqual([]);
  await rm(copy, { recursive: true, force: true });
});
