/** Every evidenced symbol of a real tree renamed where it stands: each statement that rests on it must be named. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../scripts/checks/index.ts';
import { readContent } from '../../scripts/markdown/read-content.ts';
import type { Corpus } from '../../scripts/xen/corpus.ts';
import { resolveEvidence } from '../../scripts/xen/evidence.ts';
import { isTreeEvidence, type TreeEvidence } from '../../src/model/evidence.ts';
import { openRealTree, ROOT } from '../xen-tree.ts';

interface Statement {
  /** The file of the entry. */
  readonly path: string;
  readonly evidence: TreeEvidence & { readonly symbol: string };
}

let statements: Statement[];
let renamed: Set<string>;

function rename(corpus: Corpus, all: readonly Statement[]): Corpus {
  const symbols = new Map<string, Set<string>>();
  for (const { evidence } of all) {
    const known = symbols.get(evidence.path) ?? new Set();
    symbols.set(evidence.path, known.add(evidence.symbol));
  }
  const texts = new Map(corpus.texts);
  for (const [path, names] of symbols) {
    const pattern = new RegExp(`(?<!\\w)(?:${[...names].join('|')})(?!\\w)`, 'g');
    texts.set(path, (texts.get(path) ?? '').replace(pattern, 'renamed_$&'));
  }
  return corpus.withTexts(texts);
}

beforeAll(async () => {
  const { corpus } = await openRealTree();
  const read = await readContent(ROOT);
  const { features, answers, guests, guides } = read.content;
  statements = Object.entries({ features, answers, guests, guides }).flatMap(([folder, entries]) =>
    entries.flatMap(({ id, evidence }) =>
      evidence.flatMap((item) => {
        if (!isTreeEvidence(item) || !/^\w+$/.test(item.symbol ?? '')) return [];
        const there = !['gone', 'uncheckable'].includes(resolveEvidence(corpus, item).verdict);
        const place = { ...item, symbol: item.symbol ?? '' };
        return there ? [{ path: `content/${folder}/${id}.md`, evidence: place }] : [];
      }),
    ),
  );
  const check = CHECKS.find(({ name }) => name === 'evidence-resolves');
  const names = {
    release: corpus.release,
    commit: null,
    paths: new Set<string>(),
    symbols: new Map(),
  };
  const tree = { corpus: rename(corpus, statements), names };
  const problems = check?.run({ ...read, files: [], tree }) ?? [];
  renamed = new Set(
    problems
      .filter(({ kind }) => kind === 'evidence-gone')
      .map(({ place, actual }) => `${place.path} ${actual}`),
  );
}, 300_000);

describe('a tree in which every evidenced symbol has another name', () => {
  it('has many statements to lose', () => {
    expect(statements.length).toBeGreaterThan(1500);
  });

  it('makes the check name each of them', () => {
    const named = [...renamed];
    const unnamed = statements.filter(
      ({ path, evidence }) =>
        !named.some(
          (line) => line.startsWith(path) && line.includes(`${evidence.path} · ${evidence.symbol}`),
        ),
    );
    expect(unnamed.map(({ path, evidence }) => `${path}: ${evidence.symbol}`)).toEqual([]);
  });
});
