/** `stale` over the committed content and copies of the real tree that were changed by hand. */
import { describe, expect, it } from 'vitest';
import { BLOCKING, type Finding, findStale, restedOn } from '../../scripts/checks/stale.ts';
import type { Corpus } from '../../scripts/xen/corpus.ts';
import { indexTree } from '../../scripts/xen/tree-index.ts';
import type { Content } from '../../src/data/content.ts';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import { readPinned } from '../pinned-content.ts';
import { openRealTree } from '../xen-tree.ts';

const real = await openRealTree();
const { content } = await readPinned();
const names = indexTree(real.tree, real.corpus);

/** A place that is a whole function, which only one place of the content rests on. */
function functionPlace(): TreeEvidence & { readonly symbol: string } {
  for (const { place } of restedOn(content)) {
    const { path, symbol, anchor } = place;
    if (symbol === undefined || anchor !== undefined) continue;
    const own = real.corpus.file(path)?.functions.filter(({ name }) => name === symbol);
    if (own?.length === 1 && names.symbols.get(symbol)?.length === 1) return { ...place, symbol };
  }
  throw new Error('No statement rests on a function');
}

const place = functionPlace();
const text = real.corpus.texts.get(place.path) ?? '';
const own = real.corpus.file(place.path)?.functions.find(({ name }) => name === place.symbol);
const { start = 0, end = 0 } = own ?? {};
const source = text.slice(start, end);
const OTHER = 'xen/common/atlas-copy.c';

function changed(...texts: readonly (readonly [path: string, text: string])[]): Corpus {
  return real.corpus.withTexts(new Map([...real.corpus.texts, ...texts]));
}

/** The names of the tree, with other places of the function. */
function namesWith(...paths: readonly string[]) {
  const places = paths.map((path) => ({ path, line: 1, kind: 'function' as const }));
  return { ...names, symbols: new Map([...names.symbols, [place.symbol, places]]) };
}

/** Every finding of the file of the place, by whether it is about the place or something else in the file. */
function judge(corpus: Corpus, known = names, some: Content = content) {
  const findings = findStale(some, [], corpus, known).filter(
    (finding) => finding.place.path === place.path,
  );
  const about = (finding: Finding) =>
    finding.place.symbol === place.symbol && finding.place.anchor === undefined;
  return { own: findings.find(about), others: findings.filter((finding) => !about(finding)) };
}

const without = `${text.slice(0, start)}${text.slice(end)}`;

describe.runIf(real.pinned)('stale', { timeout: 120_000 }, () => {
  it('holds everywhere in the pinned tree', () => {
    const findings = findStale(content, [], real.corpus, names);
    expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(findings.length).toBeGreaterThan(1_000);
  });

  it('moved: the file has new lines above; nothing of it blocks', () => {
    const { own, others } = judge(changed([place.path, `\n\n\n${text}`]));
    expect(own).toMatchObject({ verdict: 'moved', now: { line: (place.line ?? 0) + 3 } });
    expect([own, ...others].filter((one) => one && BLOCKING.has(one.verdict))).toEqual([]);
  });

  it('moved: the function stands in another file', () => {
    const corpus = changed([place.path, without], [OTHER, `\n${source}\n`]);
    expect(judge(corpus, namesWith(OTHER)).own).toMatchObject({
      verdict: 'moved',
      now: { path: OTHER, line: 2 },
    });
  });

  it('holds: only a comment and white space differ', () => {
    const commented = source.replace('{', '{ /* anew */\n');
    const corpus = changed([place.path, text.slice(0, start) + commented + text.slice(end)]);
    expect(judge(corpus).own?.verdict).toBe('holds');
  });

  it('changed: a statement was added', () => {
    const longer = source.replace('{', '{\n    barrier();\n');
    const corpus = changed([place.path, text.slice(0, start) + longer + text.slice(end)]);
    const verdict = judge(corpus).own?.verdict;
    expect(verdict).toBe('changed');
    expect(verdict !== undefined && BLOCKING.has(verdict)).toBe(true);
  });

  it('gone: the function was removed', () => {
    const { own } = judge(changed([place.path, without]), namesWith());
    expect(own).toMatchObject({ verdict: 'gone', now: null, fingerprint: null });
  });

  it('ambiguous: two other files have a function of the name, both with another text', () => {
    const longer = source.replace('{', '{\n    barrier();\n');
    const second = 'xen/common/atlas-second.c';
    const corpus = changed([place.path, without], [OTHER, longer], [second, longer]);
    expect(judge(corpus, namesWith(OTHER, second)).own?.verdict).toBe('ambiguous');
  });

  it('uncheckable: nobody took down the text', () => {
    const { fingerprint: _none, ...bare } = place;
    const features = content.features.slice(0, 1).map((one) => ({ ...one, evidence: [bare] }));
    const some = { ...content, facts: [], answers: [], guests: [], features };
    expect(judge(real.corpus, names, some).own?.verdict).toBe('uncheckable');
  });
});
