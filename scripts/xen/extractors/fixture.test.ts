/** Every extractor over the made-up tree of `tests/fixtures/xen`; what it yields is in `golden/` beside the tree. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { GOLDEN, isFiller, readFixture } from '../../../tests/xen-fixture.ts';
import { type Extracted, extractFacts, renderFact } from '../extract.ts';
import { EXTRACTORS } from './index.ts';

let extracted: Extracted;

beforeAll(async () => {
  extracted = extractFacts(await corpusOf(await readFixture()), EXTRACTORS);
});

it('has no problem with the tree', () => {
  expect(extracted.problems).toEqual([]);
});

describe.each(EXTRACTORS)('$kind', ({ kind, rules, constructs }) => {
  it('yields its golden file', async () => {
    const facts = extracted.facts.filter((fact) => fact.kind === kind && !isFiller(fact));
    const text = facts
      .map(renderFact)
      .map((file) => `<!-- ${file.path} -->\n${file.text}`)
      .join('\n');
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `${kind}.md`));
  });

  it('states its rules and names its constructs after the kind', () => {
    expect(rules.every((rule) => rule.endsWith('.'))).toBe(true);
    for (const { id } of Object.values(constructs)) expect(id.startsWith(`${kind}/`)).toBe(true);
  });
});
