/** The made-up tree, broken in one place, and what an extractor says of it. */
import { expect } from 'vitest';
import type { Problem } from '../scripts/problems/problem.ts';
import { extractFacts } from '../scripts/xen/extract.ts';
import { EXTRACTORS } from '../scripts/xen/extractors/index.ts';
import type { FactKind } from '../src/model/fact-kinds.ts';
import { corpusOf } from './xen-corpus.ts';
import { readFixture } from './xen-fixture.ts';

/** The tree before it is broken. */
export const whole = await corpusOf(await readFixture());

/** The problems of a kind in a tree of these texts. */
export function problemsIn(kind: FactKind, texts: ReadonlyMap<string, string>): Problem[] {
  const extractors = EXTRACTORS.filter((extractor) => extractor.kind === kind);
  return [...extractFacts(whole.withTexts(texts), extractors).problems];
}

/** The problems of a kind when `from` is replaced in a file, or the file is left out. */
export function broken(
  kind: FactKind,
  path: string,
  from: string | RegExp | null,
  to = '',
): Problem[] {
  const texts = new Map(whole.texts);
  const text = texts.get(path) ?? '';
  texts.delete(path);
  if (from !== null) {
    const changed = text.replace(from, to);
    expect(changed, `${String(from)} in ${path}`).not.toBe(text);
    texts.set(path, changed);
  }
  return problemsIn(kind, texts);
}
