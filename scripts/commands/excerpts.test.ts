import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../src/data/content.ts';
import { excerptsSchema } from '../../src/schema/excerpts.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { runExcerpts } from './excerpts.ts';

const { xen } = SAMPLE.sources;
const FLAGS = 'xen/arch/x86/domain.c';
const GATED = 'xen/arch/x86/hvm/vlapic.c';
const TEXTS = {
  [FLAGS]: 'bool emulation_flags_ok(void)\n{\n    return true;\n}\n',
  [GATED]: 'int vlapic_init(void)\n{\n    return 0;\n}\n',
};
const [flag, update] = SAMPLE.facts;
/** One fact with evidence that the tree has, one with evidence that it has elsewhere, and what they name. */
const content = {
  ...SAMPLE,
  facts: [flag, update].flatMap((fact, index) =>
    fact === undefined
      ? []
      : [
          {
            ...fact,
            evidence: [{ path: FLAGS, symbol: 'emulation_flags_ok', line: 1 + 7 * index }],
          },
        ],
  ),
  features: [],
  answers: [],
  guests: [],
  guides: [],
} satisfies Content;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-excerpts-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(tree: { readonly release: string; readonly commit: string | null }) {
  const paths = Object.keys(TEXTS);
  const names: TreeNames = {
    ...tree,
    paths: new Set(paths),
    symbols: new Map([['vlapic_init', [{ path: GATED, line: 1, kind: 'function' }]]]),
  };
  const read = async () => ({ corpus: await corpusOf(TEXTS, tree.release), names });
  const out = { folder, name: 'excerpts.json' };
  return runExcerpts({ tree: { ...tree, paths }, read, content, out });
}

describe('the verb excerpts', () => {
  it('writes one file: what evidence names, and where other symbols are defined', async () => {
    const { problems } = await run(xen);
    const text = await readFile(join(folder, 'excerpts.json'), 'utf8');
    const files = z.array(excerptsSchema).parse(JSON.parse(text));
    expect(files.map(({ id, commit }) => [id, commit])).toEqual([
      [FLAGS, xen.commit],
      [GATED, xen.commit],
    ]);
    expect(problems).toMatchObject([
      { kind: 'evidence-changed', severity: 'warning', place: { path: FLAGS, line: 8 } },
    ]);
  });

  it('takes a tree of the release that is no repository', async () => {
    expect((await run({ ...xen, commit: null })).files).toHaveLength(2);
  });

  it.each([
    ['release', { ...xen, release: '4.20.0' }],
    ['commit', { ...xen, commit: '0'.repeat(40) }],
  ])('refuses a tree of another %s, and writes nothing', async (_, tree) => {
    const { problems, files } = await run(tree);
    expect(files).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'tree-unusable', severity: 'error' }]);
    expect(await readdir(folder)).toEqual([]);
  });
});
