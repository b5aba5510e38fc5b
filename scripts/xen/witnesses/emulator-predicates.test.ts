import { expect, it } from 'vitest';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { readFixture } from '../../../tests/xen-fixture.ts';
import { EvidenceList } from '../extractor.ts';
import { emulatorPredicates, PREDICATES } from './emulator-predicates.ts';

/** Compares the made-up emulator with tables: the body of each by its name. */
async function compare(tables: Readonly<Record<string, string>>) {
  const text = Object.entries(tables)
    .map(([name, body]) => `static const struct oak ${name}[] = {\n${body}\n};\n`)
    .join('\n');
  const corpus = await corpusOf({ ...(await readFixture()), [PREDICATES]: text });
  const evidence = new EvidenceList(corpus);
  return { ...emulatorPredicates.compare(corpus, [], evidence), evidence };
}

it('tells of an opcode that only the switch has, or only the tables', async () => {
  const { compared, disagreements, evidence } = await compare({
    vex_0f38: '    { { 0xe0 }, 2, F, W, pfx_66 },\n    { { 0x77 }, 2, T, R, pfx_no },',
  });
  expect(compared).toBeGreaterThan(50);
  expect(evidence.problems).not.toEqual([]);
  const found = new Map(disagreements.map((one) => [one.subject, one]));
  expect(found.get('VEX/0f38.66 e0')).toBeUndefined();
  expect(found.get('VEX/0f38.66 e1')).toMatchObject({
    facts: ['opcode-map/vex-0f38'],
    first: { says: 'has a label for it' },
    second: { says: 'does not list it' },
  });
  const listed = found.get('VEX/0f38 77');
  expect(listed?.first.says).toBe('has no label for it');
  expect(evidence.items[listed?.second.evidence[0] ?? -1]).toMatchObject({
    path: PREDICATES,
    anchor: '0x77',
    line: 3,
  });
});

it('takes a legacy label without prefix for one that looks at prefixes itself', async () => {
  const { disagreements } = await compare({
    legacy_0f: '    { { 0x00, 0x30 }, { 0, 2 }, T, R, pfx_f2 },\n    { { 0x44 }, { 2, 2 }, T, R },',
  });
  const subjects = disagreements.map(({ subject }) => subject);
  expect(subjects).not.toContain('legacy/0f.F2 00');
  expect(subjects).not.toContain('legacy/0f 00');
  expect(subjects).toContain('legacy/0f 44');
});

it('names a table that it does not know, and says a reading where a person made one', async () => {
  const { problems, disagreements } = await compare({
    wheel: '    { { 0x00 } },',
    xop_09: '    { { 0x9c }, Wn, L0 },',
  });
  expect(problems).toMatchObject([
    { kind: 'construct-unknown', severity: 'error', actual: 'the table `wheel`' },
  ]);
  expect(disagreements.find(({ subject }) => subject === 'XOP/8f09 9c')?.reading).toMatch(
    /98 to 9b/,
  );
});

it('compares nothing where the tree has no such tests', async () => {
  const corpus = await corpusOf(await readFixture());
  expect(emulatorPredicates.compare(corpus, [], new EvidenceList(corpus))).toEqual({
    compared: 0,
    disagreements: [],
    problems: [],
  });
});
