import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/data/content.ts';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { fingerprint } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { countVerdicts, findStale, restedOn } from './stale.ts';

const PATH = 'xen/arch/x86/emul-i8254.c';
const OTHER = 'xen/common/pit.c';
const BODY = 'void pit_init(void)\n{\n    turn();\n}\n';
const place: TreeEvidence = {
  path: PATH,
  symbol: 'pit_init',
  line: 1,
  fingerprint: fingerprint(BODY.trim()),
};

const content = (evidence: TreeEvidence): Content => ({
  ...SAMPLE,
  facts: [],
  answers: [],
  features: SAMPLE.features.map((feature) => ({ ...feature, evidence: [evidence] })),
});

async function verdictOf(texts: Readonly<Record<string, string>>, evidence = place) {
  const corpus = await corpusOf(texts);
  const paths = Object.keys(texts).filter((path) => texts[path]?.includes('pit_init'));
  const names: TreeNames = {
    release: '4.23.0',
    commit: null,
    paths: new Set(Object.keys(texts)),
    symbols: new Map([
      ['pit_init', paths.map((path) => ({ path, line: 1, kind: 'function' as const }))],
    ]),
  };
  const [finding] = findStale(content(evidence), corpus, names);
  return [finding?.verdict, finding?.now?.path];
}

describe('findStale', () => {
  const changed = BODY.replace('turn', 'stop');

  it.each([
    ['holds', 'the same text', { [PATH]: BODY }, PATH],
    ['moved', 'the same text on another line', { [PATH]: `\n\n${BODY}` }, PATH],
    ['moved', 'the same text in another file', { [PATH]: '\n', [OTHER]: BODY }, OTHER],
    ['changed', 'another text', { [PATH]: changed }, PATH],
    ['changed', 'another text in another file', { [PATH]: '\n', [OTHER]: changed }, OTHER],
    ['gone', 'no such symbol anywhere', { [PATH]: '\n' }, undefined],
    ['gone', 'no such file', { [OTHER]: '\n' }, undefined],
    [
      'ambiguous',
      'two other files with another text',
      { [PATH]: '\n', [OTHER]: changed, 'xen/common/old.c': changed },
      undefined,
    ],
  ] as const)('says %s of %s', async (verdict, _what, texts, where) => {
    expect(await verdictOf(texts)).toEqual([verdict, where]);
  });

  it('says uncheckable of a place whose text was never taken down', async () => {
    const { fingerprint: _none, ...bare } = place;
    expect(await verdictOf({ [PATH]: BODY }, bare)).toEqual(['uncheckable', undefined]);
  });

  it('counts every verdict', async () => {
    const corpus = await corpusOf({ [PATH]: BODY });
    const names = { release: '4.23.0', commit: null, paths: new Set<string>(), symbols: new Map() };
    expect(countVerdicts(findStale(content(place), corpus, names))).toMatchObject({
      holds: 1,
      gone: 0,
    });
  });
});

describe('restedOn', () => {
  it('names every entry that rests on a place, once', () => {
    const [rested] = restedOn({
      ...content(place),
      answers: SAMPLE.answers.map((answer) => ({ ...answer, evidence: [place] })),
    });
    expect(rested?.entries).toEqual([
      'content/answers/why-io-emul-stub-setup.md',
      'content/features/time/pit.md',
    ]);
  });

  it('leaves out what scripts read', () => {
    expect(restedOn({ ...SAMPLE, features: [], answers: [] })).toEqual([]);
  });
});
