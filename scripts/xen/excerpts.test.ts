import { beforeAll, describe, expect, it } from 'vitest';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import type { Excerpts } from '../../src/schema/excerpts.ts';
import { excerptsSchema } from '../../src/schema/excerpts.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import type { Corpus } from './corpus.ts';
import { cutExcerpts } from './excerpts.ts';

const PATH = 'xen/common/wheel.c';
const SOURCE = `/* SPDX-License-Identifier: MIT */
/*
 * A wheel turns
 * around
 * its
 * hub.
 */
static int turn(struct wheel *w)
{
    register_handler(w, HUB);
    return w->hub;
}
${'\n'.repeat(40)}
const char *text = "\u0001${'x'.repeat(1000)}";\r
int hub(void) { return 1; }
`;
const BINARY = 'xen/common/spoke.c';
const TREE = { release: '4.22.0', commit: null, paths: ['COPYING', PATH, BINARY] };
const at = (symbol: string, anchor?: string, path = PATH): TreeEvidence => ({
  path,
  symbol,
  ...(anchor === undefined ? {} : { anchor }),
});

let corpus: Corpus;
beforeAll(async () => {
  corpus = await corpusOf({ [PATH]: SOURCE, [BINARY]: 'int hub(void)\n{\n}\n\0' });
});

function cut(...evidence: readonly TreeEvidence[]): Excerpts {
  const { files } = cutExcerpts(TREE, corpus, evidence, []);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`${files.length} files`);
  return excerptsSchema.parse(file);
}

describe('excerpts of a tree', () => {
  it('are the definition that evidence names, with what comes before it', () => {
    const { pieces, places, licence } = cut(at('turn'));
    expect(licence).toEqual({ spdx: 'MIT' });
    expect(places).toMatchObject([{ symbol: 'turn', first: 8, last: 12 }]);
    expect(pieces.map(({ first, lines }) => [first, lines.length])).toEqual([[4, 9]]);
    expect(pieces[0]?.lines[4]).toBe('static int turn(struct wheel *w)');
  });

  it('know that they begin inside a comment', () => {
    expect(cut(at('turn')).pieces[0]?.insideComment).toBe(true);
    expect(cut(at('hub')).pieces[0]?.insideComment).toBe(false);
  });

  it('have the definition around an anchor', () => {
    expect(cut(at('turn', 'HUB')).places).toMatchObject([
      { symbol: 'turn', first: 8 },
      { symbol: 'turn', anchor: 'HUB', first: 10, last: 10 },
    ]);
  });

  it('cut a long line and show a control character by its picture', () => {
    const [line = ''] = cut(at('hub')).pieces.flatMap(({ lines }) =>
      lines.filter((one) => one.includes('text')),
    );
    expect(line).toContain('"\u2401xxx');
    expect(line).toMatch(/x … \(cut\)$/);
    expect(line.length).toBeLessThan(260);
  });

  it('have no line of a file that is no text', () => {
    expect(cut(at('hub', undefined, BINARY))).toMatchObject({ unreadable: true, pieces: [] });
  });

  it('leave out evidence that the tree does not have as it was read', () => {
    const gone = at('roll');
    const changed = { ...at('turn'), line: 8, fingerprint: '0000000000000000' };
    const moved = { ...at('turn'), line: 9 };
    const elsewhere = at('turn', undefined, 'xen/common/none.c');
    const evidence = [gone, changed, moved, elsewhere];
    expect(cutExcerpts(TREE, corpus, evidence, [])).toEqual({
      files: [],
      missing: [elsewhere, gone, changed, moved],
    });
  });

  it('have definitions of other symbols, where they are found', () => {
    const definitions = [
      { path: PATH, symbol: 'hub' },
      { path: PATH, symbol: 'X86_FEATURE_HUB' },
    ];
    const { files, missing } = cutExcerpts(TREE, corpus, [], definitions);
    expect(files.map(({ places }) => places.map(({ symbol }) => symbol))).toEqual([['hub']]);
    expect(missing).toEqual([]);
  });
});
