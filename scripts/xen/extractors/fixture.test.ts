/** Every extractor over the made-up tree of `tests/fixtures/xen`; what it yields is in `golden/` beside the tree. */

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FACT_RULES } from '../../../src/model/fact-rules.ts';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { GOLDEN, isFiller, readFixture } from '../../../tests/xen-fixture.ts';
import type { Corpus } from '../corpus.ts';
import { type Extracted, extractFacts, renderFact } from '../extract.ts';
import { EXTRACTORS } from './index.ts';

let corpus: Corpus;

beforeAll(async () => {
  corpus = await corpusOf(await readFixture());
});

describe.each(EXTRACTORS)('$kind', (extractor) => {
  const { kind, constructs } = extractor;
  let extracted: Extracted;

  beforeAll(() => {
    extracted = extractFacts(corpus, [extractor]);
  });

  it('has no problem with the tree', () => {
    expect(extracted.problems).toEqual([]);
  });

  it('yields its golden file', async () => {
    const text = extracted.facts
      .filter((fact) => !isFiller(fact))
      .map(renderFact)
      .map((file) => `<!-- ${file.path} -->\n${file.text}`)
      .join('\n');
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `${kind}.md`));
  });

  it('states its rules and names its constructs after the kind', () => {
    expect(FACT_RULES[kind].length).toBeGreaterThan(0);
    expect(FACT_RULES[kind].every((rule) => rule.endsWith('.'))).toBe(true);
    for (const { id } of Object.values(constructs)) expect(id.startsWith(`${kind}/`)).toBe(true);
  });
});
