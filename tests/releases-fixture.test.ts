/** Several releases of the made-up tree, read from a repository: the same bytes whoever reads them in whatever order. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTextFile } from '../scripts/markdown/content-files.ts';
import { parseEntry } from '../scripts/markdown/entry.ts';
import { type Extraction, extractionOfReleases } from '../scripts/xen/extraction.ts';
import { TreePool } from '../scripts/xen/tree-pool.ts';
import type { TreeYield } from '../scripts/xen/tree-yield.ts';
import { factAt } from '../src/data/fact-at.ts';
import { FACT_KINDS } from '../src/model/fact-kinds.ts';
import { factSchema } from '../src/schema/fact.ts';
import { releaseEntrySchema } from '../src/schema/release.ts';
import { readFixture } from './xen-fixture.ts';

const RELEASES = ['4.22.0', '4.23.0', '4.24.0'] as const;
const TABLE = 'xen/include/hypercall-defs.c';
const MAKEFILE = 'xen/Makefile';
const RTC = 'xen/arch/x86/hvm/rtc.c';

/** What each release changes: the second one cannot be read for support statuses, the third lost a hypercall. */
const CHANGES: Readonly<Record<string, (text: string, path: string) => string>> = {
  '4.23.0': (text, path) => (path === 'SUPPORT.md' ? '' : text),
  '4.24.0': (text, path) => {
    if (path === TABLE) return text.replace('filler_3 do do do do do\n', '');
    return path === RTC ? text.replace(/\{\n/, '{\n    barrier();\n') : text;
  },
};

let repository = '';
const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t', ...args], {
    env: { ...process.env, GIT_COMMITTER_DATE: '2026-07-29T12:00:00Z' },
  });

beforeAll(async () => {
  repository = mkdtempSync(joinPath(tmpdir(), 'atlas-releases-'));
  git('init', '-q');
  const texts = Object.entries(await readFixture());
  for (const release of RELEASES) {
    for (const [path, original] of texts) {
      const change = CHANGES[release] ?? ((text: string) => text);
      const text = change(original, path);
      const version = release.split('.')[1] ?? '';
      const own = path === MAKEFILE ? text.replace(/(XEN_SUBVERSION = )\d+/, `$1${version}`) : text;
      await writeTextFile(repository, { path, text: own });
    }
    git('add', '.');
    git('commit', '-qm', release);
    git('tag', `RELEASE-${release}`);
  }
}, 60_000);

afterAll(() => rmSync(repository, { recursive: true }));

/** What the releases yield, asked for in an order. The made-up tree is too small for the floors of the second witnesses. */
async function readAll(workers: number, order: readonly string[]): Promise<TreeYield[]> {
  const pool = new TreePool(workers);
  try {
    const read = (release: string) => pool.read({ repository, release, only: [] });
    const trees = await Promise.all(order.map(read));
    return trees.map((tree) => ({
      ...tree,
      problems: tree.problems.filter(({ place }) => !place.path.startsWith('witnesses/')),
    }));
  } finally {
    await pool.close();
  }
}

function join(trees: readonly TreeYield[]): Extraction {
  const [first, ...others] = trees;
  if (first === undefined) throw new Error('No release was read');
  return extractionOfReleases([first, ...others]);
}

describe('releases of a repository', { timeout: 180_000 }, () => {
  let extraction: Extraction;
  const entryOf = (release: string) => {
    const file = extraction.files.find(({ path }) => path === `releases/${release}.md`);
    const entry = parseEntry(file?.path ?? '', file?.text ?? '', releaseEntrySchema);
    if (!entry.ok) throw new Error(entry.problems.map(({ actual }) => actual).join());
    return entry.value.data;
  };
  const factOf = (id: string) => {
    const file = extraction.files.find(({ path }) => path === `facts/${id}.md`);
    const entry = parseEntry(file?.path ?? '', file?.text ?? '', factSchema);
    if (!entry.ok) throw new Error(entry.problems.map(({ actual }) => actual).join());
    return entry.value.data;
  };

  let trees: readonly TreeYield[];

  beforeAll(async () => {
    trees = await readAll(1, RELEASES);
    extraction = join(trees);
  }, 120_000);

  it('are the same bytes for one and two workers, and for any order', async () => {
    const bytes = JSON.stringify(extraction);
    expect(extraction.files.length).toBeGreaterThan(500);
    const others = await readAll(2, [...RELEASES].reverse());
    for (const order of [
      others,
      [...others].reverse(),
      [...others.slice(1), ...others.slice(0, 1)],
    ]) {
      // Compared as a whole: a difference of a megabyte is no message.
      expect(JSON.stringify(join(order)) === bytes).toBe(true);
    }
  });

  it.each(['4.22', '4.23', '4.24'])('%s is silently empty for no kind', (release) => {
    const { kinds } = entryOf(release);
    expect(kinds.map(({ kind }) => kind)).toEqual(FACT_KINDS);
    expect(kinds.filter(({ facts, missing }) => (facts === 0) !== (missing !== null))).toEqual([]);
  });

  it('say nothing of a kind that a release could not be read for, and why', () => {
    const missing = entryOf('4.23').kinds.find(({ kind }) => kind === 'support-status')?.missing;
    expect(missing).toContain('support-status');
    const actual = 'no fact of support-status from Xen 4.23.0';
    expect(extraction.problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', actual, details: [missing] }),
    );
    const facts = extraction.files.filter(({ path }) => path.startsWith('facts/support-status/'));
    expect(facts.length).toBeGreaterThan(100);
    expect(facts.filter(({ text }) => text.includes('change: removed'))).toEqual([]);
  });

  it('tell what was removed, and what was rewritten without a change', () => {
    const removed = factOf('hypercall/filler-3');
    expect(removed.history).toEqual([
      { release: '4.22', change: 'present' },
      { release: '4.24', change: 'removed' },
    ]);
    expect(factAt(removed, '4.24')).toBe('absent');
    expect(entryOf('4.24').rewritten.map(({ path }) => path)).toContain(RTC);
    expect(entryOf('4.22')).toMatchObject({ rewritten: [], date: '2026-07-29' });
  });
});
