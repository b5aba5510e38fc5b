import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/data/content.ts';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import type { Exception } from '../../src/schema/stale.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { fingerprint } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { findOutgrown, findUnused } from './exceptions.ts';
import { countVerdicts, findStale, restedOn, unread } from './stale.ts';

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
  const [finding] = findStale(content(evidence), [], corpus, names);
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
    expect(countVerdicts(findStale(content(place), [], corpus, names))).toMatchObject({
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
    expect(rested?.entries).toEqual(['answers/why-io-emul-stub-setup', 'features/time/pit']);
  });

  it('leaves out what scripts read', () => {
    expect(restedOn({ ...SAMPLE, features: [], answers: [] })).toEqual([]);
  });
});

describe('a reviewed exception', () => {
  const changed = BODY.replace('turn', 'stop');
  const exception: Exception = {
    path: PATH,
    symbol: 'pit_init',
    read: place.fingerprint ?? '',
    now: fingerprint(changed.trim()),
    entries: ['features/time/pit'],
    why: 'The wheel stops the same way.',
  };
  const names = { release: '4.23.0', commit: null, paths: new Set<string>(), symbols: new Map() };
  const find = async (text: string, exceptions = [exception], some = content(place)) =>
    findStale(some, exceptions, await corpusOf({ [PATH]: text }), names);

  it('lets a change pass that a person read, and still calls it changed', async () => {
    const [finding] = await find(changed);
    expect(finding).toMatchObject({ verdict: 'changed', excepted: ['features/time/pit'] });
    expect(finding && unread(finding)).toEqual([]);
    expect(findOutgrown(await find(changed), [exception])).toEqual([]);
  });

  it('does not speak for another entry that rests on the same text', async () => {
    const answers = SAMPLE.answers.map((answer) => ({ ...answer, evidence: [place] }));
    const [finding] = await find(changed, [exception], { ...content(place), answers });
    expect(finding && unread(finding)).toEqual(['answers/why-io-emul-stub-setup']);
  });

  it('is a problem when the text changed again', async () => {
    const findings = await find(BODY.replace('turn', 'jump'));
    expect(findings[0]?.excepted).toEqual([]);
    expect(findOutgrown(findings, [exception])).toMatchObject([{ kind: 'exception-outdated' }]);
  });

  it('may be of a symbol that is gone', async () => {
    const gone: Exception = { ...exception, now: null };
    const [finding] = await find('\n', [gone]);
    expect(finding && unread(finding)).toEqual([]);
    expect(findOutgrown(await find(changed, [gone]), [gone])).toHaveLength(1);
  });

  it('says nothing of a tree that has the text as it was read', async () => {
    expect(findOutgrown(await find(BODY), [exception])).toEqual([]);
    expect((await find(BODY))[0]?.excepted).toEqual([]);
  });

  it('is a problem when its entry does not rest on that text any more', () => {
    expect(findUnused(content(place), [exception])).toEqual([]);
    const anew = { ...place, fingerprint: '0'.repeat(16) };
    expect(findUnused(content(anew), [exception])).toMatchObject([
      { kind: 'exception-outdated', actual: expect.stringContaining('features/time/pit') },
    ]);
  });
});
