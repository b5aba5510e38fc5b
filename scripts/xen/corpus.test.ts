import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { readCorpus } from './corpus.ts';
import { indexTree } from './tree-index.ts';
import { isSource } from './tree-paths.ts';

const TEXTS = {
  'xen/arch/x86/b.c': '#define WHEEL 1\nvoid turn(void)\n{\n    stop();\n}\n',
  'xen/arch/x86/a.h': 'enum kind { FRONT };\nvoid turn(void);\n',
  'xen/common/c.c': 'void returned(void)\n{\n}\n',
  'xen/include/public/arch-x86/cpufeatureset.h': '\nXEN_CPUFEATURE(WHEEL, 0*32+ 1) /*A  Wheel */\n',
  'xen/include/hypercall-defs.c': 'table: pv64\nturn_op      do\nno_op        -\n',
  'xen/tools/gen.py': 'turn = 1\n',
};

describe('isSource', () => {
  it.each([
    'xen/arch/x86/domain.c',
    'xen/arch/x86/Kconfig',
    'xen/arch/x86/entry.S',
    'xen/tools/gen-cpuid.py',
    'docs/man/xl.cfg.5.pod.in',
    'SUPPORT.md',
  ])('takes %s', (path) => {
    expect(isSource(path)).toBe(true);
  });

  it.each(['README', 'xen/arch/x86/a.o', 'tools/qemu/a.c', 'docs/SUPPORT.md', 'xen/COPYING'])(
    'leaves %s',
    (path) => {
      expect(isSource(path)).toBe(false);
    },
  );
});

describe('a corpus', () => {
  it('parses a C file when its functions are asked for, and nothing else', async () => {
    const corpus = await corpusOf(TEXTS);
    expect(corpus.file('xen/arch/x86/b.c')).toBe(corpus.file('xen/arch/x86/b.c'));
    expect(corpus.file('xen/tools/gen.py')).toBeUndefined();
    expect(corpus.file('xen/none.c')).toBeUndefined();
    expect(corpus.scanned).toEqual([]);
    expect(corpus.file('xen/arch/x86/b.c')?.functions).toHaveLength(1);
    expect(corpus.scanned.map(({ path }) => path)).toEqual(['xen/arch/x86/b.c']);
  });

  it('finds files by whole words, sorted', async () => {
    const corpus = await corpusOf(TEXTS);
    const paths = (folder: string, word: string) =>
      corpus.filesWith(folder, [word]).map(({ path }) => path);
    expect(paths('xen/', 'turn')).toEqual(['xen/arch/x86/a.h', 'xen/arch/x86/b.c']);
    expect(paths('xen/common/', 'turn')).toEqual([]);
  });

  it('with other texts keeps what is parsed and unchanged', async () => {
    const corpus = await corpusOf(TEXTS);
    const before = corpus.file('xen/common/c.c');
    corpus.file('xen/arch/x86/b.c');
    const changed = corpus.withTexts(new Map(corpus.texts).set('xen/arch/x86/b.c', 'int a;\n'));
    expect(changed.file('xen/common/c.c')).toBe(before);
    expect(changed.file('xen/arch/x86/b.c')?.functions).toEqual([]);
  });

  it('is read from the sources of a tree', async () => {
    const { reader } = await corpusOf({});
    const asked: string[][] = [];
    const tree = {
      root: null,
      label: 'Xen 4.22.0',
      release: '4.22.0',
      commit: null,
      date: null,
      paths: ['README', 'xen/arch/x86/b.c'],
      state: async () => 'one',
      read: async (paths: readonly string[]) => {
        asked.push([...paths]);
        return new Map(paths.map((path) => [path, 'int a;\n']));
      },
    };
    expect([...(await readCorpus(tree, reader)).texts.keys()]).toEqual(['xen/arch/x86/b.c']);
    expect(asked).toEqual([['xen/arch/x86/b.c']]);
  });
});

describe('indexTree', () => {
  it('has the names of C and of the mini-languages, with their places', async () => {
    const corpus = await corpusOf(TEXTS);
    const { release: of, label } = corpus;
    const all = Object.keys(TEXTS);
    const tree = {
      root: null,
      release: of,
      label,
      commit: 'c0ffee',
      date: null,
      paths: all,
      state: async () => 'one',
      read: async () => new Map(),
    };
    const { symbols, paths, release, commit } = indexTree(tree, corpus);
    expect({ release, commit, paths: paths.size }).toEqual({
      release: '4.22.0',
      commit: 'c0ffee',
      paths: 6,
    });
    const places = [...symbols].map(
      ([name, [place]]) => `${name} ${place?.kind} ${place?.path}:${place?.line}`,
    );
    expect(places.sort()).toEqual([
      'FRONT constant xen/arch/x86/a.h:1',
      'WHEEL macro xen/arch/x86/b.c:1',
      'X86_FEATURE_WHEEL constant xen/include/public/arch-x86/cpufeatureset.h:2',
      'kind type xen/arch/x86/a.h:1',
      'no_op constant xen/include/hypercall-defs.c:3',
      'returned function xen/common/c.c:1',
      'turn function xen/arch/x86/b.c:2',
      'turn_op constant xen/include/hypercall-defs.c:2',
    ]);
  });
});
