/** Every row of SUPPORT.md against what the tree's own `parse-support-md` makes of it, which reads it with pandoc. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { beforeAll, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;
let facts: FactOf<'support-status'>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter((fact) => fact.kind === 'support-status');
}, 120_000);

function lineOf({ evidence }: FactOf<'support-status'>): number {
  return evidence.find(isTreeEvidence)?.line ?? 0;
}

/** The table of rows: innermost heading or qualifier, status, and whether the section has a mark for its caveats. */
async function generate(): Promise<{ name: string; status: string; marked: boolean }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-support-'));
  const json = join(folder, 'support.json');
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: real.root, encoding: 'utf8' });
  await writeFile(json, run('pandoc', '-t', 'json', 'SUPPORT.md'));
  const html = run('perl', 'docs/parse-support-md', json, 'SUPPORT.html');
  await rm(folder, { recursive: true });
  return getElementsByTagName('tr', parseDocument(html)).map((row) => {
    const name = getElementsByTagName('th', row).at(-1);
    const cells = getElementsByTagName('td', row).map((cell) => textContent(cell).trim());
    const [status = ''] = cells.filter((text) => text !== '' && text !== '[*]');
    const marked = cells.includes('[*]');
    return { name: name === undefined ? '' : textContent(name), status, marked };
  });
}

it('agrees on every row, in the order of the text', { timeout: 120_000 }, async () => {
  const rows = await generate();
  expect(rows.length).toBeGreaterThan(150);
  const extracted = facts
    .toSorted((a, b) => lineOf(a) - lineOf(b))
    .map(({ attributes: a }) => ({ name: a.qualifier ?? a.feature, status: a.status }));
  // A link to the release notes is a row there.
  const expected = rows
    .filter(({ name }) => name !== 'Release Notes')
    .map(({ name, status }) => ({ name, status }));
  // pandoc writes typographic quotation marks in headings; a qualifier is taken as it is.
  const plain = (text: string) => text.replace(/[‘’]/g, "'");
  expect(extracted).toEqual(expected.map((row) => ({ ...row, name: plain(row.name) })));
  const caveats = new Set(
    facts
      .filter(({ attributes }) => attributes.caveat)
      .map(({ attributes: a }) => `${a.section}/${a.feature}`),
  );
  expect(rows.filter(({ marked }) => marked)).toHaveLength(caveats.size);
});

it('cites the line of every row', () => {
  const lines = (real.corpus.texts.get('SUPPORT.md') ?? '').split('\n');
  for (const fact of facts) {
    const { qualifier, status } = fact.attributes;
    const line = lines[lineOf(fact) - 1] ?? '';
    expect([line.includes(qualifier ?? 'Status'), line.trimEnd().endsWith(status)], line).toEqual([
      true,
      true,
    ]);
  }
});
